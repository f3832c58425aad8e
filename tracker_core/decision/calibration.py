"""From a number to a probability, and how far such probabilities can be trusted. Plain numpy.

A score or a distance orders frames; a calibration says how likely "yes" is at each value, as seen on frames whose truth
is known. It holds for the share of "yes" among those frames: what was fitted on equally many of both is a probability
among equally many of both.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tracker_core.decision.score_map import Constants

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]

NEWTON_STEPS = 100
HALVINGS = 40


@dataclass(frozen=True)
class Calibration(Constants):
    """``probability = 1 / (1 + exp(-(slope * value + intercept)))`` (Platt, "Probabilistic outputs for support vector
    machines", 1999). The slope is negative where a small value speaks for "yes", as a distance does. Unfitted, it knows
    nothing and says one half.
    """

    slope: float = 0.0
    intercept: float = 0.0

    def probability(self, values: ArrayLike) -> Floats:
        """Of "yes", in [0, 1], for each value."""
        return logistic(self.slope * np.asarray(values, np.float64) + self.intercept)


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """The cases whose probability lies in [low, high); in the last bin, high included."""

    low: float
    high: float
    count: int
    share: float  # of all cases, as they are weighted
    predicted: float  # mean probability; NaN where there is no case
    observed: float  # share of "yes"; NaN likewise


def fit_calibration(values: ArrayLike, truths: ArrayLike, *, weights: ArrayLike | None = None) -> Calibration:
    """The calibration of greatest likelihood: ``fit_logistic`` of one number.

    Args:
        values: (N,) scores or distances.
        truths: (N,) whether the answer was "yes".
        weights: (N,) how much each case counts; all alike without.

    Raises:
        ValueError: if the lengths differ, a value is not finite, or all answers are the same.
    """
    value, truth = _paired(values, truths)
    (slope,), intercept = fit_logistic(value[:, None], truth, weights=weights)
    return Calibration(slope=slope, intercept=intercept)


def fit_logistic(
    inputs: ArrayLike, truths: ArrayLike, *, weights: ArrayLike | None = None
) -> tuple[tuple[float, ...], float]:
    """Slopes and intercept of greatest likelihood, by Newton's method.

    As in Platt's paper the two answers count as (n + 1) / (n + 2) and 1 / (m + 2) instead of 1 and 0, so that values
    which part the answers perfectly do not give an infinite slope.

    Args:
        inputs: (N, d) numbers that speak for "yes" or against it.
        truths: (N,) whether the answer was "yes".
        weights: (N,) how much each case counts, in any unit; all alike without.

    Raises:
        ValueError: if the lengths differ, a number is not finite, or all answers are the same.
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
    centre, spread = numbers.mean(axis=0), numbers.std(axis=0)
    spread = np.where(spread > 0, spread, 1.0)
    scaled: Floats = np.column_stack([(numbers - centre) / spread, np.ones(len(truth))])
    line: Floats = np.append(np.zeros(numbers.shape[1]), np.log((yes + 1) / (no + 1)))
    for _ in range(NEWTON_STEPS):
        probability = logistic(scaled @ line)
        curvature = scaled.T @ (scaled * (counts * probability * (1 - probability))[:, None])
        curvature += 1e-12 * np.eye(len(line))
        step = np.asarray(np.linalg.solve(curvature, scaled.T @ (counts * (probability - wanted))), np.float64)
        line = _descend(line, step, scaled, wanted, counts)
        if np.abs(step).max() < 1e-10:
            break
    slopes = line[:-1] / spread
    return tuple(slopes.tolist()), float(line[-1] - slopes @ centre)


def area_under_roc(values: ArrayLike, truths: ArrayLike) -> float:
    """How likely a "yes" has a higher value than a "no"; a tie counts half (Mann and Whitney's U over both counts).

    Raises:
        ValueError: as ``fit_calibration``.
    """
    value, truth = _paired(values, truths)
    _, group, sizes = np.unique(value, return_inverse=True, return_counts=True)
    last = np.cumsum(sizes)
    ranks = (last - (sizes - 1) / 2)[group]  # 1-based; equal values share their mean rank
    yes = int(truth.sum())
    wins = ranks[truth].sum() - yes * (yes + 1) / 2
    return float(wins / (yes * (len(truth) - yes)))


def brier_score(probabilities: ArrayLike, truths: ArrayLike, *, weights: ArrayLike | None = None) -> float:
    """Mean squared difference of probability and answer (Brier 1950); 0 is perfect, 0.25 is "one half" always.

    ``weights``, here and below: (N,) how much each case counts, in any unit; all alike without.
    """
    probability, truth = np.asarray(probabilities, np.float64), np.asarray(truths, np.bool_)
    return float(np.average((probability - truth) ** 2, weights=_counts(weights, len(truth))))


def reliability(
    probabilities: ArrayLike, truths: ArrayLike, *, bins: int = 10, weights: ArrayLike | None = None
) -> tuple[ReliabilityBin, ...]:
    """What was promised and what came, in bins of equal width."""
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
    """Mean gap between promise and outcome over bins of equal width, each weighted by its cases (Naeini et al., AAAI
    2015).
    """
    filled = [row for row in reliability(probabilities, truths, bins=bins, weights=weights) if row.count]
    return sum(row.share * abs(row.predicted - row.observed) for row in filled)


def logistic(logits: Floats) -> Floats:
    """1 / (1 + exp(-x))."""
    return np.asarray(np.exp(-np.logaddexp(0, -logits)), np.float64)  # no overflow at either end


def _descend(line: Floats, step: Floats, inputs: Floats, wanted: Floats, counts: Floats) -> Floats:
    """A Newton step, halved until it does not climb: far from the answer a whole one may."""
    before = _cross_entropy(inputs @ line, wanted, counts)
    for halving in range(HALVINGS):
        moved = np.asarray(line - step * 0.5**halving, np.float64)
        if _cross_entropy(inputs @ moved, wanted, counts) <= before:
            return moved
    return line


def _cross_entropy(logits: Floats, wanted: Floats, counts: Floats) -> float:
    return float(np.sum(counts * (np.logaddexp(0, logits) - wanted * logits)))


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
