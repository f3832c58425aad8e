"""The two directions in which a run can go through a video."""

from __future__ import annotations

from typing import Final, Literal

Direction = Literal[1, -1]
"""Towards the end of the video, or towards its beginning. Added to a frame, it is the next one of the run."""

FORWARD: Final = 1
BACKWARD: Final = -1


def reverse_of(direction: Direction) -> Direction:
    return BACKWARD if direction == FORWARD else FORWARD
