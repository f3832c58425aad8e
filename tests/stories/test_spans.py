"""Keys that apply to more than one frame, and overruled boxes: the window then shows what the key says."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from app.model.interpolation import record_at
from tests.stories.conftest import Begin
from tests.support.stores import load_as_after_a_crash
from tests.support.stories import CTRL, SHIFT, Story
from tests.support.trackers import ScriptedTracker
from tracker_core.geometry import Box

BOX = Box(20, 10, 40, 30)
FOUND = Box(60, 12, 40, 30)
LAST = 59


def tracked_story(begin: Begin, clip: Path) -> Story:
    """Track 1: drawn at 0, tracked to the end."""
    story = begin(clip, tracker=ScriptedTracker([FOUND]))
    story.draw(BOX)
    story.track_with()
    return story


def shown_frames(story: Story) -> list[int]:
    """Where a box is to be seen."""
    records = ((frame, record_at(story.track(1), frame)) for frame in range(LAST + 1))
    return [frame for frame, record in records if record is not None and record.box is not None]


def test_absent_holds_and_is_taken_back_with_all_that_it_took_away(begin: Begin, clip: Path) -> None:
    story = tracked_story(begin, clip)
    before = dict(story.track(1).items())
    story.go_to(35)
    story.press(Qt.Key.Key_X)
    assert shown_frames(story) == list(range(35))
    story.press(Qt.Key.Key_X)
    assert dict(story.track(1).items()) == before
    story.press(Qt.Key.Key_Z, CTRL)
    assert shown_frames(story) == list(range(35))
    story.press(Qt.Key.Key_Z, CTRL)
    assert dict(story.track(1).items()) == before


def test_occluded_holds(begin: Begin, clip: Path) -> None:
    story = tracked_story(begin, clip)
    story.go_to(35)
    story.press(Qt.Key.Key_O)
    occluded = [frame for frame, record in story.track(1).items() if record.occluded]
    assert occluded == list(range(35, LAST + 1))
    story.press(Qt.Key.Key_Z, CTRL)
    assert not any(record.occluded for _, record in story.track(1).items())


def test_delete_leaves_nothing_in_its_place_also_after_the_project_was_opened_again(begin: Begin, clip: Path) -> None:
    story = tracked_story(begin, clip)
    story.go_to(35)
    story.press(Qt.Key.Key_Delete)
    assert 35 not in shown_frames(story)
    story.application.editing.delete_span(1, 40, 49)
    expected = [frame for frame in range(LAST + 1) if frame != 35 and not 40 <= frame <= 49]
    assert shown_frames(story) == expected
    assert story.application.document.undo_stack.undoText() == "Delete boxes"
    story.application.project.close()
    story.open(clip)
    assert shown_frames(story) == expected


def test_what_a_correction_overrules_is_one_key_from_being_deleted(begin: Begin, clip: Path) -> None:
    story = tracked_story(begin, clip)
    story.go_to(20)
    story.drag((FOUND.cx, FOUND.cy), (FOUND.cx + 15, FOUND.cy + 4))
    assert list(story.track(1).stale_frames()) == list(range(21, LAST + 1))
    assert story.application.document.store_path is not None
    saved = load_as_after_a_crash(story.application.document.store_path).tracks[1]
    assert list(saved.stale_frames()) == list(range(21, LAST + 1))
    story.press(Qt.Key.Key_Delete, SHIFT)
    assert shown_frames(story) == list(range(21))
    story.press(Qt.Key.Key_Z, CTRL)
    assert list(story.track(1).stale_frames()) == list(range(21, LAST + 1))


def test_what_a_correction_overrules_is_one_key_from_being_tracked_again(begin: Begin, clip: Path) -> None:
    story = tracked_story(begin, clip)
    story.go_to(20)
    story.drag((FOUND.cx, FOUND.cy), (FOUND.cx + 15, FOUND.cy + 4))
    story.go_to(40)  # somewhere among the stale boxes
    with story.qtbot.waitSignal(story.application.tracking.run_finished):
        story.press(Qt.Key.Key_R)
    assert list(story.track(1).stale_frames()) == []
    runs = [record.run_id for _, record in story.track(1).items(21)]
    assert runs[0] == 2
    assert set(runs) <= {1, 2}  # a run ends where ten frames agree with what stood there
