"""V fits the box on show, Shift+V those around it; each is one step of undo."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from tests.stories.conftest import Begin
from tests.support.stories import CTRL, SHIFT, Story
from tests.support.trackers import IdentityTracker, RefiningTracker
from tracker_core.geometry import Box

LOOSE, TIGHT = Box(20, 10, 40, 40), Box(24, 14, 32, 32)


def tracked_story(begin: Begin, clip: Path) -> Story:
    story = begin(clip, tracker=RefiningTracker(TIGHT))
    story.draw(LOOSE)
    story.track_with()
    return story


def tight_frames(story: Story) -> list[int]:
    return [frame for frame, record in story.track(1).items() if record.box == TIGHT]


def press_and_wait(story: Story, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    with story.qtbot.waitSignal(story.application.errands.ended):
        story.press(Qt.Key.Key_V, modifiers)


def test_one_box_is_tightened_and_undo_takes_it_back(begin: Begin, clip: Path) -> None:
    story = tracked_story(begin, clip)
    story.go_to(12)
    press_and_wait(story)
    assert tight_frames(story) == [12]
    assert "Tightened" in story.application.status.message.text()
    story.press(Qt.Key.Key_Z, CTRL)
    assert tight_frames(story) == []


def test_a_drawn_box_is_tightened_only_when_asked_for(begin: Begin, clip: Path) -> None:
    story = tracked_story(begin, clip)
    story.go_to(12)
    press_and_wait(story, SHIFT)
    assert tight_frames(story) == list(range(1, 60))
    record = story.track(1).get(0)
    assert record is not None
    assert record.box == LOOSE
    story.press(Qt.Key.Key_Z, CTRL)
    assert tight_frames(story) == []
    story.go_to(0)
    press_and_wait(story)
    assert tight_frames(story) == [0]
    record = story.track(1).get(0)
    assert record is not None
    assert record.is_keyframe


def test_the_span_of_a_contact_sheet_is_tightened(begin: Begin, clip: Path) -> None:
    story = tracked_story(begin, clip)
    story.window.docks["Contact sheet"].raise_()
    panel = story.application.contact_sheet_presenter.view
    story.qtbot.waitUntil(lambda: panel.sheet.cells.rowCount() == 60)
    assert not panel.tighten_button.isVisible()
    panel.set_span((20, 22))
    with story.qtbot.waitSignal(story.application.errands.ended):
        panel.tighten_button.click()
    assert tight_frames(story) == [20, 21, 22]


def test_a_tracker_that_cannot_says_so(begin: Begin, clip: Path) -> None:
    story = begin(clip, tracker=IdentityTracker())
    story.draw(LOOSE)
    press_and_wait(story)
    assert "choose another tracker" in story.application.status.message.text()


def test_nothing_is_tightened_in_a_project_that_was_closed(begin: Begin, clip: Path) -> None:
    story = tracked_story(begin, clip)
    story.press(Qt.Key.Key_V, SHIFT)
    story.application.project.close()
    assert not story.application.errands.is_running
    story.open(clip)
    assert tight_frames(story) == []


def test_a_chosen_span_is_what_shift_v_is_about(begin: Begin, clip: Path) -> None:
    story = tracked_story(begin, clip)
    story.go_to(31)
    story.application.session.set_span((30, 33))
    press_and_wait(story, SHIFT)
    assert tight_frames(story) == [30, 31, 32, 33]
