"""The part of the tracking worker that lives on the tracking thread."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.assist.joint_run import JointRun
from app.assist.known_sides import KnownSides
from app.assist.runs import new_run, started
from app.language import tr
from app.video.freed_memory import give_back_freed_pages
from app.video.info import OpeningCancelledError, VideoError
from app.workers.giving_way import give_way
from app.workers.run_control import RunControl
from app.workers.run_report import RunReport
from app.workers.tracker_pool import TrackerLoadError, TrackerPool
from app.workers.tracking_messages import RunBatch, RunBegun, RunProgress, RunRequest, outcome
from tracker_core.tracker import Tracker

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """A requested run, and the controls for it."""

    request: RunRequest
    control: RunControl


class Runner(QObject):
    """Does one run after the other. The first argument of every signal is the Job."""

    begun = Signal(object, object)  # RunBegun
    batch_made = Signal(object, object)  # RunBatch
    progressed = Signal(object, object)  # RunProgress
    ended = Signal(object, object)  # RunOutcome
    failed = Signal(object, str)
    _asked = Signal(object)

    def __init__(self, pool: TrackerPool) -> None:
        super().__init__()
        self._pool = pool
        self._known = KnownSides()
        self._video: Path | None = None  # of what is known
        self._asked.connect(self._on_asked)

    def ask(self, job: Job) -> None:
        """Called from the GUI thread."""
        self._asked.emit(job)

    @Slot(object)
    def _on_asked(self, job: Job) -> None:
        give_way()
        try:
            self._run(job)
        except (VideoError, TrackerLoadError) as error:
            self.failed.emit(job, str(error))
        except Exception as error:
            logger.exception("A tracking run has failed")
            self.failed.emit(
                job,
                tr(
                    "Tracking has failed ({kind}: {error}); what it had found is kept.",
                    kind=type(error).__name__,
                    error=error,
                ),
            )
        finally:
            give_back_freed_pages()  # give memory back to the system: a run's buffers lie scattered among others

    def _run(self, job: Job) -> None:
        request, control = job.request, job.control
        loaded = self._pool.tracker(request.tracker)
        tracker = loaded.tracker
        if request.constants is not None:
            tracker = tracker.with_constants(request.constants)
        record = new_run(request.run_id, request.plan, replace(loaded, tracker=tracker), own=loaded.tracker.constants)
        self.begun.emit(job, RunBegun(record, tracker.place))
        loaded.prepare_for(len(request.plan.track_ids))
        run = JointRun(
            request.plan,
            tracker,
            run_id=request.run_id,
            tracker_key=f"{loaded.weights} {tracker.place} {tracker.constants}",
            known=self._known_on(request.video),
        )
        report = self._report_of(job, run, tracker)
        damaged: set[int] = set()
        try:
            _follow(job, run, report, damaged)
        except OpeningCancelledError:
            assert control.is_stopped
        finally:
            run.settle()
            report.send()
        self.ended.emit(
            job,
            outcome(
                request.run_id,
                run.ends,
                done=report.done,
                is_stopped=control.is_stopped and not run.is_over,
                damaged=damaged,
            ),
        )

    def _known_on(self, video: Path) -> KnownSides:
        """Results of earlier runs on this video; those of other videos are dropped."""
        if video != self._video:
            self._known.clear()
            self._video = video
        return self._known

    def _report_of(self, job: Job, run: JointRun, tracker: Tracker) -> RunReport:
        def send_batch(batch: RunBatch) -> None:
            job.control.note_batch_sent()
            self.batch_made.emit(job, batch)

        def send_progress(progress: RunProgress) -> None:
            self.progressed.emit(job, progress)

        return RunReport(
            job.request,
            run,
            job.control,
            tracker.constants,
            send_batch=send_batch,
            send_progress=send_progress,
            clock=time.monotonic,
        )


def _follow(job: Job, run: JointRun, report: RunReport, damaged: set[int]) -> None:
    """Track the frames of the plan until all are done, every track is lost, or the run is stopped."""
    request, control = job.request, job.control
    with started(
        run,
        request.video,
        known_as=request.known_as,
        damaged=damaged,
        is_cancelled=lambda: control.is_stopped,
    ) as frames:
        report.start()
        for frame, image in frames:
            if control.is_paused:
                report.send()
                _wait_while_paused(run, control)
                report.start()
            if not control.is_sure(frame):
                report.send()
                control.wait_until_sure(frame)
                report.start()
            _take_new_plan(run, control)
            if _has_ended(run, control):
                return
            is_due = report.is_due()
            evidence = run.step(frame, image, with_evidence=is_due)
            report.note(frame, evidence)
            if is_due:
                report.send()
            if _has_ended(run, control):
                return


def _has_ended(run: JointRun, control: RunControl) -> bool:
    return control.is_stopped or run.is_over


def _wait_while_paused(run: JointRun, control: RunControl) -> None:
    while control.is_paused and not _has_ended(run, control):
        control.wait_while_paused()
        _take_new_plan(run, control)


def _take_new_plan(run: JointRun, control: RunControl) -> None:
    plan = control.take_plan()
    if plan is not None:
        run.follow(plan)
