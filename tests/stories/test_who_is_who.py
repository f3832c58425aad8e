"""Tracks that meet are compared automatically; J joins, W swaps, Enter leaves them, and the answer is remembered."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.document.commands import AddTrack
from app.model.box_record import Source
from app.model.doubt import DoubtKind
from app.model.interpolation import record_at
from app.model.track import Track
from tests.stories.conftest import Begin
from tests.support.stories import CTRL, Story
from tests.support.two_squares import FRAMES, blue_box, halves, red_box, swapped_tracks, write_two_squares
from tracker_core.geometry import Box


@pytest.fixture(scope="module")
def squares(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_two_squares(tmp_path_factory.mktemp("squares") / "squares")


def story_of(begin: Begin, squares: Path, tracks: Iterable[Track]) -> Story:
    story = begin(squares)
    document = story.application.document
    for track in tracks:
        document.undo_stack.push(AddTrack(document, track))
    story.qtbot.waitUntil(lambda: len(story.application.review.identity) == 1, timeout=15_000)
    return story


def go_there(story: Story) -> None:
    (doubt,) = story.application.review.identity
    story.application.review.go_to(doubt)
    story.wait_for_frame(doubt.frame)


def box_at(story: Story, track_id: int, frame: int) -> Box:
    record = record_at(story.track(track_id), frame)
    assert record is not None
    assert record.box is not None
    return record.box


def test_both_are_shown_side_by_side_and_j_joins(begin: Begin, squares: Path) -> None:
    story = story_of(begin, squares, halves())
    go_there(story)
    panel = story.application.review_presenter.view
    assert panel.who_is_who.isVisible()
    assert "#2 the same object as #1" in panel.who_is_who.sentence.text()
    assert not panel.who_is_who.swap_button.isVisible()
    story.qtbot.waitUntil(lambda: panel.who_is_who.has_all_pictures, timeout=15_000)
    story.press(Qt.Key.Key_J)
    assert list(story.project.tracks) == [1]
    assert box_at(story, 1, 40) == red_box(40)
    story.qtbot.waitUntil(lambda: not panel.who_is_who.isVisible())
    assert story.application.review.identity == ()
    story.press(Qt.Key.Key_Z, CTRL)
    assert list(story.project.tracks) == [1, 2]
    story.qtbot.waitUntil(lambda: len(story.application.review.identity) == 1, timeout=15_000)


def test_the_tracks_of_a_question_that_are_locked_stay_and_so_does_the_question(begin: Begin, squares: Path) -> None:
    story = story_of(begin, squares, halves())
    story.application.document.set_locked(2, True)
    go_there(story)
    story.press(Qt.Key.Key_J)
    assert list(story.project.tracks) == [1, 2]
    assert len(story.application.review.identity) == 1


def test_w_swaps_where_it_is_asked_and_goes_back_a_keyframe_elsewhere(begin: Begin, squares: Path) -> None:
    story = story_of(begin, squares, swapped_tracks())
    go_there(story)
    here = story.application.session.current_frame
    assert story.application.review_presenter.view.who_is_who.swap_button.isVisible()
    story.press(Qt.Key.Key_W)
    last = FRAMES - 1
    assert box_at(story, 1, last) == red_box(last)
    assert box_at(story, 2, last) == blue_box(last)
    assert story.application.document.undo_stack.undoText() == "Swap tracks"
    story.press(Qt.Key.Key_Z, CTRL)
    assert box_at(story, 1, last) == blue_box(last)
    story.go_to(here - 1)
    story.press(Qt.Key.Key_W)
    assert story.application.session.current_frame < here - 1
    assert box_at(story, 1, last) == blue_box(last)


def test_enter_leaves_and_it_stays_answered_when_the_project_is_opened_again(begin: Begin, squares: Path) -> None:
    story = story_of(begin, squares, halves())
    go_there(story)
    story.press(Qt.Key.Key_Return)
    review = story.application.review
    assert [doubt for doubt in review.doubts if doubt.kind is DoubtKind.IDENTITY] == []
    story.press(Qt.Key.Key_Z, CTRL)
    story.qtbot.waitUntil(lambda: len(review.identity) == 1)
    go_there(story)
    story.press(Qt.Key.Key_Return)
    assert list(story.project.tracks) == [1, 2]
    kept = story.project.left_as_is
    assert len(kept) == 1
    story.application.project.close()
    story.open(squares)
    assert story.project.left_as_is == kept
    story.qtbot.waitUntil(lambda: review.is_settled)
    story.application.identity.refresh()
    assert not any(doubt.kind is DoubtKind.IDENTITY for doubt in review.doubts)


def test_a_comparison_that_fails_says_so_and_the_queue_goes_on(
    begin: Begin, squares: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.support.errand_tools.ColourComparer.embed_many", _broken)
    story = begin(squares)
    document = story.application.document
    heard: list[str] = []
    story.application.identity.told.connect(heard.append)
    for track in halves():
        document.undo_stack.push(AddTrack(document, track))
    story.qtbot.waitUntil(lambda: bool(heard), timeout=15_000)
    assert "could not be compared" in heard[0]
    assert story.application.review.identity == ()
    assert all(record.source is Source.HUMAN for _, record in story.track(1).items())


def _broken(*_: object) -> None:
    raise RuntimeError("no verifier")
