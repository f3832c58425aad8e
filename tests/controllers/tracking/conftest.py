from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.assist.loaded_tracker import LoadedTracker
from app.controllers.tracking import TrackingController
from app.document.document import Document
from app.document.session import Session
from app.model.project import Project
from app.settings.schema import DEVICE, TRACKER
from app.settings.store import SettingsStore
from app.workers.tracker_pool import TrackerPool
from app.workers.tracking_worker import TrackingWorker
from tests.support.blank_video import BlankVideo
from tests.support.news import News
from tests.support.open_documents import opened
from tests.support.stores import FillingStore
from tests.support.tracked_projects import (
    FOUND,
    FRAMES,
    frames_of,
    start_project,
)
from tests.support.trackers import ScriptedTracker
from tracker_core.tracker import Tracker


@pytest.fixture
def store_and_document(qtbot: QtBot) -> Iterator[tuple[Document, FillingStore]]:
    with opened(start_project()) as document_and_store:
        yield document_and_store


@pytest.fixture
def document(store_and_document: tuple[Document, FillingStore]) -> Document:
    return store_and_document[0]


@pytest.fixture
def store(store_and_document: tuple[Document, FillingStore]) -> FillingStore:
    return store_and_document[1]


@pytest.fixture
def project(document: Document) -> Project:
    return document.opened_project


@pytest.fixture
def session(document: Document) -> Session:
    session = Session(document)
    session.set_frame(10)
    session.select(1)
    return session


@pytest.fixture
def held() -> ScriptedTracker:
    """Waits at its 41st update until its gate is opened."""
    return ScriptedTracker([FOUND], block_at=40)


@pytest.fixture
def trackers(held: ScriptedTracker) -> dict[str, Tracker]:
    return {"quick": ScriptedTracker([FOUND]), "held": held}


@pytest.fixture
def settings(tmp_path: Path) -> SettingsStore:
    settings = SettingsStore(tmp_path / "settings.json")
    settings.set(TRACKER, "quick")
    settings.set(DEVICE, "cpu")
    return settings


@pytest.fixture
def controller(
    document: Document,
    session: Session,
    settings: SettingsStore,
    trackers: dict[str, Tracker],
    held: ScriptedTracker,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[TrackingController]:
    BlankVideo(FRAMES).install(monkeypatch)
    worker = TrackingWorker(TrackerPool(lambda choice: LoadedTracker(trackers[choice.name], "fake", "ab12")))
    yield TrackingController(document, session, worker, settings)
    held.gate.set()
    worker.shutdown()


@pytest.fixture
def news(controller: TrackingController) -> News:
    return News(controller)


@pytest.fixture
def running(
    controller: TrackingController, settings: SettingsStore, held: ScriptedTracker, project: Project, qtbot: QtBot
) -> TrackingController:
    """A run of track 1 that has shown some of its boxes and is held up at its 41st frame."""
    settings.set(TRACKER, "held")
    controller.track_forward()
    assert held.reached.wait(5)
    qtbot.waitUntil(lambda: bool(frames_of(project.tracks[1], FOUND)))
    return controller
