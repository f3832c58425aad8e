"""The window's benchmark does what it says, in the real window."""

from __future__ import annotations

import math
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.application import Application
from app.assist.loaded_tracker import LoadedTracker
from app.workers.tracker_pool import TrackerPool
from benchmarks.moving_clip import write_moving_clip
from benchmarks.window import DOINGS, measure_in
from tests.support.trackers import IdentityTracker

FRAMES = 20


def test_each_doing_is_done_and_watched(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    clip = tmp_path / "moving.mp4"
    write_moving_clip(clip, frames=FRAMES)
    pool = TrackerPool(lambda choice: LoadedTracker(IdentityTracker()))
    application = Application(qapp, home=tmp_path / "home", pool=pool)
    try:
        rows = list(measure_in(application, clip, tracker="siamrpnpp_small", frames=FRAMES, runs=2, targets=5))
        project = application.document.opened_project
        assert len(project.tracks) == 5
        assert all(track.get(FRAMES - 1) is not None for track in project.tracks.values())
        assert len(rows) == DOINGS + 2
        assert rows[-2].doing == "tracking 5 targets again, 2"
        assert rows[-1].doing == "answering doubts"
        records = [track.get(frame) for track in project.tracks.values() for frame in range(1, FRAMES)]
        assert any(record is not None and record.reviewed for record in records), "an answer vouches for boxes"
        for row in rows:
            assert row.seconds > 0
            assert row.memory > 50 or math.isnan(row.memory)
            assert row.memory_peak > 0.95 * row.memory or math.isnan(row.memory)
            assert 0 < row.gap_median <= row.gap_p99 <= row.gap_longest <= 1000 * row.seconds
    finally:
        application.window.close()
        application.window.deleteLater()
        application.deleteLater()
