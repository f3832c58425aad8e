from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.assist.loaded_tracker import LoadedTracker
from app.workers.tracker_pool import TrackerPool
from app.workers.tracking_worker import TrackingWorker
from tests.support.blank_video import BlankVideo
from tests.support.trackers import ScriptedTracker
from tests.support.tracking_runs import FOUND, FRAMES, Heard
from tracker_core.tracker import Tracker


@pytest.fixture
def video(monkeypatch: pytest.MonkeyPatch) -> BlankVideo:
    return BlankVideo(FRAMES).install(monkeypatch)


@pytest.fixture
def trackers() -> dict[str, Tracker]:
    """What the pool can load: "quick" finds a box at once, "held" waits at its update 50 until its gate is opened."""
    return {"quick": ScriptedTracker([FOUND]), "held": ScriptedTracker([FOUND], block_at=50)}


@pytest.fixture
def held(trackers: dict[str, Tracker]) -> ScriptedTracker:
    tracker = trackers["held"]
    assert isinstance(tracker, ScriptedTracker)
    return tracker


@pytest.fixture
def worker(
    qtbot: QtBot, video: BlankVideo, trackers: dict[str, Tracker], held: ScriptedTracker
) -> Iterator[TrackingWorker]:
    worker = TrackingWorker(TrackerPool(lambda choice: LoadedTracker(trackers[choice.name], "fake", "ab12")))
    yield worker
    held.gate.set()
    worker.shutdown()
    assert video.open_sources == 0


@pytest.fixture
def heard(worker: TrackingWorker) -> Heard:
    return Heard(worker)
