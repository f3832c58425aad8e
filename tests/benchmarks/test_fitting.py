from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.fitting import (
    area_under_roc,
    brier_score,
    expected_calibration_error,
    fit_calibration,
    fit_logistic,
    reliability,
)
from tracker_core.decision.calibration import Calibration

VALUES = st.lists(st.tuples(st.integers(-6, 6), st.booleans()), min_size=2, max_size=30).filter(
    lambda rows: len({truth for _, truth in rows}) == 2
)


def test_two_groups_get_the_smoothed_share_that_each_had() -> None:
    """With two values the line can meet both shares. By hand: 3 "yes" and 1 "no" at 0, 1 "yes" and 3 "no" at 1; "yes"
    counts as 5/6 and "no" as 1/6, so the shares are (3 * 5/6 + 1/6) / 4 = 2/3 and 1/3.
    """
    values = [0.0] * 4 + [1.0] * 4
    truths = [True, True, True, False, True, False, False, False]
    calibration = fit_calibration(values, truths)
    np.testing.assert_allclose(calibration.probability([0.0, 1.0]), [2 / 3, 1 / 3], atol=1e-9)
    assert calibration.intercept == pytest.approx(math.log(2))
    assert calibration.slope == pytest.approx(-2 * math.log(2))


def test_a_known_line_is_found_again() -> None:
    rng = np.random.default_rng(3)
    values = rng.uniform(0, 2, 20_000)
    known = Calibration(slope=-6.0, intercept=5.0)
    found = fit_calibration(values, rng.random(20_000) < known.probability(values))
    assert found.slope == pytest.approx(-6.0, rel=0.05)
    assert found.intercept == pytest.approx(5.0, rel=0.05)


@pytest.mark.parametrize("scale", [1e-3, 1.0, 1e4])
def test_values_that_part_the_answers_perfectly_give_a_steep_line_and_no_more(scale: float) -> None:
    values = np.arange(10) * scale
    calibration = fit_calibration(values, values > 4.5 * scale)
    probability = calibration.probability(values)
    assert np.isfinite([calibration.slope, calibration.intercept]).all()
    assert (np.diff(probability) > 0).all()
    assert probability[0] < 0.2
    assert probability[-1] > 0.8


@given(rows=VALUES)
def test_no_other_line_is_likelier(rows: list[tuple[int, bool]]) -> None:
    values, truths = np.array([v for v, _ in rows], float), np.array([t for _, t in rows])
    yes = truths.sum()
    wanted = np.where(truths, (yes + 1) / (yes + 2), 1 / (len(truths) - yes + 2))

    def cost(slope: float, intercept: float) -> float:
        probability = 1 / (1 + np.exp(-(slope * values + intercept)))
        return float(-np.sum(wanted * np.log(probability) + (1 - wanted) * np.log(1 - probability)))

    found = fit_calibration(values, truths)
    best = cost(found.slope, found.intercept)
    for change in (0.05, -0.05):
        assert best <= cost(found.slope + change, found.intercept) + 1e-9
        assert best <= cost(found.slope, found.intercept + change) + 1e-9


