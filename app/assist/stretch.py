"""The frames of one track between two keyframes: what a run from both sides is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.model.direction import Direction
from app.assist.known_sides import End
from tracker_core.geometry import Box


@dataclass(frozen=True, slots=True)
class Stretch:
    """The frames of one track between two keyframes.

    ``corrected`` names the end that a person has just drawn: FORWARD for the first, from which a run goes forward,
    BACKWARD for the last. ``standing`` has the boxes that are shown there now; the run from the corrected end may stop
    where it says the same. Both are left out where all is to be tracked anew.
    """

    track_id: int
    first: End
    last: End
    corrected: Direction | None = None
    standing: Mapping[int, Box] = field(default_factory=dict)

    @property
    def frames_between(self) -> int:
        return self.last.frame - self.first.frame - 1
