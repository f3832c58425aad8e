"""Shift+K looks through the video; N goes to a candidate, Enter accepts and tracks it, X rejects it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.document.commands import AddTrack
from app.model.box_record import keyframe
from app.model.doubt import DoubtKind
from app.model.interpolation import record_at
from app.model.track import Track
from tests.stories.conftest import Begin
from tests.support.stories import CTRL, SHIFT, Story
from tests.support.trackers import SearchingTracker
from tests.support.two_squares import FRAMES, red_box, write_two_squares
from tracker_core.tracker import LookAlike


@pytest.fixture(scope="module")
def squares(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_two_squares(tmp_path_factory.mktemp("squares") / "squares")


def found(begin: Begin, squares: Path) -> Story:
    """The red square is drawn at 0; the search sees it where it is on frame 25, and the comparer only there."""
    story = begin(squares, tracker=SearchingTracker([LookAlike(red_box(25), 0.95)]))
    document = story.application.document
    track = Track(1, "square", "#3b82f6")
    track.put({0: keyframe(red_box(0)), 1: keyframe(None)})
    document.undo_stack.push(AddTrack(document, track))
    story.application.session.select(1)
    with story.qtbot.waitSignal(story.application.searches.ended, timeout=20_000):
        story.press(Qt.Key.Key_K, SHIFT)
    candidates = [doubt for doubt in story.application.review.doubts if doubt.kind is DoubtKind.FOUND_AGAIN]
    assert len(candidates) == 1
    assert candidates[0].frame in range(20, 26)  # the comparer also takes most of a square for it
    story.application.review.go_to(candidates[0])
    story.wait_for_frame(candidates[0].frame)
    story.qtbot.waitUntil(lambda: len(story.canvas.suggestions) == 1)
    return story


def test_enter_makes_a_keyframe_and_tracks_from_there(begin: Begin, squares: Path) -> None:
    story = found(begin, squares)
    frame = story.application.session.current_frame
    with story.qtbot.waitSignal(story.application.tracking.run_finished, timeout=20_000):
        story.press(Qt.Key.Key_Return)
    record = story.track(1).get(frame)
    assert record is not None
    assert (record.box, record.is_keyframe) == (red_box(25), True)
    assert story.track(1).last_frame == FRAMES - 1
    between = record_at(story.track(1), frame - 1)
    assert between is not None
    assert between.absent
    assert not story.canvas.suggestions
    story.press(Qt.Key.Key_Z, CTRL)
    story.press(Qt.Key.Key_Z, CTRL)
    assert story.track(1).last_frame == 1


def test_x_rejects_and_changes_nothing(begin: Begin, squares: Path) -> None:
    story = found(begin, squares)
    before = dict(story.track(1).items())
    story.press(Qt.Key.Key_X)
    assert not any(doubt.kind is DoubtKind.FOUND_AGAIN for doubt in story.application.review.doubts)
    assert dict(story.track(1).items()) == before
    assert not story.canvas.suggestions


def test_the_question_leaves_with_its_frame_but_not_what_was_told_after_it(begin: Begin, squares: Path) -> None:
    story = found(begin, squares)
    status = story.application.status
    assert status.message.text().startswith("Is this #1?")
    frame = story.application.session.current_frame
    story.press(Qt.Key.Key_Home)  # to where Enter and X mean something else
    story.wait_for_frame(0)
    assert status.message.text() == ""
    story.press(Qt.Key.Key_N)
    story.wait_for_frame(frame)
    assert status.message.text().startswith("Is this #1?")
    status.tell("Something else.")
    story.press(Qt.Key.Key_Home)
    story.wait_for_frame(0)
    assert status.message.text() == "Something else."


def test_it_can_be_stopped_and_says_where_there_is_nothing_to_search(begin: Begin, squares: Path) -> None:
    story = begin(squares, tracker=SearchingTracker([]))
    document = story.application.document
    track = Track(1, "square", "#3b82f6")
    track.put({0: keyframe(red_box(0)), FRAMES - 1: keyframe(red_box(FRAMES - 1))})
    document.undo_stack.push(AddTrack(document, track))
    story.application.session.select(1)
    story.press(Qt.Key.Key_K, SHIFT)
    assert "no frames to search" in story.application.status.message.text()
    track.put({FRAMES - 1: None})
    story.press(Qt.Key.Key_K, SHIFT)
    assert story.application.searches.is_running
    story.application.actions.by_id["stop_search"].trigger()
    assert not story.application.searches.is_running


def test_the_buttons_say_what_they_do_with_a_candidate(begin: Begin, squares: Path) -> None:
    story = found(begin, squares)
    panel, actions = story.application.review_presenter.view, story.application.actions.by_id
    story.qtbot.waitUntil(lambda: panel.candidate_buttons["accept_doubt"].isVisibleTo(panel))
    assert not panel.buttons["accept_doubt"].isVisibleTo(panel)
    assert panel.candidate_buttons["toggle_absent"].text().startswith("Reject\n")
    assert (actions["accept_doubt"].text(), actions["toggle_absent"].text()) == (
        "Accept the candidate",
        "Reject the candidate",
    )
    panel.candidate_buttons["toggle_absent"].click()
    story.qtbot.waitUntil(lambda: panel.buttons["toggle_absent"].isVisibleTo(panel))
    assert not panel.candidate_buttons["toggle_absent"].isVisibleTo(panel)
    assert actions["toggle_absent"].text() == "Absent from here"
    assert "press again to take that back" in actions["toggle_absent"].toolTip()
    assert list(story.track(1).items())[-1][0] == 1
