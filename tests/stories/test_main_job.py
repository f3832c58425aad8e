"""Draw, track, correct, track again, undo, export: the job that Siamark is for, with mouse and keys."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.model.box_record import Source, keyframe
from app.settings.schema import RETRACK_AT_ONCE
from app.views.exporting.export_dialog import ExportDialog
from tests.stories.conftest import Begin
from tests.support.stores import assert_same, load_as_after_a_crash
from tests.support.stories import CTRL, SHIFT, Story
from tests.support.trackers import ScriptedTracker
from tracker_core.geometry import Box

FIRST = Box(20, 10, 40, 30)
TRACKED = Box(60, 12, 40, 30)
LAST = 59


def test_draw_track_correct_retrack_undo_redo_export(begin: Begin, clip: Path, tmp_path: Path) -> None:
    story = begin(clip, tracker=ScriptedTracker([TRACKED]))
    story.application.settings.set(RETRACK_AT_ONCE, False)
    document, bar = story.application.document, story.application.tracking_presenter.retrack_bar

    story.draw(FIRST)
    track = story.track(1)
    record = track.get(0)
    assert record is not None
    assert record.is_keyframe
    assert record.box == FIRST
    assert story.application.session.selected_track_ids == (1,)

    story.track_with()
    assert [frame for frame, _ in track.items()] == list(range(LAST + 1))
    assert {record.source for _, record in track.items(1)} == {Source.TRACKER}

    story.go_to(20)
    assert not bar.isVisible()
    story.drag((TRACKED.cx, TRACKED.cy), (TRACKED.cx + 15, TRACKED.cy + 4))
    corrected = track.get(20)
    assert corrected is not None
    assert corrected.is_keyframe
    assert corrected.box == TRACKED.translated(dx=15, dy=4)
    assert bar.isVisible()
    assert "from frame 20 to the end" in bar.label.text()

    with story.qtbot.waitSignal(story.application.tracking.run_started) as started:
        story.track_with()
    assert not bar.isVisible()
    (plan,) = started.args[0].plan.tracks
    assert (plan.exemplar_frame, plan.exemplar_box, plan.last_frame) == (20, corrected.box, LAST)
    assert {record.run_id for _, record in track.items(21)} == {2}
    assert {record.run_id for _, record in track.items(1, 19)} == {1}
    assert track.get(20) == corrected

    finished = dict(track.items())
    first_run = finished[19]
    story.press(Qt.Key.Key_Z, CTRL)
    assert {record.run_id for _, record in track.items(21)} == {1}
    story.press(Qt.Key.Key_Z, CTRL)
    assert track.get(20) == first_run  # the script gives the same in each frame
    story.press(Qt.Key.Key_Z, CTRL)
    assert [frame for frame, _ in track.items()] == [0]
    story.press(Qt.Key.Key_Z, CTRL)
    assert story.track(1).label == ""  # it was given after the box was drawn
    story.press(Qt.Key.Key_Z, CTRL)
    assert not story.project.tracks
    for _ in range(5):
        story.press(Qt.Key.Key_Z, CTRL | SHIFT)
    assert dict(story.track(1).items()) == finished

    assert document.store_path is not None
    assert_same(load_as_after_a_crash(document.store_path), story.project)

    story.press(Qt.Key.Key_E, CTRL)
    (dialog,) = story.window.findChildren(ExportDialog)
    goal = tmp_path / "tracks.txt"
    dialog.path_field.setText(str(goal))
    with story.qtbot.waitSignal(story.application.exporting.exported):
        dialog.export_button.click()
    assert dialog.outcome.text().startswith("Wrote 60 boxes of 1 track on 60 frames")
    assert len(goal.read_text().splitlines()) == 60


def correct_at(story: Story, frame: int) -> None:
    """Select track 1 and drag its tracked box in a frame."""
    story.go_to(frame)
    if story.application.session.active_track_id != 1:
        story.click(TRACKED.cx, TRACKED.cy)
    story.drag((TRACKED.cx, TRACKED.cy), (TRACKED.cx + 15, TRACKED.cy + 4))


def runs_in(story: Story, first: int, last: int, *, track_id: int = 1) -> set[int | None]:
    return {record.run_id for _, record in story.track(track_id).items(first, last)}


def test_esc_declines_the_offer_to_track_again(begin: Begin, clip: Path) -> None:
    story = begin(clip, tracker=ScriptedTracker([TRACKED]))
    story.application.settings.set(RETRACK_AT_ONCE, False)
    bar = story.application.tracking_presenter.retrack_bar
    story.draw(FIRST)
    story.track_with()
    correct_at(story, 20)
    assert bar.isVisible()
    story.press(Qt.Key.Key_Escape)
    assert not bar.isVisible()

    correct_at(story, 10)
    assert "from frame 10 to the keyframe at 20" in bar.label.text()
    with story.qtbot.waitSignal(story.application.tracking.run_finished):
        bar.button.click()
    assert runs_in(story, 11, 19) == {2}
    assert runs_in(story, 21, LAST) == {1}


def test_the_offer_to_track_again_leaves_with_its_frame(begin: Begin, clip: Path) -> None:
    story = begin(clip, tracker=ScriptedTracker([TRACKED]))
    story.application.settings.set(RETRACK_AT_ONCE, False)
    bar = story.application.tracking_presenter.retrack_bar
    story.draw(FIRST)
    story.track_with()
    correct_at(story, 10)
    story.go_to(30)
    assert not bar.isVisible()
    story.track_with()  # from the frame on show, as T says
    assert runs_in(story, 11, 29) == {1}
    assert runs_in(story, 31, LAST) == {2}


def test_the_offer_to_track_again_leaves_with_its_track(begin: Begin, clip: Path) -> None:
    story = begin(clip, tracker=ScriptedTracker([TRACKED]))
    story.application.settings.set(RETRACK_AT_ONCE, False)
    story.draw(FIRST)
    story.track_with()
    story.application.session.select()
    story.go_to(0)
    story.draw(Box(120, 12, 40, 30))
    correct_at(story, 19)  # selects track 1
    assert story.application.tracking.offer == (1, 19)
    story.press(Qt.Key.Key_E)
    assert story.application.session.selected_track_ids == (2,)
    assert not story.application.tracking_presenter.retrack_bar.isVisible()
    story.track_with()
    assert runs_in(story, 20, LAST) == {1}
    assert runs_in(story, 20, LAST, track_id=2) == {2}


def test_the_offer_to_track_again_leaves_when_the_correction_is_undone(begin: Begin, clip: Path) -> None:
    story = begin(clip, tracker=ScriptedTracker([TRACKED]))
    story.application.settings.set(RETRACK_AT_ONCE, False)
    story.draw(FIRST)
    story.track_with()
    correct_at(story, 20)
    story.press(Qt.Key.Key_Z, CTRL)
    assert not story.application.tracking_presenter.retrack_bar.isVisible()
    assert story.application.tracking.offer is None


def test_a_correction_is_tracked_again_at_once(begin: Begin, clip: Path) -> None:
    story = begin(clip, tracker=ScriptedTracker([TRACKED]))
    story.draw(FIRST)
    story.track_with()
    with story.qtbot.waitSignal(story.application.tracking.run_finished):
        correct_at(story, 20)
    assert not story.application.tracking_presenter.retrack_bar.isVisible()
    assert story.application.session.current_frame == 20
    assert runs_in(story, 11, 19) == {2}
    assert runs_in(story, 21, 29) == {2}
    assert runs_in(story, 30, LAST) == {1}  # the new run says the same there
    story.press(Qt.Key.Key_Z, CTRL)
    assert runs_in(story, 1, 19) == runs_in(story, 21, LAST) == {1}


def test_a_frame_number_that_is_typed_is_gone_to_and_the_keys_are_the_picture_s_again(begin: Begin, clip: Path) -> None:
    story = begin(clip)
    field = story.application.transport_presenter.view.frame_field
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    field.selectAll()
    QTest.keyClicks(field, "42")
    QTest.keyClick(field, Qt.Key.Key_Return)
    story.wait_for_frame(42)
    assert story.canvas.hasFocus()


def test_occluded_and_absent_are_said_with_a_key_and_taken_back_with_undo(begin: Begin, clip: Path) -> None:
    story = begin(clip, tracker=ScriptedTracker([TRACKED]))
    story.draw(FIRST)
    story.track_with()
    story.go_to(20)
    before = dict(story.track(1).items())
    story.press(Qt.Key.Key_O)
    assert story.track(1).get(20) == keyframe(TRACKED, occluded=True)
    story.press(Qt.Key.Key_X)
    assert story.track(1).get(20) == keyframe(None)
    for _ in range(2):
        story.press(Qt.Key.Key_Z, CTRL)
    assert dict(story.track(1).items()) == before
