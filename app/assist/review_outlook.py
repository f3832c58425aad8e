"""Estimates how much work is left in a review: "about 14 boxes and 6 minutes left"."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from app.language import tr, tr_counted
from app.model.doubt import Doubt, DoubtKind
from app.model.track import Track

BOXES_PER_WRONG_DOUBT: Final = 1.0
"""Boxes that a person draws for each doubt that is found wrong, tracking again included (``bench effort``)."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How many seconds a person needs; typical values by default.

    Raises:
        ValueError: if one is negative or not finite.
    """

    look_seconds: float = 2.0
    box_seconds: float = 6.0

    def __post_init__(self) -> None:
        for name in ("look_seconds", "box_seconds"):
            value = getattr(self, name)
            if not (math.isfinite(value) and value >= 0):
                raise ValueError(f"{name} must be a time of at least 0, not {value}")


@dataclass(frozen=True, slots=True)
class Outlook:
    """The work that is expected to be left."""

    looks: int
    boxes: float
    seconds: float

    @property
    def sentence(self) -> str:
        """The text at the top of the review panel."""
        if self.looks == 0:
            return tr("Nothing is doubtful.")
        boxes = round(self.boxes)
        return tr("about {boxes} and {time} left", boxes=tr_counted(boxes, "box", "boxes"), time=_time(self.seconds))


def outlook(doubts: Iterable[Doubt], pace: Pace | None = None) -> Outlook:
    """Expect each doubt to be looked at, and a box for those that are wrong.

    Adjacent doubts count as one: a box drawn in one of them has the others tracked again.
    """
    pace = pace or Pace()
    looks, boxes = 0, 0.0
    end: tuple[int, int] | None = None
    strongest = 0.0
    for doubt in sorted(doubts, key=lambda doubt: (doubt.track_id, doubt.first_frame)):
        looks += 1
        if doubt.kind in (DoubtKind.IDENTITY, DoubtKind.FOUND_AGAIN):  # a key answers; no box is drawn
            continue
        if end != (doubt.track_id, doubt.first_frame - 1):
            boxes += strongest
            strongest = 0.0
        strongest = max(strongest, doubt.strength)
        end = doubt.track_id, doubt.last_frame
    boxes = (boxes + strongest) * BOXES_PER_WRONG_DOUBT
    return Outlook(looks, boxes, looks * pace.look_seconds + boxes * pace.box_seconds)


def _time(seconds: float) -> str:
    if seconds < 90:
        return tr("{seconds} seconds", seconds=max(round(seconds), 1)) if round(seconds) > 1 else tr("1 second")
    minutes = round(seconds / 60)
    return (
        tr("{minutes} minutes", minutes=minutes)
        if minutes < 120
        else tr("{minutes} hours", minutes=round(minutes / 60))
    )


def marked_sentence(track: Track, records: Collection[int]) -> str:
    """A sentence about the boxes just marked as right. ``records``: their frames, at least one."""
    return tr(
        "{boxes} of {track} marked as right, frames {first} to {last}.",
        boxes=tr_counted(len(records), "box", "boxes"),
        track=track.name,
        first=min(records),
        last=max(records),
    )
