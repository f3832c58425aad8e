from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.controllers.importing import ImportPreview
from app.exchange.annotations import ImportOptions
from app.exchange.formats import FORMATS
from app.exchange.importing import ImportedTracks
from app.exchange.linking import LEAST_IOU
from app.exchange.match_rules import Match, Rule
from app.exchange.matching import Matching
from app.views.importing.import_dialog import RULES, ImportDialog
from tests.support.annotated_projects import street


@pytest.fixture
def dialog(qtbot: QtBot, tmp_path: Path) -> ImportDialog:
    dialog = ImportDialog(FORMATS, folder=tmp_path, labels=["person", "car"])
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def preview(**changes: object) -> ImportPreview:
    tracks = ImportedTracks(tuple(street().tracks.values()), ("person", "car"), ("1 box left out.",), "By name.")
    return ImportPreview(**({  # type: ignore[arg-type]
        "format_name": "coco", "tracks": tracks, "boxes": 11, "frames": (0, 29), "detections": 0,
        "labels": ("tram",), "doubled": {7: 1},
    } | changes))  # fmt: skip


def choose(dialog: ImportDialog, name: str) -> None:
    dialog.format_box.setCurrentIndex(dialog.format_box.findData(name))


def test_a_path_that_is_chosen_is_read_at_once(dialog: ImportDialog, qtbot: QtBot, tmp_path: Path) -> None:
    dialog.file_button.click()
    chooser = dialog.findChild(QFileDialog)
    assert chooser is not None
    with qtbot.waitSignal(dialog.read_requested) as requested:
        chooser.fileSelected.emit(str(tmp_path / "a.json"))
    chooser.reject()
    options = ImportOptions(label_names=("person", "car"))
    assert requested.args == ["", tmp_path / "a.json", options, LEAST_IOU, False]
    assert dialog.preview.toPlainText() == "Reading…"
    assert not dialog.import_button.isEnabled()


def test_every_choice_that_changes_what_comes_in_reads_anew(dialog: ImportDialog, qtbot: QtBot) -> None:
    dialog.choose_path("a.txt")
    with qtbot.waitSignal(dialog.read_requested) as requested:
        dialog.rule_box.setCurrentIndex([match for _, match in RULES].index(Match(Rule.NUMBER, 1)))
    assert requested.args is not None
    assert requested.args[2].match == Match(Rule.NUMBER, 1)
    with qtbot.waitSignal(dialog.read_requested):
        dialog.zero_based.click()
    with qtbot.waitSignal(dialog.read_requested) as requested:
        choose(dialog, "darklabel")
    assert requested.args is not None
    assert requested.args[0] == "darklabel"
    dialog.columns_field.setText("fn,x,y,w,h")
    with qtbot.waitSignal(dialog.read_requested) as requested:
        dialog.columns_field.editingFinished.emit()
    assert requested.args is not None
    assert (requested.args[2].columns, requested.args[2].first_pixel) == ("fn,x,y,w,h", 0)
    with qtbot.assertNotEmitted(dialog.read_requested):
        dialog.columns_field.editingFinished.emit()  # left without a change


def test_the_preview_says_what_comes_in_and_what_it_clashes_with(dialog: ImportDialog, qtbot: QtBot) -> None:
    dialog.choose_path("a.json")
    dialog.show_preview(preview())
    assert dialog.preview.toPlainText() == (
        "COCO with videos: 3 tracks, 11 boxes in frames 0 to 29.\n"
        "Labels: car (2), person (1).\n"
        "New to the project: tram.\n"
        "By name.\n"
        "1 track lies where the project has one of that label already: 7 on 1.\n"
        "• 1 box left out."
    )
    with qtbot.waitSignal(dialog.take_requested):
        dialog.import_button.click()
    assert not dialog.import_button.isEnabled()


def test_nothing_is_taken_of_a_file_without_tracks_or_that_cannot_be_read(dialog: ImportDialog) -> None:
    dialog.choose_path("a.json")
    dialog.show_preview(preview(tracks=ImportedTracks((), (), ()), boxes=0, frames=None, labels=(), doubled={}))
    assert dialog.preview.toPlainText() == "COCO with videos: 0 tracks, 0 boxes."
    assert not dialog.import_button.isEnabled()
    dialog.show_preview(preview())
    dialog.show_failure("a.json does not exist.")
    assert not dialog.import_button.isEnabled()


def test_where_two_rules_disagree_one_is_to_be_chosen(dialog: ImportDialog, qtbot: QtBot) -> None:
    dialog.choose_path("a.json")
    matchings = [Matching({}, Match(Rule.NAME), "By names."), Matching({}, Match(Rule.FRAME_ID), "By numbers.")]
    dialog.show_choices("Two rules disagree.", matchings)
    assert dialog.preview.toPlainText() == (
        "Two rules disagree.\n• By names.\n• By numbers.\nChoose how pictures are matched."
    )
    assert not dialog.import_button.isEnabled()
    qtbot.waitUntil(dialog.rule_box.hasFocus)
