"""Tracks are split, joined and swapped, and a doubtful span becomes a line; each is one step of undo."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from app.model.interpolation import record_at
from tests.stories.conftest import Begin
from tests.support.stories import CTRL, SHIFT, Story
from tests.support.trackers import ScriptedTracker
from tracker_core.geometry import Box

START, OTHER = Box(20, 10, 30, 30), Box(120, 10, 30, 30)


def two_tracks(begin: Begin, clip: Path) -> Story:
    story = begin(clip)
    story.draw_tracks(START, OTHER)
    story.application.session.select(1, 2)
    story.track_with()
    return story


def box_at(story: Story, track_id: int, frame: int) -> Box:
    record = record_at(story.track(track_id), frame)
    assert record is not None
    assert record.box is not None
    return record.box


def undo(story: Story) -> None:
    story.press(Qt.Key.Key_Z, CTRL)


def test_a_split_makes_a_track_of_the_rest_and_undo_takes_it_back(begin: Begin, clip: Path) -> None:
    story = two_tracks(begin, clip)
    story.application.session.select(1)
    story.go_to(30)
    story.press(Qt.Key.Key_X, CTRL | SHIFT)
    assert story.application.session.active_track_id == 3
    assert story.track(1).last_frame == 29
    assert story.track(3).first_frame == 30
    assert box_at(story, 3, 45) == box_at(story, 3, 30)
    undo(story)
    assert sorted(story.project.tracks) == [1, 2]
    assert story.track(1).last_frame == 59


def test_two_halves_are_joined_again(begin: Begin, clip: Path) -> None:
    story = two_tracks(begin, clip)
    story.application.session.select(1)
    story.go_to(30)
    story.press(Qt.Key.Key_X, CTRL | SHIFT)
    story.application.session.select(1, 3)
    story.press(Qt.Key.Key_J, CTRL)
    assert sorted(story.project.tracks) == [1, 2]
    assert story.track(1).last_frame == 59
    undo(story)
    assert sorted(story.project.tracks) == [1, 2, 3]


def test_two_tracks_are_swapped_from_a_frame_on(begin: Begin, clip: Path) -> None:
    story = two_tracks(begin, clip)
    one, other = box_at(story, 1, 40), box_at(story, 2, 40)
    story.go_to(20)
    story.application.session.select(1, 2)
    story.press(Qt.Key.Key_W, CTRL | SHIFT)
    assert (box_at(story, 1, 40), box_at(story, 2, 40)) == (other, one)
    assert (box_at(story, 1, 10), box_at(story, 2, 10)) == (one, other)
    undo(story)
    assert box_at(story, 1, 40) == one


def test_what_needs_two_tracks_says_so(begin: Begin, clip: Path) -> None:
    story = two_tracks(begin, clip)
    heard: list[str] = []
    story.application.arranging.told.connect(heard.append)
    story.application.session.select(1)
    story.press(Qt.Key.Key_J, CTRL)
    story.press(Qt.Key.Key_W, CTRL | SHIFT)
    assert len(heard) == 2
    assert all("needs two tracks" in sentence for sentence in heard)


def test_a_doubtful_span_becomes_a_line(begin: Begin, clip: Path) -> None:
    scores = [0.1 if 10 <= frame < 16 else 0.99 for frame in range(1, 60)]
    story = begin(clip, tracker=ScriptedTracker([START], scores))
    story.draw(START)
    story.press(Qt.Key.Key_Escape)
    story.canvas.setFocus()
    story.track_with()
    story.qtbot.waitUntil(lambda: len(story.application.review.doubts) == 1)
    story.press(Qt.Key.Key_N)
    doubt = story.application.review.at_hand
    assert doubt is not None
    story.press(Qt.Key.Key_I)
    assert story.track(1).get(doubt.frame) is None
    assert record_at(story.track(1), doubt.frame) is not None
    undo(story)
    assert story.track(1).get(doubt.frame) is not None


def test_where_to_draw_goes_to_a_doubtful_frame(begin: Begin, clip: Path) -> None:
    scores = [0.1 if 10 <= frame < 16 else 0.99 for frame in range(1, 60)]
    story = begin(clip, tracker=ScriptedTracker([START], scores))
    story.draw(START)
    story.press(Qt.Key.Key_Escape)
    story.canvas.setFocus()
    story.track_with()
    story.qtbot.waitUntil(lambda: len(story.application.review.doubts) == 1)
    heard: list[str] = []
    story.application.review.told.connect(heard.append)
    story.press(Qt.Key.Key_Return, SHIFT)
    doubt = story.application.review.doubts[0]
    assert doubt.first_frame <= story.application.session.current_frame <= doubt.last_frame
    assert "may settle" in heard[-1]


def test_what_a_lock_refuses_is_not_said_to_be_done(begin: Begin, clip: Path) -> None:
    story = two_tracks(begin, clip)
    heard: list[str] = []
    story.application.arranging.told.connect(heard.append)
    before = {key: dict(story.track(key).items()) for key in (1, 2)}
    story.application.document.set_locked(1, True)
    story.go_to(20)
    story.application.session.select(1, 2)
    for key, modifiers in ((Qt.Key.Key_J, CTRL), (Qt.Key.Key_W, CTRL | SHIFT), (Qt.Key.Key_X, CTRL | SHIFT)):
        story.press(key, modifiers)
        assert story.application.session.selected_track_ids == (1, 2)
        assert story.application.status.message.text() == "target #1 is locked; Shift+L unlocks it."
    assert {key: dict(story.track(key).items()) for key in story.project.tracks} == before
    assert heard == []
