"""``bench``: a table, and with --out a file with the machine and the rows."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.support.commands import Run
from tests.support.small_networks import write_small_network
from tests.support.trackers import ScriptedTracker


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """One sequence of four pictures in which the truth stands still."""
    folder = tmp_path / "data" / "still"
    folder.mkdir(parents=True)
    for number in range(1, 5):
        cv2.imwrite(str(folder / f"{number:08d}.png"), np.zeros((80, 100, 3), dtype=np.uint8))
    (folder / "groundtruth.txt").write_text("40,20,20,10\n" * 4)
    return tmp_path / "data"


@pytest.mark.slow
def test_speed_says_where_the_time_goes_on_each_device(run: Run, tmp_path: Path) -> None:
    weights, out = write_small_network(tmp_path / "small.safetensors"), tmp_path / "speed.json"
    answer = run("bench", "speed", "--tracker", weights, "--frames", 5, "--out", out)
    assert (answer.code, answer.complained) == (0, "")
    assert answer.said.startswith("processor ")
    result = json.loads(out.read_text())
    assert result["machine"]["cores"] >= 1
    assert {"processor", "torch", "torch_threads"} <= set(result["machine"])
    row = next(row for row in result["rows"] if (row["device"], row["precision"]) == ("cpu", "float32"))
    texts = ("tracker", "device", "precision")
    assert {"crop_ms", "network_ms", "end_to_end_fps", "first_box_ms", "cost_of_8", "end_to_end_cost_of_8"} <= set(row)
    assert all(value > 0 for measure, value in row.items() if measure not in texts)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["small.safetensors", "speed.json"]


def test_precision_compares_boxes_step_by_step_and_in_free_flight(run: Run, data: Path, tmp_path: Path) -> None:
    weights, out = write_small_network(tmp_path / "small.safetensors"), tmp_path / "precision.json"
    answer = run("bench", "precision", "--data", data, "--tracker", weights, "--frames", 3, "--out", out)
    assert (answer.code, answer.complained) == (0, "")
    still, whole = json.loads(out.read_text())["rows"]
    assert (still["sequence"], whole["sequence"], still["frames"]) == ("still", "all", 2)
    assert 0 < still["step_least"] <= still["step_mean"] <= 1
    assert 0 <= still["free_least"] <= still["free_mean"] <= 1


def test_effort_counts_the_boxes_for_each_threshold(
    run: Run, tracker: ScriptedTracker, data: Path, tmp_path: Path
) -> None:
    tracker.boxes = (tracker.boxes[0].translated(dx=5, dy=0),)  # overlap with the truth 14 / 26: enough for 0.5 alone
    out = tmp_path / "effort.json"
    answer = run("bench", "effort", "--data", data, "--tracker", "scripted", "--out", out)
    assert (answer.code, answer.complained) == (0, "")
    found = [(row["sequence"], row["threshold"], row["boxes"]) for row in json.loads(out.read_text())["rows"]]
    assert found == [("still", 0.5, 1), ("still", 0.7, 4), ("all", 0.5, 1), ("all", 0.7, 4)]


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["speed", "--frames", "3"], "--frames"),
        (["speed", "--tracker", "nobody"], "there is no tracker 'nobody'"),
        (["speed", "--out", "{folder}"], "is a folder"),
        (["speed", "--out", "{folder}/none/speed.json"], "does not exist"),
        (["speed", "--against", "{folder}"], "is not a checkout of pysot"),
        (["precision", "--data", "{folder}"], "holds no sequence"),
        (["effort"], "Missing option '--data'"),
        (["effort", "--data", "{folder}/none"], "is not a folder"),
        (["effort", "--data", "{folder}"], "holds no sequence"),
        (["effort", "--data", "{folder}", "--out", "{folder}/none/effort.json"], "does not exist"),
    ],
)
def test_bad_input_is_one_line_and_leaves_nothing(run: Run, tmp_path: Path, words: list[str], problem: str) -> None:
    answer = run("bench", *(word.format(folder=tmp_path) for word in words))
    assert answer.is_refusal, answer
    assert problem in answer.complained
    assert list(tmp_path.iterdir()) == []


def test_a_window_is_not_opened_for_a_tracker_that_there_is_not(run: Run) -> None:
    answer = run("bench", "window", "--tracker", "nobody")
    assert answer.code == 2
    assert "nobody" in answer.complained
