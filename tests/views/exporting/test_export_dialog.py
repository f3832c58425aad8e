from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.exchange.annotations import ExportOptions
from app.exchange.export import ExportReport
from app.exchange.formats import FORMATS, format_named
from app.views.exporting.export_dialog import ExportDialog


@pytest.fixture
def dialog(qtbot: QtBot, tmp_path: Path) -> ExportDialog:
    dialog = ExportDialog(FORMATS, stem=tmp_path / "car.v2")
    qtbot.addWidget(dialog)
    return dialog


def choose(dialog: ExportDialog, name: str) -> None:
    dialog.format_box.setCurrentIndex([entry.name for entry in FORMATS].index(name))


def test_a_path_with_the_formats_suffix_is_proposed(dialog: ExportDialog, tmp_path: Path) -> None:
    assert dialog.path_field.text() == str(tmp_path / "car.v2.txt")
    assert dialog.description.text() == FORMATS[0].description
    choose(dialog, "coco")
    assert dialog.path_field.text() == str(tmp_path / "car.v2.json")
    assert dialog.description.text() == format_named("coco").description
    choose(dialog, "yolo")
    assert dialog.path_field.text() == str(tmp_path / "car.v2")  # a folder
    choose(dialog, "cvat")
    assert dialog.path_field.text() == str(tmp_path / "car.v2.xml")


def test_a_path_without_a_formats_suffix_is_left_alone(dialog: ExportDialog, tmp_path: Path) -> None:
    dialog.path_field.setText(str(tmp_path / "gt.v3"))
    choose(dialog, "coco")
    assert dialog.path_field.text() == str(tmp_path / "gt.v3")


def test_export_tells_format_path_and_options(dialog: ExportDialog, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(dialog.export_requested) as requested:
        dialog.export_button.click()
    assert requested.args == ["mot", tmp_path / "car.v2.txt", ExportOptions(keyframes_only=False)]
    assert dialog.outcome.text() == "Exporting…"
    assert not dialog.export_button.isEnabled()


def test_while_it_exports_it_says_what_it_does_and_nothing_can_be_chosen(dialog: ExportDialog) -> None:
    dialog.show()
    dialog.export_button.click()
    dialog.show_step("reading it back")
    assert dialog.outcome.text() == "Exporting: reading it back…"
    assert dialog.bar.isVisible()
    choices = dialog.format_box, dialog.path_field, dialog.browse_button, dialog.all_boxes, dialog.keyframes_only
    assert not any(choice.isEnabled() for choice in choices)
    dialog.show_failure("The disk is full.")
    assert not dialog.bar.isVisible()
    assert all(choice.isEnabled() for choice in choices)


@pytest.mark.parametrize("way", ["button", "escape", "title bar"])
def test_to_close_it_meanwhile_is_to_cancel(dialog: ExportDialog, qtbot: QtBot, way: str) -> None:
    dialog.show()
    assert dialog.close_button.text() == "Close"
    dialog.export_button.click()
    assert dialog.close_button.text() == "Cancel"
    with qtbot.waitSignal(dialog.cancel_requested):
        if way == "button":
            dialog.close_button.click()
        elif way == "escape":
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
        else:
            dialog.close()
    assert dialog.isVisible()
    dialog.show_step("comparing")  # it was on its way
    assert dialog.outcome.text() == "Cancelling…"
    assert not dialog.close_button.isEnabled()
    dialog.show_cancelled()
    assert dialog.outcome.text() == "Cancelled; nothing was changed."
    assert dialog.export_button.isEnabled()
    dialog.close_button.click()
    assert not dialog.isVisible()


def test_keyframes_only_is_told(dialog: ExportDialog, qtbot: QtBot) -> None:
    dialog.keyframes_only.click()
    with qtbot.waitSignal(dialog.export_requested) as requested:
        dialog.export_button.click()
    assert requested.args is not None
    assert requested.args[2] == ExportOptions(keyframes_only=True)


def test_the_report_is_shown_and_another_export_can_follow(dialog: ExportDialog) -> None:
    dialog.export_button.click()
    dialog.show_report(ExportReport(frames=412, tracks=1, boxes=1311, notes=("One label was renamed.",)))
    assert dialog.outcome.text() == (
        "Wrote 1,311 boxes of 1 track on 412 frames; read back and compared.\n• One label was renamed."
    )
    assert dialog.export_button.isEnabled()


def test_a_failure_is_shown_and_can_be_tried_again(dialog: ExportDialog) -> None:
    dialog.export_button.click()
    dialog.show_failure("The disk is full. Nothing was changed.")
    assert dialog.outcome.text() == "The disk is full. Nothing was changed."
    assert dialog.export_button.isEnabled()


def test_what_will_be_replaced_is_said_before(dialog: ExportDialog, tmp_path: Path) -> None:
    assert dialog.path_note.text() == ""
    (tmp_path / "old.txt").touch()
    dialog.path_field.setText(str(tmp_path / "old.txt"))
    assert dialog.path_note.text() == "What is there already will be replaced."
    assert dialog.export_button.isEnabled()


@pytest.mark.parametrize("text", ["", "   ", "no/such/folder/tracks.txt"])
def test_a_place_that_cannot_be_written_is_said_at_once(dialog: ExportDialog, text: str) -> None:
    dialog.path_field.setText(text)
    assert dialog.path_note.text() != ""
    assert not dialog.export_button.isEnabled()


def test_a_file_can_be_browsed_for(dialog: ExportDialog, tmp_path: Path) -> None:
    dialog.browse_button.click()
    chooser = dialog.findChild(QFileDialog)
    assert chooser is not None
    assert chooser.nameFilters()[0] == "MOTChallenge (*.txt)"
    chooser.fileSelected.emit(str(tmp_path / "found.txt"))
    chooser.reject()
    assert dialog.path_field.text() == str(tmp_path / "found.txt")
