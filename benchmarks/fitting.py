"""Fits probabilities to numbers whose truth is known, and measures how far such probabilities can be trusted.

scikit-learn does the work (extra ``evaluation``). This module adds Platt's smoothing of the answers, and bins that
count cases by weight.

In all functions ``truths`` (N,) says whether the answer is "yes", and ``weights`` (N,) how much each case counts, in
any unit; without weights all count the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tracker_core.decision.calibration import Calibration, Floats

Truths = NDArray[np.bool_]

TOLERANCE = 1e-10  # of the gradient


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """The cases whose probability lies in [low, high); in the last bin, high included."""

    low: float
    high: float
    count: int
    share: float  # of all cases, by weight
    predicted: float  # mean probability; NaN if there is no case
    observed: float  # share of "yes"; NaN likewise


def fit_calibration(values: ArrayLike, truths: ArrayLike, *, weights: ArrayLike | None = None) -> Calibration:
    """The maximum-likelihood calibration: ``fit_logistic`` with one number.

    Args:
        values: (N,) scores or distances.

    Raises:
        ValueError: if the lengths differ, a value is not finite, or all answers are the same.
    """
    value, truth = _paired(values, truths)
    (slope,), intercept = fit_logistic(value[:, None], truth, weights=weights)
    return Calibration(slope=slope, intercept=intercept)


def fit_logistic(
    inputs: ArrayLike, truths: ArrayLike, *, weights: ArrayLike | None = None
) -> tuple[tuple[float, ...], float]:
    """Maximum-likelihood slopes and intercept of a logistic model.

    As in Platt's paper ("Probabilistic outputs for support vector machines", 1999), the n "yes" answers count as (n +
    1) / (n + 2) and the m "no" answers as 1 / (m + 2), instead of 1 and 0. So values that separate the answers
    perfectly do not give an infinite slope.

    Args:
        inputs: (N, d) numbers that speak for or against "yes". A column that never changes gets the slope 0.

    Raises:
        ValueError: if the lengths differ, a number is not finite, a weight is not above 0, or all answers are the same.
    """
    numbers = np.asarray(inputs, np.float64)
    for column in numbers.T:
        _, truth = _paired(column, truths)
    counts = _counts(weights, len(truth))
    if counts.shape != truth.shape or not (counts > 0).all():
        raise ValueError("each case needs a weight over 0")
    counts = counts * (len(truth) / counts.sum())
    yes, no = float(counts[truth].sum()), float(counts[~truth].sum())
    wanted: Floats = np.where(truth, (yes + 1) / (yes + 2), 1 / (no + 2))
    changing = numbers.std(axis=0) > 0
    slopes = np.zeros(numbers.shape[1])
    if not changing.any():
        share = float(np.average(wanted, weights=counts))
        return tuple(slopes.tolist()), float(np.log(share / (1 - share)))
    centre, spread = numbers[:, changing].mean(axis=0), numbers[:, changing].std(axis=0)
    scaled = (numbers[:, changing] - centre) / spread
    # A case that is 0.8 "yes" counts as a "yes" of weight 0.8 and a "no" of weight 0.2.
    from sklearn.linear_model import LogisticRegression  # a second of imports, which most commands do without

    fitted = LogisticRegression(C=np.inf, solver="newton-cg", tol=TOLERANCE).fit(
        np.concatenate([scaled, scaled]),
        np.repeat([1, 0], len(truth)),
        sample_weight=np.concatenate([counts * wanted, counts * (1 - wanted)]),
    )
    slopes[changing] = fitted.coef_[0] / spread
    return tuple(slopes.tolist()), float(fitted.intercept_[0] - slopes[changing] @ centre)


def area_under_roc(values: ArrayLike, truths: ArrayLike, *, weights: ArrayLike | None = None) -> float:
    """How likely a "yes" has a higher value than a "no"; a tie counts half.

    Raises:
        ValueError: as ``fit_calibration``.
    """
    value, truth = _paired(values, truths)
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score(truth, value, sample_weight=_counts(weights, len(truth))))


def brier_score(probabilities: ArrayLike, truths: ArrayLike, *, weights: ArrayLike | None = None) -> float:
    """Mean squared difference of probability and answer (Brier, 1950). 0 is perfect; one half always gives 0.25."""
    truth = np.asarray(truths, np.bool_)
    from sklearn.metrics import brier_score_loss

    return float(brier_score_loss(truth, probabilities, sample_weight=_counts(weights, len(truth)), pos_label=True))


def reliability(
    probabilities: ArrayLike, truths: ArrayLike, *, bins: int = 10, weights: ArrayLike | None = None
) -> tuple[ReliabilityBin, ...]:
    """Predicted probability and observed share of "yes", in bins of equal width."""
    probability, truth = np.asarray(probabilities, np.float64), np.asarray(truths, np.bool_)
    counts = _counts(weights, len(truth))
    number = np.minimum((probability * bins).astype(int), bins - 1)
    table = []
    for k in range(bins):
        inside = number == k
        share = float(counts[inside].sum() / counts.sum())
        predicted, observed = (
            float(np.average(values[inside], weights=counts[inside])) if share else float("nan")
            for values in (probability, truth)
        )
        table.append(ReliabilityBin(k / bins, (k + 1) / bins, int(inside.sum()), share, predicted, observed))
    return tuple(table)


def expected_calibration_error(
    probabilities: ArrayLike, truths: ArrayLike, *, bins: int = 10, weights: ArrayLike | None = None
) -> float:
    """Mean difference between prediction and observation over bins of equal width, weighted by their cases (Naeini et
    al., AAAI 2015).
    """
    filled = [row for row in reliability(probabilities, truths, bins=bins, weights=weights) if row.count]
    return sum(row.share * abs(row.predicted - row.observed) for row in filled)


def _counts(weights: ArrayLike | None, cases: int) -> Floats:
    return np.ones(cases) if weights is None else np.asarray(weights, np.float64)


def _paired(values: ArrayLike, truths: ArrayLike) -> tuple[Floats, Truths]:
    value, truth = np.asarray(values, np.float64), np.asarray(truths, np.bool_)
    if value.shape != truth.shape or value.ndim != 1:
        raise ValueError(f"values and answers must be two rows of one length, not {value.shape} and {truth.shape}")
    if not np.isfinite(value).all():
        raise ValueError("a value is not finite; leave out frames without one")
    if truth.all() or not truth.any():
        raise ValueError("all answers are the same; both kinds are needed")
    return value, truth
