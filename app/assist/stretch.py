"""The frames of one track between two keyframes: what a run from both sides is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.assist.known_sides import End
from app.model.direction import Direction
from tracker_core.geometry import Box


@dataclass(frozen=True, slots=True)
class Stretch:
    """The frames of one track between two keyframes.

    ``from_here`` names the side that comes first: FORWARD the one that begins at the first end, BACKWARD the one that
    begins at the last. The person looks there, or has just corrected the box. ``standing`` has the boxes that are shown
    there now; that side may stop where it says the same.
    """

    track_id: int
    first: End
    last: End
    from_here: Direction | None = None
    standing: Mapping[int, Box] = field(default_factory=dict)

    @property
    def frames_between(self) -> int:
        return self.last.frame - self.first.frame - 1
