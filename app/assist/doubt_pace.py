"""Doubt-paced play: fast where sure, slow where not, and a stop at each doubt."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.model.doubt import Doubt


class DoubtPace:
    """The pace of doubt-paced play: four times the speed where nothing is doubtful, falling to half the speed where a
    box is as likely wrong as right. It stops at the most doubtful frame of each doubt.
    """

    FAST, SLOW = 4.0, 0.5

    def __init__(self, doubts: Sequence[Doubt], strength_at: Callable[[int], float]) -> None:
        self._stops = {doubt.frame for doubt in doubts}
        self._strength_at = strength_at

    def speed_at(self, frame: int) -> float:
        doubt = min(max(self._strength_at(frame), 0.0), 1.0)
        return float(self.FAST * (self.SLOW / self.FAST) ** min(2 * doubt, 1.0))

    def stops_at(self, frame: int) -> bool:
        return frame in self._stops
