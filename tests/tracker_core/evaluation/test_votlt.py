from __future__ import annotations

import math

import numpy as np
import pytest

from tests.support.sequences import ABSENT, black_sequence
from tests.support.trackers import ScriptedTracker
from tracker_core.evaluation import votlt
from tracker_core.evaluation.runner import track_once
from tracker_core.geometry import Box

SEEN = (20.0, 20.0, 10.0, 10.0)


def test_silence_in_frames_without_the_target_is_what_the_best_threshold_buys() -> None:
    # Frames 1 and 2 are right at 0.9 and 0.8; in 3 and 4 the target is away, and the tracker is at 0.2 and 0.1.
    tracker = ScriptedTracker([Box(*SEEN)], scores=[0.9, 0.8, 0.2, 0.1])
    run = track_once(tracker, black_sequence([SEEN, SEEN, SEEN, ABSENT, ABSENT]))
    report = votlt.report("scripted", [run])
    assert report.mean["confidence"] == 0.8
    assert report.mean["precision"] == 1
    assert report.mean["recall"] == pytest.approx(2 / 3)  # frame 0, whose box is given, counts as present
    assert report.mean["f_score"] == pytest.approx(0.8)
    assert dict(report.sequences["black"]) == dict(report.mean)


def test_to_speak_where_the_target_is_away_costs_precision() -> None:
    limits = np.array([math.inf, 0.5, -math.inf])
    overlaps, scores = np.array([math.nan, 0.8, math.nan]), np.array([math.nan, 0.9, 0.6])
    precision, recall = votlt.precision_recall(overlaps, scores, limits, present=2)
    assert precision.tolist() == pytest.approx([1, 0.4, 0.4])  # at infinity nobody speaks: precision 1, recall 0
    assert recall.tolist() == pytest.approx([0, 0.4, 0.4])


def test_the_lowest_threshold_keeps_out_frames_without_a_score() -> None:
    precision, _ = votlt.precision_recall(
        np.array([math.nan, 1.0]), np.array([math.nan, 0.9]), np.array([-math.inf]), present=2
    )
    assert precision.tolist() == [1]


def test_f_is_0_where_precision_and_recall_are() -> None:
    assert votlt.f_scores(np.array([0.0, 0.5]), np.array([0.0, 1.0])).tolist() == pytest.approx([0, 2 / 3])


def test_there_are_100_thresholds_or_as_many_as_scores() -> None:
    many = votlt.thresholds(np.linspace(0, 1, 1000))
    assert len(many) == 100
    assert (many[0], many[-1]) == (math.inf, -math.inf)
    assert (np.diff(many) < 0).all()
    assert votlt.thresholds(np.array([math.nan, 0.2, 0.7])).tolist() == [math.inf, 0.7, 0.2, -math.inf]


def test_a_tracker_that_is_never_right_has_no_threshold_to_quote() -> None:
    run = track_once(ScriptedTracker([Box(60, 60, 10, 10)], scores=[0.9]), black_sequence([SEEN, SEEN]))
    report = votlt.report("scripted", [run])
    assert report.mean["f_score"] == 0
    assert report.summary()["mean"]["confidence"] is None  # type: ignore[index]
