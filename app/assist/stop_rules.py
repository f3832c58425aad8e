"""When a run gives a track up: the target has not been seen for too many frames in a row."""

from __future__ import annotations

from dataclasses import dataclass

from tracker_core.decision.reliability import AS_IT_IS
from tracker_core.geometry import Box
from tracker_core.tracker import Tracker

LEAST_RAW_SCORE = 0.15
"""In place of ``StopRules.least_score`` for a score that nobody has measured, so that a low one means less."""


@dataclass(frozen=True, slots=True)
class StopRules:
    """Lost is ``patience`` frames in a row on which the target is not seen.

    Raises:
        ValueError: if patience is less than one frame.
    """

    least_score: float = 0.3
    """Below it a box is more than twice as likely wrong (IoU under 0.5) as right, where the score is measured. Of 70
    runs on validation videos this gives up none whose target is not lost, and 0.4 one (``benchmarks.reliability``).
    """

    least_share_inside: float = 0.2  # of the box; trackers keep the centre in the picture, which leaves a quarter
    patience: int = 10  # frames: a shorter spell, a flash or a lamp post, is often survived

    def __post_init__(self) -> None:
        if self.patience < 1:
            raise ValueError(f"patience must be at least one frame, not {self.patience}")

    def is_seen(self, box: Box, score: float, *, width: int, height: int) -> bool:
        """Whether this prediction can be the target, in a picture of that size."""
        inside = box.clipped(width=width, height=height).area
        return score >= self.least_score and inside > 0 and inside >= self.least_share_inside * box.area


def rules_for(tracker: Tracker) -> StopRules:
    """Those that suit what the tracker's score means."""
    return StopRules(least_score=LEAST_RAW_SCORE) if tracker.calibration == AS_IT_IS else StopRules()


@dataclass(frozen=True, slots=True)
class Watch:
    """How long the target has not been seen; ``after`` each prediction there is a new one."""

    rules: StopRules
    frames_unseen: int = 0

    @property
    def is_lost(self) -> bool:
        return self.frames_unseen >= self.rules.patience

    def after(self, box: Box, score: float, *, width: int, height: int) -> Watch:
        is_seen = self.rules.is_seen(box, score, width=width, height=height)
        return Watch(self.rules, 0 if is_seen else self.frames_unseen + 1)
