"""Find what looks like one box anywhere in a picture: one-shot detection."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tracker_core.decision.prediction import SCALES, LookAlike
from tracker_core.geometry import Box
from tracker_core.images import Image
from tracker_core.tracker import FindsLookAlikes, Tracker


def find_look_alikes(
    image: Image,
    box: Box,
    *,
    among: Image | None = None,
    tracker: Tracker | None = None,
    scales: Sequence[float] = SCALES,
    least_score: float = 0.5,
    most: int = 100,
    on_tile: Callable[[int, int], None] = lambda done, total: None,
) -> list[LookAlike]:
    """What looks like the thing in ``box``, the most alike first.

    The whole picture is searched in overlapping search regions at several scales. What overlaps a better find is left
    out, and so is the box itself where its own picture is searched.

    Args:
        image: RGB (height, width, 3), uint8, with the example.
        box: the example, in image pixels.
        among: the picture that is searched; without it ``image`` itself.
        tracker: what looks; without it the default tracker on the fastest device.
        scales: sizes to look for, as multiples of the example's.
        least_score: finds with a lower score are left out. The score is the network's own, in [0, 1].
        most: how many are returned at most.
        on_tile: hears how many search regions are done, and how many there are. What it raises ends the search.

    Raises:
        ValueError: if the box has no area, lies outside the picture or is far larger than it.
        TypeError: if the tracker cannot search a whole picture.
    """
    if tracker is None:
        from tracker_core.weights.catalog import load_tracker

        tracker = load_tracker()
    target = tracker.init(image, box)
    if not isinstance(target, FindsLookAlikes):
        raise TypeError(f"{tracker.name} cannot search a whole picture")
    known = (box,) if among is None else ()
    return target.look_alikes(
        image if among is None else among,
        scales=scales, least_score=least_score, most=most, known=known, on_tile=on_tile,
    )  # fmt: skip
