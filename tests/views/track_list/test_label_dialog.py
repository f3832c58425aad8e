from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QButtonGroup, QColorDialog
from pytestqt.qtbot import QtBot

from app.model.project import LABEL_COLOURS
from app.views.track_list.label_dialog import LabelDialog


@pytest.fixture
def dialog(qtbot: QtBot) -> LabelDialog:
    dialog = LabelDialog(labels=["car", "person"], names=["person"], colours=["#123456"])
    qtbot.addWidget(dialog)
    return dialog


def press_swatch(dialog: LabelDialog, position: int) -> None:
    """The one of LABEL_COLOURS with this index."""
    dialog.findChildren(QButtonGroup)[0].button(position).click()


def test_what_is_not_touched_stays(dialog: LabelDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.label_chosen) as chosen:
        dialog.ok_button.click()
    assert chosen.args == [None, None]


def test_a_new_name_and_a_swatch_are_told(dialog: LabelDialog, qtbot: QtBot) -> None:
    dialog.name_field.setEditText("  red bus ")
    press_swatch(dialog, 3)
    press_swatch(dialog, 4)
    with qtbot.waitSignal(dialog.label_chosen) as chosen:
        dialog.ok_button.click()
    assert chosen.args == ["red bus", LABEL_COLOURS[4]]


def test_any_other_colour_can_be_chosen(dialog: LabelDialog) -> None:
    dialog.other_button.click()
    chooser = dialog.findChild(QColorDialog)
    assert chooser is not None
    assert chooser.currentColor() == QColor("#123456")
    chooser.setCurrentColor(QColor("#abcdef"))
    chooser.accept()
    assert dialog.colour == "#abcdef"


@pytest.fixture
def of_two(qtbot: QtBot) -> LabelDialog:
    dialog = LabelDialog(labels=["car", "person"], names=["person", "car"], colours=["#123456", "#654321"])
    qtbot.addWidget(dialog)
    return dialog


def test_of_several_tracks_only_what_is_touched_is_told(of_two: LabelDialog, qtbot: QtBot) -> None:
    assert of_two.name_field.currentText() == ""
    assert of_two.colour == ""
    of_two.name_field.setEditText("bus")
    with qtbot.waitSignal(of_two.label_chosen) as chosen:
        of_two.ok_button.click()
    assert chosen.args == ["bus", None]


def test_several_tracks_get_one_colour_and_keep_their_labels(of_two: LabelDialog, qtbot: QtBot) -> None:
    press_swatch(of_two, 2)
    with qtbot.waitSignal(of_two.label_chosen) as chosen:
        of_two.ok_button.click()
    assert chosen.args == [None, LABEL_COLOURS[2]]


def test_a_label_needs_a_name(dialog: LabelDialog) -> None:
    dialog.name_field.setEditText("  ")
    assert not dialog.ok_button.isEnabled()
    dialog.name_field.setEditText("x")
    assert dialog.ok_button.isEnabled()
