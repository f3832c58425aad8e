"""Runs on their thread: what comes, when, in which order, and how they end."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from app.assist.exemplar import BACKWARD, FORWARD, Direction
from app.assist.run_plan import RunPlan, TrackPlan
from app.model.box_record import BoxRecord
from app.workers.run_report import LARGEST_BATCH, PERIOD
from app.workers.tracker_pool import TrackerPool
from app.workers.tracking_messages import EndReason, RunBatch, RunBegun, RunOutcome, RunProgress, RunRequest
from app.workers.tracking_worker import TrackingWorker
from tests.support.annotated_projects import tracked
from tests.support.blank_video import PATH, BlankVideo
from tests.support.trackers import CONSTANTS, ScriptedTracker
from tracker_core.geometry import Box
from tracker_core.score_map import TrackingConstants
from tracker_core.tracker import Tracker

HOME, FOUND = Box(10, 10, 8, 8), Box(20, 10, 8, 8)
FRAMES = 400


class SteadyTracker(ScriptedTracker):
    """Takes a millisecond a frame."""

    def on_update(self) -> None:
        super().on_update()
        time.sleep(0.001)


class Heard:
    """All that a worker says, in order, and on which thread."""

    def __init__(self, worker: TrackingWorker) -> None:
        self.said: list[object] = []
        self.times: list[float] = []
        self.threads: set[threading.Thread] = set()
        for signal in (worker.run_begun, worker.predictions_ready, worker.progressed, worker.finished, worker.failed):
            signal.connect(self._note)

    def _note(self, said: object) -> None:
        self.said.append(said)
        self.threads.add(threading.current_thread())
        if isinstance(said, RunBatch):
            self.times.append(time.monotonic())

    @property
    def batches(self) -> list[RunBatch]:
        return [said for said in self.said if isinstance(said, RunBatch)]

    @property
    def progress(self) -> list[RunProgress]:
        return [said for said in self.said if isinstance(said, RunProgress)]

    @property
    def outcomes(self) -> list[RunOutcome]:
        return [said for said in self.said if isinstance(said, RunOutcome)]

    @property
    def failures(self) -> list[str]:
        return [said for said in self.said if isinstance(said, str)]

    def records(self, track_id: int = 1) -> dict[int, BoxRecord]:
        return {frame: record for batch in self.batches for frame, record in batch.records.get(track_id, {}).items()}


@pytest.fixture
def video(monkeypatch: pytest.MonkeyPatch) -> BlankVideo:
    return BlankVideo(FRAMES).install(monkeypatch)


@pytest.fixture
def trackers() -> dict[str, Tracker]:
    """What the pool can load: "quick" finds a box at once, "held" waits at its update 50 until its gate is opened."""
    return {"quick": ScriptedTracker([FOUND]), "held": ScriptedTracker([FOUND], block_at=50)}


@pytest.fixture
def held(trackers: dict[str, Tracker]) -> ScriptedTracker:
    tracker = trackers["held"]
    assert isinstance(tracker, ScriptedTracker)
    return tracker


@pytest.fixture
def worker(
    qtbot: QtBot, video: BlankVideo, trackers: dict[str, Tracker], held: ScriptedTracker
) -> Iterator[TrackingWorker]:
    worker = TrackingWorker(TrackerPool(lambda name, device: trackers[name]))
    yield worker
    held.gate.set()
    worker.shutdown()
    assert video.open_sources == 0


@pytest.fixture
def heard(worker: TrackingWorker) -> Heard:
    return Heard(worker)


def request(
    *tracks: tuple[int, int, int], tracker: str = "quick", direction: Direction = FORWARD, run_id: int = 1
) -> RunRequest:
    """Tracks as (id, start, last)."""
    plans = tuple(TrackPlan(track_id, start, HOME, start, HOME, last) for track_id, start, last in tracks)
    nearest, furthest = (min, max) if direction == FORWARD else (max, min)
    first = nearest(plan.start_frame for plan in plans) + direction
    plan = RunPlan(plans, direction, first, furthest(plan.last_frame for plan in plans))
    return RunRequest(run_id, PATH, plan, tracker, "auto")


def test_a_run_finds_a_box_for_every_frame(worker: TrackingWorker, heard: Heard, qtbot: QtBot) -> None:
    with qtbot.waitSignal(worker.finished):
        worker.start(request((1, 0, 99), (2, 10, 59)))
    assert list(heard.records(1)) == list(range(1, 100))
    assert list(heard.records(2)) == list(range(11, 60))
    assert set(heard.records(1).values()) == {tracked(FOUND, 1.0, run_id=1)}
    assert heard.said[0] == RunBegun(1, "scripted", "nowhere", CONSTANTS)
    (outcome,) = heard.outcomes
    assert heard.said[-1] is outcome
    assert (outcome.reason, outcome.sentence) == (EndReason.COMPLETED, "Tracked 99 frames.")
    assert [(end.track_id, end.frame) for end in outcome.ends] == [(1, 99), (2, 59)]
    assert heard.threads == {threading.main_thread()}
    assert not worker.is_running


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
    while updates != steady.updates or updates < LARGEST_BATCH:  # until it has come to a standstill
        assert time.monotonic() < deadline
        updates = steady.updates
        time.sleep(10 * PERIOD)
    assert LARGEST_BATCH < updates < FRAMES - 1
    with qtbot.waitSignal(worker.finished):
        pass
    assert len(heard.records()) == FRAMES - 1
    assert max(len(batch.records[1]) for batch in heard.batches) >= LARGEST_BATCH


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


def test_a_tracker_that_cannot_be_loaded_is_told(worker: TrackingWorker, heard: Heard, qtbot: QtBot) -> None:
    with qtbot.waitSignal(worker.failed):
        worker.start(request((1, 0, 99), tracker="unknown"))
    assert heard.said == ["The tracker unknown could not be loaded: 'unknown'."]


def test_a_run_uses_the_constants_that_it_is_given(worker: TrackingWorker, heard: Heard, qtbot: QtBot) -> None:
    constants = TrackingConstants(penalty_k=0.5, window_influence=0.1, size_lr=0.9)
    with qtbot.waitSignal(worker.finished):
        worker.start(replace(request((1, 0, 9)), constants=constants))
    assert heard.said[0] == RunBegun(1, "scripted", "nowhere", constants)
    evidence = heard.batches[0].evidence
    assert evidence is not None
    assert evidence.constants == constants


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
    assert heard.said[0] == RunBegun(2, "scripted", "nowhere", CONSTANTS)


def test_one_run_at_a_time(worker: TrackingWorker, held: ScriptedTracker) -> None:
    worker.start(request((1, 0, 99), tracker="held"))
    with pytest.raises(RuntimeError, match="run 1 is still going on"):
        worker.start(request((1, 0, 9), run_id=2))


def test_shutdown_in_the_middle_of_a_run_joins_the_thread(
    worker: TrackingWorker, heard: Heard, held: ScriptedTracker, video: BlankVideo, qtbot: QtBot
) -> None:
    worker.start(request((1, 0, 99), tracker="held"))
    assert held.reached.wait(5)
    threading.Timer(0.05, held.gate.set).start()
    worker.shutdown()
    assert held.updates == 51
    assert video.open_sources == 0
    assert heard.outcomes == []


def test_asking_a_worker_that_has_no_run_does_nothing(worker: TrackingWorker, heard: Heard) -> None:
    worker.pause()
    worker.resume()
    worker.stop()
    worker.abandon()
    assert not worker.is_paused
    assert heard.said == []
