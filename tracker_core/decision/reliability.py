"""What a tracker's score means: the probability that its box overlaps the target by half or more (IoU from 0.5).

A network's own score says how much a place looks like a target, not whether the box can be trusted.
``benchmarks.reliability`` fits a calibration on videos whose truth is known; the header of the weights file stores it.
Plain numpy: the window's thread uses it too.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from tracker_core.decision.calibration import Floats
from tracker_core.decision.score_map import Constants, logistic

SCORE, VERIFIED = "score", "verified"
"""Keys of ``WeightsFile.reliability``: the score alone, and the score together with the checks of a finished run."""

RIGHT_IOU = 0.5
"""A box with this IoU or more is right. All probabilities here are about that."""

LOST_IOU = 0.3
"""With a lower IoU the tracker has lost its target. All areas under ROC are about that."""

NEIGHBOURS = 5
"""How many frames on either side help to judge a box of a finished run: a tracker is rarely lost for only one."""

SUREST = 1e-6
"""Scores are kept this far from 0 and 1: float32 is no more precise, and a logit must be finite."""


class Signs(NamedTuple):
    """What the network said about the winner, and how well it found the drawn box in its own frame."""

    raw_score: float  # foreground probability, unpenalised
    agreement: float = 0.0  # see ``score_map.agreement``; 0 if a family has no boxes to compare
    first_overlap: float = 1.0  # see ``Fit.overlap``


def _check_numbers(fitted: Constants) -> None:
    for name, value in fitted.as_mapping().items():
        if not isinstance(value, int | float) or not math.isfinite(value):
            raise ValueError(f"{name} must be a number, not {value!r}")


@dataclass(frozen=True)
class ScoreCalibration(Constants):
    """``logit(score) = slope * logit(raw score) + agreement * (agreement of the winner) + intercept``, and at most the
    first overlap if that is under ``RIGHT_IOU``: if the network misses the drawn box even in its own frame, later
    frames are unlikely to be better.

    Unfitted it leaves the raw score as it is, up to that limit.

    Raises:
        ValueError: if a number is NaN or infinite, or a higher raw score would give a lower score.
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
        if self == AS_IT_IS:
            return float(_limited(signs.raw_score, signs.first_overlap))
        return float(self.scores(*signs))

    def scores(self, raw_scores: ArrayLike, agreements: ArrayLike, first_overlaps: ArrayLike = 1.0) -> Floats:
        """The same for many predictions, (N,) each -> (N,)."""
        likely = logistic(self.slope * logit(raw_scores) + self.agreement * np.asarray(agreements) + self.intercept)
        return _limited(likely, first_overlaps)


def _limited(scores: ArrayLike, first_overlaps: ArrayLike) -> Floats:
    limits = np.asarray(first_overlaps, np.float64)
    return np.asarray(np.minimum(scores, np.where(limits < RIGHT_IOU, limits, 1.0)), np.float64)


AS_IT_IS = ScoreCalibration()
"""The calibration of a tracker that nobody has measured."""


@dataclass(frozen=True)
class VerifiedCalibration(Constants):
    """The probability that a box of a finished run is right, from the tracker's score, the verifier and a look back:
    ``logit(probability) = score * logit(score) + distance * (verifier's distance) + backward * (backward agreement)
    + intercept``, all as means over the neighbouring frames.

    Fitted for one tracker and one verifier. Unfitted, the verifier and the look back have no weight.

    Raises:
        ValueError: if a number is NaN or infinite.
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
            distances: (N,) of the verifier between exemplar and found crop; may be left out if their weight is 0.
            backward: (N,) from ``verification.backward_agreement``; likewise.

        Raises:
            ValueError: if something with a weight is left out.
        """
        sums = self.score * smoothed(logit(scores)) + self.intercept
        for name, factor, values in (("distances", self.distance, distances), ("backward", self.backward, backward)):
            if factor != 0:
                if values is None:
                    raise ValueError(f"{name} must be given: this calibration counts on them")
                sums = sums + factor * smoothed(values)
        return logistic(sums)


UNVERIFIED = VerifiedCalibration()
"""The calibration of a tracker that was never measured with a verifier."""


def smoothed(values: ArrayLike) -> Floats:
    """(N,): means over the ``NEIGHBOURS`` frames before and after each frame of a run, fewer at the ends."""
    sums = np.concatenate([[0.0], np.cumsum(np.asarray(values, np.float64))])
    frames = np.arange(len(sums) - 1)
    first, stop = np.maximum(frames - NEIGHBOURS, 0), np.minimum(frames + NEIGHBOURS + 1, len(frames))
    return np.asarray((sums[stop] - sums[first]) / (stop - first), np.float64)


def logit(probabilities: ArrayLike) -> Floats:
    """The inverse of the logistic function, of any shape; finite even for 0 and 1."""
    inside = np.clip(np.asarray(probabilities, np.float64), SUREST, 1 - SUREST)
    return np.asarray(np.log(inside) - np.log1p(-inside), np.float64)


def score_calibration(reliability: Mapping[str, Mapping[str, Any]]) -> ScoreCalibration:
    """The calibration in a weights file; ``AS_IT_IS`` if it has none.

    Raises:
        TypeError, ValueError: if its content is something else.
    """
    return ScoreCalibration(**reliability.get(SCORE, {}))


def verified_calibration(reliability: Mapping[str, Mapping[str, Any]]) -> VerifiedCalibration:
    """The calibration with the verifier in a weights file; ``UNVERIFIED`` if it has none.

    Raises:
        TypeError, ValueError: if its content is something else.
    """
    return VerifiedCalibration(**reliability.get(VERIFIED, {}))
