"""Several tracks: select, track together, hide, name, delete."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.store.project_store import ProjectStore, StoreError
from app.views.track_list.label_dialog import LabelDialog
from tests.stories.conftest import Begin
from tests.support.stories import CTRL, Story
from tests.support.trackers import ScriptedTracker
from tracker_core.geometry import Box

LEFT, RIGHT = Box(20, 10, 40, 30), Box(120, 20, 30, 30)


@pytest.fixture
def story(begin: Begin, clip: Path) -> Story:
    """Two tracks, the right one selected."""
    story = begin(clip)
    story.draw(LEFT)
    story.click(5, 5)
    story.draw(RIGHT)
    return story


def test_a_new_box_takes_the_label_used_last_and_a_colour_of_its_own(story: Story) -> None:
    story.press(Qt.Key.Key_L)
    (dialog,) = story.window.findChildren(LabelDialog)
    dialog.name_field.setCurrentText("car")
    dialog.ok_button.click()
    story.click(5, 5)
    story.draw(Box(70, 5, 20, 20))
    assert [track.label for track in story.project.tracks.values()] == ["target", "car", "car"]
    assert len({track.colour for track in story.project.tracks.values()}) == 3
    assert list(story.project.labels) == ["target", "car"]


def test_l_on_several_tracks_changes_only_what_was_touched(story: Story) -> None:
    colours = [track.colour for track in story.project.tracks.values()]
    assert len(set(colours)) == 2
    story.click(LEFT.cx, LEFT.cy, CTRL)
    story.press(Qt.Key.Key_L)
    (dialog,) = story.window.findChildren(LabelDialog)
    dialog.name_field.setCurrentText("car")
    dialog.ok_button.click()
    assert [track.label for track in story.project.tracks.values()] == ["car", "car"]
    assert [track.colour for track in story.project.tracks.values()] == colours
    undo = story.application.actions.by_id["undo"]
    story.qtbot.waitUntil(lambda: undo.text() == "Undo change label of 2 tracks")


def test_all_selected_tracks_are_tracked_in_one_run_and_one_undo_step(story: Story) -> None:
    story.click(LEFT.cx, LEFT.cy, CTRL)
    assert set(story.application.session.selected_track_ids) == {1, 2}
    story.track_with()
    assert [len(story.track(1)), len(story.track(2))] == [60, 60]
    assert story.application.actions.by_id["undo"].text() == "Undo track 2 targets"
    story.press(Qt.Key.Key_Z, CTRL)
    assert [len(story.track(1)), len(story.track(2))] == [1, 1]


def test_tracking_goes_backward_too_and_never_over_a_keyframe(story: Story) -> None:
    story.go_to(30)
    story.draw(RIGHT.translated(dx=10, dy=0))  # the right track shows no box here, so this is its own
    assert list(story.project.tracks) == [1, 2]
    story.track_with(Qt.KeyboardModifier.ShiftModifier)
    track = story.track(2)
    assert [frame for frame, record in track.items() if record.is_keyframe] == [0, 30]
    assert [frame for frame, _ in track.items()] == list(range(31))
    first = track.get(0)
    assert first is not None
    assert first.box == RIGHT


def test_hidden_tracks_are_not_shown_and_come_back(story: Story) -> None:
    story.press(Qt.Key.Key_H)
    assert story.application.session.is_hidden(2)
    story.press(Qt.Key.Key_H)
    assert not story.application.session.is_hidden(2)


def test_delete_takes_the_box_of_this_frame_and_ctrl_delete_the_track(story: Story) -> None:
    story.track_with()
    story.press(Qt.Key.Key_Delete)
    assert story.track(2).first_frame is not None
    assert len(story.track(2)) == 59
    story.press(Qt.Key.Key_Delete, CTRL)
    assert list(story.project.tracks) == [1]
    story.press(Qt.Key.Key_Z, CTRL)
    story.press(Qt.Key.Key_Z, CTRL)
    assert len(story.track(2)) == 60


def test_arrows_nudge_the_selected_box(story: Story) -> None:
    story.press(Qt.Key.Key_Left)
    story.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    record = story.track(2).get(0)
    assert record is not None
    assert record.box == RIGHT.translated(dx=-1, dy=10)


def test_t_without_a_selection_says_what_to_do(story: Story) -> None:
    story.click(5, 5)
    story.press(Qt.Key.Key_T)
    assert "Select" in story.application.status.message.text()


def test_stop_keeps_what_was_tracked(begin: Begin, clip: Path) -> None:
    tracker = ScriptedTracker([LEFT], block_at=20)
    story = begin(clip, tracker=tracker)
    story.window.docks["Score map"].close()
    story.draw(LEFT)
    story.press(Qt.Key.Key_T)
    story.qtbot.waitUntil(tracker.reached.is_set)
    assert story.application.tracking_presenter.run_status.isVisible()
    assert "tracking #1 forward" in story.application.tracking_presenter.run_status.label.text()
    with story.qtbot.waitSignal(story.application.tracking.run_finished):
        story.press(Qt.Key.Key_Escape)
        tracker.gate.set()
    assert 20 <= len(story.track(1)) < 60
    assert not story.application.tracking_presenter.run_status.isVisible()


def test_a_full_disk_is_said_once_for_a_gesture_and_leaves_no_step(
    begin: Begin, clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = begin(clip)
    for left in (10, 60, 110):
        story.application.session.select()
        story.draw(Box(left, 10, 30, 30))
    story.application.session.select(1, 2, 3)
    steps = story.application.document.undo_stack.count()

    def full(store: ProjectStore, *_: object) -> None:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(ProjectStore, "put_track", full)
    story.application.editing.set_label((1, 2, 3), name="van")
    assert story.error() == "The disk is full."  # which fails where there are two
    assert story.application.document.undo_stack.count() == steps
    assert "van" not in story.project.labels
    story.application.session.select()
    story.draw(Box(150, 10, 30, 30))
    assert story.error() == "The disk is full."
    assert list(story.project.tracks) == [1, 2, 3]
    monkeypatch.undo()