@pytest.mark.parametrize(
    ("values", "truths", "says"),
    [
        ([0.1, 0.2], [True], "one length"),
        ([0.1, float("nan")], [True, False], "not finite"),
        ([0.1, 0.2], [True, True], "both kinds"),
        ([], [], "both kinds"),
    ],
)
def test_what_cannot_be_fitted_is_refused(values: list[float], truths: list[bool], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        fit_calibration(values, truths)
    with pytest.raises(ValueError, match=says):
        area_under_roc(values, truths)


def test_the_area_is_the_share_of_pairs_in_the_right_order() -> None:
    """By hand: "yes" at 3, 1 and "no" at 2, 0: of four pairs only (1, 2) is in the wrong order."""
    assert area_under_roc([3, 1, 2, 0], [True, True, False, False]) == 0.75
    assert area_under_roc([1, 1], [True, False]) == 0.5
    assert area_under_roc([2, 1, 1], [True, True, False]) == 0.75


@given(rows=VALUES)
def test_the_area_is_that_of_counting_all_pairs(rows: list[tuple[int, bool]]) -> None:
    yes, no = [v for v, t in rows if t], [v for v, t in rows if not t]
    wins = sum(1.0 if y > n else 0.5 if y == n else 0.0 for y in yes for n in no)
    found = area_under_roc([v for v, _ in rows], [t for _, t in rows])
    assert found == pytest.approx(wins / (len(yes) * len(no)))


def test_reliability_by_hand() -> None:
    """Two bins: 0.1 and 0.3 promise 0.2 and none came; 0.6, 0.8 and 1.0 promise 0.8 and two of three came."""
    probabilities, truths = [0.1, 0.3, 0.6, 0.8, 1.0], [False, False, True, False, True]
    low, high = reliability(probabilities, truths, bins=2)
    assert (low.low, low.high, low.count, low.observed) == (0.0, 0.5, 2, 0.0)
    assert (high.low, high.high, high.count) == (0.5, 1.0, 3)
    assert low.predicted == pytest.approx(0.2)
    assert (high.predicted, high.observed) == pytest.approx((0.8, 2 / 3))
    expected = 2 / 5 * 0.2 + 3 / 5 * (0.8 - 2 / 3)
    assert expected_calibration_error(probabilities, truths, bins=2) == pytest.approx(expected)
    assert brier_score(probabilities, truths) == pytest.approx((0.01 + 0.09 + 0.16 + 0.64 + 0) / 5)


def test_a_bin_without_cases_is_empty_and_costs_nothing() -> None:
    rows = reliability([0.05, 0.95], [False, True], bins=10)
    assert [row.count for row in rows] == [1, *[0] * 8, 1]
    assert math.isnan(rows[4].predicted)
    assert math.isnan(rows[4].observed)
    assert expected_calibration_error([0.05, 0.95], [False, True]) == pytest.approx(0.05)


def test_weights_count_as_so_many_cases() -> None:
    probabilities, truths = [0.1, 0.3, 0.6, 0.8], [False, True, True, False]
    doubled = [0.1, 0.3, 0.3, 0.3, 0.6, 0.8], [False, True, True, True, True, False]
    weights = [0.5, 1.5, 0.5, 0.5]
    assert brier_score(probabilities, truths, weights=weights) == pytest.approx(brier_score(*doubled))
    found, expected = reliability(probabilities, truths, bins=2, weights=weights), reliability(*doubled, bins=2)
    for one, other in zip(found, expected, strict=True):
        assert (one.share, one.predicted, one.observed) == pytest.approx((other.share, other.predicted, other.observed))
    error = expected_calibration_error(probabilities, truths, bins=2, weights=weights)
    assert error == pytest.approx(expected_calibration_error(*doubled, bins=2))


def test_several_numbers_are_weighed_and_cases_counted_as_asked() -> None:
    rng = np.random.default_rng(5)
    inputs = rng.normal(size=(20_000, 2))
    truths = rng.random(20_000) < 1 / (1 + np.exp(-(2 * inputs[:, 0] - inputs[:, 1] + 0.5)))
    slopes, intercept = fit_logistic(inputs, truths)
    assert (*slopes, intercept) == pytest.approx((2, -1, 0.5), abs=0.08)
    weights = np.where(inputs[:, 0] > 0, 3.0, 1.0)
    often = np.concatenate([inputs, *[inputs[inputs[:, 0] > 0]] * 2])
    again = fit_logistic(often, np.concatenate([truths, *[truths[inputs[:, 0] > 0]] * 2]))
    found = fit_logistic(inputs, truths, weights=weights * 7)
    assert (*found[0], found[1]) == pytest.approx((*again[0], again[1]), abs=2e-3)


def test_a_number_that_never_changes_is_given_no_weight() -> None:
    rng = np.random.default_rng(6)
    values = rng.normal(size=500)
    slopes, _ = fit_logistic(np.column_stack([values, np.zeros(500)]), values + rng.normal(size=500) > 0)
    assert slopes[0] > 0
    assert slopes[1] == 0


@pytest.mark.parametrize("weights", [[1.0], [1.0, 0.0, 1.0], [1.0, float("nan"), 1.0]])
def test_each_case_needs_a_weight(weights: list[float]) -> None:
    with pytest.raises(ValueError, match="a weight over 0"):
        fit_logistic([[1.0], [2.0], [3.0]], [True, False, True], weights=weights)


def test_an_area_counts_cases_by_their_weights() -> None:
    rng = np.random.default_rng(2)
    values, truths = rng.integers(0, 9, 200).astype(float), rng.random(200) < 0.3
    alike = area_under_roc(values, truths, weights=np.full(200, 0.7))
    assert alike == pytest.approx(area_under_roc(values, truths))
    doubled = np.concatenate([values, values[:50]]), np.concatenate([truths, truths[:50]])
    weights = np.where(np.arange(200) < 50, 2.0, 1.0)
    assert area_under_roc(values, truths, weights=weights) == pytest.approx(area_under_roc(*doubled))
