"""Exports in the background: told as they go, and cancelled."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.controllers import exporting as module
from app.controllers.exporting import ExportingController
from app.controllers.settings import SettingsController
from app.document.document import Document
from app.exchange.annotations import ExportOptions
from app.exchange.export import ExportReport, export
from app.model.project import Project
from app.settings.store import SettingsStore
from tests.support.annotated_projects import street

GATE_WAIT = 10  # s; only a test that fails waits so long


class OpenedDocument(Document):
    @property
    def opened_project(self) -> Project:
        return street()

    def keep_class_numbers(self) -> None:
        """It has no file."""


@pytest.fixture
def controller(qtbot: QtBot, tmp_path: Path) -> ExportingController:
    settings = SettingsController(SettingsStore(tmp_path / "settings.json"))
    return ExportingController(OpenedDocument(), settings)


def test_steps_are_told_on_the_gui_thread_and_the_report_comes_last(
    controller: ExportingController, qtbot: QtBot, tmp_path: Path
) -> None:
    told: list[tuple[object, threading.Thread]] = []
    controller.stepped.connect(lambda what: told.append((what, threading.current_thread())))
    controller.exported.connect(lambda report: told.append((report, threading.current_thread())))
    with qtbot.waitSignal(controller.exported):
        controller.export("mot", tmp_path / "gt.txt", ExportOptions())
    assert {thread for _, thread in told} == {threading.main_thread()}
    said = [what for what, _ in told]
    assert said[0] == "collecting boxes"
    assert isinstance(said[-1], ExportReport)
    assert len(said) == 7


def test_a_cancelled_export_changes_nothing_and_the_next_one_goes_through(
    controller: ExportingController, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()

    def slow_export(
        project: Project, name: str, path: Path, options: ExportOptions, *, on_step: Callable[[str], None]
    ) -> ExportReport:
        gate.wait(GATE_WAIT)
        return export(project, name, path, options, on_step=on_step)

    monkeypatch.setattr(module, "export", slow_export)
    goal = tmp_path / "gt.txt"
    controller.export("mot", goal, ExportOptions())
    with qtbot.waitSignal(controller.cancelled):
        controller.cancel()
        gate.set()
    assert not list(tmp_path.iterdir())
    with qtbot.waitSignal(controller.exported):
        controller.export("mot", goal, ExportOptions())
    assert goal.is_file()
