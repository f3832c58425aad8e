from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from app.assist.loaded_tracker import LoadedTracker
from app.cli.evaluate import evaluate_command
from app.cli.trackers import loaded_tracker
from tests.support.trackers import IdentityTracker
from tracker_core.evaluation.protocols import PROTOCOLS
from tracker_core.evaluation.runner import SequenceRun
from tracker_core.evaluation.sequences import Sequence
from tracker_core.tracker import DeviceName, PrecisionName, Tracker

application = typer.Typer()
application.command("evaluate")(evaluate_command)


def load(name: str, *, device: DeviceName, precision: PrecisionName = "auto") -> LoadedTracker:
    return (
        LoadedTracker(IdentityTracker())
        if name == "identity"
        else loaded_tracker(name, device=device, precision=precision)
    )


@pytest.fixture(autouse=True)
def _tracker_without_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.cli.evaluate.loaded_tracker", load)


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


def test_without_matplotlib_the_figures_are_written_and_a_line_says_what_is_missing(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    code, printed, _ = run("--tracker", "identity", "--data", data, "--out", tmp_path / "out")
    assert code == 0
    assert "pip install matplotlib" in printed
    assert (tmp_path / "out" / "summary.json").is_file()
    assert not list((tmp_path / "out").glob("*.png"))


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


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_every_protocol_writes_a_summary_results_and_a_page(data: Path, tmp_path: Path, protocol: str) -> None:
    code, printed, errors = run("--tracker", "identity", "--data", data, "--protocol", protocol, "--out", tmp_path)
    assert (code, errors) == (0, "")
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert list(summary) == ["tracker", "protocol", "mean", "sequences"]
    assert (summary["tracker"], summary["protocol"]) == ("identity", protocol)
    assert all(figures.keys() == summary["mean"].keys() for figures in summary["sequences"].values())
    assert list(summary["sequences"]) == ["one", "two"]
    assert (tmp_path / "index.html").is_file()
    assert list((tmp_path / "results" / "identity").rglob("*one*.txt"))
    assert "one" in printed


def test_a_sequence_whose_result_is_there_is_not_run_again_unless_asked(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    words = ("--tracker", "identity", "--data", data, "--out", out)
    assert run(*words)[0] == 0
    first = json.loads((out / "summary.json").read_text())
    (out / "results" / "identity" / "two.txt").unlink()
    started: list[str] = []
    track = PROTOCOLS["otb"].track

    def spy(tracker: Tracker, sequence: Sequence, **rest: Any) -> SequenceRun:
        started.append(sequence.name)
        return track(tracker, sequence, **rest)

    monkeypatch.setattr("app.cli.evaluate.PROTOCOLS", {"otb": replace(PROTOCOLS["otb"], track=spy)})
    code, printed, _ = run(*words)
    assert (code, started) == (0, ["two"])
    assert "1 of 2 sequences were taken from" in printed
    again = json.loads((out / "summary.json").read_text())
    assert again["mean"] | {"fps": 0} == first["mean"] | {"fps": 0}
    started.clear()
    assert run(*words, "--again")[0] == 0
    assert started == ["one", "two"]


def test_what_was_done_before_a_broken_sequence_is_kept(data: Path, tmp_path: Path) -> None:
    (data / "two" / "00000003.png").write_bytes(b"broken")
    out = tmp_path / "out"
    code, _, errors = run("--tracker", "identity", "--data", data, "--out", out)
    assert (code, errors.count("\n")) == (2, 1)
    assert "00000003.png cannot be read as a picture" in errors
    assert (out / "results" / "identity" / "one.txt").is_file()
    assert not (out / "results" / "identity" / "two.txt").exists()
    assert not (out / "summary.json").exists()


def test_a_result_of_other_frames_is_named(data: Path, tmp_path: Path) -> None:
    stale = tmp_path / "out" / "results" / "identity" / "one.txt"
    stale.parent.mkdir(parents=True)
    stale.write_text("1,2,3,4\n")
    code, _, errors = run("--tracker", "identity", "--data", data, "--out", tmp_path / "out")
    assert code == 2
    assert "one.txt has 1 rows, but the sequence has 3 frames" in errors


def test_the_table_fits_a_terminal_of_80_columns(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for protocol in PROTOCOLS:
        _, printed, _ = run("--tracker", "identity", "--data", data, "--protocol", protocol)
        assert "…" not in printed, printed
