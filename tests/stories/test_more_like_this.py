"""K shows what looks like a box as ghosts; Enter takes all, a click takes one, Esc none."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from tests.stories.conftest import Begin
from tests.support.stories import CTRL, Story
from tests.support.trackers import IdentityTracker, SearchingTracker
from tracker_core.geometry import Box
from tracker_core.tracker import LookAlike

DRAWN, ONE, OTHER = Box(10, 10, 24, 24), Box(70, 20, 24, 24), Box(130, 16, 24, 24)
FINDS = (LookAlike(ONE, 0.9), LookAlike(OTHER, 0.8), LookAlike(DRAWN, 0.99))


def searched(begin: Begin, clip: Path) -> Story:
    story = begin(clip, tracker=SearchingTracker(FINDS))
    story.draw(DRAWN, label="sign")
    with story.qtbot.waitSignal(story.application.errands.ended):
        story.press(Qt.Key.Key_K)
    assert [ghost.box for ghost in story.canvas.suggestions] == [ONE, OTHER]
    return story


def test_enter_takes_all_in_one_step(begin: Begin, clip: Path) -> None:
    story = searched(begin, clip)
    story.press(Qt.Key.Key_Return)
    assert [(track.id, track.label) for track in story.project.tracks.values()] == [
        (1, "sign"),
        (2, "sign"),
        (3, "sign"),
    ]
    assert not story.canvas.suggestions
    for track_id, box in ((2, ONE), (3, OTHER)):
        record = story.track(track_id).get(0)
        assert record is not None
        assert (record.box, record.is_keyframe) == (box, True)
    story.press(Qt.Key.Key_Z, CTRL)
    assert list(story.project.tracks) == [1]


def test_a_click_takes_one_and_the_others_stay(begin: Begin, clip: Path) -> None:
    story = searched(begin, clip)
    story.click(OTHER.cx, OTHER.cy)
    assert [track.id for track in story.project.tracks.values()] == [1, 2]
    record = story.track(2).get(0)
    assert record is not None
    assert record.box == OTHER
    assert [ghost.box for ghost in story.canvas.suggestions] == [ONE]
    assert story.application.session.active_track_id == 1


def test_escape_or_another_frame_takes_none(begin: Begin, clip: Path) -> None:
    story = searched(begin, clip)
    story.press(Qt.Key.Key_Escape)
    assert not story.canvas.suggestions
    with story.qtbot.waitSignal(story.application.errands.ended):
        story.press(Qt.Key.Key_K)
    story.qtbot.waitUntil(lambda: len(story.canvas.suggestions) == 2)
    story.press(Qt.Key.Key_D)
    assert not story.canvas.suggestions
    assert list(story.project.tracks) == [1]


def test_ghosts_are_not_painted_on_a_frame_on_the_way_to_theirs(begin: Begin, clip: Path) -> None:
    story = searched(begin, clip)
    picture = story.application.loader.cached(0)
    story.application.playback.stand_in_shown.emit(3, picture)
    assert not story.canvas.suggestions
    story.application.playback.frame_shown.emit(0, picture)
    assert [ghost.box for ghost in story.canvas.suggestions] == [ONE, OTHER]


def test_a_tracker_that_cannot_search_says_so(begin: Begin, clip: Path) -> None:
    story = begin(clip, tracker=IdentityTracker())
    story.draw(DRAWN)
    with story.qtbot.waitSignal(story.application.errands.ended):
        story.press(Qt.Key.Key_K)
    assert "choose another tracker" in story.application.status.message.text()
