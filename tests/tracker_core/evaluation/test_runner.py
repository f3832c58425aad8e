from __future__ import annotations

import math

import pytest

from tests.support.sequences import ABSENT, black_sequence
from tests.support.trackers import ScriptedTracker
from tracker_core.evaluation.runner import run_one_pass
from tracker_core.evaluation.sequences import SequenceError
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
