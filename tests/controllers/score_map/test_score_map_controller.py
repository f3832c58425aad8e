"""What the score-map panel shows, with a real worker and a tracker whose evidence can be recognised."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.controllers.score_map import ScoreMapController
from app.document.commands import EditTrack, PutRecords, RemoveTracks
from app.document.document import Document
from app.document.session import Session
from app.model.box_record import keyframe
from app.settings.schema import TRACKER
from app.settings.store import SettingsStore
from tests.support.blank_video import BlankVideo
from tests.support.shown_evidence import OTHER, Shown, at, live, wait_for
from tests.support.trackers import CONSTANTS, WIDE
from tracker_core.decision.evidence import redecide
from tracker_core.decision.score_map import TrackingConstants


def test_the_tracker_is_asked_as_the_run_came_to_the_frame(
    controller: ScoreMapController, session: Session, video: BlankVideo, shown: Shown, qtbot: QtBot
) -> None:
    session.select(1)
    assert wait_for(shown, 15, qtbot).last_box == at(14)
    assert shown.track_text == "car #1"
    assert video.reads == [10, 15]
    session.select(2)
    qtbot.waitUntil(lambda: shown.evidence is not None and shown.track_text == "person #2")
    assert shown.evidence is not None
    assert shown.evidence.last_box == at(16)
    assert video.reads == [10, 15, 20, 15]


def test_a_first_box_is_compared_with_itself(
    controller: ScoreMapController, session: Session, video: BlankVideo, shown: Shown, qtbot: QtBot
) -> None:
    session.set_frame(10)
    session.select(1)
    assert wait_for(shown, 10, qtbot).last_box == at(10)
    assert video.reads == [10, 10]


def test_evidence_of_a_run_is_shown_and_nobody_is_asked(
    controller: ScoreMapController, session: Session, video: BlankVideo, shown: Shown, qtbot: QtBot
) -> None:
    session.set_frame(49)
    session.select(1)
    found = live(1, 16)
    controller.on_evidence_found(found)
    assert (shown.evidence, shown.frame) == (None, 49)
    session.set_frame(16)
    assert shown.evidence is found.evidence
    again = live(1, 16)
    controller.on_evidence_found(again)
    assert shown.evidence is again.evidence
    session.set_frame(15)
    wait_for(shown, 15, qtbot)
    assert video.reads == [10, 15]


def test_going_back_asks_nothing_twice(
    controller: ScoreMapController, session: Session, video: BlankVideo, shown: Shown, qtbot: QtBot
) -> None:
    session.select(1)
    first = wait_for(shown, 15, qtbot)
    session.set_frame(16)
    wait_for(shown, 16, qtbot)
    session.set_frame(15)
    assert shown.evidence is first
    assert video.reads == [10, 15, 16]


def test_a_step_shows_the_last_evidence_until_the_next_is_there(
    controller: ScoreMapController, session: Session, video: BlankVideo, shown: Shown, qtbot: QtBot
) -> None:
    session.select(1)
    wait_for(shown, 15, qtbot)
    blanks = shown.blanks
    session.set_frame(16)
    assert (shown.frame, shown.blanks) == (15, blanks)
    session.set_frame(45)  # where the track has no box, there is nothing to wait for
    qtbot.waitUntil(lambda: (shown.evidence, shown.frame) == (None, 45))
    assert 45 not in video.reads


def test_frames_that_are_only_passed_are_not_asked_about(
    controller: ScoreMapController, session: Session, video: BlankVideo, shown: Shown, qtbot: QtBot
) -> None:
    session.select(1)
    for frame in range(11, 20):
        session.set_frame(frame)
    wait_for(shown, 19, qtbot)
    assert video.reads == [10, 19]


def test_a_hidden_panel_asks_for_nothing(
    controller: ScoreMapController, session: Session, video: BlankVideo, shown: Shown, qtbot: QtBot
) -> None:
    controller.set_visible(False)
    session.select(1)
    session.set_frame(16)
    qtbot.waitUntil(lambda: shown.frame == 16)  # longer than a question would have waited
    assert shown.evidence is None
    assert video.reads == []
    controller.set_visible(True)
    wait_for(shown, 16, qtbot)


def test_without_a_selection_the_panel_is_told_so_at_once(
    controller: ScoreMapController, session: Session, shown: Shown, qtbot: QtBot
) -> None:
    session.select(1)
    wait_for(shown, 15, qtbot)
    session.select()
    assert (shown.evidence, shown.frame, shown.track_text) == (None, None, "")


def test_a_slider_decides_the_frame_anew_at_once(
    controller: ScoreMapController, session: Session, shown: Shown, qtbot: QtBot
) -> None:
    session.select(1)
    own = wait_for(shown, 15, qtbot)
    assert shown.previews == []
    controller.try_constants(OTHER)
    expected = redecide(own, OTHER)
    assert expected.evidence is not None
    assert shown.evidence is not None
    assert np.array_equal(shown.evidence.decided, expected.evidence.decided)
    assert not np.array_equal(shown.evidence.decided, own.decided)
    assert shown.previews == [expected.box]
    controller.try_constants(CONSTANTS)
    assert shown.evidence is own
    assert shown.previews == [expected.box, None]


def test_what_is_tried_changes_no_run_until_it_is_taken(
    controller: ScoreMapController, session: Session, shown: Shown
) -> None:
    chosen: list[TrackingConstants | None] = []
    controller.constants_changed.connect(chosen.append)
    session.select(1)
    controller.try_constants(OTHER)
    assert (controller.current_constants, controller.has_trial, chosen) == (None, True, [])
    controller.take_trial()
    assert (controller.current_constants, controller.has_trial, chosen) == (OTHER, False, [OTHER])
    controller.try_constants(CONSTANTS)
    assert (controller.current_constants, controller.has_trial) == (OTHER, True)
    controller.take_trial()
    assert (controller.current_constants, chosen) == (None, [OTHER, None])


def test_what_was_taken_can_be_taken_back(controller: ScoreMapController, session: Session) -> None:
    stand: list[tuple[TrackingConstants, TrackingConstants]] = []
    controller.sliders_changed.connect(lambda own, at: stand.append((own, at)))
    session.select(1)
    controller.try_constants(OTHER)
    controller.take_trial()
    controller.take_back()
    assert controller.current_constants is None
    assert not controller.has_trial
    assert stand[-1] == (CONSTANTS, CONSTANTS)


@pytest.mark.parametrize("leave", [lambda session: session.set_frame(16), lambda session: session.select(2)])
def test_a_trial_leaves_with_its_frame_and_track(
    controller: ScoreMapController, session: Session, shown: Shown, leave: Callable[[Session], None]
) -> None:
    stand: list[TrackingConstants] = []
    session.select(1)
    controller.sliders_changed.connect(lambda own, at: stand.append(at))
    controller.on_evidence_found(live(1, 15))
    controller.try_constants(OTHER)
    assert shown.previews[-1] is not None
    leave(session)
    assert not controller.has_trial
    assert stand == [OTHER, CONSTANTS]
    session.select(1)
    session.set_frame(15)
    assert shown.previews[-1] is None


def test_evidence_is_compared_with_the_constants_that_made_it(
    controller: ScoreMapController, session: Session, shown: Shown
) -> None:
    found = live(1, 15, OTHER)
    session.select(1)
    controller.on_evidence_found(found)
    assert shown.previews == [redecide(found.evidence, CONSTANTS).box]  # the sliders stand elsewhere
    controller.try_constants(OTHER)
    assert shown.evidence is found.evidence
    assert shown.previews[1:] == [None]


def test_evidence_without_a_response_is_shown_as_it_is(
    controller: ScoreMapController, session: Session, shown: Shown
) -> None:
    found = live(1, 15)
    found = replace(found, evidence=replace(found.evidence, response=None))
    session.select(1)
    controller.on_evidence_found(found)
    controller.try_constants(OTHER)
    assert shown.evidence is found.evidence
    assert shown.previews == []


def test_another_tracker_brings_its_constants_and_forgets_the_evidence(
    controller: ScoreMapController, session: Session, settings: SettingsStore, shown: Shown
) -> None:
    told: list[TrackingConstants | None] = []
    session.select(1)
    controller.on_evidence_found(live(1, 15))
    controller.try_constants(replace(OTHER, size_lr=0.2))
    controller.take_trial()
    controller.sliders_changed.connect(lambda own, at: told.append(own))
    settings.set(TRACKER, "other")
    controller.on_tracker_changed()
    assert told == [OTHER]
    assert controller.current_constants is None
    session.set_frame(14)
    session.set_frame(15)
    settings.set(TRACKER, "unknown")
    controller.on_tracker_changed()
    assert told == [OTHER, None]
    assert shown.failures == ["there is no tracker 'unknown'"]


def test_news_of_the_models_resets_nothing_unless_they_concern_the_chosen_tracker(
    controller: ScoreMapController, settings: SettingsStore, shown: Shown
) -> None:
    told: list[TrackingConstants | None] = []
    controller.try_constants(OTHER)
    controller.take_trial()
    controller.sliders_changed.connect(lambda own, at: told.append(own))
    controller.on_models_changed()
    assert (controller.current_constants, told) == (OTHER, [])
    settings.set(TRACKER, "unknown")
    controller.on_models_changed()  # whoever has removed it chooses another
    assert (controller.current_constants, told, shown.failures) == (OTHER, [], [])
    settings.set(TRACKER, "other")
    controller.on_models_changed()
    assert (controller.current_constants, told) == (None, [OTHER])


def test_a_run_that_goes_on_with_a_tracker_of_another_family_is_shown_as_it_is(
    controller: ScoreMapController, session: Session, settings: SettingsStore, shown: Shown
) -> None:
    session.select(1)
    settings.set(TRACKER, "wide")
    controller.on_tracker_changed()
    controller.try_constants(replace(WIDE, window_influence=0.1))
    found = live(1, 15, CONSTANTS)
    controller.on_evidence_found(found)
    assert shown.evidence is found.evidence
    assert shown.previews == []


def test_constants_of_another_family_are_refused(controller: ScoreMapController) -> None:
    with pytest.raises(TypeError, match="the tracker has TrackingConstants, not WideConstants"):
        controller.try_constants(WIDE)
    assert controller.current_constants is None


def test_a_changed_box_makes_the_evidence_around_it_old(
    controller: ScoreMapController,
    document: Document,
    session: Session,
    video: BlankVideo,
    shown: Shown,
    qtbot: QtBot,
) -> None:
    session.select(1)
    wait_for(shown, 15, qtbot)
    document.undo_stack.push(PutRecords(document, "Correct box", 1, {14: keyframe(at(0))}))
    qtbot.waitUntil(lambda: shown.evidence is not None and shown.evidence.last_box == at(0))
    assert video.reads == [10, 15, 14, 15]  # and the new keyframe is the exemplar
    document.undo_stack.push(PutRecords(document, "Correct box", 1, {18: keyframe(at(0))}))
    qtbot.waitUntil(lambda: shown.evidence is not None)
    assert video.reads == [10, 15, 14, 15]


def test_a_new_label_is_told(
    controller: ScoreMapController, document: Document, session: Session, shown: Shown, qtbot: QtBot
) -> None:
    session.select(1)
    wait_for(shown, 15, qtbot)
    document.undo_stack.push(EditTrack(document, 1, label="van"))
    assert shown.track_text == "van #1"
    assert shown.evidence is not None


def test_a_deleted_track_and_a_closed_project_leave_nothing(
    controller: ScoreMapController, document: Document, session: Session, shown: Shown, qtbot: QtBot
) -> None:
    session.select(1)
    wait_for(shown, 15, qtbot)
    document.undo_stack.push(RemoveTracks(document, [1]))
    assert (shown.evidence, shown.track_text) == (None, "")
    session.select(2)
    wait_for(shown, 15, qtbot)
    document.close()
    assert (shown.evidence, shown.track_text) == (None, "")


def test_the_same_failure_is_told_once(
    controller: ScoreMapController, session: Session, settings: SettingsStore, shown: Shown, qtbot: QtBot
) -> None:
    settings.set(TRACKER, "other")
    session.select(1)
    qtbot.waitUntil(lambda: len(shown.failures) == 1)
    assert shown.failures == ["The tracker other could not be loaded: 'other'."]
    session.set_frame(16)
    qtbot.waitUntil(lambda: shown.frame == 16)  # the panel was told that there is none
    settings.set(TRACKER, "identity")
    session.set_frame(17)
    wait_for(shown, 17, qtbot)
    assert len(shown.failures) == 1
