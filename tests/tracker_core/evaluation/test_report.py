from __future__ import annotations

import io
import json
from pathlib import Path

import cv2
import pytest
from rich.console import Console

from tests.support.sequences import black_sequence
from tests.support.trackers import IdentityTracker
from tracker_core.evaluation import otb
from tracker_core.evaluation.report import Report
from tracker_core.evaluation.runner import run_one_pass


@pytest.fixture
def report() -> Report:
    sequences = [black_sequence([[0, 0, 10, 10], [3, 0, 10, 10]], name=name) for name in ("one", "two")]
    return otb.report("identity", run_one_pass(IdentityTracker(), sequences))


def test_the_summary_is_what_the_command_line_promises(report: Report, tmp_path: Path) -> None:
    report.write(tmp_path)
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert list(summary) == ["tracker", "protocol", "mean", "sequences"]
    assert (summary["tracker"], summary["protocol"]) == ("identity", "otb")
    assert {"auc", "precision_20", "norm_precision", "fps"} <= summary["mean"].keys()
    assert list(summary["sequences"]) == ["one", "two"]
    assert all(figures.keys() == summary["mean"].keys() for figures in summary["sequences"].values())
    assert summary["mean"] == dict(report.mean)


def test_a_plot_for_each_curve(report: Report, tmp_path: Path) -> None:
    report.write(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "normalised_precision.png",
        "precision.png",
        "success.png",
        "summary.json",
    ]
    picture = cv2.imread(str(tmp_path / "success.png"))
    assert picture is not None
    assert picture.shape == (480, 640, 3)


def test_the_table_ends_with_the_mean(report: Report) -> None:
    text = io.StringIO()
    Console(file=text, width=120).print(report.table())
    lines = text.getvalue().splitlines()
    assert "identity, otb protocol" in lines[0]
    assert f"{report.mean['auc']:.3f}" in lines[-2]
    assert "mean" in lines[-2]
