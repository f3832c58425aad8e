"""The real window, with a new home folder for each test and a scripted tracker."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.application import Application
from app.assist.loaded_tracker import LoadedTracker
from app.workers.tracker_pool import TrackerPool
from tests.support.errand_tools import ColourComparer
from tests.support.numbered_clips import Coding, write_clip
from tests.support.stories import Story
from tests.support.trackers import IdentityTracker
from tracker_core.tracker import Tracker

Begin = Callable[..., Story]


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """60 frames of 192 x 64."""
    return write_clip(tmp_path_factory.mktemp("clips"), Coding(options={"preset": "ultrafast"}), frames=60)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def begin(qtbot: QtBot, qapp: QApplication, home: Path) -> Iterator[Begin]:
    """Start the window, on a path or on nothing; with the same home each time, as the same person would."""
    windows: list[Application] = []

    def begin_with(path: Path | None = None, *, tracker: Tracker | None = None, shipped: bool = False) -> Story:
        used = tracker or IdentityTracker()
        pool = None if shipped else TrackerPool(lambda choice: LoadedTracker(used))
        application = Application(qapp, home=home, pool=pool, load_comparer=None if shipped else ColourComparer)
        windows.append(application)
        application.start(None)
        qtbot.waitUntil(application.window.isActiveWindow)  # before that no shortcut is heard
        qtbot.waitUntil(lambda: bool(application.models.models))  # looked for on another thread
        story = Story(qtbot, application)
        if path is not None:
            story.open(path)
        return story

    yield begin_with
    for application in windows:
        application.window.close()
        application.window.deleteLater()
        application.deleteLater()
