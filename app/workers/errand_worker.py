"""Runs errands on a separate thread, one at a time."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QThread, Signal, Slot

from app.assist.errand import Comparer, Errand, ErrandError, ErrandStoppedError
from app.assist.loaded_tracker import LoadedTracker
from app.language import tr
from app.settings.tracker_choice import TrackerChoice
from app.video.info import VideoError
from app.video.kept_source import KeptSource
from app.workers.giving_way import give_way
from app.workers.run_control import RunControl
from app.workers.tracker_pool import TrackerLoadError, TrackerPool
from tracker_core.images import Image

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    """A requested errand, and the controls for it."""

    errand: Errand
    control: RunControl


class ErrandWorker(QObject):
    """One errand at a time; a new one replaces a running one.

    Call every method on the GUI thread; all return at once, and signals arrive there. Call ``shutdown`` before the
    worker is destroyed.

    Signals:
        progressed: the Errand, how much is done, and the total.
        found: the Errand, and a part of its answer.
        finished: the Errand, and its answer.
        stopped: the Errand; it was stopped and has no answer.
        failed: the Errand, and the sentence for the person.
    """

    progressed = Signal(object, int, int)
    found = Signal(object, object)
    finished = Signal(object, object)
    stopped = Signal(object)
    failed = Signal(object, str)

    def __init__(
        self,
        pool: TrackerPool,
        load_comparer: Callable[[], Comparer],
        parent: QObject | None = None,
        *,
        name: str = "errands",
    ) -> None:
        """``load_comparer`` is called on the thread, when an errand first needs the verifier."""
        super().__init__(parent)
        self._job: _Job | None = None
        self._thread = QThread()
        self._thread.setObjectName(name)
        self._runner = _Runner(pool, load_comparer)
        self._runner.moveToThread(self._thread)
        self._runner.noted.connect(self._on_noted)
        self._runner.ended.connect(self._on_ended)
        self._thread.start()

    @property
    def errand(self) -> Errand | None:
        """The running errand, if any."""
        return None if self._job is None else self._job.errand

    def start(self, errand: Errand) -> None:
        """Start an errand, and stop a running one."""
        self.stop()
        self._job = _Job(errand, RunControl())
        self._runner.ask(self._job)

    def stop(self) -> None:
        """Stop the errand. ``stopped`` is sent at once, although the thread may take a moment to notice."""
        job, self._job = self._job, None
        if job is not None:
            job.control.stop()
            self.stopped.emit(job.errand)

    def forget(self) -> None:
        """Stop the errand, and close the video."""
        self.stop()
        self._runner.let_go()

    def shutdown(self) -> None:
        """Stop the errand and end the thread; no signal follows."""
        job, self._job = self._job, None
        if job is not None:
            job.control.stop()
        self._thread.quit()
        self._thread.wait()
        self._runner.close()

    @Slot(object, int, int, object)
    def _on_noted(self, job: _Job, done: int, total: int, found: object) -> None:
        if job is not self._job:
            return
        self.progressed.emit(job.errand, done, total)
        if found is not None:
            self.found.emit(job.errand, found)

    @Slot(object, object, str)
    def _on_ended(self, job: _Job, answer: object, failure: str) -> None:
        if job is not self._job:
            return
        self._job = None
        if failure:
            self.failed.emit(job.errand, failure)
        else:
            self.finished.emit(job.errand, answer)


class _Runner(QObject):
    """Lives on the thread; it keeps the video of the last errand open for the next."""

    noted = Signal(object, int, int, object)  # _Job, done, total, found
    ended = Signal(object, object, str)  # _Job, answer, and why there is none
    _asked = Signal(object)
    _left = Signal()

    def __init__(self, pool: TrackerPool, load_comparer: Callable[[], Comparer]) -> None:
        super().__init__()
        self._pool = pool
        self._load_comparer = load_comparer
        self._comparer: Comparer | None = None
        self._source = KeptSource()
        self._last: tuple[Errand, int, Image] | None = None
        self._asked.connect(self._on_asked)
        self._left.connect(self.close)

    def let_go(self) -> None:
        """Close the video soon. Called from the GUI thread."""
        self._left.emit()

    def ask(self, job: _Job) -> None:
        """Called from the GUI thread."""
        self._asked.emit(job)

    @Slot()
    def close(self) -> None:
        """Close the video. Call on the thread, or after it has ended."""
        self._source.close()
        self._last = None

    def comparer(self) -> Comparer:
        if self._comparer is None:
            self._comparer = self._load_comparer()
        return self._comparer

    def tracker(self, choice: TrackerChoice) -> LoadedTracker:
        return self._pool.tracker(choice)

    def picture(self, errand: Errand, frame: int) -> Image:
        """Keep the last picture, because an errand may look at several tracks in one frame."""
        last = self._last
        if last is None or last[0] is not errand or last[1] != frame:
            shown = self._source.picture(errand.video, frame, known_as=errand.known_as)
            last = self._last = errand, frame, shown.image
        return last[2]

    @Slot(object)
    def _on_asked(self, job: _Job) -> None:
        give_way()
        answer, failure = None, ""
        try:
            answer = job.errand.run(_Tools(self, job))
        except ErrandStoppedError:
            pass
        except (VideoError, TrackerLoadError, ErrandError) as error:
            failure = str(error)
        except Exception as error:
            logger.exception("An errand has failed")
            failure = tr(
                "That has failed ({kind}: {error}); nothing was changed.", kind=type(error).__name__, error=error
            )
        if not job.control.is_stopped:
            self.ended.emit(job, answer, failure)


class _Tools:
    """``app.assist.errand.Tools`` for one job."""

    def __init__(self, runner: _Runner, job: _Job) -> None:
        self._runner = runner
        self._job = job

    def picture(self, frame: int) -> Image:
        return self._runner.picture(self._job.errand, frame)

    def tracker(self, choice: TrackerChoice) -> LoadedTracker:
        return self._runner.tracker(choice)

    def comparer(self) -> Comparer:
        return self._runner.comparer()

    def note(self, done: int, total: int, found: object = None) -> None:
        if self._job.control.is_stopped:
            raise ErrandStoppedError
        self._runner.noted.emit(self._job, done, total, found)
