"""Decides when a run reports, and what."""

from __future__ import annotations

import math
from collections.abc import Callable

from app.assist.joint_run import JointRun
from app.workers.run_control import RunControl
from app.workers.tracking_messages import LiveEvidence, RunBatch, RunProgress, RunRequest
from tracker_core.decision.score_map import Constants
from tracker_core.tracker import Evidence

PERIOD = 1 / 30  # seconds between batches: no screen refreshes faster
LARGEST_BATCH = 128  # frames; beyond that the run waits for the window to catch up


class RunReport:
    """Collects a run's results into batches, not too often, and reports its progress."""

    def __init__(
        self,
        request: RunRequest,
        run: JointRun,
        control: RunControl,
        constants: Constants,
        *,
        send_batch: Callable[[RunBatch], None],
        send_progress: Callable[[RunProgress], None],
        clock: Callable[[], float],
    ) -> None:
        self._request = request
        self._run = run
        self._control = control
        self._constants = constants
        self._send_batch = send_batch
        self._send_progress = send_progress
        self._clock = clock
        self._done = 0
        self._unsent = 0
        self._newest = request.plan.first_frame
        self._evidence: LiveEvidence | None = None
        self._sent_at = -math.inf
        self._resumed_at = clock()
        self._timed_seconds = 0.0

    @property
    def done(self) -> int:
        """Frames."""
        return self._done

    def start(self) -> None:
        """Tracking begins now; time before it (loading, a pause) does not count."""
        self._resumed_at = self._clock()

    def is_due(self) -> bool:
        """Whether to send a batch after the next frame. Waits if the window is far behind."""
        if self._clock() - self._sent_at < PERIOD:
            return False
        if not self._control.has_room and self._unsent >= LARGEST_BATCH:
            self._control.wait_for_room()
        return self._control.has_room

    def note(self, frame: int, evidence: Evidence | None) -> None:
        """A frame is done."""
        now = self._clock()
        self._timed_seconds += now - self._resumed_at
        self._resumed_at = now
        self._done += 1
        self._unsent += 1
        self._newest = frame
        active = self._request.plan.track_ids[0]
        self._evidence = None if evidence is None else LiveEvidence(active, frame, evidence, self._constants)

    def send(self) -> None:
        """Send what is settled, with the evidence of its newest frame if the active track has a box there."""
        if not self._unsent:
            return
        records, evidence, self._evidence = self._run.take_records(), self._evidence, None
        if evidence is not None and evidence.frame not in records.get(evidence.track_id, {}):
            evidence = None
        if records:
            settled = (frame for of_track in records.values() for frame in of_track)
            last_frame = min(settled, key=lambda frame: abs(frame - self._newest))
            self._send_batch(RunBatch(self._request.run_id, records, last_frame, evidence))
        self._send_progress(self._progress())
        self._unsent = 0
        self._sent_at = self._clock()

    def _progress(self) -> RunProgress:
        total = self._run.frame_count
        rate = self._done / self._timed_seconds if self._timed_seconds > 0 else None
        left = None if rate is None else (total - self._done) / rate
        return RunProgress(self._request.run_id, self._done, total, self._newest, rate, left)
