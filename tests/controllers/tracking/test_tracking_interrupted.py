"""What happens to a run on the way: pause, stop, undo, edits, a full disk, a correction."""

from __future__ import annotations

from dataclasses import replace

from pytestqt.qtbot import QtBot

from app.controllers.tracking import TrackingController
from app.document.commands import AddTrack, PutRecords, RemoveTracks
from app.document.document import Document
from app.document.session import Session
from app.model.box_record import BoxRecord, Source, keyframe
from app.model.project import Project
from app.model.track import Track
from app.settings.schema import RETRACK_AT_ONCE, TRACKER
from app.settings.store import SettingsStore
from app.workers.tracking_messages import EndReason, RunOutcome
from tests.support.news import News
from tests.support.stores import FillingStore, assert_same, load_as_after_a_crash
from tests.support.tracked_projects import (
    DRAWN,
    FOUND,
    HOME,
    finish,
    frames_of,
    start_project,
)
from tests.support.trackers import ScriptedTracker
from tracker_core.tracker import Tracker


def test_pause_and_resume(
    running: TrackingController, held: ScriptedTracker, project: Project, news: News, qtbot: QtBot
) -> None:
    running.pause_or_resume()
    held.gate.set()
    qtbot.waitUntil(lambda: len(frames_of(project.tracks[1], FOUND)) == 41)
    running.pause_or_resume()
    finish(running, qtbot)
    assert len(frames_of(project.tracks[1], FOUND)) == 69
    assert [entry for entry in news.received if entry[0] == "pause_changed"] == [
        ("pause_changed", True),
        ("pause_changed", False),
    ]


def test_stop_keeps_what_was_tracked_as_one_step(
    running: TrackingController, held: ScriptedTracker, document: Document, project: Project, qtbot: QtBot
) -> None:
    running.stop()
    held.gate.set()
    assert finish(running, qtbot).reason is EndReason.STOPPED
    assert frames_of(project.tracks[1], FOUND) == list(range(11, 52))
    assert document.undo_stack.count() == 1


def test_a_failure_in_the_middle_keeps_what_was_tracked(
    controller: TrackingController, trackers: dict[str, Tracker], project: Project, qtbot: QtBot
) -> None:
    trackers["quick"] = ScriptedTracker([FOUND], fail_at=30)
    with qtbot.waitSignal(controller.failed) as heard:
        controller.track_forward()
    assert heard.args is not None
    assert "the scripted tracker fails here" in heard.args[0]
    assert not controller.is_running
    assert frames_of(project.tracks[1], FOUND) == list(range(11, 41))


def test_a_keyframe_drawn_during_the_run_is_not_overwritten(
    running: TrackingController, held: ScriptedTracker, document: Document, project: Project, qtbot: QtBot
) -> None:
    for frame in (12, 60):
        document.undo_stack.push(PutRecords(document, "Draw box", 1, {frame: keyframe(DRAWN)}))
    assert running.is_running  # an edit is no reason to stop
    held.gate.set()
    finish(running, qtbot)
    assert frames_of(project.tracks[1], DRAWN) == [12, 60]
    assert len(frames_of(project.tracks[1], FOUND)) == 67


def test_undo_during_a_run_stops_it_first_and_restores_exactly(
    running: TrackingController,
    held: ScriptedTracker,
    document: Document,
    project: Project,
    news: News,
    qtbot: QtBot,
) -> None:
    document.undo_stack.undo()
    assert not running.is_running
    assert news.received[-1] == (
        "run_finished",
        RunOutcome(1, EndReason.STOPPED, (), "Tracking was stopped by undo."),
    )
    assert_same(project, replace(start_project(), runs=project.runs))
    news.take()
    held.gate.set()
    running.track_forward()  # the batches of the first run, if they came, would come before those of this one
    finish(running, qtbot)
    assert {record.run_id for _, record in project.tracks[1].items(11, 79)} == {2}


