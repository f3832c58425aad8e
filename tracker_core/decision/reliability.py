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

from tracker_core.decision.calibration import Floats, logistic
from tracker_core.decision.score_map import Constants

SCORE, VERIFIED = "score", "verified"
"""The parts of ``WeightsFile.reliability``: of the score alone, and of all that can be asked of a finished run."""

RIGHT_IOU = 0.5
"""From here on a box is right: what all probabilities here are about."""

LOST_IOU = 0.3
"""Below it the tracker has lost its target: what the areas under ROC are about."""

NEIGHBOURS = 5
"""Frames on either side that are heard about a box of a finished run: a tracker is rarely lost for one frame."""

SUREST = 1e-6
"""No score counts as nearer to 0 or 1: float32 has no more, and a logit must be finite."""


class Signs(NamedTuple):
    """What the network said of the winner."""

    raw_score: float  # foreground probability, unpenalised
    agreement: float = 0.0  # see ``score_map.agreement``; 0 where a family has no boxes to compare


def _check_numbers(fitted: Constants) -> None:
    for name, value in fitted.as_mapping().items():
        if not isinstance(value, int | float) or not math.isfinite(value):
            raise ValueError(f"{name} must be a number, not {value!r}")


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
        _check_numbers(self)
        if self.slope < 0:
            raise ValueError(f"a higher raw score must not give a lower score; got a slope of {self.slope}")

    def score(self, signs: Signs) -> float:
        """How likely the winner overlaps its target by half or more."""
        return signs.raw_score if self == AS_IT_IS else float(self.scores(*signs))

    def scores(self, raw_scores: ArrayLike, agreements: ArrayLike) -> Floats:
        """The same for many."""
        return logistic(self.slope * logit(raw_scores) + self.agreement * np.asarray(agreements) + self.intercept)


AS_IT_IS = ScoreCalibration()
"""Of a tracker that nobody has measured."""


@dataclass(frozen=True)
class VerifiedCalibration(Constants):
    """``logit(probability) = score * logit(score) + distance * (verifier's distance) + backward * (backward agreement)
    + intercept``, all as means over the neighbouring frames: what the tracker's score, the verifier and a look back say
    together of the boxes of a finished run.

    Fitted for one tracker and one verifier; unfitted verifier and look back count for nothing.

    Raises:
        ValueError: if a number is none.
    """

    score: float = 1.0
    distance: float = 0.0
    backward: float = 0.0
    intercept: float = 0.0

    def __post_init__(self) -> None:
        _check_numbers(self)

    def of_run(
        self, scores: ArrayLike, *, distances: ArrayLike | None = None, backward: ArrayLike | None = None
    ) -> Floats:
        """How likely each box of a run is right.

        Args:
            scores: (N,) of the predictions, in the order of the frames and without a gap.
            distances: (N,) as ``verification.distance_to`` gives them; may be left out where they count for nothing.
            backward: (N,) as ``verification.backward_agreement`` gives them; likewise.

        Raises:
            ValueError: if something is left out that counts.
        """
        sums = self.score * smoothed(logit(scores)) + self.intercept
        for name, factor, values in (("distances", self.distance, distances), ("backward", self.backward, backward)):
            if factor != 0:
                if values is None:
                    raise ValueError(f"{name} must be given: this calibration counts on them")
                sums = sums + factor * smoothed(values)
        return logistic(sums)


UNVERIFIED = VerifiedCalibration()
"""Of a tracker that nobody has measured with a verifier."""


def smoothed(values: ArrayLike) -> Floats:
    """(N,) of the frames of a run: means over the ``NEIGHBOURS`` frames before and after, fewer at the ends."""
    sums = np.concatenate([[0.0], np.cumsum(np.asarray(values, np.float64))])
    frames = np.arange(len(sums) - 1)
    first, stop = np.maximum(frames - NEIGHBOURS, 0), np.minimum(frames + NEIGHBOURS + 1, len(frames))
    return np.asarray((sums[stop] - sums[first]) / (stop - first), np.float64)


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


def verified_calibration(reliability: Mapping[str, Mapping[str, Any]]) -> VerifiedCalibration:
    """The same with the verifier; without one in it the verifier counts for nothing.

    Raises:
        TypeError, ValueError: if it holds something else.
    """
    return VerifiedCalibration(**reliability.get(VERIFIED, {}))
