"""The frames of one track between two keyframes, to be tracked from both sides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.assist.known_sides import End
from app.model.direction import Direction
from tracker_core.geometry import Box


@dataclass(frozen=True, slots=True)
class Stretch:
    """The frames of one track between two keyframes.

    ``from_here`` is the side to track first: FORWARD from the first end, BACKWARD from the last. The person is looking
    there, or has just corrected that box. ``standing`` has the current boxes; that side may stop where it agrees with
    them.
    """

    track_id: int
    first: End
    last: End
    from_here: Direction | None = None
    standing: Mapping[int, Box] = field(default_factory=dict)

    @property
    def frames_between(self) -> int:
        return self.last.frame - self.first.frame - 1
