"""Remembers the results of earlier runs from a keyframe on, so that no side is tracked twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.model.direction import Direction
from tracker_core.geometry import Box


@dataclass(frozen=True, slots=True)
class End:
    """The keyframe where a run starts, and its exemplar."""

    frame: int
    box: Box
    exemplar_frame: int
    exemplar_box: Box


@dataclass(frozen=True, slots=True)
class SideKey:
    """Everything that determines a side, except its length. ``tracker`` identifies weights, placement and constants."""

    track_id: int
    start: End
    direction: Direction
    tracker: str


@dataclass(frozen=True, slots=True)
class Step:
    """The result of a run on one frame."""

    box: Box
    score: float


@dataclass(frozen=True, slots=True)
class KnownSide:
    """``is_lost``: the run lost its target after these steps, and would again."""

    steps: tuple[Step, ...]
    is_lost: bool = False


class KnownSides:
    """The latest sides, about 200 bytes per frame; beyond ``frames_at_most`` the oldest are dropped. Belongs to the
    tracking thread.
    """

    def __init__(self, *, frames_at_most: int = 500_000) -> None:
        self._frames_at_most = frames_at_most
        self._sides: dict[SideKey, KnownSide] = {}
        self._frames = 0

    def get(self, key: SideKey, length: int) -> KnownSide | None:
        """The first ``length`` steps of a side, if it got that far or was lost before."""
        known = self._sides.get(key)
        if known is None or (len(known.steps) < length and not known.is_lost):
            return None
        return KnownSide(known.steps[:length], known.is_lost and len(known.steps) < length)

    def put(self, key: SideKey, steps: Sequence[Step], *, is_lost: bool = False) -> None:
        """Remember a side, unless a longer one or one that lost its target is known."""
        before = self._sides.pop(key, KnownSide(()))
        is_longer = len(before.steps) > len(steps) or before.is_lost
        self._sides[key] = before if is_longer else KnownSide(tuple(steps), is_lost)
        self._frames += len(self._sides[key].steps) - len(before.steps)
        while self._frames > self._frames_at_most and len(self._sides) > 1:
            oldest = next(iter(self._sides))
            self._frames -= len(self._sides.pop(oldest).steps)

    def clear(self) -> None:
        """Forget everything, because there is another video."""
        self._sides.clear()
        self._frames = 0
