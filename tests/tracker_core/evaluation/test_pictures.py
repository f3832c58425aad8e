from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from tests.support.sequences import ABSENT, black_sequence
from tests.support.trackers import ScriptedTracker
from tracker_core.evaluation import otb, vot
from tracker_core.evaluation.page import write_page
from tracker_core.evaluation.pictures import (
    PREDICTION,
    TILE_WIDTH,
    TRUTH,
    contact_sheet,
    overlaps_over_time,
    shown_frames,
    worst_first,
)
from tracker_core.evaluation.runner import SequenceRun, track_once, track_supervised
from tracker_core.geometry import Box
from tracker_core.images import Image

SEEN = (20.0, 20.0, 20.0, 20.0)


def once(box: Box, *, name: str = "black", frames: int = 4) -> SequenceRun:
    return track_once(ScriptedTracker([box]), black_sequence([SEEN] * frames, name=name))


def decoded(png: bytes) -> Image:
    picture = cv2.imdecode(np.frombuffer(png, dtype=np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    return np.asarray(picture[..., ::-1], dtype=np.uint8)


def has(picture: Image, colour: tuple[int, int, int]) -> NDArray[np.bool_]:
    return np.asarray(np.abs(picture.astype(int) - colour).max(axis=2) < 30)


def test_the_worst_come_first() -> None:
    runs = [once(Box(*SEEN), name="good"), once(Box(60, 60, 9, 9), name="bad"), once(Box(30, 20, 20, 20), name="fair")]
    assert [run.sequence.name for run in worst_first(runs)] == ["bad", "fair", "good"]


def test_a_failure_counts_as_no_overlap_and_a_frame_without_truth_as_none() -> None:
    run = track_supervised(ScriptedTracker([Box(60, 60, 9, 9)]), black_sequence([SEEN, SEEN, SEEN]))
    assert overlaps_over_time(run).tolist() == pytest.approx([1, 0, float("nan")], nan_ok=True)
    away = track_once(ScriptedTracker([Box(*SEEN)]), black_sequence([SEEN, ABSENT]))
    assert overlaps_over_time(away).tolist() == pytest.approx([1, float("nan")], nan_ok=True)


def test_shown_are_the_first_loss_the_worst_frame_and_others_between() -> None:
    found = np.ones(100)
    found[40:60] = 0.3
    found[55] = 0.1
    chosen = shown_frames(found)
    assert {0, 40, 55} <= set(chosen)
    assert len(chosen) == 6
    assert chosen == sorted(chosen)
    assert shown_frames(np.array([1.0, 0.9])) == [0, 1]


def test_frames_show_truth_and_prediction_where_they_are() -> None:
    picture = decoded(contact_sheet(once(Box(60, 40, 20, 20), frames=2)))
    bar, scale = 22, TILE_WIDTH / 100
    assert picture.shape[1] == 3 * TILE_WIDTH
    second = picture[bar:, TILE_WIDTH : 2 * TILE_WIDTH]
    rows, columns = np.nonzero(has(second, PREDICTION))
    assert (columns.min() / scale, columns.max() / scale) == pytest.approx((60, 80), abs=1)
    assert (rows.min() / scale, rows.max() / scale) == pytest.approx((40, 60), abs=1)
    rows, columns = np.nonzero(has(second, TRUTH))
    assert (columns.min() / scale, columns.max() / scale) == pytest.approx((20.5, 39.5), abs=1)
    first = picture[bar:, :TILE_WIDTH]
    assert has(first, TRUTH).any()
    assert not has(first, PREDICTION).any()  # the box was given


def test_a_box_that_ran_away_can_be_drawn() -> None:
    assert decoded(contact_sheet(once(Box(1e12, -1e12, 1e9, 1e9), frames=2))).size


def test_the_page_shows_figures_definitions_plots_and_the_worst(tmp_path: Path) -> None:
    runs = [once(Box(60, 60, 9, 9), name=f"n{number}") for number in range(7)]
    report = replace(otb.report("a<b", runs), notes=("Mind & this.",))
    report.write(tmp_path)
    write_page(report, runs, tmp_path)
    html = (tmp_path / "index.html").read_text()
    assert "a&lt;b, otb protocol" in html
    assert "Mind &amp; this." in html
    assert all(text in html for text in ("norm_precision_20", "pysot toolkit", "n6"))
    pictures = re.findall(r'src="([^"]+)"', html)
    assert len(pictures) == 3 + 2 * 5
    assert all((tmp_path / name).is_file() for name in pictures)
    assert "http" not in html


def test_without_matplotlib_the_page_has_pictures_and_no_plots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    runs = [once(Box(60, 60, 9, 9), name="only")]
    report = otb.report("it", runs)
    report.write(tmp_path)
    write_page(report, runs, tmp_path)
    html = (tmp_path / "index.html").read_text()
    assert re.findall(r'src="([^"]+)"', html) == ["worst/only.png"]
    assert "Without matplotlib there are no plots" in html
    assert sorted(path.name for path in tmp_path.rglob("*.png")) == ["only.png"]


def test_a_plot_marks_where_it_is_told_to(tmp_path: Path) -> None:
    report = vot.report("it", [track_supervised(ScriptedTracker([Box(*SEEN)]), black_sequence([SEEN] * 20))])
    report.write(tmp_path)
    picture = cv2.imread(str(tmp_path / "accuracy_robustness.png"))
    assert picture is not None
    assert has(np.asarray(picture[..., ::-1], dtype=np.uint8), (59, 130, 246)).any()