def test_redo_during_a_run_stops_it_too(
    controller: TrackingController,
    settings: SettingsStore,
    held: ScriptedTracker,
    document: Document,
    project: Project,
    qtbot: QtBot,
) -> None:
    settings.set(TRACKER, "held")
    document.undo_stack.push(PutRecords(document, "Draw box", 3, {95: keyframe(DRAWN)}))
    document.undo_stack.undo()
    controller.track_forward()
    assert held.reached.wait(5)
    document.undo_stack.redo()  # before any batch came
    assert not controller.is_running
    assert frames_of(project.tracks[3], DRAWN) == [95]


def test_closing_the_project_during_a_run_ends_it(running: TrackingController, document: Document, news: News) -> None:
    document.close()
    assert not running.is_running
    outcome = news.received[-1][1]
    assert isinstance(outcome, RunOutcome)
    assert outcome.sentence == "Tracking was stopped: the project was closed."


def test_a_full_disk_ends_the_run_with_one_complaint(
    running: TrackingController,
    held: ScriptedTracker,
    document: Document,
    store: FillingStore,
    project: Project,
    qtbot: QtBot,
) -> None:
    complaints: list[str] = []
    document.write_failed.connect(complaints.append)
    kept = dict(project.tracks[1].items())
    store.is_full = True
    held.gate.set()
    outcome = finish(running, qtbot)
    assert outcome.sentence == "Tracking was stopped: the project file could not be written."
    assert complaints == ["The disk is full."]
    assert dict(project.tracks[1].items()) == kept
    store.is_full = False


def test_a_track_deleted_during_the_run_stays_deleted(
    running: TrackingController, held: ScriptedTracker, document: Document, project: Project, qtbot: QtBot
) -> None:
    document.undo_stack.push(RemoveTracks(document, [1]))
    held.gate.set()
    finish(running, qtbot)
    assert 1 not in project.tracks


def test_a_lost_track_ends_absent(
    controller: TrackingController, trackers: dict[str, Tracker], project: Project, session: Session, qtbot: QtBot
) -> None:
    trackers["quick"] = ScriptedTracker([FOUND], [0.9] * 20 + [0.1])
    controller.track_forward()
    outcome = finish(controller, qtbot)
    assert outcome.sentence == "Tracked 30 frames. Track 1 was lost on frame 31."
    assert project.tracks[1].get(31) == BoxRecord(None, Source.TRACKER, score=0.1, run_id=1)
    assert project.tracks[1].frame_after(31) == 80
    assert session.current_frame == 31  # where it was lost


def track_again_and_lose(
    controller: TrackingController, settings: SettingsStore, trackers: dict[str, Tracker], qtbot: QtBot
) -> None:
    """From frame 10 on, by another tracker, which loses track 1 on frame 31."""
    trackers["other"] = ScriptedTracker([FOUND], [0.9] * 20 + [0.1])
    settings.set(TRACKER, "other")
    controller.track_forward()
    finish(controller, qtbot)


def test_what_an_older_run_had_found_beyond_a_lost_target_is_stale(
    controller: TrackingController,
    document: Document,
    trackers: dict[str, Tracker],
    project: Project,
    session: Session,
    settings: SettingsStore,
    qtbot: QtBot,
) -> None:
    controller.track_forward()
    finish(controller, qtbot)
    before = dict(project.tracks[1].items())
    session.set_frame(10)
    track_again_and_lose(controller, settings, trackers, qtbot)
    assert project.tracks[1].get(31) == BoxRecord(None, Source.TRACKER, score=0.1, run_id=2)
    assert list(project.tracks[1].stale_frames()) == list(range(32, 80))
    document.undo_stack.undo()
    assert dict(project.tracks[1].items()) == before
    assert list(project.tracks[1].stale_frames()) == []


def test_what_a_stopped_run_did_not_come_to_is_stale(
    controller: TrackingController,
    document: Document,
    store: FillingStore,
    held: ScriptedTracker,
    project: Project,
    session: Session,
    settings: SettingsStore,
    qtbot: QtBot,
) -> None:
    controller.track_forward()
    finish(controller, qtbot)
    session.set_frame(10)
    settings.set(TRACKER, "held")
    controller.track_forward()
    qtbot.waitUntil(lambda: project.tracks[1].marks.overruled != ())
    stale = list(load_as_after_a_crash(store.path).tracks[1].stale_frames())
    assert stale[-1] == 79  # a crash leaves no old box unmarked either
    assert held.reached.wait(5)
    controller.stop()
    held.gate.set()
    finish(controller, qtbot)
    assert list(project.tracks[1].stale_frames()) == list(range(52, 80))
    session.set_frame(70)
    settings.set(TRACKER, "quick")
    controller.retrack_stale()
    finish(controller, qtbot)
    assert {record.run_id for _, record in project.tracks[1].items(52, 79)} == {3}
    assert list(project.tracks[1].stale_frames()) == []
    assert document.undo_stack.count() == 3


