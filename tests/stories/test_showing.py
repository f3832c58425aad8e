"""Tracks are hidden, shown alone, locked and duplicated; what is locked neither a hand nor a tracker changes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from tests.stories.conftest import Begin
from tests.support.stories import CTRL, SHIFT, Story
from tracker_core.geometry import Box

START, OTHER = Box(20, 10, 30, 30), Box(120, 10, 30, 30)


def two_tracks(begin: Begin, clip: Path) -> Story:
    story = begin(clip)
    story.draw_tracks(START, OTHER)
    return story


def test_a_track_is_shown_alone_and_all_is_as_it_was_then(begin: Begin, clip: Path) -> None:
    story = two_tracks(begin, clip)
    session = story.application.session
    session.select(2)
    story.press(Qt.Key.Key_H, SHIFT)
    assert [session.is_hidden(track_id) for track_id in (1, 2)] == [True, False]
    session.select(1)
    story.press(Qt.Key.Key_H, SHIFT)
    assert not any(map(session.is_hidden, (1, 2)))
    story.application.showing.hide_others()
    assert session.is_hidden(2)
    story.press(Qt.Key.Key_H, CTRL)
    assert not session.is_hidden(2)


def test_a_locked_track_is_changed_by_nobody(begin: Begin, clip: Path) -> None:
    story = two_tracks(begin, clip)
    application = story.application
    heard: list[str] = []
    application.document.refused.connect(heard.append)
    before = dict(story.track(1).items())
    application.session.select(1)
    story.press(Qt.Key.Key_L, SHIFT)
    story.qtbot.waitUntil(lambda: any(box.locked for box in story.canvas.boxes))
    story.press(Qt.Key.Key_Delete)
    story.press(Qt.Key.Key_X)
    story.press(Qt.Key.Key_T)
    story.press(Qt.Key.Key_Delete, CTRL)
    assert not application.tracking.is_running
    assert dict(story.track(1).items()) == before
    assert heard == ["target #1 is locked; Shift+L unlocks it."] * 4
    story.drag((START.cx, START.cy), (START.cx + 20, START.cy))
    assert dict(story.track(1).items()) == before
    application.session.select(1)
    story.press(Qt.Key.Key_L, SHIFT)
    story.press(Qt.Key.Key_Delete)
    assert len(story.track(1)) == 0


def test_a_track_is_duplicated_in_one_step(begin: Begin, clip: Path) -> None:
    story = two_tracks(begin, clip)
    story.application.session.select(1)
    story.press(Qt.Key.Key_D, CTRL)
    assert story.application.session.active_track_id == 3
    assert dict(story.track(3).items()) == dict(story.track(1).items())
    assert story.track(3).colour != story.track(1).colour
    story.press(Qt.Key.Key_Z, CTRL)
    assert sorted(story.project.tracks) == [1, 2]
