from __future__ import annotations

import math

import numpy as np
import pytest

from tracker_core.evaluation import expected_overlap
from tracker_core.evaluation.expected_overlap import Fragment, curve, interval, pysot_fragments, vot_fragments
from tracker_core.evaluation.runner import State

NAN = math.nan
TRACKED, STARTED, FAILED, SKIPPED = State.TRACKED, State.STARTED, State.FAILED, State.SKIPPED


def states(*parts: State) -> np.ndarray:
    return np.array(parts, dtype=np.uint8)


def test_fragments_reach_to_the_next_start_or_to_the_failure() -> None:
    happened = states(STARTED, TRACKED, TRACKED, FAILED, SKIPPED, SKIPPED, SKIPPED, SKIPPED, STARTED, TRACKED)
    overlaps = np.array([NAN, 0.8, 0.6, NAN, NAN, NAN, NAN, NAN, NAN, 0.4])
    pysot = pysot_fragments(overlaps, happened)
    assert [one.failed for one in pysot] == [True, False]
    assert [one.overlaps.tolist() for one in pysot] == [[0, 0.8, 0.6, 0, 0, 0, 0, 0, 0], [0, 0.4]]
    vot = vot_fragments(overlaps, happened)
    assert [one.failed for one in vot] == [True, False]
    assert [one.overlaps.tolist() for one in vot] == [[0, 0.8, 0.6], [0, 0.4]]


def test_a_failure_near_the_end_cuts_only_where_a_start_fitted_in() -> None:
    late = states(STARTED, TRACKED, TRACKED, TRACKED, FAILED, SKIPPED)
    overlaps = np.array([NAN, 0.5, 0.5, 0.5, NAN, NAN])
    (whole,) = pysot_fragments(overlaps, late)
    assert (whole.failed, whole.overlaps.tolist()) == (False, [0, 0.5, 0.5, 0.5, 0, 0])
    (lost,) = vot_fragments(overlaps, late)
    assert (lost.failed, lost.overlaps.tolist()) == (True, [0, 0.5, 0.5, 0.5])


def test_the_curve_by_hand() -> None:
    fragments = [Fragment(np.array([0, 0.8, 0.6]), failed=True), Fragment(np.array([0, 1.0, 0.4]), failed=False)]
    # Length 1: (0.8 + 1) / 2; length 2: (0.7 + 0.7) / 2; from 3 on only the failed one goes on, with zeros.
    expected = [1, 0.9, 0.7, 1.4 / 3, 1.4 / 4]
    assert curve(fragments, length=5).tolist() == pytest.approx(expected)


def test_the_two_toolkits_take_the_interval_one_index_apart() -> None:
    overlaps = [np.array([NAN, 1.0, 0.0, 0.5])]
    happened = [states(STARTED, TRACKED, TRACKED, TRACKED)]
    # The curve is 1, 1, 0.5, 0.5.
    assert expected_overlap.pysot_eao(overlaps, happened, low=2, high=3) == pytest.approx((1 + 0.5) / 2)
    assert expected_overlap.vot_eao(overlaps, happened, low=2, high=3) == pytest.approx((0.5 + 0.5) / 2)
    assert math.isnan(expected_overlap.pysot_eao(overlaps, happened, low=100, high=356))


@pytest.mark.parametrize(
    ("year", "low", "high"), [(2015, 108, 371), (2016, 108, 371), (2017, 100, 356), (2018, 100, 356), (2019, 46, 291)]
)
def test_published_intervals(year: int, low: int, high: int) -> None:
    found_low, found_high, said = interval(f"vot{year}", [50, 60])
    assert (found_low, found_high) == (low, high)
    assert f"published interval of VOT{year}" in said


def test_other_data_get_an_interval_of_their_own_and_are_told_so() -> None:
    low, high, said = interval("", [90, 100, 105, 110, 120, 900])
    assert 90 <= low < high <= 160
    assert "computed from these sequences" in said
    assert interval("", [70])[:2] == (70, 70)
