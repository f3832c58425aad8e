"""A person leaves notes on a track and on a frame, sees them, goes to them, and takes one back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from app.model.note import NotePlace
from app.views.notes.note_dialog import NoteDialog
from app.views.timeline.layout import ROW_HEIGHT, RULER_HEIGHT, STRIP_HEIGHT
from app.views.timeline.note_marks import PAPER
from app.views.track_list.track_table_model import Column
from tests.stories.conftest import Begin
from tests.support.stories import CTRL, SHIFT, Story
from tracker_core.geometry import Box

ALT = Qt.KeyboardModifier.AltModifier


def leave(story: Story, text: str, *, about: str | None = None) -> None:
    """Leave a note with the keyboard: Ctrl+N, the text, Ctrl+Enter."""
    story.press(Qt.Key.Key_N, CTRL)
    dialog = story.window.findChildren(NoteDialog)[-1]
    if about is not None:
        dialog.about.setCurrentText(about)
    dialog.field.selectAll()
    if text:
        QTest.keyClicks(dialog.field, text)
    else:
        QTest.keyClick(dialog.field, Qt.Key.Key_Delete)
    QTest.keyClick(dialog.field, Qt.Key.Key_Return, CTRL)
    story.qtbot.waitUntil(lambda: not dialog.isVisible())


def noted(begin: Begin, clip: Path) -> Story:
    """A car with a note on frame 5, and one on frame 20 as a whole."""
    story = begin(clip)
    story.draw(Box(20, 10, 30, 30), label="car")
    story.go_to(5)
    leave(story, "whose car?")
    story.go_to(20)
    leave(story, "fog", about="frame 20")
    return story


def test_notes_are_left_kept_gone_to_and_taken_back(begin: Begin, clip: Path) -> None:
    story = noted(begin, clip)
    both = {NotePlace(5, 1): "whose car?", NotePlace(20): "fog"}
    assert story.project.notes == both
    heard: list[str] = []
    story.application.notes.told.connect(heard.append)
    story.application.session.select()
    story.press(Qt.Key.Key_N, CTRL | ALT)
    story.wait_for_frame(5)
    assert story.application.session.active_track_id == 1
    story.press(Qt.Key.Key_N, CTRL | ALT)
    story.press(Qt.Key.Key_N, CTRL | SHIFT)
    story.wait_for_frame(20)
    assert heard == ["car #1, frame 5: whose car?", "There is no note before this frame.", "Frame 20: fog"]
    story.go_to(5)
    leave(story, "")
    assert story.project.notes == {NotePlace(20): "fog"}
    for expected in (both, {NotePlace(5, 1): "whose car?"}, {}):
        story.press(Qt.Key.Key_Z, CTRL)
        assert story.project.notes == expected
    assert not story.application.actions.by_id["next_note"].isEnabled()
    for _ in range(2):
        story.press(Qt.Key.Key_Z, CTRL | SHIFT)
    story.application.project.close()
    story.open(clip)
    assert story.project.notes == both


def papers(story: Story, frame: int, top: int, height: int) -> int:
    """How many pixels of a note's mark are at a frame, in a band of the timeline."""
    view = story.application.timeline_presenter.view
    picture = view.viewport().grab().toImage()
    x = round(view._axis.x_of(frame + 0.5))
    places = [(x + dx, top + dy) for dx in range(-4, 5) for dy in range(height)]
    return sum(picture.pixelColor(*place) == PAPER for place in places)


def test_notes_are_shown_in_timeline_and_table(begin: Begin, clip: Path) -> None:
    story = noted(begin, clip)
    story.go_to(14)  # the playhead covers a mark
    view = story.application.timeline_presenter.view
    ruler, row = RULER_HEIGHT - STRIP_HEIGHT - 12, RULER_HEIGHT
    assert papers(story, 5, row, 12) > 5
    assert papers(story, 20, ruler, 11) > 5
    assert papers(story, 5, ruler, 11) == papers(story, 20, row, 12) == 0
    place = QPointF(view._axis.x_of(5.5), row + ROW_HEIGHT / 2)
    assert "whose car?" in view._text_at(place)
    table = story.application.track_list_presenter.view.model
    cell = table.index(0, Column.LABEL)
    assert "Note on frame 5: whose car?" in cell.data(Qt.ItemDataRole.ToolTipRole)
    assert cell.data(Qt.ItemDataRole.DecorationRole) is not None
    story.application.editing.delete_tracks((1,))
    assert story.project.notes[NotePlace(5, 1)] == "whose car?"
    assert papers(story, 5, ruler, 11) > 5
    assert story.application.notes.name_of(NotePlace(5, 1)) == "deleted track #1, frame 5"


def test_what_was_typed_goes_along_to_another_place(begin: Begin, clip: Path) -> None:
    story = noted(begin, clip)
    story.go_to(20)
    story.press(Qt.Key.Key_N, CTRL)
    dialog = story.window.findChildren(NoteDialog)[-1]
    assert (dialog.about.currentText(), dialog.field.toPlainText()) == ("frame 20", "fog")
    dialog.about.setCurrentText("car #1, frame 20")
    assert dialog.field.toPlainText() == ""
    dialog.field.setPlainText("dirty")
    dialog.about.setCurrentText("frame 20")
    assert dialog.field.toPlainText() == "fog"
    dialog.field.setPlainText("x" * 2001)
    assert not dialog.ok.isEnabled()
    dialog.reject()
    assert NotePlace(20, 1) not in story.project.notes