def test_a_run_that_comes_to_its_end_leaves_nothing_stale_and_no_mark(
    controller: TrackingController, project: Project, session: Session, qtbot: QtBot
) -> None:
    for _ in range(2):
        session.set_frame(10)
        controller.track_forward()
        finish(controller, qtbot)
    assert {record.run_id for _, record in project.tracks[1].items(11, 79)} == {2}
    assert project.tracks[1].marks.overruled == ()


def test_a_correction_that_tracked_boxes_follow_offers_to_track_again(
    controller: TrackingController,
    settings: SettingsStore,
    trackers: dict[str, Tracker],
    document: Document,
    project: Project,
    news: News,
    qtbot: QtBot,
) -> None:
    settings.set(RETRACK_AT_ONCE, False)
    controller.track_forward()
    finish(controller, qtbot)
    news.take()
    document.undo_stack.push(PutRecords(document, "Correct box", 1, {50: keyframe(DRAWN)}))
    controller.on_keyframe_made(1, 50)
    assert news.take() == [("retrack_offered", 1, 50)]
    controller.on_keyframe_made(3, 90)  # nobody has tracked there
    assert news.take() == [("nothing_to_track",)]
    trackers["other"] = ScriptedTracker([DRAWN])
    settings.set(TRACKER, "other")
    controller.retrack(1, 50)
    finish(controller, qtbot)
    records = project.tracks[1]
    assert {record.run_id for _, record in records.items(11, 49)} == {2}
    assert {record.run_id for _, record in records.items(51, 79)} == {2}
    assert records.get(50) == keyframe(DRAWN)


def test_a_correction_is_tracked_again_at_once_and_ends_where_it_agrees(
    controller: TrackingController,
    session: Session,
    document: Document,
    project: Project,
    news: News,
    qtbot: QtBot,
) -> None:
    controller.track_forward()
    finish(controller, qtbot)
    session.set_frame(50)
    document.undo_stack.push(PutRecords(document, "Correct box", 1, {50: keyframe(DRAWN)}))
    controller.on_keyframe_made(1, 50)
    assert finish(controller, qtbot).reason is EndReason.COMPLETED
    records = project.tracks[1]
    assert {record.run_id for _, record in records.items(51, 59)} == {2}
    assert {record.run_id for _, record in records.items(60, 79)} == {1}
    assert {record.run_id for _, record in records.items(41, 49)} == {2}
    assert {record.run_id for _, record in records.items(11, 40)} == {1}
    assert session.current_frame == 50
    assert not [entry for entry in news.received if entry[0] == "retrack_offered"]
    document.undo_stack.undo()
    assert {record.run_id for _, record in records.items(11, 49)} == {1}


def test_a_correction_does_not_stop_a_run_that_carries_other_tracks_as_well(
    controller: TrackingController,
    settings: SettingsStore,
    session: Session,
    held: ScriptedTracker,
    document: Document,
    news: News,
    qtbot: QtBot,
) -> None:
    settings.set(TRACKER, "held")
    session.select(1, 2)
    controller.track_forward()
    assert held.reached.wait(5)
    qtbot.waitUntil(lambda: document.opened_project.tracks[2].get(11) != start_project().tracks[2].get(11))
    document.undo_stack.push(PutRecords(document, "Correct box", 2, {12: keyframe(DRAWN)}))
    controller.on_keyframe_made(2, 12)
    assert ("retrack_offered", 2, 12) in news.take()
    held.gate.set()
    assert finish(controller, qtbot).reason is EndReason.COMPLETED


