"""Keys go to visible controls: with Tab, with arrows, and after a dialog was busy."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.views.exporting.export_dialog import ExportDialog
from app.views.track_list.label_dialog import LabelDialog
from tests.stories.conftest import Begin
from tests.support.stories import CTRL, NO_KEYS, SHIFT, Story
from tests.support.trackers import ScriptedTracker
from tracker_core.geometry import Box

BOX = Box(20, 10, 40, 30)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def round_by_tab(story: Story, modifiers: Qt.KeyboardModifier) -> list[QWidget]:
    """Everything that Tab reaches, from the picture all the way round."""
    story.canvas.setFocus()
    passed: list[QWidget] = []
    while True:
        QTest.keyClick(focused(), Qt.Key.Key_Tab if modifiers == NO_KEYS else Qt.Key.Key_Backtab, modifiers)
        if focused() is story.canvas:
            return passed
        assert focused() not in passed
        passed.append(focused())


@pytest.mark.parametrize("modifiers", [NO_KEYS, SHIFT])
@pytest.mark.parametrize("panel", ["Review", "Score map", "Contact sheet", "Attributes"])
def test_tab_comes_by_all_that_is_on_show_and_by_nothing_else(
    begin: Begin, clip: Path, panel: str, modifiers: Qt.KeyboardModifier
) -> None:
    story = begin(clip, tracker=ScriptedTracker([BOX]))
    story.draw(BOX)
    story.window.bring_forward(panel)
    story.qtbot.waitUntil(lambda: not story.window.docks[panel].visibleRegion().isEmpty())
    passed = round_by_tab(story, modifiers)
    for dock in story.window.docks.values():
        if dock.visibleRegion().isEmpty():
            assert not any(dock.isAncestorOf(widget) for widget in passed)
    tracks = story.application.tracks_panel
    assert {story.application.timeline_presenter.view, story.application.track_list_presenter.view.table} <= set(passed)
    assert tracks.filter_bar.isAncestorOf(next(w for w in passed if isinstance(w, QLineEdit)))


def test_what_goes_behind_another_tab_hears_no_key(begin: Begin, clip: Path) -> None:
    story = begin(clip)
    slider = story.application.score_map_presenter.view.overlay_slider
    story.window.bring_forward("Score map")
    slider.setFocus()
    before = slider.value()
    story.window.bring_forward("Review")
    story.qtbot.waitUntil(story.canvas.hasFocus)
    QTest.keyClick(focused(), Qt.Key.Key_Right)
    assert slider.value() == before


def test_f2_renames_from_the_picture_which_has_the_keys_again_then(begin: Begin, clip: Path) -> None:
    story = begin(clip)
    story.draw(BOX, label="car")
    story.canvas.setFocus()
    story.press(Qt.Key.Key_F2)
    assert isinstance(focused(), QLineEdit)
    QTest.keyClicks(focused(), "truck")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    story.qtbot.waitUntil(lambda: story.track(1).label == "truck")
    story.qtbot.waitUntil(story.canvas.hasFocus)


def test_f2_asks_in_a_dialog_where_no_row_is_on_show(begin: Begin, clip: Path) -> None:
    story = begin(clip)
    story.draw(BOX, label="car")
    story.window.show_panel("Timeline", False)
    story.press(Qt.Key.Key_F2)
    (dialog,) = story.window.findChildren(LabelDialog)
    dialog.reject()


def test_after_an_export_the_keys_are_where_they_were(begin: Begin, clip: Path, tmp_path: Path) -> None:
    story = begin(clip)
    story.draw(BOX)
    story.press(Qt.Key.Key_E, CTRL)
    dialog = next(dialog for dialog in story.window.findChildren(ExportDialog) if dialog.isVisible())
    dialog.path_field.setFocus()
    dialog.path_field.setText(str(tmp_path / "tracks.txt"))
    with story.qtbot.waitSignal(story.application.exporting.exported):
        QTest.keyClick(dialog.path_field, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is dialog.path_field
