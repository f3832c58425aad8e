from __future__ import annotations

import pytest

from tests.support.sequences import ABSENT, black_sequence
from tests.support.trackers import IdentityTracker
from tracker_core.evaluation import lasot
from tracker_core.evaluation.runner import run_one_pass

SEEN = (20.0, 20.0, 10.0, 10.0)


def test_both_denominators() -> None:
    # In view 2 of 4 frames, and there the overlap is 1: 20 of 21 thresholds are under it.
    (run,) = run_one_pass(IdentityTracker(), [black_sequence([SEEN, ABSENT, ABSENT, SEEN])])
    figures = lasot.measure(run)
    assert figures["auc"] == pytest.approx(20 / 21)
    assert figures["auc_all_frames"] == pytest.approx(10 / 21)
    assert (figures["precision_20"], figures["precision_20_all_frames"]) == (1, 0.5)
    assert (figures["norm_precision_20"], figures["norm_precision_20_all_frames"]) == (1, 0.5)


def test_each_figure_is_defined() -> None:
    report = lasot.report("identity", run_one_pass(IdentityTracker(), [black_sequence([SEEN, SEEN])]))
    assert report.mean.keys() == lasot.DEFINITIONS.keys()
    assert set(report.columns) <= report.mean.keys()
