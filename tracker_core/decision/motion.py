"""Predicts where a target is in the next frame: where the camera has moved it, plus a part of its own movement.

All places are in image pixels. Values are immutable: each method returns a new one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

DAMPING = 0.85
"""Share of its speed that an unseen target keeps from frame to frame."""

REACHED_WELL = 0.15
"""Share of a search region's half side that a target may move between two frames and still be seen well."""

FARTHEST_AHEAD = 1.0
"""A search region is moved ahead by at most this many of its own half sides."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Motion:
    """How a target moves: where it was seen last, shifted with the camera since, and its own movement in pixels a
    frame, relative to the background.
    """

    place: Point
    move: Point = (0.0, 0.0)
    unseen: int = 0  # frames since it was seen

    def shifted(self, dx: float, dy: float) -> Motion:
        """The motion after the camera has shifted the picture by (dx, dy) pixels."""
        return replace(self, place=(self.place[0] + dx, self.place[1] + dy))

    def found(self, place: Point) -> Motion:
        """The motion after a frame in which the target was seen. Its movement is the mean of the last step and the
        movement before.
        """
        frames = self.unseen + 1
        step = (place[0] - self.place[0]) / frames, (place[1] - self.place[1]) / frames
        return Motion(place, ((self.move[0] + step[0]) / 2, (self.move[1] + step[1]) / 2))

    def missed(self) -> Motion:
        """The motion after a frame in which the target was not seen."""
        return replace(self, unseen=self.unseen + 1)

    def expected(self, lead: float) -> Point:
        """Where the target should be in the next frame if it continues with this share of its own movement."""
        frames = (1 - DAMPING ** (self.unseen + 1)) / (1 - DAMPING)
        return self.place[0] + lead * frames * self.move[0], self.place[1] + lead * frames * self.move[1]


def search_centre(last: Point, expected: Point, *, reach: Point) -> Point:
    """The centre of a search region: the target's last place, moved towards where it should be.

    A region around the last place covers small movements without any prediction, so only the part of the way beyond
    them moves the centre.

    Args:
        last: where the box is.
        expected: where it should be in the next frame.
        reach: half the width and half the height of the search region. Distances are measured by them.
    """
    dx, dy = expected[0] - last[0], expected[1] - last[1]
    length = math.hypot(dx / reach[0], dy / reach[1])
    beyond = min(length - REACHED_WELL, FARTHEST_AHEAD)
    if beyond <= 0:
        return last
    return last[0] + dx * beyond / length, last[1] + dy * beyond / length
