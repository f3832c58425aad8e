from __future__ import annotations

import pytest

from tests.support.sequences import ABSENT, black_sequence
from tests.support.trackers import IdentityTracker, ScriptedTracker
from tracker_core.evaluation.effort import Effort, boxes_per_100_frames, measure_effort
from tracker_core.geometry import Box


def test_a_perfect_tracker_needs_one_box() -> None:
    truth = [[float(frame), 0, 10, 10] for frame in range(6)]
    tracker = ScriptedTracker([Box(*row) for row in truth[1:]])
    assert [effort.drawn_in for effort in measure_effort(tracker, black_sequence(truth), (0.7,))] == [(0,)]


def test_a_person_draws_at_the_first_frame_under_the_threshold_and_the_tracker_goes_on_from_there() -> None:
    # One pixel a frame to the right, 10 wide: the overlap of a box that stays falls 1, .82, .67, .54, .43.
    sequence = black_sequence([[frame, 0, 10, 10] for frame in range(10)])
    at_50, at_70 = measure_effort(IdentityTracker(), sequence)
    assert (at_50.threshold, at_50.drawn_in) == (0.5, (0, 4, 8))
    assert (at_70.threshold, at_70.drawn_in) == (0.7, (0, 2, 4, 6, 8))
    assert (at_50.boxes, at_50.frame_count) == (3, 10)


def test_an_overlap_of_exactly_the_threshold_is_good_enough() -> None:
    sequence = black_sequence([[0, 0, 10, 10], [0, 0, 10, 5]])
    assert [effort.boxes for effort in measure_effort(IdentityTracker(), sequence, (0.5, 0.51))] == [1, 2]


def test_frames_without_truth_ask_for_nothing() -> None:
    sequence = black_sequence([[0, 0, 10, 10], ABSENT, ABSENT, [50, 0, 10, 10]])
    assert measure_effort(IdentityTracker(), sequence, (0.5,))[0].drawn_in == (0, 3)


def test_boxes_per_100_frames_weighs_videos_by_their_length() -> None:
    efforts = [Effort("long", 0.5, 150, (0, 9)), Effort("short", 0.5, 50, (0,))]
    assert boxes_per_100_frames(efforts) == pytest.approx(1.5)


def test_efforts_of_two_thresholds_have_no_sum() -> None:
    with pytest.raises(ValueError, match="one threshold"):
        boxes_per_100_frames([Effort("a", 0.5, 10, (0,)), Effort("a", 0.7, 10, (0,))])
