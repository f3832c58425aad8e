from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from app.cli_evaluate import evaluate_command
from app.cli_models import DeviceName, loaded_tracker
from tests.support.trackers import IdentityTracker
from tracker_core.tracker import Tracker

application = typer.Typer()
application.command("evaluate")(evaluate_command)


def load(name: str, *, device: DeviceName) -> Tracker:
    return IdentityTracker() if name == "identity" else loaded_tracker(name, device=device)


@pytest.fixture(autouse=True)
def _tracker_without_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.cli_evaluate.loaded_tracker", load)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for name in ("one", "two"):
        folder = tmp_path / "data" / name
        folder.mkdir(parents=True)
        for number in (1, 2, 3):
            cv2.imwrite(str(folder / f"{number:08d}.png"), np.zeros((80, 100, 3), dtype=np.uint8))
        (folder / "groundtruth.txt").write_text("10,10,20,20\n" * 3)
    return tmp_path / "data"


def run(*arguments: object) -> tuple[int, str, str]:
    """Exit code, standard output and standard error."""
    result = CliRunner().invoke(application, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def test_figures_are_printed_and_nothing_is_written_unasked(data: Path, tmp_path: Path) -> None:
    code, printed, errors = run("--tracker", "identity", "--data", data, "--protocol", "otb")
    assert (code, errors) == (0, "")
    assert "0.952" in printed  # 20 of 21 thresholds are under an overlap of 1
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_out_gets_summary_raw_results_and_plots(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "a" / "b"
    assert run("--tracker", "identity", "--data", data, "--out", out)[0] == 0
    assert sorted(path.name for path in out.iterdir()) == [
        "index.html",
        "normalised_precision.png",
        "precision.png",
        "results",
        "success.png",
        "summary.json",
        "worst",
    ]
    summary = json.loads((out / "summary.json").read_text())
    assert summary["mean"]["auc"] == pytest.approx(20 / 21)
    assert (out / "results" / "identity" / "one.txt").read_text() == "10.0000,10.0000,20.0000,20.0000\n" * 3


def test_bad_input_is_one_line_and_leaves_nothing(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    a_file = tmp_path / "file"
    a_file.write_text("")
    (data / "two" / "groundtruth.txt").write_text("10,10,20,20\n")
    good = ("--tracker", "identity", "--data", data / "one")
    for arguments, problem in (
        ((*good, "--protocol", "davis"), "no protocol 'davis'; choose one of otb"),
        (("--tracker", "nobody", "--data", data / "one"), "no tracker 'nobody'"),
        (("--tracker", "identity", "--data", tmp_path / "missing"), "missing is not a folder"),
        (("--tracker", "identity", "--data", data), "has 1 rows, but there are 3 frames"),
        ((*good, "--out", a_file), "is a file"),
        ((*good, "--out", a_file / "below"), "cannot be written"),
    ):
        code, printed, errors = run("--out", out, *arguments)
        assert (code, printed) == (2, ""), arguments
        assert problem in errors
        assert errors.count("\n") == 1
        assert not out.exists()
