"""How a run on its thread is paused and how it ends: what it had found comes first."""

from __future__ import annotations

import threading

from pytestqt.qtbot import QtBot

from app.workers.tracking_messages import EndReason, RunOutcome
from app.workers.tracking_worker import TrackingWorker
from tests.support.annotated_projects import tracked
from tests.support.blank_video import BlankVideo
from tests.support.trackers import CONSTANTS, ScriptedTracker
from tests.support.tracking_runs import FOUND, Heard, begun_run, request
from tracker_core.tracker import Tracker


def test_a_paused_run_waits_with_all_boxes_shown_and_goes_on(
    worker: TrackingWorker, heard: Heard, held: ScriptedTracker, qtbot: QtBot
) -> None:
    worker.start(request((1, 0, 99), tracker="held"))
    assert held.reached.wait(5)
    worker.pause()
    assert worker.is_paused
    held.gate.set()
    qtbot.waitUntil(lambda: len(heard.records()) == 51)
    assert held.updates == 51
    worker.resume()
    with qtbot.waitSignal(worker.finished):
        pass
    assert len(heard.records()) == 99


def test_a_paused_run_can_be_stopped(worker: TrackingWorker, heard: Heard, held: ScriptedTracker, qtbot: QtBot) -> None:
    worker.start(request((1, 0, 99), tracker="held"))
    assert held.reached.wait(5)
    worker.pause()
    held.gate.set()
    qtbot.waitUntil(lambda: len(heard.records()) == 51)
    with qtbot.waitSignal(worker.finished):
        worker.stop()
    assert heard.outcomes[0].reason is EndReason.STOPPED
    assert len(heard.records()) == 51


def test_stop_keeps_what_was_tracked(worker: TrackingWorker, heard: Heard, held: ScriptedTracker, qtbot: QtBot) -> None:
    worker.start(request((1, 0, 99), tracker="held"))
    assert held.reached.wait(5)
    worker.stop()
    held.gate.set()
    with qtbot.waitSignal(worker.finished):
        pass
    assert list(heard.records()) == list(range(1, 52))
    assert heard.outcomes == [RunOutcome(1, EndReason.STOPPED, (), "Tracking was stopped after 51 frames.")]
    assert heard.said[-1] is heard.outcomes[0]


def test_doubtful_boxes_are_kept_when_the_run_is_stopped(
    worker: TrackingWorker, heard: Heard, trackers: dict[str, Tracker], qtbot: QtBot
) -> None:
    unsure = trackers["unsure"] = ScriptedTracker([FOUND], [0.9] * 45 + [0.01], block_at=50)
    worker.start(request((1, 0, 99), tracker="unsure"))
    assert unsure.reached.wait(5)
    worker.stop()
    unsure.gate.set()
    with qtbot.waitSignal(worker.finished):
        pass
    assert list(heard.records()) == list(range(1, 52))


def test_a_run_whose_tracks_are_lost_ends(
    worker: TrackingWorker, heard: Heard, trackers: dict[str, Tracker], qtbot: QtBot
) -> None:
    trackers["losing"] = ScriptedTracker([FOUND], [0.9] * 20 + [0.01])
    with qtbot.waitSignal(worker.finished):
        worker.start(request((1, 0, 399), (2, 0, 399), tracker="losing"))
    records = heard.records(2)
    assert list(records) == list(range(1, 22))
    assert records[21] == tracked(None, 0.01, run_id=1)
    (outcome,) = heard.outcomes
    assert outcome.reason is EndReason.LOST
    assert outcome.sentence == "Tracked 30 frames. Track 1 was lost on frame 21. Track 2 was lost on frame 21."


def test_a_failure_of_the_tracker_is_told_after_what_it_had_found(
    worker: TrackingWorker, heard: Heard, trackers: dict[str, Tracker], qtbot: QtBot
) -> None:
    trackers["failing"] = ScriptedTracker([FOUND], fail_at=40)
    with qtbot.waitSignal(worker.failed):
        worker.start(request((1, 0, 99), tracker="failing"))
    assert list(heard.records()) == list(range(1, 41))
    assert heard.failures == [
        "Tracking has failed (RuntimeError: the scripted tracker fails here); what it had found is kept."
    ]
    assert heard.said[-1] is heard.failures[0]
    assert not worker.is_running
    with qtbot.waitSignal(worker.finished):  # the next one is not harmed
        worker.start(request((1, 0, 9)))


