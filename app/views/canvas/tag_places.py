"""Places tags so that none covers a target or another tag. No widgets here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tracker_core.geometry import Box

GAP = 1.0


class WantedTag(NamedTuple):
    """``rect``: the box, in widget pixels. ``clearance``: how far its handles reach beyond it. ``must_show``: show the
    tag even if it has to cover something, because its box is selected.
    """

    rect: Box
    width: float
    height: float
    clearance: float = 0.0
    must_show: bool = False


def tag_places(tags: Sequence[WantedTag], targets: Sequence[Box], view: Box) -> list[tuple[float, float] | None]:
    """The left-top corner of each tag; None if there is no free place.

    Tags that must be shown choose first. Each is tried above its box, below it, and at its sides.
    """
    taken = np.array([target.as_tuple() for target in targets], np.float64).reshape(-1, 4)
    places: list[tuple[float, float] | None] = [None] * len(tags)
    for index in sorted(range(len(tags)), key=lambda index: not tags[index].must_show):
        tag = tags[index]
        place = next((each for each in _around(tag, view) if _is_free(each, tag, taken, view)), None)
        if place is None and tag.must_show:
            place = next(_around(tag, view))
        if place is not None:
            taken = np.vstack([taken, (*place, tag.width, tag.height)])
        places[index] = place
    return places


def _around(tag: WantedTag, view: Box) -> Iterator[tuple[float, float]]:
    rect, away = tag.rect, GAP + tag.clearance
    x = min(max(rect.x, view.x), view.right - tag.width)
    above = rect.y - away - tag.height
    yield x, max(above, view.y)
    yield x, rect.bottom + away
    yield rect.right + away, min(max(rect.y, view.y), view.bottom - tag.height)
    yield rect.x - away - tag.width, min(max(rect.y, view.y), view.bottom - tag.height)


def _is_free(place: tuple[float, float], tag: WantedTag, taken: NDArray[np.float64], view: Box) -> bool:
    left, top = place
    right, bottom = left + tag.width, top + tag.height
    if left < view.x or top < view.y or right > view.right or bottom > view.bottom:
        return False
    beside = (taken[:, 0] >= right) | (taken[:, 0] + taken[:, 2] <= left)
    beside |= (taken[:, 1] >= bottom) | (taken[:, 1] + taken[:, 3] <= top)
    return bool(beside.all())
