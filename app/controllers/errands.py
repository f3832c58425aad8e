"""Runs errands in the background, one at a time, with progress; they can be stopped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from app.assist.errand import Errand
from app.document.document import Document
from app.workers.errand_worker import ErrandWorker


class ErrandsController(QObject):
    """Other controllers start errands here and pass functions for the result.

    Signals:
        began: what is being done, as in "tightening".
        progressed: how much is done, and the total.
        ended: the errand is over.
        told: a sentence about what happened.
    """

    began = Signal(str)
    progressed = Signal(int, int)
    ended = Signal()
    told = Signal(str)

    def __init__(self, document: Document, worker: ErrandWorker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._on_done: Callable[[Any], None] = _ignore
        self._on_found: Callable[[Any], None] = _ignore
        worker.progressed.connect(self._on_progressed)
        worker.found.connect(self._on_found_some)
        worker.finished.connect(self._on_finished)
        worker.stopped.connect(self._on_stopped)
        worker.failed.connect(self._on_failed)
        document.project_closed.connect(self._on_project_closed)

    @property
    def is_running(self) -> bool:
        return self._worker.errand is not None

    def begin(
        self,
        errand: Errand,
        name: str,
        *,
        on_done: Callable[[Any], None],
        on_found: Callable[[Any], None] | None = None,
    ) -> None:
        """Start an errand, replacing a running one.

        Args:
            name: what is being done, as in "tightening".
            on_done: is given the answer; not called if the errand is stopped or fails.
            on_found: is given each part of the answer as soon as it is found.
        """
        self._worker.start(errand)
        self._on_done, self._on_found = on_done, on_found or _ignore
        self.began.emit(name)

    @Slot()
    def stop(self) -> None:
        """Stop the errand; parts already found are kept."""
        self._worker.stop()

    @Slot(object, int, int)
    def _on_progressed(self, errand: Errand, done: int, total: int) -> None:
        self.progressed.emit(done, total)

    @Slot(object, object)
    def _on_found_some(self, errand: Errand, found: object) -> None:
        self._on_found(found)

    @Slot(object, object)
    def _on_finished(self, errand: Errand, answer: object) -> None:
        on_done = self._on_done
        self._end()
        on_done(answer)

    @Slot(object)
    def _on_stopped(self, errand: Errand) -> None:
        self._end()

    @Slot(object, str)
    def _on_failed(self, errand: Errand, sentence: str) -> None:
        self._end()
        self.told.emit(sentence)

    @Slot()
    def _on_project_closed(self) -> None:
        self._worker.forget()

    def _end(self) -> None:
        self._on_done = self._on_found = _ignore
        self.ended.emit()


def _ignore(answer: object) -> None:
    """For errands whose caller wants no partial answers."""
