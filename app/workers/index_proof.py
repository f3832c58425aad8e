"""Proving the index of the open video, on a thread of its own and for as long as it takes."""

from __future__ import annotations

import logging
import os
from threading import Event, Thread

from PySide6.QtCore import QObject, Signal

from app.video.info import OpeningCancelledError, VideoError, VideoInfo
from app.video.source import FrameSource, open_source

logger = logging.getLogger(__name__)

SMALLEST_PROGRESS = 0.01  # worth telling
DECODING_THREADS = max((os.cpu_count() or 1) // 2, 1)  # the others are for who works with the video meanwhile


class IndexProof(QObject):
    """One proof. Signals say first of which proof they speak; ``ended`` comes once, unless the proof is cancelled.

    Not a task of the pool: a film of hours would keep one of its few threads for minutes.
    """

    progressed = Signal(object, float)  # fraction done
    sure_frames_changed = Signal(object, int)  # from the first on, as they are numbered so far
    ended = Signal(object, object)  # the source that reads by the proved index, or the sentence why there is none

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
        """End it soon. Keep the object until it ``has_ended``: an object of Qt must not die on another thread."""
        self._is_cancelled.set()

    @property
    def has_ended(self) -> bool:
        return not self._thread.is_alive()

    def wait(self) -> None:
        self._thread.join()

    def _run(self) -> None:
        try:
            outcome: FrameSource | str = self._proved()
        except OpeningCancelledError:
            return
        except VideoError as error:
            outcome = str(error)
        except Exception as error:
            logger.exception("The frames of a video could not be counted")
            outcome = f"The frames of {self._path} could not be counted ({type(error).__name__}: {error})."
        if self._is_cancelled.is_set() and not isinstance(outcome, str):
            outcome.close()
        else:
            self.ended.emit(self, outcome)

    def _proved(self) -> FrameSource:
        """The proof keeps its index on disk, where the source that shall read on finds it."""
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
