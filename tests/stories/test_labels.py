"""Labels are given at the box; none is invented."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.views.track_list.track_table_model import Column
from tests.stories.conftest import Begin
from tests.support.stories import CTRL, Story
from tracker_core.geometry import Box

LEFT, RIGHT = Box(20, 10, 40, 30), Box(120, 20, 30, 30)


def draw_only(story: Story, box: Box) -> None:
    story.drag((box.x, box.y), (box.right, box.bottom))


def test_the_first_box_asks_for_its_label_and_is_in_the_project_meanwhile(begin: Begin, clip: Path) -> None:
    story = begin(clip)
    field = story.application.canvas_presenter.label_field
    draw_only(story, LEFT)
    assert field.hasFocus()
    assert field.text() == ""
    assert story.track(1).label == ""
    assert not story.project.labels  # nothing is invented
    QTest.keyClicks(field, "red bus")
    assert story.track(1).label == ""
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert story.track(1).label == "red bus"
    assert list(story.project.labels) == ["red bus"]
    assert not field.isVisible()
    assert story.canvas.hasFocus()


def test_letters_in_the_field_are_no_shortcuts_and_esc_leaves_the_box_without_a_label(begin: Begin, clip: Path) -> None:
    story = begin(clip)
    field = story.application.canvas_presenter.label_field
    draw_only(story, LEFT)
    QTest.keyClicks(field, "td")
    assert not story.application.tracking.is_running
    assert story.application.session.current_frame == 0
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert story.track(1).label == ""
    assert not story.project.labels
    assert story.canvas.hasFocus()
    assert story.application.track_list_presenter.view.model.index(0, Column.LABEL).data() == "no label"


def test_a_later_box_gets_the_label_used_last_and_can_be_given_another(begin: Begin, clip: Path) -> None:
    story = begin(clip)
    field = story.application.canvas_presenter.label_field
    story.draw(LEFT, label="car")
    story.click(5, 5)
    draw_only(story, RIGHT)
    assert story.track(2).label == "car"
    assert field.isVisible()
    assert story.canvas.hasFocus()  # the keys are the picture's
    assert field.hint == "Tab"
    without_keys = field.grab().toImage()
    QTest.keyClick(story.canvas, Qt.Key.Key_Tab)
    assert field.hasFocus()
    assert field.hint == ""
    right = field.width() - 30, 2, 26, field.height() - 4
    assert field.grab().toImage().copy(*right) != without_keys.copy(*right)
    QTest.keyClicks(field, "person")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert [track.label for track in story.project.tracks.values()] == ["car", "person"]
    story.press(Qt.Key.Key_Z, CTRL)
    assert story.track(2).label == "car"


def test_a_click_beside_the_field_takes_what_was_typed(begin: Begin, clip: Path) -> None:
    story = begin(clip)
    draw_only(story, LEFT)
    QTest.keyClicks(story.application.canvas_presenter.label_field, "car")
    story.canvas.setFocus(Qt.FocusReason.MouseFocusReason)
    assert story.track(1).label == "car"


def test_the_field_leaves_with_the_frame(begin: Begin, clip: Path) -> None:
    story = begin(clip)
    story.draw(LEFT, label="car")
    story.click(5, 5)
    draw_only(story, RIGHT)
    story.press(Qt.Key.Key_D)
    assert not story.application.canvas_presenter.label_field.isVisible()


def test_enter_after_a_later_box_keeps_its_label_and_answers_no_doubt(begin: Begin, clip: Path) -> None:
    """Enter ends the label of the first box. A person who also presses it after later boxes must not answer doubts."""
    story = begin(clip)
    story.draw(LEFT, label="car")
    story.press(Qt.Key.Key_Escape)
    for box in (RIGHT, Box(20, 60, 30, 20)):
        draw_only(story, box)
        assert story.application.canvas_presenter.label_field.isVisible()
        assert story.application.actions.by_id["accept_doubt"].text() == "Keep this label"
        story.press(Qt.Key.Key_Return)
        assert not story.application.canvas_presenter.label_field.isVisible()
    assert story.application.session.current_frame == 0
    tracks = story.project.tracks
    assert {track_id: [frame for frame, _ in track.items()] for track_id, track in tracks.items()} == {
        1: [0],
        2: [0],
        3: [0],
    }
    assert {track.label for track in tracks.values()} == {"car"}


def test_esc_after_a_later_box_closes_its_field_and_keeps_the_label(begin: Begin, clip: Path) -> None:
    story = begin(clip)
    story.draw(LEFT, label="car")
    story.press(Qt.Key.Key_Escape)
    draw_only(story, RIGHT)
    story.press(Qt.Key.Key_Escape)
    assert not story.application.canvas_presenter.label_field.isVisible()
    assert story.track(2).label == "car"
