"""Runs as a person starts and follows them, with a real worker and a scripted tracker."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

from pytestqt.qtbot import QtBot

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
    controller.track_forward()
    assert controller.follows
    finish(controller, qtbot)
    assert session.current_frame == 79
    assert seen[0] == (11, 10)
    assert all(frame > shown for frame, shown in seen)


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


def test_asking_for_a_second_run_changes_nothing(
    running: TrackingController, session: Session, held: ScriptedTracker, project: Project, qtbot: QtBot
) -> None:
    session.select(2)
    running.track_forward()
    held.gate.set()
    finish(running, qtbot)
    assert frames_of(project.tracks[2], FOUND) == []
    assert not running.is_running
