from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.assist.loaded_tracker import LoadedTracker
from app.controllers.score_map import ScoreMapController
from app.document.document import Document
from app.document.session import Session
from app.settings.schema import TRACKER
from app.settings.store import SettingsStore
from app.workers.explanation_worker import ExplanationWorker
from app.workers.tracker_pool import TrackerPool
from tests.support.blank_video import BlankVideo
from tests.support.open_documents import opened
from tests.support.shown_evidence import Shown, make_project, own_constants
from tests.support.trackers import IdentityTracker


@pytest.fixture
def document(qtbot: QtBot) -> Iterator[Document]:
    with opened(make_project()) as (document, _):
        yield document


@pytest.fixture
def session(document: Document) -> Session:
    session = Session(document)
    session.set_frame(15)
    return session


@pytest.fixture
def video(monkeypatch: pytest.MonkeyPatch) -> BlankVideo:
    return BlankVideo(50).install(monkeypatch)


@pytest.fixture
def settings(tmp_path: Path) -> SettingsStore:
    settings = SettingsStore(tmp_path / "settings.json")
    settings.set(TRACKER, "identity")
    return settings


@pytest.fixture
def controller(
    document: Document, session: Session, video: BlankVideo, settings: SettingsStore
) -> Iterator[ScoreMapController]:
    trackers = {"identity": IdentityTracker()}
    worker = ExplanationWorker(TrackerPool(lambda choice: LoadedTracker(trackers[choice.name])))
    controller = ScoreMapController(document, session, worker, settings, own_constants)
    controller.on_tracker_changed()
    controller.set_visible(True)
    yield controller
    worker.shutdown()


@pytest.fixture
def shown(controller: ScoreMapController) -> Shown:
    return Shown(controller)
