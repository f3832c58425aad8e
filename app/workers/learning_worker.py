"""Learning on a separate thread with normal priority: a low-priority thread that holds Python's lock would hold up the
window whenever the machine is busy. Instead it leaves one core to the window (``Learning``), and all cores to a run of
the tracker.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from PySide6.QtCore import QObject, QThread, Signal, Slot

from app.assist.learning import (
    Learning,
    LearningError,
    LearningOutcome,
    LearningProgress,
    LearningStoppedError,
    LearningTask,
    Trainer,
)
from app.language import tr
from app.video.info import VideoError
from app.workers.giving_way import give_way
from app.workers.run_control import RunControl

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    """A requested learning, and the controls for it."""

    task: LearningTask
    control: RunControl


class LearningWorker(QObject):
    """One learning at a time. Call every method on the GUI thread; all return at once, and signals arrive there. Call
    ``shutdown`` before the worker is destroyed.

    Signals:
        progressed: LearningProgress, a few times a second.
        finished: LearningOutcome.
        stopped: it was stopped; nothing is left of it. failed: the sentence for the person; nothing is left of it
            either.
    """

    progressed = Signal(object)
    finished = Signal(object)
    stopped = Signal()
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None, *, trainer: Trainer | None = None) -> None:
        """``trainer``: trains the network; the training loop by default."""
        super().__init__(parent)
        self._job: _Job | None = None
        self._is_waiting = False
        self._thread = QThread()
        self._thread.setObjectName("learning")
        self._learner = _Learner(trainer)
        self._learner.moveToThread(self._thread)
        self._learner.progressed.connect(self._on_progressed)
        self._learner.ended.connect(self._on_ended)
        self._thread.start()

    @property
    def is_running(self) -> bool:
        """From ``start`` until ``finished``, ``stopped`` or ``failed``."""
        return self._job is not None

    @property
    def is_waiting(self) -> bool:
        return self._is_waiting

    def start(self, task: LearningTask) -> None:
        """Start a learning.

        Raises:
            RuntimeError: if one is running.
        """
        if self._job is not None:
            raise RuntimeError(f"the learning from {self._job.task.project} is still going on")
        self._job = _Job(task, RunControl())
        self._job.control.set_paused(self._is_waiting)
        self._learner.ask(self._job)

    def set_waiting(self, waiting: bool) -> None:
        """Pause or resume this learning and later ones."""
        self._is_waiting = waiting
        if self._job is not None:
            self._job.control.set_paused(waiting)

    def stop(self) -> None:
        """Stop the learning soon; ``stopped`` follows."""
        if self._job is not None:
            self._job.control.stop()

    def shutdown(self) -> None:
        """Stop the learning and end the thread; no signal follows."""
        self.stop()
        self._job = None
        self._thread.quit()
        self._thread.wait()

    @Slot(object, object)
    def _on_progressed(self, job: _Job, progress: LearningProgress) -> None:
        if job is self._job and not job.control.is_stopped:
            self.progressed.emit(progress)

    @Slot(object, object)
    def _on_ended(self, job: _Job, end: LearningOutcome | str | None) -> None:
        if job is not self._job:
            return
        self._job = None
        if end is None or job.control.is_stopped:  # even if the last step finished before the stop arrived
            self.stopped.emit()
        elif isinstance(end, str):
            self.failed.emit(end)
        else:
            self.finished.emit(end)


class _Learner(QObject):
    """Lives on the thread. The first argument of both signals is the job."""

    progressed = Signal(object, object)  # LearningProgress
    ended = Signal(object, object)  # LearningOutcome, or a sentence why there is none, or None if it was stopped
    _asked = Signal(object)

    def __init__(self, trainer: Trainer | None) -> None:
        super().__init__()
        self._trainer = trainer
        self._asked.connect(self._on_asked)

    def ask(self, job: _Job) -> None:
        """Called from the GUI thread."""
        self._asked.emit(job)

    @Slot(object)
    def _on_asked(self, job: _Job) -> None:
        give_way()

        def on_step() -> None:
            job.control.wait_while_paused()
            if job.control.is_stopped:
                raise LearningStoppedError

        learning = Learning(
            job.task,
            on_progress=lambda progress: self.progressed.emit(job, progress),
            on_step=on_step,
            trainer=self._trainer,
        )
        try:
            self.ended.emit(job, learning.run())
        except LearningStoppedError:
            self.ended.emit(job, None)
        except (VideoError, LearningError) as error:
            self.ended.emit(job, str(error))
        except Exception as error:
            logger.exception("A learning has failed")
            self.ended.emit(
                job,
                tr("Learning has failed ({kind}: {error}); nothing was kept.", kind=type(error).__name__, error=error),
            )
