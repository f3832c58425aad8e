"""Tracks on a separate thread: the window requests a run and receives its results."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread, Signal, Slot

from app.assist.run_plan import RunPlan
from app.workers.run_control import RunControl
from app.workers.runner import Job, Runner
from app.workers.tracker_pool import TrackerPool
from app.workers.tracking_messages import RunBatch, RunBegun, RunOutcome, RunProgress, RunRequest
from app.workers.turns import Soon


class TrackingWorker(QObject):
    """One run at a time. Call every method on the GUI thread; all return at once, and signals arrive there. A batch is
    handled when all slots of ``predictions_ready`` have returned. While two are not, the run collects into the next
    one, and finally waits. Call ``shutdown`` before the worker is destroyed.

    Signals:
        run_begun: RunBegun, once the tracker is loaded.
        predictions_ready: RunBatch, at most 30 a second.
        progressed: RunProgress, as often.
        finished: RunOutcome, after the last batch of a completed or stopped run.
        failed: the sentence for the person, after a last batch of earlier results.
    """

    run_begun = Signal(object)
    predictions_ready = Signal(object)
    progressed = Signal(object)
    finished = Signal(object)
    failed = Signal(str)

    def __init__(self, pool: TrackerPool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._batches: deque[tuple[Job, RunBatch]] = deque()  # arrived and not handled
        self._progress: tuple[Job, RunProgress] | None = None  # told after the batches that it counts
        self._handling = Soon(self)  # a batch changes much, so it gets a turn without other work
        self._handling.due.connect(self._handle_batch)
        self._sure_frames: int | None = None
        self._thread = QThread()
        self._thread.setObjectName("tracking")
        self._runner = Runner(pool)
        self._runner.moveToThread(self._thread)
        self._runner.begun.connect(self._on_begun)
        self._runner.batch_made.connect(self._on_batch_made)
        self._runner.progressed.connect(self._on_progressed)
        self._runner.ended.connect(self._on_ended)
        self._runner.failed.connect(self._on_failed)
        self._thread.start()

    @property
    def is_running(self) -> bool:
        """From ``start`` until ``finished``, ``failed`` or ``abandon``."""
        return self._job is not None

    @property
    def is_paused(self) -> bool:
        return self._job is not None and self._job.control.is_paused

    def start(self, request: RunRequest) -> None:
        """Start a run.

        Raises:
            RuntimeError: if one is running; stop it and wait for ``finished``, or abandon it.
        """
        if self._job is not None:
            raise RuntimeError(f"run {self._job.request.run_id} is still going on")
        self._job = Job(request, RunControl())
        self._job.control.set_sure_frames(self._sure_frames)
        self._runner.ask(self._job)

    @Slot(int)
    def set_sure_frames(self, count: int) -> None:
        """A run waits at a frame whose number may still change: the first ``count`` frames are final."""
        self._sure_frames = count
        if self._job is not None:
            self._job.control.set_sure_frames(count)

    def pause(self) -> None:
        self._set_paused(True)

    def resume(self) -> None:
        self._set_paused(False)

    def replan(self, plan: RunPlan) -> None:
        """Continue the run with this plan (``run_plan.amended``)."""
        if self._job is not None:
            self._job.control.replan(plan)

    def stop(self) -> None:
        """Stop the run soon; its results come first, then ``finished``."""
        if self._job is not None:
            self._job.control.stop()

    def abandon(self) -> None:
        """End the run and forget it: no signal about it arrives any more, not even one under way."""
        job, self._job = self._job, None
        self._handle_batches()
        if job is not None:
            job.control.stop()

    def shutdown(self) -> None:
        """Stop the run and end the thread; its last results are delivered before this returns."""
        self.stop()
        self._thread.quit()
        self._thread.wait()
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall.value)
        self._handle_batches()
        self.abandon()

    def _set_paused(self, paused: bool) -> None:
        if self._job is not None:
            self._job.control.set_paused(paused)

    @Slot(object, object)
    def _on_begun(self, job: Job, begun: RunBegun) -> None:
        if job is self._job:
            self.run_begun.emit(begun)

    @Slot(object, object)
    def _on_batch_made(self, job: Job, batch: RunBatch) -> None:
        self._batches.append((job, batch))
        self._handling.start()

    @Slot()
    def _handle_batch(self) -> None:
        job, batch = self._batches.popleft()
        if self._batches:
            self._handling.start()
        try:
            if job is self._job:
                self.predictions_ready.emit(batch)
        finally:
            job.control.acknowledge_batch()
        if not self._batches:
            self._tell_progress()

    def _handle_batches(self) -> None:
        """Handle all batches that have arrived, because the end of a run comes after its last batch."""
        while self._batches:
            self._handle_batch()
        self._handling.stop()

    @Slot(object, object)
    def _on_progressed(self, job: Job, progress: RunProgress) -> None:
        self._progress = job, progress
        if not self._batches:
            self._tell_progress()

    def _tell_progress(self) -> None:
        if self._progress is not None:
            (job, progress), self._progress = self._progress, None
            if job is self._job:
                self.progressed.emit(progress)

    @Slot(object, object)
    def _on_ended(self, job: Job, outcome: RunOutcome) -> None:
        self._handle_batches()
        if job is self._job:
            self._job = None
            self.finished.emit(outcome)

    @Slot(object, str)
    def _on_failed(self, job: Job, sentence: str) -> None:
        self._handle_batches()
        if job is self._job:
            self._job = None
            self.failed.emit(sentence)
