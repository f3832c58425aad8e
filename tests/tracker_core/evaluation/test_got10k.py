from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.support.sequences import ABSENT, black_sequence
from tests.support.trackers import IdentityTracker, ScriptedTracker
from tracker_core.evaluation import got10k
from tracker_core.evaluation.runner import run_one_pass
from tracker_core.geometry import Box

SEEN = (20.0, 20.0, 10.0, 10.0)


def test_figures_by_hand() -> None:
    # Overlaps 1 (given, does not count), 1, 1/3, none known.
    sequence = black_sequence([SEEN, SEEN, (25.0, 20.0, 10.0, 10.0), ABSENT])
    (run,) = run_one_pass(IdentityTracker(), [sequence])
    run.seconds[:] = [1, 0.5, 0.25, 0.25]
    report = got10k.report("identity", [run])
    assert dict(report.mean) == pytest.approx({"ao": 2 / 3, "sr_50": 0.5, "sr_75": 0.5, "fps": (1 + 2 + 4 + 4) / 4})


def test_frames_in_which_nothing_is_seen_do_not_count() -> None:
    sequence = replace(black_sequence([SEEN, SEEN, (60.0, 60.0, 9.0, 9.0)]), cover=np.array([8.0, 3, 0]))
    assert got10k.report("identity", run_one_pass(IdentityTracker(), [sequence])).mean["ao"] == 1


def test_the_data_set_is_over_frames_not_over_sequences() -> None:
    good = black_sequence([SEEN] * 4, name="good")
    bad = black_sequence([SEEN, (60.0, 60.0, 9.0, 9.0)], name="bad")
    report = got10k.report("identity", run_one_pass(IdentityTracker(), [good, bad]))
    assert report.mean["ao"] == pytest.approx(3 / 4)
    assert [figures["ao"] for figures in report.sequences.values()] == [1, 0]


def test_boxes_are_cut_to_the_picture_as_the_toolkit_cuts_them() -> None:
    boxes = np.array([[-5.0, 10, 20, 10], [90, 70, 20, 20], [110, 0, 5, 5]])
    cut = got10k.cut_to_picture(boxes, width=100, height=80)
    # What hangs out at the left moves in whole; at the right and bottom it is cut off.
    assert cut.tolist() == [[0, 10, 20, 10], [90, 70, 10, 10], [100, 0, 0, 5]]


def test_a_box_outside_has_overlap_0() -> None:
    sequence = black_sequence([(90.0, 70, 10, 10), (90.0, 70, 10, 10)])
    (run,) = run_one_pass(ScriptedTracker([Box(500, 500, 10, 10)]), [sequence])
    assert got10k.counted_overlaps(run).tolist() == [0]


def test_a_sequence_with_no_frame_to_count_has_no_figures() -> None:
    (run,) = run_one_pass(IdentityTracker(), [replace(black_sequence([SEEN, SEEN]), cover=np.array([8.0, 0]))])
    assert got10k.report("identity", [run]).summary()["mean"] == {
        "ao": None,
        "sr_50": None,
        "sr_75": None,
        "fps": pytest.approx(run.fps, rel=1e9),
    }