def test_a_frame_that_cannot_be_read_ends_the_run_there(
    worker: TrackingWorker, heard: Heard, video: BlankVideo, qtbot: QtBot
) -> None:
    video.broken.add(30)
    with qtbot.waitSignal(worker.failed):
        worker.start(request((1, 0, 99)))
    assert list(heard.records()) == list(range(1, 30))
    assert heard.failures == ["Frame 30 is broken."]


def test_a_run_goes_on_past_damaged_frames_and_says_which(
    worker: TrackingWorker, heard: Heard, video: BlankVideo, qtbot: QtBot
) -> None:
    video.damaged |= {0, 30}  # also the exemplar's, which was drawn on the picture that stood for it
    with qtbot.waitSignal(worker.finished):
        worker.start(request((1, 0, 99)))
    assert list(heard.records()) == list(range(1, 100))
    assert heard.outcomes[0].reason is EndReason.COMPLETED
    assert heard.outcomes[0].sentence == ("Tracked 99 frames. Frame 30 is damaged; the last good picture stood for it.")


def test_a_run_waits_at_a_frame_whose_number_may_still_change(
    worker: TrackingWorker, heard: Heard, qtbot: QtBot
) -> None:
    worker.set_sure_frames(20)
    worker.start(request((1, 0, 99)))
    qtbot.waitUntil(lambda: list(heard.records()) == list(range(1, 20)))
    worker.set_sure_frames(50)
    qtbot.waitUntil(lambda: list(heard.records()) == list(range(1, 50)))
    with qtbot.waitSignal(worker.finished):
        worker.set_sure_frames(100)
    assert list(heard.records()) == list(range(1, 100))


def test_a_run_that_waits_for_a_number_can_be_stopped(worker: TrackingWorker, heard: Heard, qtbot: QtBot) -> None:
    worker.set_sure_frames(20)
    worker.start(request((1, 0, 99)))
    qtbot.waitUntil(lambda: list(heard.records()) == list(range(1, 20)))
    with qtbot.waitSignal(worker.finished):
        worker.stop()
    assert heard.outcomes[0].reason is EndReason.STOPPED


def test_a_tracker_that_cannot_be_loaded_is_told(worker: TrackingWorker, heard: Heard, qtbot: QtBot) -> None:
    with qtbot.waitSignal(worker.failed):
        worker.start(request((1, 0, 99), tracker="unknown"))
    assert heard.said == ["The tracker unknown could not be loaded: 'unknown'."]


def test_an_abandoned_run_says_nothing_more_and_the_next_may_start(
    worker: TrackingWorker, heard: Heard, held: ScriptedTracker, qtbot: QtBot
) -> None:
    worker.start(request((1, 0, 99), tracker="held"))
    assert held.reached.wait(5)  # some of its batches are on their way
    worker.abandon()
    assert not worker.is_running
    worker.start(request((1, 0, 9), run_id=2))
    held.gate.set()
    with qtbot.waitSignal(worker.finished):
        pass
    assert {batch.run_id for batch in heard.batches} == {2}
    assert [outcome.run_id for outcome in heard.outcomes] == [2]
    assert heard.begun == begun_run(request((1, 0, 9), run_id=2), CONSTANTS)


def test_shutdown_in_the_middle_of_a_run_joins_the_thread_and_takes_in_what_it_has_found(
    worker: TrackingWorker, heard: Heard, held: ScriptedTracker, video: BlankVideo, qtbot: QtBot
) -> None:
    worker.start(request((1, 0, 99), tracker="held"))
    assert held.reached.wait(5)
    threading.Timer(0.05, held.gate.set).start()
    worker.shutdown()
    assert held.updates == 51
    assert video.open_sources == 0
    assert list(heard.records()) == list(range(1, 52))
    assert heard.outcomes[0].reason is EndReason.STOPPED
