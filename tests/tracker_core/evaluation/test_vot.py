from __future__ import annotations

import math

import numpy as np
import pytest

from tests.support.sequences import black_sequence
from tests.support.trackers import IdentityTracker, ScriptedTracker
from tracker_core.evaluation import vot
from tracker_core.evaluation.runner import SequenceRun, State, track_supervised
from tracker_core.geometry import Box

SEEN = [20.0, 20, 10, 10]


def supervised(truth: list[list[float]], boxes: list[list[float]]) -> SequenceRun:
    return track_supervised(ScriptedTracker([Box(*box) for box in boxes]), black_sequence(truth))


def test_a_tracker_that_never_fails_has_the_accuracy_of_its_boxes_after_the_burn_in() -> None:
    half = [20.0, 20, 10, 5]
    run = supervised([SEEN] * 20, [half] * 4 + [SEEN] * 10 + [half] * 5)
    # Frames 10 to 14 have overlap 1, frames 15 to 19 a half.
    figures = vot.measure([vot.Trial.of(run)], low=1, high=5)
    assert figures["accuracy"] == figures["accuracy_vot_toolkit"] == pytest.approx(0.75)
    assert figures["failures"] == figures["robustness"] == figures["robustness_vot_toolkit"] == 0
    assert figures["reliability"] == 1
    # The curve begins 1 (given), then the mean of frames 1 .. n: a half in 1 to 4.
    assert figures["eao"] == pytest.approx((1 + 4 * 0.5) / 5)


def test_failures_are_counted_in_both_ways() -> None:
    lost = [60.0, 60, 10, 10]
    run = supervised([SEEN] * 30, [SEEN, lost])  # each target fails in its second step: frames 2, 9, 16, 23
    quiet = supervised([SEEN] * 10, [SEEN])
    assert np.flatnonzero(run.states == State.FAILED).tolist() == [2, 9, 16, 23]
    figures = vot.measure([vot.Trial.of(run), vot.Trial.of(quiet)], low=1, high=5)
    assert figures["robustness"] == pytest.approx(100 * 4 / 40)
    assert figures["robustness_vot_toolkit"] == pytest.approx(4 * 30 / 40)
    assert figures["reliability"] == pytest.approx(math.exp(-30 * 3 / 20))
    assert math.isnan(figures["accuracy"])  # no frame lies ten frames after a start


def test_the_report_says_where_its_interval_is_from() -> None:
    report = vot.report("identity", [track_supervised(IdentityTracker(), black_sequence([SEEN] * 20))])
    assert "computed from these sequences" in report.notes[0]
    assert report.mean.keys() == report.sequences["black"].keys() == vot.DEFINITIONS.keys()
    assert [curve.name for curve in report.curves] == ["expected_overlap", "accuracy_robustness"]
    assert report.mean["accuracy"] == 1


def test_frames_of_a_tag_have_figures_of_their_own() -> None:
    sequence = black_sequence([SEEN] * 20)
    occluded = np.arange(20) >= 15
    sequence.tags["occlusion"] = occluded  # type: ignore[index]
    run = track_supervised(ScriptedTracker([Box(*SEEN)] * 14 + [Box(20, 20, 10, 5)]), sequence)
    tags = vot.report("scripted", [run]).tags
    assert tags["occlusion"] == {"frames": 5, "accuracy": pytest.approx(0.5), "failures": 0}
    assert tags["empty"] == {"frames": 15, "accuracy": pytest.approx(1), "failures": 0}
