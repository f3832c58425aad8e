"""Runs as a person starts and follows them, with a real worker and a scripted tracker."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

from pytestqt.qtbot import QtBot

from app.assist.wished_run import RunWish
from app.controllers.tracking import TrackingController
from app.document.commands import PutRecords
from app.document.document import Document
from app.document.session import Session
from app.model.box_record import keyframe
from app.model.project import Project
from app.settings.tracker_choice import TrackerChoice
from app.workers.tracking_messages import EndReason, LiveEvidence, RunRequest
from tests.support.annotated_projects import tracked
from tests.support.news import News
from tests.support.stores import assert_same, load_as_after_a_crash
from tests.support.tracked_projects import (
    DRAWN,
    FOUND,
    FRAMES,
    HOME,
    finish,
    frames_of,
)
from tests.support.trackers import CONSTANTS, ScriptedTracker
from tracker_core.decision.score_map import TrackingConstants


def test_a_run_goes_to_the_next_keyframe_and_leaves_it(
    controller: TrackingController, project: Project, qtbot: QtBot
) -> None:
    controller.track_forward()
    outcome = finish(controller, qtbot)
    assert outcome.reason is EndReason.COMPLETED
    assert frames_of(project.tracks[1], FOUND) == list(range(11, 80))
    assert project.tracks[1].get(80) == keyframe(None)
    assert project.tracks[1].get(11) == tracked(FOUND, 1.0, run_id=1)


def test_a_run_is_one_undo_step_and_is_on_disk(
    controller: TrackingController, document: Document, session: Session, project: Project, qtbot: QtBot
) -> None:
    before = deepcopy(project)
    session.select(1, 2)
    controller.track_forward()
    finish(controller, qtbot)
    assert document.undo_stack.count() == 1
    after = deepcopy(project)
    assert document.store_path is not None
    assert_same(load_as_after_a_crash(document.store_path), after)
    document.undo_stack.undo()
    assert_same(project, replace(before, runs=project.runs))
    document.undo_stack.redo()
    assert_same(project, after)


def test_several_tracks_go_each_to_its_own_next_keyframe(
    controller: TrackingController, session: Session, project: Project, qtbot: QtBot
) -> None:
    session.set_frame(20)
    session.select(2, 1)
    controller.track_forward()
    finish(controller, qtbot)
    assert frames_of(project.tracks[1], FOUND) == list(range(11, 80))
    assert frames_of(project.tracks[2], FOUND) == list(range(21, 100))
    assert frames_of(project.tracks[2], DRAWN) == list(range(11, 21))  # before the start nothing is touched


def test_a_run_backward(controller: TrackingController, session: Session, project: Project, qtbot: QtBot) -> None:
    project.tracks[3].put({10: keyframe(None)})
    session.select(3)
    session.set_frame(90)
    controller.track_backward()
    finish(controller, qtbot)
    assert frames_of(project.tracks[3], FOUND) == list(range(11, 90))
    assert project.tracks[3].get(10) == keyframe(None)
    run = project.runs[1]
    assert (run.first_frame, run.last_frame) == (89, 11)


def test_to_a_keyframe_that_shows_the_target_both_sides_are_run(
    controller: TrackingController, document: Document, project: Project, qtbot: QtBot
) -> None:
    document.undo_stack.push(PutRecords(document, "Draw box", 1, {80: keyframe(FOUND)}))
    controller.track_forward()
    assert finish(controller, qtbot).reason is EndReason.COMPLETED
    records = dict(project.tracks[1].items(11, 79))
    assert list(records) == list(range(11, 80))
    assert {record.accord for record in records.values()} == {1.0}
    assert project.tracks[1].get(80) == keyframe(FOUND)
    run = project.runs[1]
    assert (run.first_frame, run.last_frame) == (11, 79)
    document.undo_stack.undo()
    assert list(project.tracks[1].items(11, 79)) == []


def test_the_run_is_noted_with_what_made_it(
    controller: TrackingController, session: Session, project: Project, news: News, qtbot: QtBot
) -> None:
    constants = TrackingConstants(penalty_k=0.5, window_influence=0.25, size_lr=0.125)
    controller.set_constants(constants)
    controller.track_forward()
    request = news.received[0][1]
    assert isinstance(request, RunRequest)
    assert (request.run_id, request.tracker, request.constants) == (1, TrackerChoice("quick", "cpu"), constants)
    finish(controller, qtbot)
    run = project.runs[1]
    assert (run.tracker, run.device, run.first_frame, run.last_frame) == ("scripted", "nowhere", 11, 79)
    assert (run.family, run.weights, run.precision) == ("fake", "ab12", "bf16")
    assert run.constants == constants.as_mapping()
    controller.set_constants(None)
    session.set_frame(10)
    controller.track_forward()
    finish(controller, qtbot)
    assert project.runs[2].constants["penalty_k"] == CONSTANTS.penalty_k


def test_the_session_goes_with_the_run_and_evidence_comes_before_each_step(
    controller: TrackingController, session: Session, qtbot: QtBot
) -> None:
    seen: list[tuple[int, int]] = []

    def note(live: LiveEvidence) -> None:
        seen.append((live.frame, session.current_frame))

    controller.evidence_found.connect(note)
    shown: list[int] = []
    session.frame_changed.connect(shown.append)
    controller.track_forward()
    assert controller.follows
    finish(controller, qtbot)
    assert shown == [*sorted(shown[:-1]), 10]  # it follows to the end, and is back where the person was
    assert shown[-2] == 79
    assert seen[0] == (11, 10)
    assert all(frame > place for frame, place in seen)


def test_a_person_who_stops_a_run_stays_where_it_was(
    running: TrackingController, session: Session, held: ScriptedTracker, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: session.current_frame > 10)
    running.stop()
    held.gate.set()
    assert finish(running, qtbot).reason is EndReason.STOPPED
    assert session.current_frame > 10


def test_a_person_who_goes_elsewhere_stays_there(
    running: TrackingController, session: Session, held: ScriptedTracker, qtbot: QtBot
) -> None:
    session.set_frame(3)
    assert not running.follows
    held.gate.set()
    finish(running, qtbot)
    assert session.current_frame == 3


def test_a_person_who_begins_to_draw_stays_there(
    running: TrackingController, session: Session, held: ScriptedTracker, qtbot: QtBot
) -> None:
    here = session.current_frame
    running.stop_following()
    held.gate.set()
    finish(running, qtbot)
    assert session.current_frame == here


def test_nothing_starts_without_a_selection_or_a_box(
    controller: TrackingController, session: Session, news: News
) -> None:
    session.select()
    controller.track_forward()
    session.select(3)
    controller.track_forward()
    assert news.take() == [
        ("refused", "Select the track to be tracked first: click on its box."),
        ("refused", "Track 3 has no box on frame 10 or before it; draw one there first."),
    ]
    assert not controller.is_running


def test_the_others_run_where_one_cannot_start(
    controller: TrackingController, session: Session, project: Project, news: News, qtbot: QtBot
) -> None:
    session.select(3, 1)
    controller.track_forward()
    assert [entry[0] for entry in news.received[:2]] == ["refused", "run_started"]
    finish(controller, qtbot)
    assert len(frames_of(project.tracks[1], FOUND)) == 69


def test_without_a_project_nothing_happens(controller: TrackingController, document: Document, news: News) -> None:
    document.close()
    controller.track_forward()
    controller.retrack(1, 10)
    controller.pause_or_resume()
    controller.stop()
    assert news.received == []


def test_a_second_run_waits_for_the_end_of_the_first(
    running: TrackingController,
    session: Session,
    held: ScriptedTracker,
    document: Document,
    project: Project,
    news: News,
    qtbot: QtBot,
) -> None:
    session.set_frame(10)
    session.select(2)
    running.track_forward()
    session.set_frame(90)
    session.select(3)
    running.track_backward()
    assert running.waiting == 2
    assert ("refused", "Waiting for this run to end: #3. Esc stops both.") in news.received
    held.gate.set()
    for _ in range(3):
        finish(running, qtbot)
    assert not running.is_running
    assert frames_of(project.tracks[1], FOUND) == list(range(11, 80))
    assert frames_of(project.tracks[2], FOUND) == list(range(11, FRAMES))
    assert frames_of(project.tracks[3], FOUND) == list(range(90))
    assert running.waiting == 0
    assert document.undo_stack.count() == 3
    assert session.current_frame == 90


def test_after_the_last_of_several_runs_the_frame_is_that_of_the_first(
    running: TrackingController, session: Session, held: ScriptedTracker, qtbot: QtBot
) -> None:
    running.track(RunWish((2,), 10))
    held.gate.set()
    finish(running, qtbot)
    finish(running, qtbot)
    assert session.current_frame == 10


def test_what_is_tracked_already_does_not_wait(
    running: TrackingController, session: Session, held: ScriptedTracker, news: News, qtbot: QtBot
) -> None:
    running.track_forward()
    assert news.take()[-1] == ("refused", "Already being tracked: #1. Esc stops the run.")
    session.select(1, 2)
    running.track_forward()
    running.track_forward()
    assert running.waiting == 1
    held.gate.set()
    finish(running, qtbot)
    assert finish(running, qtbot).sentence.startswith("Tracked ")
    assert not running.is_running


def test_a_stop_drops_what_waits(
    running: TrackingController, held: ScriptedTracker, project: Project, qtbot: QtBot
) -> None:
    running.track(RunWish((3,), 90))
    running.stop()
    held.gate.set()
    finish(running, qtbot)
    assert (running.waiting, running.is_running) == (0, False)
    assert frames_of(project.tracks[3], FOUND) == []


def test_what_waits_leaves_out_tracks_that_were_deleted_or_locked_since_and_says_so(
    running: TrackingController, held: ScriptedTracker, document: Document, project: Project, news: News, qtbot: QtBot
) -> None:
    running.track(RunWish((2,), 10))
    running.track(RunWish((3,), 90))
    document.set_locked(2, True)
    held.gate.set()
    finish(running, qtbot)
    finish(running, qtbot)
    assert frames_of(project.tracks[2], FOUND) == []
    assert frames_of(project.tracks[3], FOUND) == list(range(91, FRAMES))
    assert ("refused", "Not tracked, because deleted or locked since: #2.") in news.received


def test_all_tracks_that_are_not_locked_are_tracked_in_one_pass(
    controller: TrackingController, session: Session, document: Document, project: Project, news: News, qtbot: QtBot
) -> None:
    document.set_locked(2, True)
    session.set_frame(90)
    session.select()
    project.tracks[1].put({90: keyframe(HOME)})
    controller.track_all()
    finish(controller, qtbot)
    assert [name for name, *_ in news.received].count("run_started") == 1
    assert frames_of(project.tracks[1], FOUND) == frames_of(project.tracks[3], FOUND) == list(range(91, FRAMES))
    assert frames_of(project.tracks[2], FOUND) == []


def test_both_ways_and_through_all_keyframes(
    controller: TrackingController, session: Session, project: Project, qtbot: QtBot
) -> None:
    project.tracks[1].put({40: keyframe(FOUND), 90: keyframe(FOUND)})
    controller.track_through()
    finish(controller, qtbot)
    shown = [frame for frame, record in project.tracks[1].items() if record.box is not None]
    assert shown == [*range(10, 80), *range(90, FRAMES)]  # absent from 80 to 89
    session.set_frame(90)
    session.select(3)
    controller.track_both_ways()
    finish(controller, qtbot)
    assert frames_of(project.tracks[3], FOUND) == [*range(90), *range(91, FRAMES)]
