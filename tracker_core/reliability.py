"""What a tracker's score means: how likely its box overlaps the target by half or more (IoU of at least 0.5).

A network's own score says how much a place looks like a target, not whether the box can be trusted. What it was worth
on videos whose truth is known is fitted by ``benchmarks.reliability`` and stands in the header of the weights file.
Plain numpy: the window's thread decides anew with it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from tracker_core.calibration import Floats, logistic
from tracker_core.score_map import Constants

SCORE, VERIFIED = "score", "verified"
"""The parts of ``WeightsFile.reliability``: of the score alone, and of score and verifier together."""

RIGHT_IOU = 0.5
"""From here on a box is right: what all probabilities here are about."""

LOST_IOU = 0.3
"""Below it the tracker has lost its target: what the areas under ROC are about."""

SUREST = 1e-6
"""No score counts as nearer to 0 or 1: float32 has no more, and a logit must be finite."""


class Signs(NamedTuple):
    """What the network said of the winner."""

    raw_score: float  # foreground probability, unpenalised
    agreement: float = 0.0  # see ``score_map.agreement``; 0 where a family has no boxes to compare


@dataclass(frozen=True)
class ScoreCalibration(Constants):
    """``logit(score) = slope * logit(raw score) + agreement * (agreement of the winner) + intercept``.

    Unfitted it leaves the raw score as it is.

    Raises:
        ValueError: if a number is none, or a higher raw score would give a lower score.
    """

    slope: float = 1.0
    agreement: float = 0.0
    intercept: float = 0.0

    def __post_init__(self) -> None:
        numbers = tuple(self.as_mapping().values())
        if not all(isinstance(number, int | float) and math.isfinite(number) for number in numbers) or self.slope < 0:
            raise ValueError(f"a score needs three numbers, the slope not under 0; got {numbers}")

    def score(self, signs: Signs) -> float:
        """How likely the winner overlaps its target by half or more."""
        return signs.raw_score if self == AS_IT_IS else float(self.scores(*signs))

    def scores(self, raw_scores: ArrayLike, agreements: ArrayLike) -> Floats:
        """The same for many."""
        return logistic(self.slope * logit(raw_scores) + self.agreement * np.asarray(agreements) + self.intercept)


AS_IT_IS = ScoreCalibration()
"""Of a tracker that nobody has measured."""


def logit(probabilities: ArrayLike) -> Floats:
    """The inverse of the logistic function; finite for 0 and 1 as well."""
    inside = np.clip(np.asarray(probabilities, np.float64), SUREST, 1 - SUREST)
    return np.asarray(np.log(inside) - np.log1p(-inside), np.float64)


def score_calibration(reliability: Mapping[str, Mapping[str, Any]]) -> ScoreCalibration:
    """Of a weights file; without one in it the score stays as it is.

    Raises:
        TypeError, ValueError: if it holds something else.
    """
    return ScoreCalibration(**reliability.get(SCORE, {}))
