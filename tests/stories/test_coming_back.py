"""Coming back: undo shows what it undoes, a project opens where it was left, panels come back in sight."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication

from app.store.places import Places
from tests.stories.conftest import Begin
from tests.support.stories import CTRL, SHIFT
from tests.support.trackers import ScriptedTracker
from tracker_core.geometry import Box

LEFT, RIGHT = Box(20, 10, 40, 30), Box(120, 20, 30, 30)


def test_undo_and_redo_go_to_the_frame_and_the_track_and_say_so(begin: Begin, clip: Path) -> None:
    story = begin(clip)
    session, message = story.application.session, story.application.status.message
    story.draw(LEFT, label="car")
    story.go_to(20)
    story.drag((LEFT.cx, LEFT.cy), (LEFT.cx + 10, LEFT.cy))
    if len(story.track(1)) == 1:  # nothing is shown between keyframes that are not there
        story.draw(LEFT)
    story.click(5, 5)
    story.draw(RIGHT)
    story.go_to(50)
    story.press(Qt.Key.Key_Z, CTRL)  # the box of track 2
    assert message.text() == "Undone: draw box, car #2, frame 20."
    story.wait_for_frame(20)

    story.go_to(50)
    session.select()
    story.press(Qt.Key.Key_Z, CTRL)  # the second box of track 1
    assert session.current_frame == 20
    assert session.selected_track_ids == (1,)
    assert message.text() == "Undone: draw box, car #1, frame 20."

    story.go_to(50)
    story.press(Qt.Key.Key_Z, CTRL | SHIFT)
    assert session.current_frame == 20
    assert message.text() == "Redone: draw box, car #1, frame 20."


def test_undoing_a_deletion_names_what_is_back(begin: Begin, clip: Path) -> None:
    story = begin(clip)
    story.draw(LEFT, label="car")
    story.press(Qt.Key.Key_Delete, CTRL)
    story.press(Qt.Key.Key_Z, CTRL)
    assert story.application.status.message.text() == "Undone: delete 1 track, car #1, frame 0."


def test_undoing_a_run_stays_on_a_frame_that_it_changes(begin: Begin, clip: Path) -> None:
    story = begin(clip, tracker=ScriptedTracker([LEFT]))
    story.draw(LEFT, label="car")
    story.track_with()
    story.go_to(30)
    story.press(Qt.Key.Key_Z, CTRL)
    assert story.application.session.current_frame == 30
    assert story.application.status.message.text() == "Undone: track 1 target, car #1, frames 1 to 59."


def test_a_project_opens_at_the_frame_at_which_it_was_left(begin: Begin, clip: Path, home: Path) -> None:
    story = begin(clip)
    story.draw(LEFT, label="car")
    story.go_to(37)
    story.application.project.close()
    story.open(clip)
    story.wait_for_frame(37)
    story.go_to(12)
    story.window.close()

    later = begin(clip)
    later.wait_for_frame(12)
    assert later.application.transport_presenter.view.frame_field.value() == 12
    later.window.close()

    Places.below(home).left_open.with_name("frames.json").write_text("[nonsense", encoding="utf-8")
    last = begin(clip)
    last.wait_for_frame(0)


def test_a_floating_panel_that_lies_beyond_the_screen_comes_back(begin: Begin, clip: Path) -> None:
    story = begin(clip)
    dock = story.window.docks["Score map"]
    dock.setFloating(True)
    dock.move(QPoint(9000, 9000))
    story.window.close()
    later = begin(clip)
    dock = later.window.docks["Score map"]
    assert dock.isFloating()
    screen = QGuiApplication.primaryScreen().availableGeometry()
    assert screen.contains(dock.geometry().center())
