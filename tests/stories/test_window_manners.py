"""Small details of the window that once went wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.exchange.formats import FORMATS
from app.views.dialogs.about import AboutDialog
from app.views.dialogs.shortcuts import ShortcutsDialog
from app.views.exporting.export_dialog import ExportDialog
from tests.stories.conftest import Begin
from tests.support.stories import CTRL, Story
from tests.support.trackers import ScriptedTracker
from tracker_core.geometry import Box

LEFT, RIGHT = Box(20, 10, 40, 30), Box(120, 20, 30, 30)


def two_tracks(begin: Begin, clip: Path) -> Story:
    story = begin(clip, tracker=ScriptedTracker([LEFT]))
    story.draw(LEFT)
    story.click(5, 5)
    story.draw(RIGHT)
    return story


def is_enabled(story: Story, action: str) -> bool:
    return story.application.actions.by_id[action].isEnabled()


def is_drawing(story: Story) -> bool:
    return story.canvas.is_drawing


def test_ctrl_a_selects_all_tracks_wherever_the_focus_is(begin: Begin, clip: Path) -> None:
    story = two_tracks(begin, clip)
    for place in (story.canvas, story.application.timeline_presenter.view):
        story.application.session.select()
        place.setFocus()
        QTest.keyClick(place, Qt.Key.Key_A, CTRL)
        assert set(story.application.session.selected_track_ids) == {1, 2}


def test_stop_can_be_used_only_while_there_is_something_to_stop(begin: Begin, clip: Path) -> None:
    tracker = ScriptedTracker([LEFT], block_at=20)
    story = begin(clip, tracker=tracker)
    story.window.docks["Score map"].close()
    assert not is_enabled(story, "stop_run")
    story.draw(LEFT)
    assert not is_enabled(story, "stop_run")
    story.press(Qt.Key.Key_T)
    story.qtbot.waitUntil(tracker.reached.is_set)
    assert is_enabled(story, "stop_run")
    with story.qtbot.waitSignal(story.application.tracking.run_finished):
        story.press(Qt.Key.Key_Escape)
        tracker.gate.set()
    assert not is_enabled(story, "stop_run")


def test_the_score_map_asks_the_tracker_only_while_no_other_tab_lies_over_it(begin: Begin, clip: Path) -> None:
    story = begin(clip)
    score_map = story.application.score_map
    story.qtbot.waitUntil(lambda: not score_map.is_visible)  # the review lies over it at first
    story.window.bring_forward("Score map")
    story.qtbot.waitUntil(lambda: score_map.is_visible)
    story.window.bring_forward("Review")
    story.qtbot.waitUntil(lambda: not score_map.is_visible)
    story.window.docks["Score map"].setFloating(True)
    story.qtbot.waitUntil(lambda: score_map.is_visible)
    story.window.docks["Score map"].setFloating(False)
    story.window.bring_forward("Score map")
    story.qtbot.waitUntil(lambda: score_map.is_visible)


def test_the_score_map_is_drawn_once_it_is_on_top(begin: Begin, clip: Path) -> None:
    story = two_tracks(begin, clip)
    panel = story.application.score_map_presenter.view
    assert not panel.heading.text(), "the review lies over it"
    story.window.bring_forward("Score map")
    story.qtbot.waitUntil(lambda: "frame 0" in panel.heading.text())


def test_undo_and_redo_can_be_used_at_once(begin: Begin, clip: Path) -> None:
    """A key may come before the event loop turns again."""
    story = begin(clip)
    document, editing = story.application.document, story.application.editing
    assert (is_enabled(story, "undo"), is_enabled(story, "redo")) == (False, False)
    editing.draw_box(0, LEFT)
    assert (is_enabled(story, "undo"), is_enabled(story, "redo")) == (True, False)
    document.undo_stack.undo()
    assert (is_enabled(story, "undo"), is_enabled(story, "redo")) == (False, True)


def test_esc_leaves_the_draw_tool(begin: Begin, clip: Path) -> None:
    story = begin(clip)
    story.press(Qt.Key.Key_B)
    assert is_drawing(story)
    assert is_enabled(story, "stop_run")
    story.press(Qt.Key.Key_Escape)
    assert not is_drawing(story)
    assert not is_enabled(story, "stop_run")


def test_a_pan_that_is_going_on_survives_the_closing_of_the_project(begin: Begin, clip: Path) -> None:
    story = begin(clip)
    canvas = story.canvas
    QTest.mousePress(canvas, Qt.MouseButton.MiddleButton, pos=QPoint(100, 100))
    QTest.mouseMove(canvas, QPoint(110, 110))
    story.application.project.close()
    QTest.mouseMove(canvas, QPoint(120, 120))
    QTest.mouseRelease(canvas, Qt.MouseButton.MiddleButton, pos=QPoint(120, 120))
    story.open(clip)
    QTest.mouseMove(canvas, QPoint(60, 60))  # no button is down: nothing moves
    assert canvas.cursor().shape() == Qt.CursorShape.CrossCursor


def test_a_scrub_that_is_going_on_survives_the_closing_of_the_project(begin: Begin, clip: Path) -> None:
    story = begin(clip)
    viewport = story.application.timeline_presenter.view.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=QPoint(400, 5))
    story.application.project.close()
    QTest.mouseMove(viewport, QPoint(500, 5))
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=QPoint(500, 5))
    assert story.application.session.current_frame == 0


def test_what_the_mouse_does_is_told_in_words(begin: Begin) -> None:
    story = begin()
    story.press(Qt.Key.Key_F1)
    (dialog,) = story.window.findChildren(ShortcutsDialog)
    told = {}
    for row in range(dialog.list.topLevelItemCount()):
        section = dialog.list.topLevelItem(row)
        assert section is not None
        for child in range(section.childCount()):
            item = section.child(child)
            assert item is not None
            told[section.text(0), item.text(0)] = item.text(1)
    assert told["Picture", "Pan"] == "Middle button, or Space and drag"


def begin_to_rename(story: Story) -> QLineEdit:
    table = story.application.track_list_presenter.view.table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_F2)
    editors = [editor for editor in table.findChildren(QLineEdit) if editor.isVisible()]
    assert len(editors) == 1
    return editors[0]


@pytest.mark.parametrize("by", ["typing", "picking"])
def test_f2_to_a_name_in_use_leaves_the_keys_to_the_window(begin: Begin, clip: Path, by: str) -> None:
    story = begin(clip)
    story.draw(LEFT, label="car")
    story.click(5, 5)
    story.draw(RIGHT)
    story.application.editing.rename(2, "person")
    editor = begin_to_rename(story)
    editor.selectAll()
    QTest.keyClicks(editor, "ca" if by == "picking" else "car")
    completer = editor.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None
    story.qtbot.waitUntil(popup.isVisible)
    if by == "picking":
        QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    story.qtbot.waitUntil(lambda: story.track(2).label == "car")
    assert not popup.isVisible()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert not isinstance(focused, QLineEdit)
    QTest.keyClick(focused, Qt.Key.Key_D)
    story.wait_for_frame(1)


def open_export(story: Story) -> ExportDialog:
    story.press(Qt.Key.Key_E, CTRL)
    return next(dialog for dialog in story.window.findChildren(ExportDialog) if dialog.isVisible())


def test_enter_in_the_path_of_an_export_exports(begin: Begin, clip: Path, tmp_path: Path) -> None:
    story = two_tracks(begin, clip)
    dialog = open_export(story)
    dialog.path_field.setFocus()
    dialog.path_field.setText(str(tmp_path / "tracks.txt"))
    with story.qtbot.waitSignal(story.application.exporting.exported):
        QTest.keyClick(dialog.path_field, Qt.Key.Key_Return)
    assert (tmp_path / "tracks.txt").exists()
    assert dialog.isVisible()  # it shows the report


def test_the_result_of_an_export_leaves_when_path_or_format_changes(begin: Begin, clip: Path, tmp_path: Path) -> None:
    story = two_tracks(begin, clip)
    dialog = open_export(story)
    changes: list[Callable[[], None]] = [
        lambda: dialog.path_field.setText(str(tmp_path / "other.txt")),
        lambda: dialog.format_box.setCurrentIndex(1),
        lambda: dialog.form.keyframes_only.setChecked(True),
    ]
    for change in changes:
        dialog.path_field.setText(str(tmp_path / "tracks.txt"))
        with story.qtbot.waitSignal(story.application.exporting.exported):
            dialog.export_button.click()
        assert dialog.outcome.text().startswith("Wrote")
        change()
        assert dialog.outcome.text() == ""


def test_format_and_folder_of_an_export_are_remembered(begin: Begin, clip: Path, tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    story = two_tracks(begin, clip)
    dialog = open_export(story)
    dialog.format_box.setCurrentIndex([choice.name for choice in FORMATS].index("coco"))
    dialog.path_field.setText(str(folder / "tracks.json"))
    with story.qtbot.waitSignal(story.application.exporting.exported):
        dialog.export_button.click()
    dialog.reject()

    again = open_export(story)
    assert again.choice.name == "coco"
    assert Path(again.path_field.text()) == folder / "clip_tracks.json"
    again.reject()
    story.window.close()

    later = begin(clip)
    assert open_export(later).path_field.text() == str(folder / "clip_tracks.json")


def test_a_ring_shows_what_has_the_keys(begin: Begin, clip: Path) -> None:
    story = begin(clip)
    story.draw(LEFT)
    ring = story.window.focus_ring
    timeline, tracks = story.application.timeline_presenter.view, story.application.track_list_presenter.view
    panel = story.application.tracks_panel
    assert ring.part is story.canvas
    for widget, part in ((timeline, panel), (tracks.table, panel), (story.canvas, story.canvas)):
        widget.setFocus()
        assert ring.part is part
        assert ring.isVisible()
        assert ring.size() == part.size()
    story.canvas.resize(story.canvas.width() - 20, story.canvas.height())
    assert ring.size() == story.canvas.size()
    story.press(Qt.Key.Key_F1)
    assert ring.part is story.canvas  # a dialog takes the keys for a while, and gives them back


def test_a_floating_panel_goes_with_the_window(begin: Begin, clip: Path) -> None:
    story = begin(clip)
    dock = story.window.docks["Score map"]
    dock.setFloating(True)
    dock.show()
    story.window.close()
    assert not dock.isVisible()
    later = begin(clip)
    assert later.window.docks["Score map"].isFloating()
    assert later.window.docks["Score map"].isVisible()


def test_the_page_about_siamark_names_the_device_without_saying_device_twice(begin: Begin) -> None:
    story = begin()
    story.application.actions.by_id["about"].trigger()
    (about,) = story.window.findChildren(AboutDialog)
    assert "Device: Automatic" in about.text.splitlines()
