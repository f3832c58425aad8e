from __future__ import annotations

import math

import numpy as np
import pytest

from tests.support.sequences import ABSENT, black_sequence
from tests.support.trackers import ScriptedTracker
from tracker_core.evaluation.runner import SequenceRun, State, run_one_pass, track_supervised
from tracker_core.evaluation.sequences import Sequence, SequenceError
from tracker_core.geometry import Box


def test_the_tracker_starts_at_the_truth_and_is_then_left_alone() -> None:
    path = [Box(1, 0, 10, 10), Box(2, 0, 10, 10)]
    tracker = ScriptedTracker(path, scores=[0.9, 0.4])
    (run,) = run_one_pass(tracker, [black_sequence([[0, 0, 10, 10], [40, 0, 10, 10], [60, 0, 10, 10]])])
    assert tracker.started_with == [Box(0, 0, 10, 10)]
    assert run.boxes.tolist() == [[0, 0, 10, 10], [1, 0, 10, 10], [2, 0, 10, 10]]
    assert math.isnan(run.scores[0])
    assert run.scores[1:].tolist() == [0.9, 0.4]
    assert run.seconds.shape == (3,)
    assert (run.seconds >= 0).all()


def test_speed_counts_the_steps_and_not_the_start() -> None:
    (run,) = run_one_pass(ScriptedTracker([Box(0, 0, 10, 10)]), [black_sequence([[0, 0, 10, 10]] * 3)])
    run.seconds[:] = [100, 0.25, 0.75]
    assert run.fps == pytest.approx(2)


def test_progress_counts_frames_over_all_sequences() -> None:
    told: list[tuple[str, int]] = []
    sequences = [black_sequence([[0, 0, 9, 9]] * 2, name="a"), black_sequence([[0, 0, 9, 9]] * 3, name="b")]
    run_one_pass(ScriptedTracker([Box(0, 0, 9, 9)]), sequences, lambda name, done: told.append((name, done)))
    assert told == [("a", 1), ("a", 2), ("b", 3), ("b", 4), ("b", 5)]


def test_a_refused_start_names_the_sequence() -> None:
    sequence = black_sequence([[500, 500, 10, 10]] * 2, name="outside")
    with pytest.raises(SequenceError, match=r"scripted cannot start in frame 0 of sequence outside: .*no area"):
        run_one_pass(ScriptedTracker([Box(0, 0, 10, 10)]), [sequence])


def test_a_sequence_needs_two_frames_and_a_first_box() -> None:
    with pytest.raises(SequenceError, match="at least 2"):
        black_sequence([[0, 0, 10, 10]])
    with pytest.raises(SequenceError, match="no true box in its first frame"):
        black_sequence([ABSENT, [0, 0, 10, 10]])


SEEN = [20.0, 20, 10, 10]
LOST = Box(60, 60, 10, 10)
CODES = {State.SKIPPED: "0", State.STARTED: "1", State.FAILED: "2", State.TRACKED: "."}


def supervised(tracker: ScriptedTracker, sequence: Sequence) -> tuple[SequenceRun, str]:
    run = track_supervised(tracker, sequence)
    return run, "".join(CODES[State(state)] for state in run.states)


def test_who_loses_the_target_is_started_again_five_frames_later() -> None:
    # Each target finds its own once and is then somewhere else.
    tracker = ScriptedTracker([Box(21, 20, 10, 10), LOST], scores=[0.9, 0.1])
    run, codes = supervised(tracker, black_sequence([[20.0 + frame, 20, 10, 10] for frame in range(12)]))
    assert codes == "1.200001.200"
    assert tracker.started_with == [Box(20, 20, 10, 10), Box(27, 20, 10, 10)]
    assert run.boxes[1].tolist() == [21, 20, 10, 10]
    assert np.isnan(run.boxes[3:7]).all()
    assert np.isnan(run.seconds[3:7]).all()
    assert np.isnan(run.scores[[0, 3, 7]]).all()
    assert run.scores[[1, 2]].tolist() == [0.9, 0.1]


def test_one_common_row_of_pixels_is_a_failure_two_are_not() -> None:
    # The truth fills the columns 20 to 29. A box from 29 on shares a single column, which is no area between corners.
    assert supervised(ScriptedTracker([Box(29, 20, 10, 10)]), black_sequence([SEEN] * 2))[1] == "12"
    assert supervised(ScriptedTracker([Box(28, 20, 10, 10)]), black_sequence([SEEN] * 2))[1] == "1."


def test_a_frame_without_truth_is_no_failure_and_no_place_to_start() -> None:
    sequence = black_sequence([SEEN, ABSENT, SEEN, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, SEEN, SEEN])
    assert supervised(ScriptedTracker([LOST]), sequence)[1] == "1.20000012"


def test_a_box_that_only_touches_the_truth_beyond_the_border_is_lost() -> None:
    # The picture is 100 wide: both lie over its right border, and only there have they pixels in common.
    sequence = black_sequence([[90.0, 20, 40, 10]] * 2)
    assert supervised(ScriptedTracker([Box(110, 20, 10, 10)]), sequence)[1] == "12"
    assert supervised(ScriptedTracker([Box(95, 20, 10, 10)]), sequence)[1] == "1."


def test_the_speed_of_a_supervised_run_leaves_starts_and_skipped_frames_out() -> None:
    run, codes = supervised(ScriptedTracker([Box(*SEEN), LOST]), black_sequence([SEEN] * 8))
    assert codes == "1.200001"
    run.seconds[run.states != State.SKIPPED] = [100, 0.25, 0.75, 100]
    assert run.fps == pytest.approx(2)