def test_retracking_during_a_run_stops_it_and_goes_on_from_there(
    running: TrackingController, held: ScriptedTracker, document: Document, project: Project, qtbot: QtBot
) -> None:
    document.undo_stack.push(PutRecords(document, "Correct box", 1, {11: keyframe(DRAWN)}))
    running.retrack(1, 11)
    held.gate.set()
    assert finish(running, qtbot).reason is EndReason.STOPPED
    assert running.is_running
    assert finish(running, qtbot).reason is EndReason.COMPLETED
    assert project.tracks[1].get(11) == keyframe(DRAWN)
    assert {record.run_id for _, record in project.tracks[1].items(12, 79)} == {2}


def test_a_run_that_resumes_starts_anew_at_a_keyframe_drawn_ahead_of_it(
    running: TrackingController, held: ScriptedTracker, document: Document, project: Project, qtbot: QtBot
) -> None:
    running.pause_or_resume()
    held.gate.set()
    qtbot.waitUntil(lambda: len(frames_of(project.tracks[1], FOUND)) == 41)
    document.undo_stack.push(PutRecords(document, "Draw box", 1, {60: keyframe(DRAWN)}))
    running.pause_or_resume()
    finish(running, qtbot)
    assert held.started_with == [HOME, DRAWN]
    assert project.tracks[1].get(60) == keyframe(DRAWN)


def test_a_run_ends_before_a_frame_that_was_marked_absent_ahead_of_it(
    running: TrackingController, held: ScriptedTracker, document: Document, project: Project, qtbot: QtBot
) -> None:
    document.undo_stack.push(PutRecords(document, "Mark as absent", 1, {60: keyframe(None)}))
    held.gate.set()
    assert finish(running, qtbot).reason is EndReason.COMPLETED
    assert frames_of(project.tracks[1], FOUND) == list(range(11, 60))


def test_boxes_found_beyond_an_absence_before_the_run_heard_of_it_are_dropped(
    running: TrackingController, held: ScriptedTracker, document: Document, project: Project, qtbot: QtBot
) -> None:
    document.undo_stack.push(PutRecords(document, "Mark as absent", 1, dict.fromkeys(range(13, 80))))
    document.undo_stack.push(PutRecords(document, "Mark as absent", 1, {12: keyframe(None)}))
    held.gate.set()
    finish(running, qtbot)
    assert project.tracks[1].frame_after(12) == 80


def test_a_run_of_a_deleted_track_stops_and_says_so(
    running: TrackingController, held: ScriptedTracker, document: Document, news: News, qtbot: QtBot
) -> None:
    news.take()
    document.undo_stack.push(RemoveTracks(document, [1]))
    assert ("refused", "Track 1 was deleted; it is not tracked any further.") in news.take()
    held.gate.set()
    outcome = finish(running, qtbot)
    assert outcome.reason is EndReason.STOPPED
    assert outcome.sentence == "Tracking was stopped after 41 frames. Track 1 was deleted during the run."
    assert held.updates == 41


def test_a_paused_run_of_a_deleted_track_ends(
    running: TrackingController, held: ScriptedTracker, document: Document, project: Project, qtbot: QtBot
) -> None:
    running.pause_or_resume()
    held.gate.set()
    qtbot.waitUntil(lambda: len(frames_of(project.tracks[1], FOUND)) == 41)
    with qtbot.waitSignal(running.run_finished):
        document.undo_stack.push(RemoveTracks(document, [1]))


def test_the_others_go_on_when_one_track_is_deleted(
    controller: TrackingController,
    settings: SettingsStore,
    held: ScriptedTracker,
    document: Document,
    project: Project,
    session: Session,
    qtbot: QtBot,
) -> None:
    settings.set(TRACKER, "held")
    session.select(1, 2)
    controller.track_forward()
    assert held.reached.wait(5)
    document.undo_stack.push(RemoveTracks(document, [2]))
    drawn = Track(project.next_track_id(), "car", "#3b82f6")
    document.undo_stack.push(AddTrack(document, drawn))
    held.gate.set()
    assert finish(controller, qtbot).sentence == "Tracked 69 frames. Track 2 was deleted during the run."
    assert len(frames_of(project.tracks[1], FOUND)) == 69
    assert len(project.tracks[drawn.id]) == 0
