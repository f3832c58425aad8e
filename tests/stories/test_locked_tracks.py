"""No request changes a locked track; each says so, and claims nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from app.model.note import NotePlace
from app.model.project import Project
from app.views.window.actions import ACTIONS, EDIT, LABEL, REVIEW, SPAN, TRACK
from tests.stories.conftest import Begin
from tests.support.stories import CTRL, SHIFT, Story
from tests.support.trackers import ScriptedTracker
from tracker_core.geometry import Box

START, OTHER = Box(20, 10, 30, 30), Box(120, 10, 30, 30)
LOCKED: Final = "target #1 is locked; Shift+L unlocks it."
MAY_CHANGE: Final = {"undo", "redo", "lock"}
REFUSED: Final = {
    "delete_box", "delete_to_start", "delete_to_end", "toggle_occluded", "toggle_absent", "tighten", "tighten_stretch",
    "find_again", "delete_track", "split_track", "label_1", "span_right", "span_delete", "span_absent",
    "span_occluded", "span_track", "span_line", "span_curve", "accept_doubt", "interpolate_doubt", "correct_doubt",
    "track_backward",
}  # fmt: skip


@pytest.fixture
def story(begin: Begin, clip: Path) -> Story:
    """Two tracks, with doubts in frames 10 to 15 of both; the first is locked, and selected at frame 12."""
    scores = [0.1 if 10 <= frame < 16 else 0.99 for frame in range(1, 60)]
    story = begin(clip, tracker=ScriptedTracker([START], scores))
    story.draw_tracks(START, OTHER)
    story.application.session.select(1, 2)
    story.track_with()
    story.qtbot.waitUntil(lambda: {doubt.track_id for doubt in story.application.review.doubts} == {1, 2})
    story.application.document.set_locked(1, True)
    story.go_to(12)
    return story


def as_it_is(project: Project) -> object:
    track = project.tracks[1]
    return track.label, track.colour, dict(track.attributes), track.marks, dict(track.items())


def test_no_action_changes_it_and_what_is_refused_says_so(story: Story) -> None:
    application, before = story.application, as_it_is(story.project)
    for row in ACTIONS:
        if row.menu not in (EDIT, LABEL, SPAN, TRACK, REVIEW) or row.id in MAY_CHANGE:
            continue
        application.playback.go_to(12)
        application.session.select(1)
        application.session.set_span((11, 14) if row.menu == SPAN else None)
        application.status.message.clear()
        application.actions.by_id[row.id].trigger()
        for dialog in story.window.findChildren(QDialog):
            dialog.accept()
        assert as_it_is(story.project) == before, row.id
        if row.id in REFUSED:
            assert application.status.message.text() == LOCKED, row.id
        application.tracking.stop()
        application.canvas.set_drawing(False)
        application.editing.give_correction_up()
        story.qtbot.waitUntil(lambda: not application.tracking.is_running)
        while application.document.undo_stack.canUndo() and len(story.project.tracks) != 2:
            application.document.undo_stack.undo()


def test_enter_stays_where_it_is_refused(story: Story) -> None:
    story.application.session.select(1)
    story.press(Qt.Key.Key_Return)
    assert (story.application.session.active_track_id, story.application.session.current_frame) == (1, 12)


def test_a_box_drawn_at_its_doubt_is_refused_and_after_esc_a_new_track(story: Story) -> None:
    application, before = story.application, as_it_is(story.project)
    review = application.review
    review.go_to(next(doubt for doubt in review.doubts if doubt.track_id == 1))
    story.wait_for_frame(application.session.current_frame)
    story.qtbot.waitUntil(lambda: story.canvas.redraws)
    story.draw(Box(40, 60, 20, 15))
    assert (as_it_is(story.project), list(story.project.tracks)) == (before, [1, 2])
    assert application.status.message.text() == LOCKED
    story.press(Qt.Key.Key_Escape)
    story.qtbot.waitUntil(lambda: not story.canvas.redraws)
    story.draw(Box(40, 60, 20, 15))
    assert list(story.project.tracks) == [1, 2, 3]


def test_where_to_draw_goes_past_it(story: Story) -> None:
    story.application.session.select(1)
    story.press(Qt.Key.Key_Return, SHIFT)
    assert story.application.session.active_track_id == 2
    story.application.document.set_locked(2, True)
    story.press(Qt.Key.Key_Return, SHIFT)
    assert story.application.status.message.text() == "Only locked tracks are doubtful; Shift+L unlocks one."


def test_an_absence_that_could_not_be_taken_back_can_be_later(story: Story) -> None:
    before = dict(story.track(2).items())
    for locks in (False, True, True):
        story.application.session.select(2)
        story.application.playback.go_to(30)
        if locks:
            story.press(Qt.Key.Key_L, SHIFT)
        story.press(Qt.Key.Key_X)
    assert dict(story.track(2).items()) == before


def test_what_is_only_said_about_it_is_said(story: Story) -> None:
    """A note and an answer for the certificate change no track."""
    application = story.application
    application.notes.put(NotePlace(12, 1), "look again")
    assert story.project.notes == {NotePlace(12, 1): "look again"}
    application.document.set_locked(2, True)
    with story.qtbot.waitSignal(application.certificate.begun, timeout=20_000):
        story.press(Qt.Key.Key_C, CTRL | SHIFT)
    place = application.certificate.at_hand
    assert place is not None
    application.certificate.note_seen(place)
    story.press(Qt.Key.Key_Y)
    certificate = story.project.certificate
    assert certificate is not None
    assert certificate.drawn[place].is_right is True


def test_a_track_that_is_locked_during_its_run_is_tracked_no_further(begin: Begin, clip: Path) -> None:
    story = begin(clip)
    story.draw_tracks(START, OTHER)
    heard: list[str] = []
    application = story.application
    application.tracking.refused.connect(heard.append)
    application.session.select(1, 2)
    application.tracking.progressed.connect(lambda _: application.document.set_locked(1, True))
    story.track_with()
    assert heard == ["Track 1 was locked; it is not tracked any further."]
    assert story.track(2).last_frame == 59
    left = dict(story.track(1).items())
    assert len(left) < 60
    application.document.set_locked(1, False)
    assert dict(story.track(1).items()) == left
