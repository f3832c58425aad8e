"""Runs on their thread: what comes of them, when, and in which order."""

from __future__ import annotations

import os
import sys
import threading
import time
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from app.assist.loaded_tracker import LoadedTracker
from app.model.direction import BACKWARD
from app.workers.giving_way import LEAST_URGENT, LESS_URGENT
from app.workers.run_report import LARGEST_BATCH, PERIOD
from app.workers.tracker_pool import TrackerPool
from app.workers.tracking_messages import EndReason
from app.workers.tracking_worker import TrackingWorker
from tests.support.annotated_projects import tracked
from tests.support.blank_video import BlankVideo
from tests.support.trackers import CONSTANTS, ScriptedTracker
from tests.support.tracking_runs import FOUND, FRAMES, Heard, SteadyTracker, begun_run, request
from tracker_core.decision.score_map import TrackingConstants
from tracker_core.tracker import Tracker


def test_a_run_finds_a_box_for_every_frame(worker: TrackingWorker, heard: Heard, qtbot: QtBot) -> None:
    with qtbot.waitSignal(worker.finished):
        worker.start(request((1, 0, 99), (2, 10, 59)))
    assert list(heard.records(1)) == list(range(1, 100))
    assert list(heard.records(2)) == list(range(11, 60))
    assert set(heard.records(1).values()) == {tracked(FOUND, 1.0, run_id=1)}
    assert heard.begun == begun_run(request((1, 0, 99), (2, 10, 59)), CONSTANTS)
    (outcome,) = heard.outcomes
    assert heard.said[-1] is outcome
    assert (outcome.reason, outcome.sentence) == (EndReason.COMPLETED, "Tracked 99 frames.")
    assert [(end.track_id, end.frame) for end in outcome.ends] == [(1, 99), (2, 59)]
    assert heard.threads == {threading.main_thread()}
    assert not worker.is_running


def test_the_tracker_is_prepared_for_so_many_targets_on_the_thread_of_the_run(qtbot: QtBot, video: BlankVideo) -> None:
    prepared: list[tuple[int, threading.Thread]] = []

    def prepare(targets: int) -> None:
        prepared.append((targets, threading.current_thread()))

    tracker = ScriptedTracker([FOUND])
    worker = TrackingWorker(TrackerPool(lambda choice: LoadedTracker(tracker, prepare_for=prepare)))
    with qtbot.waitSignal(worker.finished):
        worker.start(request((1, 0, 9), (2, 0, 9)))
    worker.shutdown()
    (call,) = prepared
    assert call[0] == 2
    assert call[1] is not threading.main_thread()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Qt does it, and does not tell")
def test_a_run_lets_the_window_go_first(qtbot: QtBot, video: BlankVideo) -> None:
    found: list[int] = []

    def prepare(targets: int) -> None:
        found.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))

    worker = TrackingWorker(TrackerPool(lambda choice: LoadedTracker(ScriptedTracker([FOUND]), prepare_for=prepare)))
    for _ in range(2):
        with qtbot.waitSignal(worker.finished):
            worker.start(request((1, 0, 9)))
    worker.shutdown()
    window = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    assert found == [min(window + LESS_URGENT, LEAST_URGENT)] * 2, "and no less urgent with each run"


def test_a_run_backward_comes_to_the_frames_in_falling_order(
    worker: TrackingWorker, heard: Heard, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(worker.finished):
        worker.start(request((1, 99, 0), direction=BACKWARD))
    assert list(heard.records()) == list(range(98, -1, -1))
    assert [batch.last_frame for batch in heard.batches] == [min(batch.records[1]) for batch in heard.batches]


def test_batches_come_at_most_thirty_times_a_second(
    worker: TrackingWorker, heard: Heard, trackers: dict[str, Tracker], qtbot: QtBot
) -> None:
    trackers["steady"] = SteadyTracker([FOUND])
    began = time.monotonic()
    with qtbot.waitSignal(worker.finished):
        worker.start(request((1, 0, 300), tracker="steady"))
    seconds = time.monotonic() - began
    assert len(heard.records()) == 300
    assert 2 <= len(heard.batches) <= seconds / PERIOD + 2  # the first comes at once, and the last when all is done
    assert len(heard.progress) <= seconds / PERIOD + 2


def test_the_newest_frame_of_a_batch_comes_with_its_evidence(
    worker: TrackingWorker, heard: Heard, held: ScriptedTracker, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(worker.finished):
        held.gate.set()
        worker.start(request((5, 0, 99), (1, 0, 99), tracker="held"))
    first = heard.batches[0]
    assert first.last_frame == 1
    assert first.evidence is not None
    assert (first.evidence.track_id, first.evidence.frame, first.evidence.constants) == (5, 1, CONSTANTS)
    for batch in heard.batches:
        assert batch.last_frame == max(batch.records[5])
        assert batch.evidence is None or batch.evidence.frame == batch.last_frame


def test_progress_tells_how_many_frames_are_done(worker: TrackingWorker, heard: Heard, qtbot: QtBot) -> None:
    with qtbot.waitSignal(worker.finished):
        worker.start(request((1, 10, 99)))
    first, last = heard.progress[0], heard.progress[-1]
    assert (first.done, first.total, first.frame) == (1, 89, 11)
    assert first.frames_per_second is not None
    assert first.seconds_left == pytest.approx(88 / first.frames_per_second)
    assert (last.done, last.frame, last.seconds_left) == (89, 99, 0)


def test_a_window_that_is_busy_gets_no_flood(
    worker: TrackingWorker, heard: Heard, trackers: dict[str, Tracker], video: BlankVideo, qtbot: QtBot
) -> None:
    """While this thread takes in nothing, two batches come, and the run goes on only as far as one more may hold."""
    steady = trackers["steady"] = SteadyTracker([FOUND])
    worker.start(request((1, 0, FRAMES - 1), tracker="steady"))
    deadline = time.monotonic() + 10
    updates = -1
    while updates != steady.updates or updates < LARGEST_BATCH + 2:  # until it has come to a standstill
        assert time.monotonic() < deadline
        updates = steady.updates
        time.sleep(10 * PERIOD)
    assert LARGEST_BATCH < updates < FRAMES - 1
    with qtbot.waitSignal(worker.finished):
        pass
    assert len(heard.records()) == FRAMES - 1
    assert max(len(batch.records[1]) for batch in heard.batches) >= LARGEST_BATCH


def test_a_run_uses_the_constants_that_it_is_given(worker: TrackingWorker, heard: Heard, qtbot: QtBot) -> None:
    constants = TrackingConstants(penalty_k=0.5, window_influence=0.1, size_lr=0.9)
    with qtbot.waitSignal(worker.finished):
        worker.start(replace(request((1, 0, 9)), constants=constants))
    own = {"penalty_k": 0.05, "window_influence": 0.4, "size_lr": 0.3}  # of CONSTANTS, what was changed
    assert heard.begun == begun_run(request((1, 0, 9)), constants, own_constants=own)
    evidence = heard.batches[0].evidence
    assert evidence is not None
    assert evidence.constants == constants


def test_one_run_at_a_time(worker: TrackingWorker, held: ScriptedTracker) -> None:
    worker.start(request((1, 0, 99), tracker="held"))
    with pytest.raises(RuntimeError, match="run 1 is still going on"):
        worker.start(request((1, 0, 9), run_id=2))


def test_asking_a_worker_that_has_no_run_does_nothing(worker: TrackingWorker, heard: Heard) -> None:
    worker.pause()
    worker.resume()
    worker.stop()
    worker.abandon()
    assert not worker.is_paused
    assert heard.said == []
