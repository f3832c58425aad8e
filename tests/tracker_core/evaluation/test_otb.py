from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from tests.support.sequences import ABSENT, black_sequence
from tests.support.trackers import IdentityTracker
from tracker_core.evaluation import otb
from tracker_core.evaluation.runner import run_one_pass
from tracker_core.geometry import Box

corner = st.floats(-50, 50).map(lambda value: round(value, 1))
side = st.floats(1, 60).map(lambda value: round(value, 1))
rows = st.lists(st.tuples(corner, corner, side, side), min_size=1, max_size=12)


@given(rows, st.data())
def test_overlaps_are_those_of_the_box(boxes: list[tuple[float, ...]], data: st.DataObject) -> None:
    truth = data.draw(st.lists(st.tuples(corner, corner, side, side), min_size=len(boxes), max_size=len(boxes)))
    expected = [Box(*one).iou(Box(*other)) for one, other in zip(boxes, truth, strict=True)]
    assert otb.overlaps(np.array(boxes), np.array(truth)) == pytest.approx(expected)


@given(arrays(np.float64, 7, elements=st.floats(0, 1)))
def test_curves_equal_slow_loops(values: NDArray[np.float64]) -> None:
    success = [sum(value > threshold for value in values) / 7 for threshold in np.linspace(0, 1, 21)]
    precision = [sum(value * 60 <= threshold for value in values) / 7 for threshold in range(51)]
    normalised = [sum(value <= threshold for value in values) / 7 for threshold in np.linspace(0, 0.5, 51)]
    assert otb.success_curve(values).tolist() == pytest.approx(success)
    assert otb.precision_curve(values * 60).tolist() == pytest.approx(precision)
    assert otb.normalised_precision_curve(values).tolist() == pytest.approx(normalised)


def test_success_asks_for_more_than_the_threshold_and_precision_for_at_most() -> None:
    assert otb.success_curve(np.array([0.5])).tolist() == [1.0] * 10 + [0.0] * 11
    assert otb.precision_curve(np.array([20.0]))[19:22].tolist() == [0.0, 1.0, 1.0]


def test_a_perfect_overlap_fails_only_the_last_threshold() -> None:
    assert otb.success_curve(np.array([1.0])).mean() == pytest.approx(20 / 21)


def test_centre_errors_by_hand() -> None:
    boxes, truth = np.array([[0.0, 0, 10, 10]]), np.array([[3.0, 4, 10, 10]])
    assert otb.centre_errors(boxes, truth).tolist() == [5.0]
    assert otb.normalised_centre_errors(boxes, truth).tolist() == [0.5]


def test_a_wider_truth_forgives_more_in_x_than_in_y() -> None:
    boxes, truth = np.array([[10.0, 0, 40, 10], [0.0, 10, 40, 10]]), np.array([[0.0, 0, 40, 10]] * 2)
    assert otb.normalised_centre_errors(boxes, truth).tolist() == [0.25, 1.0]


def test_figures_of_a_sequence_by_hand() -> None:
    # The box stays at 0, 0, 10, 10: overlaps 1, 1/3, 0, none known; centre errors 0, 5, 30.
    sequence = black_sequence([[0, 0, 10, 10], [5, 0, 10, 10], [30, 0, 10, 10], ABSENT])
    figures = otb.measure(run_one_pass(IdentityTracker(), [sequence])[0])
    assert figures["auc"] == pytest.approx((20 + 7 + 0) / 21 / 3)  # 1/3 is over 0, 0.05 .. 0.30
    assert figures["precision_20"] == pytest.approx(2 / 3)
    assert figures["norm_precision"] == pytest.approx((51 + 1 + 0) / 51 / 3)  # 0.5 is within the last threshold only
    assert figures["norm_precision_20"] == pytest.approx(1 / 3)
    assert figures["sr_50"] == figures["sr_75"] == pytest.approx(1 / 3)
    assert figures["fps"] > 0


def test_frames_without_truth_change_no_figure() -> None:
    seen = [(0.0, 0.0, 10.0, 10.0), (5.0, 0.0, 10.0, 10.0)]
    plain, gappy = black_sequence(seen), black_sequence([seen[0], ABSENT, ABSENT, seen[1], ABSENT])
    figures = [otb.measure(run) for run in run_one_pass(IdentityTracker(), [plain, gappy])]
    for key in figures[0].keys() - {"fps"}:
        assert figures[0][key] == figures[1][key], key


def test_the_mean_is_over_sequences_not_over_frames() -> None:
    good = black_sequence([[0, 0, 10, 10]] * 10, name="good")
    bad = black_sequence([[0, 0, 10, 10], [50, 50, 10, 10]], name="bad")
    report = otb.report("identity", run_one_pass(IdentityTracker(), [good, bad]))
    assert report.mean["auc"] == pytest.approx((20 / 21 + 10 / 21) / 2)
    assert list(report.sequences) == ["good", "bad"]


def test_curves_carry_the_headline_figures() -> None:
    runs = run_one_pass(IdentityTracker(), [black_sequence([[0, 0, 10, 10], [3, 0, 10, 10]])])
    report = otb.report("identity", runs)
    success, precision, normalised = report.curves
    assert success.headline == report.mean["auc"] == pytest.approx(success.plot.y.mean())
    assert precision.headline == report.mean["precision_20"] == precision.plot.y[20]
    assert normalised.headline == report.mean["norm_precision"] == pytest.approx(normalised.plot.y.mean())
