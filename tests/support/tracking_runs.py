"""Runs for tests: what to ask a tracking worker for, and what it answers."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import replace

from app.assist.run_plan import RunPlan, TrackPlan
from app.model.box_record import BoxRecord
from app.model.direction import FORWARD, Direction
from app.model.project import Run
from app.settings.tracker_choice import TrackerChoice
from app.workers.tracking_messages import RunBatch, RunBegun, RunOutcome, RunProgress, RunRequest
from app.workers.tracking_worker import TrackingWorker
from tests.support.blank_video import PATH
from tests.support.trackers import ScriptedTracker
from tracker_core.decision.score_map import TrackingConstants
from tracker_core.geometry import Box
from tracker_core.tracker import Place

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
    def begun(self) -> RunBegun:
        """The first thing said, with a run that began at no time."""
        begun = self.said[0]
        assert isinstance(begun, RunBegun)
        return replace(begun, run=replace(begun.run, started_at=""))

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


def request(
    *tracks: tuple[int, int, int], tracker: str = "quick", direction: Direction = FORWARD, run_id: int = 1
) -> RunRequest:
    """Tracks as (id, start, last)."""
    plans = tuple(TrackPlan(track_id, start, HOME, start, HOME, last) for track_id, start, last in tracks)
    nearest, furthest = (min, max) if direction == FORWARD else (max, min)
    first = nearest(plan.start_frame for plan in plans) + direction
    plan = RunPlan(plans, direction, first, furthest(plan.last_frame for plan in plans))
    return RunRequest(run_id, PATH, plan, TrackerChoice(tracker))


def begun_run(
    asked: RunRequest, constants: TrackingConstants, *, own_constants: Mapping[str, float] | None = None
) -> RunBegun:
    """What a worker says first of a run of a ScriptedTracker of the family "fake" with weights "ab12"."""
    run = Run(
        id=asked.run_id,
        tracker="scripted",
        started_at="",
        first_frame=asked.plan.first_frame,
        last_frame=asked.plan.last_frame,
        device="nowhere",
        constants=constants.as_mapping(),
        family="fake",
        weights="ab12",
        precision="bf16",
        direction=asked.plan.direction,
        own_constants=own_constants or {},
    )
    return RunBegun(run, Place("nowhere", "bf16"))
