"""A run over reviewed boxes changes none of them; where it differs, a person may take its boxes."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.assist.wished_run import RunWish
from app.model.box_record import Source
from app.model.direction import FORWARD
from tests.stories.conftest import Begin
from tests.support.stories import CTRL, SHIFT, Story
from tests.support.trackers import ScriptedTracker
from tracker_core.geometry import Box

START, NEARLY, ELSEWHERE = Box(20, 10, 30, 30), Box(21, 10, 30, 30), Box(60, 40, 30, 30)
OTHER = Box(120, 10, 30, 30)


@pytest.fixture
def tracker() -> ScriptedTracker:
    return ScriptedTracker([START])


@pytest.fixture
def story(begin: Begin, clip: Path, tracker: ScriptedTracker) -> Story:
    """A track at rest, reviewed from 10 to 29; a second run over it sees it elsewhere from 20 on."""
    story = begin(clip, tracker=tracker)
    story.draw(START)
    story.press(Qt.Key.Key_Escape)
    story.track_with()
    story.application.review.mark_right(1, 10, 29)
    tracker.boxes = (NEARLY,) * 19 + (ELSEWHERE,)
    story.track_with()
    return story


def at(story: Story, frame: int) -> tuple[Box | None, bool]:
    record = story.track(1).get(frame)
    assert record is not None
    return record.box, record.reviewed


def ghosts(story: Story) -> list[Box | None]:
    story.qtbot.waitUntil(lambda: story.canvas.frame_index == story.application.session.current_frame)
    story.application.canvas_presenter.refresh()
    return [box.record.box for box in story.canvas.boxes if box.ghost and box.record.source is Source.TRACKER]


def test_reviewed_boxes_stay_and_where_the_run_differs_it_proposes(story: Story) -> None:
    assert [at(story, frame) for frame in (10, 19, 20, 29)] == [(START, True)] * 4
    assert at(story, 30) == (ELSEWHERE, False)
    assert len(story.application.proposals) == 10  # not those that say the same
    assert story.application.status.message.text().startswith(
        "The run differs from 10 reviewed boxes of #1, which stay"
    )
    story.press(Qt.Key.Key_P, SHIFT)
    assert story.application.session.current_frame == 20
    assert ghosts(story) == [ELSEWHERE]
    story.press(Qt.Key.Key_P, SHIFT)
    assert story.application.session.current_frame == 21


def test_all_are_taken_in_one_step_and_come_back_with_undo(story: Story) -> None:
    story.press(Qt.Key.Key_P, CTRL | SHIFT)
    assert [at(story, frame) for frame in (19, 20, 29)] == [(START, True), (ELSEWHERE, False), (ELSEWHERE, False)]
    assert len(story.application.proposals) == 0
    assert not story.application.actions.by_id["take_proposals"].isEnabled()
    story.press(Qt.Key.Key_Z, CTRL)
    assert [at(story, frame) for frame in (19, 20, 29)] == [(START, True)] * 3


def test_of_a_chosen_span_only_its_part_is_taken(story: Story) -> None:
    story.application.session.set_span((25, 40))
    story.press(Qt.Key.Key_P, CTRL | SHIFT)
    assert [at(story, frame) for frame in (24, 25, 29)] == [(START, True), (ELSEWHERE, False), (ELSEWHERE, False)]
    assert len(story.application.proposals) == 5
    story.application.session.set_span((0, 5))
    story.press(Qt.Key.Key_P, CTRL | SHIFT)
    assert story.application.status.message.text() == "The chosen span has no proposed box."
    story.application.proposals.drop()
    assert [at(story, frame) for frame in (20, 24)] == [(START, True)] * 2
    assert ghosts(story) == []


def test_a_proposal_leaves_with_its_reviewed_box(story: Story) -> None:
    story.go_to(20)
    story.press(Qt.Key.Key_C)
    story.draw(Box(70, 20, 30, 30))
    story.qtbot.waitUntil(lambda: not story.application.tracking.is_running, timeout=20_000)
    assert 20 not in [frame for frame in range(60) if story.application.proposals.at(frame)]
    story.application.editing.delete_selected_tracks()
    assert len(story.application.proposals) == 0


def test_what_is_proposed_does_not_pass_to_another_object(story: Story, tracker: ScriptedTracker) -> None:
    tracker.boxes = (OTHER,)
    story.go_to(0)
    story.draw_tracks(OTHER)
    story.track_with()
    story.application.review.mark_right(2, 10, 29)
    assert len(story.application.proposals) == 10
    story.go_to(15)
    story.application.session.select(1, 2)
    story.press(Qt.Key.Key_W, CTRL | SHIFT)
    assert len(story.application.proposals) == 0


def test_each_run_tells_only_where_it_differs_itself(story: Story, tracker: ScriptedTracker) -> None:
    tracker.boxes = (NEARLY, ELSEWHERE)
    story.application.tracking.track(RunWish((1,), 24, (FORWARD,), 3))
    story.qtbot.waitUntil(lambda: not story.application.tracking.is_running, timeout=20_000)
    assert len(story.application.proposals) == 9  # 25 is as reviewed for this run
    assert story.application.status.message.text().startswith("The run differs from 2 reviewed boxes of #1")


def test_what_is_proposed_for_a_hidden_track_is_hidden(story: Story) -> None:
    story.go_to(20)
    assert ghosts(story) == [ELSEWHERE]
    story.press(Qt.Key.Key_H)
    assert ghosts(story) == []


def test_what_is_hidden_or_locked_is_neither_shown_nor_taken(story: Story) -> None:
    application = story.application
    application.session.set_hidden(1, True)
    story.press(Qt.Key.Key_P, SHIFT)
    assert application.session.current_frame == 0
    for hidden, locked in ((True, False), (False, True)):
        application.session.set_hidden(1, hidden)
        application.document.set_locked(1, locked)
        story.press(Qt.Key.Key_P, CTRL | SHIFT)
        assert application.status.message.text() == "All tracks with proposed boxes are hidden or locked."
        assert at(story, 20) == (START, True)
