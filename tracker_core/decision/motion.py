"""Where a target should be in the next frame: where the camera has moved it to, and some way on as it moved itself.

All places are in image pixels. Nothing here changes in place: a movement gives the next one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

DAMPING = 0.85
"""Share of its speed that a target which is not seen keeps from frame to frame."""

REACHED_WELL = 0.15
"""Share of a search region's half side that a target may move between two frames and still be seen well."""

FARTHEST_AHEAD = 1.0
"""A search region goes ahead by at most so many of its own half sides."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Motion:
    """How a target moves: the place where it was seen last, carried on by the camera since, and its own movement in
    pixels a frame, relative to what stands still.
    """

    place: Point
    move: Point = (0.0, 0.0)
    unseen: int = 0  # frames since it was seen

    def shifted(self, dx: float, dy: float) -> Motion:
        """After the camera has moved the picture by so much."""
        return replace(self, place=(self.place[0] + dx, self.place[1] + dy))

    def found(self, place: Point) -> Motion:
        """After a frame in which the target was seen. Half of its movement is the last step, half what it was."""
        frames = self.unseen + 1
        step = (place[0] - self.place[0]) / frames, (place[1] - self.place[1]) / frames
        return Motion(place, ((self.move[0] + step[0]) / 2, (self.move[1] + step[1]) / 2))

    def missed(self) -> Motion:
        """After a frame in which the target was not seen."""
        return replace(self, unseen=self.unseen + 1)

    def expected(self, lead: float) -> Point:
        """Where the target should be in the next frame, if it goes on by this share of its own movement."""
        frames = (1 - DAMPING ** (self.unseen + 1)) / (1 - DAMPING)
        return self.place[0] + lead * frames * self.move[0], self.place[1] + lead * frames * self.move[1]


def search_centre(last: Point, expected: Point, *, reach: float) -> Point:
    """The middle of a search region: the last place of the target, and from there towards where it should be.

    What a region that stays reaches well needs no guess, so only the part of the way beyond that counts.

    Args:
        last: where the box is.
        expected: where it should be in the next frame.
        reach: half the side of the search region.
    """
    dx, dy = expected[0] - last[0], expected[1] - last[1]
    length = math.hypot(dx, dy)
    beyond = min(length - REACHED_WELL * reach, FARTHEST_AHEAD * reach)
    if beyond <= 0:
        return last
    return last[0] + dx * beyond / length, last[1] + dy * beyond / length
