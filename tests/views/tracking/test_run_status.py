from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from app.language import look_up_with
from app.views.tracking.run_status import RunStatus

FOREIGN = {"paused, {run}": "{run} (Pause)", "{run}: starting": "{run}: beginnt"}


@pytest.fixture
def foreign() -> Iterator[None]:
    look_up_with(lambda text, _: FOREIGN.get(text, text))
    yield
    look_up_with(None)


@pytest.fixture
def status(qtbot: QtBot) -> RunStatus:
    status = RunStatus({name: QAction(name) for name in ("pause_run", "stop_run")})
    qtbot.addWidget(status)
    status.start("tracking #1 forward")
    return status


def test_a_paused_run_says_so(status: RunStatus) -> None:
    status.set_paused(True)
    assert status.label.text() == "paused, tracking #1 forward: starting"
    status.set_paused(False)
    assert status.label.text() == "tracking #1 forward: starting"


def test_a_paused_run_says_so_in_the_language_of_the_window(foreign: None, qtbot: QtBot) -> None:
    status = RunStatus({name: QAction(name) for name in ("pause_run", "stop_run")})
    qtbot.addWidget(status)
    status.start("#1")
    status.set_paused(True)
    assert status.label.text() == "#1: beginnt (Pause)"
