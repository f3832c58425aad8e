"""Decides when a run gives up a target: when it was not seen for too many frames in a row."""

from __future__ import annotations

from dataclasses import dataclass

from tracker_core.decision.reliability import AS_IT_IS
from tracker_core.geometry import Box
from tracker_core.tracker import Tracker

LEAST_RAW_SCORE = 0.15
"""Used instead of ``StopRules.least_score`` for scores that are not calibrated, because a low one means less."""


@dataclass(frozen=True, slots=True)
class StopRules:
    """A target is lost when it is not seen in ``patience`` frames in a row.

    Raises:
        ValueError: if patience is less than one frame.
    """

    least_score: float = 0.3
    """If the score is calibrated, a box below this is more than twice as likely wrong (IoU under 0.5) as right. In 68
    runs of the default on 17 validation videos it gave up six lost targets and three that were not lost
    (``benchmarks.reliability``).
    """

    least_share_inside: float = 0.2  # of the box; trackers keep its centre in the picture, so a quarter stays inside
    patience: int = 10  # frames; trackers often survive a shorter spell, such as a flash or a lamp post

    def __post_init__(self) -> None:
        if self.patience < 1:
            raise ValueError(f"patience must be at least one frame, not {self.patience}")

    def is_seen(self, box: Box, score: float, *, width: int, height: int) -> bool:
        """Whether this prediction can be the target, in a picture of that size."""
        inside = box.clipped(width=width, height=height).area
        return score >= self.least_score and inside > 0 and inside >= self.least_share_inside * box.area


def rules_for(tracker: Tracker) -> StopRules:
    """The rules that fit the meaning of this tracker's score."""
    return StopRules(least_score=LEAST_RAW_SCORE) if tracker.calibration == AS_IT_IS else StopRules()


@dataclass(frozen=True, slots=True)
class Watch:
    """Counts frames in a row without the target. ``after`` returns the watch after one more prediction."""

    rules: StopRules
    frames_unseen: int = 0

    @property
    def is_lost(self) -> bool:
        return self.frames_unseen >= self.rules.patience

    def after(self, box: Box, score: float, *, width: int, height: int) -> Watch:
        is_seen = self.rules.is_seen(box, score, width=width, height=height)
        return Watch(self.rules, 0 if is_seen else self.frames_unseen + 1)
