"""Proves the index of the open video on a separate thread, however long it takes."""

from __future__ import annotations

import logging
import os
from threading import Event, Thread

from PySide6.QtCore import QObject, Signal

from app.language import tr
from app.video.info import OpeningCancelledError, VideoError, VideoInfo
from app.video.source import FrameSource, open_source
from app.workers.giving_way import give_way

logger = logging.getLogger(__name__)

SMALLEST_PROGRESS = 0.01  # worth telling
DECODING_THREADS = max((os.cpu_count() or 1) // 2, 1)  # the others are for the person's work


class IndexProof(QObject):
    """One proof. The first argument of each signal is the proof; ``ended`` comes once, unless the proof is cancelled.
    Not a task of the pool: a film of hours would occupy one of its few threads for minutes.
    """

    progressed = Signal(object, float)  # fraction done
    sure_frames_changed = Signal(object, int)  # confirmed first frames
    ended = Signal(object, object)  # a source with the proved index, or a sentence why there is none

    def __init__(self, info: VideoInfo) -> None:
        super().__init__()
        self._path = info.path
        self._fingerprint = info.fingerprint
        self._is_cancelled = Event()
        self._told = 0.0
        self._thread = Thread(target=self._run, name="index proof", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def cancel(self) -> None:
        """Stop soon. Keep the object until it ``has_ended``: a Qt object must not be destroyed on another thread."""
        self._is_cancelled.set()

    @property
    def has_ended(self) -> bool:
        return not self._thread.is_alive()

    def wait(self) -> None:
        self._thread.join()

    def _run(self) -> None:
        give_way()
        try:
            outcome: FrameSource | str = self._proved()
        except OpeningCancelledError:
            return
        except VideoError as error:
            outcome = str(error)
        except Exception as error:
            logger.exception("The frames of a video could not be counted")
            outcome = tr(
                "The frames of {path} could not be counted ({kind}: {error}).",
                path=self._path,
                kind=type(error).__name__,
                error=error,
            )
        if self._is_cancelled.is_set() and not isinstance(outcome, str):
            outcome.close()
        else:
            self.ended.emit(self, outcome)

    def _proved(self) -> FrameSource:
        """The proof saves its index, and the new source finds it on disk."""
        open_source(
            self._path,
            is_proven=True,
            known_as=self._fingerprint,
            on_progress=self._tell,
            is_cancelled=self._is_cancelled.is_set,
            on_sure=lambda frames: self.sure_frames_changed.emit(self, frames),
            decoding_threads=DECODING_THREADS,
        ).close()
        return open_source(self._path, known_as=self._fingerprint)

    def _tell(self, fraction: float) -> None:
        if fraction - self._told >= SMALLEST_PROGRESS:
            self._told = fraction
            self.progressed.emit(self, fraction)
