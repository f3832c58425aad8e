"""Runs of several tracks, both ways, through keyframes and so far, from menus, keys and the toolbar."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from app.views.tracking.run_dialog import RunDialog
from tests.stories.conftest import Begin
from tests.support.stories import CTRL, SHIFT, Story
from tests.support.trackers import ScriptedTracker
from tracker_core.geometry import Box

START, OTHER = Box(20, 10, 30, 30), Box(120, 10, 30, 30)


def drawn(begin: Begin, clip: Path, *, frame: int = 0, tracker: ScriptedTracker | None = None) -> Story:
    """Two tracks, drawn at a frame; the second is selected."""
    story = begin(clip, tracker=tracker or ScriptedTracker([START]))
    story.go_to(frame)
    for box in (START, OTHER):
        story.draw(box)
        story.press(Qt.Key.Key_Escape)
    return story


def until_done(story: Story) -> None:
    story.qtbot.waitUntil(lambda: not story.application.tracking.is_running, timeout=20_000)


def boxes(story: Story, track_id: int) -> list[int]:
    return [frame for frame, record in story.track(track_id).items() if record.box is not None]


def on_toolbar(story: Story) -> list[str]:
    bar = story.application.toolbar
    buttons = [bar.widgetForAction(action) for action in bar.actions()]
    return [button.text() for button in buttons if isinstance(button, QToolButton) and button.isVisible()]


def test_ctrl_t_tracks_all_tracks_and_the_frame_is_shown_again(begin: Begin, clip: Path) -> None:
    story = drawn(begin, clip)
    story.press(Qt.Key.Key_T, CTRL)
    until_done(story)
    assert boxes(story, 1) == boxes(story, 2) == list(range(60))
    assert story.application.session.current_frame == 0


def test_both_ways_from_the_middle(begin: Begin, clip: Path) -> None:
    story = drawn(begin, clip, frame=30)
    story.press(Qt.Key.Key_T, CTRL | SHIFT)
    until_done(story)
    assert boxes(story, 2) == list(range(60))
    assert boxes(story, 1) == [30]
    assert story.application.session.current_frame == 30


def test_the_toolbar_shows_stop_while_a_run_goes_on(begin: Begin, clip: Path) -> None:
    tracker = ScriptedTracker([START], block_at=10)
    story = drawn(begin, clip, tracker=tracker)
    idle = on_toolbar(story)
    assert {"Track backward", "Track forward"} <= set(idle)
    story.press(Qt.Key.Key_T)
    assert tracker.reached.wait(10)
    assert set(idle) - set(on_toolbar(story)) == {"Track backward", "Track forward"}
    bar, stop = story.application.toolbar, story.application.actions.by_id["stop_run"]
    QTest.mouseClick(bar.widgetForAction(stop), Qt.MouseButton.LeftButton)
    tracker.gate.set()
    until_done(story)
    story.qtbot.waitUntil(lambda: on_toolbar(story)[4:] == idle[4:])  # all after undo, which names the run now
    assert len(boxes(story, 2)) < 60


def test_a_second_run_is_announced_and_comes_after_the_first(begin: Begin, clip: Path) -> None:
    tracker = ScriptedTracker([START], block_at=10)
    story = drawn(begin, clip, tracker=tracker)
    story.press(Qt.Key.Key_T)
    assert tracker.reached.wait(10)
    story.go_to(0)
    story.application.session.select(1)
    story.press(Qt.Key.Key_T)
    assert story.application.tracking_presenter.run_status.label.text().endswith(", 1 run waits")
    tracker.gate.set()
    until_done(story)
    story.qtbot.waitUntil(lambda: boxes(story, 1) == list(range(60)), timeout=20_000)
    assert boxes(story, 2) == list(range(60))


def asked(story: Story) -> RunDialog:
    story.press(Qt.Key.Key_R, CTRL)
    dialog = next(dialog for dialog in story.window.findChildren(RunDialog) if dialog.isVisible())  # not one before it
    story.qtbot.waitExposed(dialog)
    return dialog


def test_the_dialog_tracks_so_many_frames_of_all_tracks_both_ways(begin: Begin, clip: Path) -> None:
    story = drawn(begin, clip, frame=30)
    dialog = asked(story)
    assert dialog.who.currentText() == "the selected: #2"
    assert dialog.answer.text() == "29 boxes of 1 track would be tracked."
    dialog.who.setCurrentIndex(1)
    dialog.direction.setCurrentIndex(2)
    dialog.frames.setValue(5)
    assert dialog.so_many.isChecked()
    assert dialog.answer.text() == "20 boxes of 2 tracks would be tracked."
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    until_done(story)
    assert boxes(story, 1) == boxes(story, 2) == list(range(25, 36))
    again = asked(story)
    assert (again.frames.value(), again.so_many.isChecked(), again.direction.currentIndex()) == (5, True, 2)
    QTest.keyClick(again, Qt.Key.Key_Escape)


def test_the_dialog_tracks_to_a_frame_that_lies_before(begin: Begin, clip: Path) -> None:
    story = drawn(begin, clip, frame=30)
    dialog = asked(story)
    dialog.last_frame.setValue(12)
    assert dialog.to_frame.isChecked()
    assert not dialog.direction.isEnabled()
    assert dialog.answer.text() == "18 boxes of 1 track would be tracked."
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    until_done(story)
    assert boxes(story, 2) == list(range(12, 31))


@pytest.mark.parametrize("direction", [0, 1])
def test_the_dialog_offers_the_last_answer_again_in_each_direction(begin: Begin, clip: Path, direction: int) -> None:
    story = drawn(begin, clip, frame=30)
    dialog = asked(story)
    dialog.direction.setCurrentIndex(direction)
    dialog.frames.setValue(2)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    until_done(story)
    again = asked(story)
    assert (again.direction.currentIndex(), again.so_many.isChecked(), again.frames.value()) == (direction, True, 2)
    QTest.keyClick(again, Qt.Key.Key_Escape)


def test_the_dialog_does_not_call_a_frame_in_the_middle_the_end(begin: Begin, clip: Path) -> None:
    story = drawn(begin, clip, frame=30)
    dialog = asked(story)
    dialog.to_frame.setChecked(True)
    dialog.last_frame.setValue(30)
    assert dialog.answer.text().endswith("Track 2 has a box on frame 30 already; choose another frame.")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_during_a_run_the_dialog_promises_no_boxes_of_its_tracks(begin: Begin, clip: Path) -> None:
    tracker = ScriptedTracker([START], block_at=10)
    story = drawn(begin, clip, tracker=tracker)
    story.press(Qt.Key.Key_T)
    assert tracker.reached.wait(10)
    dialog = asked(story)
    assert dialog.answer.text() == "0 boxes of 0 tracks would be tracked. Already being tracked: #2."
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    tracker.gate.set()
    until_done(story)


def test_what_is_said_of_several_tracks_is_no_sentence_about_one(begin: Begin, clip: Path) -> None:
    tracker = ScriptedTracker([START], block_at=10)
    story = drawn(begin, clip, tracker=tracker)
    message = story.application.status.message
    story.press(Qt.Key.Key_T, CTRL)
    assert tracker.reached.wait(10)
    story.press(Qt.Key.Key_T, CTRL)
    assert message.text() == "Already being tracked: #1, #2. Esc stops the run."
    tracker.gate.set()
    until_done(story)
