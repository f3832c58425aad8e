"""Explains why the tracker would put a box there: runs it again on one frame, on a separate thread."""

from __future__ import annotations

import logging
from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from PySide6.QtCore import QObject, QThread, Signal, Slot

from app.language import tr
from app.settings.tracker_choice import TrackerChoice
from app.video.info import VideoError
from app.video.kept_source import KeptSource
from app.workers.giving_way import give_way
from app.workers.tracker_pool import TrackerLoadError, TrackerPool
from tracker_core.geometry import Box
from tracker_core.tracker import Evidence, Image, Target

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Question:
    """What does the tracker see on ``frame``, coming from ``previous_box`` and looking for the exemplar?"""

    video: Path
    exemplar_frame: int
    exemplar_box: Box
    previous_box: Box
    frame: int
    tracker: TrackerChoice
    known_as: str = ""  # the fingerprint of the video

    @property
    def target_key(self) -> Hashable:
        """What the target is made of; questions with the same key can share a target."""
        return self.video, self.exemplar_frame, self.exemplar_box, self.tracker


class ExplanationWorker(QObject):
    """Answers the last question; earlier ones that were not begun are dropped. Call every method on the GUI thread; all
    return at once, and signals arrive there. Call ``shutdown`` before the worker is destroyed.

    Signals:
        evidence_ready: the Question, and its Evidence, decided with the tracker's own constants. failed: the Question,
            and a sentence why it cannot be answered.
    """

    evidence_ready = Signal(object, object)
    failed = Signal(object, str)

    def __init__(self, pool: TrackerPool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = QThread()
        self._thread.setObjectName("explanation")
        self._explainer = _Explainer(pool)
        self._explainer.moveToThread(self._thread)
        self._explainer.explained.connect(self.evidence_ready)
        self._explainer.failed.connect(self.failed)
        self._thread.start()

    def request(self, question: Question) -> None:
        """Ask a question; ``evidence_ready`` or ``failed`` follows, unless another question replaces it before it is
        begun.
        """
        self._explainer.want(question)

    def shutdown(self) -> None:
        """Drop the question and end the thread; returns when it has ended."""
        self._explainer.want(None)
        self._thread.quit()
        self._thread.wait()
        self._explainer.close()


class _Explainer(QObject):
    """Lives on the thread. Keeps the video open and the last target, because the next question is usually nearby."""

    explained = Signal(object, object)
    failed = Signal(object, str)
    _woken = Signal()

    def __init__(self, pool: TrackerPool) -> None:
        super().__init__()
        self._pool = pool
        self._lock = Lock()  # guards the question
        self._question: Question | None = None
        self._source = KeptSource()
        self._target: Target | None = None
        self._target_key: Hashable = None
        self._woken.connect(self._on_woken)

    def want(self, question: Question | None) -> None:
        """Called from the GUI thread."""
        with self._lock:
            self._question = question
        self._woken.emit()

    def close(self) -> None:
        """Close the video. Call on the thread, or after it has ended."""
        self._source.close()

    @Slot()
    def _on_woken(self) -> None:
        give_way()
        with self._lock:
            question, self._question = self._question, None
        if question is None:
            return
        try:
            self.explained.emit(question, self._explain(question))
        except (VideoError, TrackerLoadError) as error:
            self.failed.emit(question, str(error))
        except Exception as error:
            logger.exception("A frame could not be explained")
            self.failed.emit(
                question,
                tr(
                    "Frame {frame} could not be explained ({kind}: {error}).",
                    frame=question.frame,
                    kind=type(error).__name__,
                    error=error,
                ),
            )

    def _explain(self, question: Question) -> Evidence | None:
        target = self._target
        if target is None or question.target_key != self._target_key:
            tracker = self._pool.tracker(question.tracker).tracker
            target = tracker.init(self._picture(question, question.exemplar_frame), question.exemplar_box)
            self._target, self._target_key = target, question.target_key
        target.move_to(question.previous_box)
        return target.update(self._picture(question, question.frame), with_evidence=True).evidence

    def _picture(self, question: Question, frame: int) -> Image:
        return self._source.picture(question.video, frame, known_as=question.known_as).image
