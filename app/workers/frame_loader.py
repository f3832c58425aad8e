"""Decodes frames for the screen on a separate thread, so that the window never waits for one."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from threading import Event

import numpy as np
from PySide6.QtCore import QObject, QThread, Signal, Slot

from app.language import tr
from app.video.cache import FrameCache
from app.video.info import OpeningCancelledError, VideoError, VideoInfo
from app.video.levels import Levels
from app.video.source import FrameSource, open_source
from app.workers.background import run_in_background
from app.workers.frame_reader import FrameReader, OpenVideo
from app.workers.giving_way import AWAITED, give_way, gives_way
from app.workers.index_proof import IndexProof
from tracker_core.tracker import Image

logger = logging.getLogger(__name__)

SMALLEST_PROGRESS = 0.01  # worth telling


class FrameLoader(QObject):
    """Opens a video, delivers the last requested frame, and otherwise reads ahead in the direction of play. Call every
    method on the GUI thread; all return at once. Results arrive there as signals. Call ``shutdown`` before the loader
    is destroyed.

    Signals:
        opened: the VideoInfo of the new video. open_failed: why a video could not be opened; the open one stays open.
        refused: ``prepare`` refused the new video; the open one stays open.
        indexing: fraction done, 0 to 1, of the first reading of a file.
        frame_ready: index and image (RGB uint8; do not write into it) of a requested frame. read_failed: index of a
            requested frame, and the reason.
        stand_in_ready: index and image of another frame, decoded on the way to a requested one.
        cache_changed: bytes used and bytes allowed (``object``, because Qt's own int ends at 2 GB).
        sure_frames_changed: how many first frames have a final number. Sent after ``opened``, and as the rest of the
            file is decoded in the background.
        checking: fraction done of that decoding. recounted: the new VideoInfo, because decoding has shown that the file
            holds other frames than its header says. Final numbers have not changed.
        check_failed: why the decoding could not be finished.
        pictures_changed: frames look different, because deep pictures have new levels.
    """

    opened = Signal(object)
    open_failed = Signal(str)
    refused = Signal()
    indexing = Signal(float)
    frame_ready = Signal(int, object)
    stand_in_ready = Signal(int, object)
    read_failed = Signal(int, str)
    cache_changed = Signal(object, object)
    sure_frames_changed = Signal(int)
    checking = Signal(float)
    recounted = Signal(object)
    check_failed = Signal(str)
    pictures_changed = Signal()

    def __init__(self, *, cache_bytes: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cache_bytes = cache_bytes
        self._video: OpenVideo | None = None
        self._opening: _Opening | None = None
        self._proof: IndexProof | None = None
        self._cancelled_proofs: list[IndexProof] = []
        self._thread = QThread()
        self._thread.setObjectName("frame loader")
        self._reader = FrameReader()
        self._reader.moveToThread(self._thread)
        self._reader.frame_read.connect(self._on_frame_read)
        self._reader.read_on_the_way.connect(self._on_read_on_the_way)
        self._reader.read_failed.connect(self._on_read_failed)
        self._reader.cache_changed.connect(self._on_cache_changed)
        self._reader.pictures_changed.connect(self._on_pictures_changed)
        gives_way(self._thread, AWAITED)
        self._thread.start()

    @property
    def info(self) -> VideoInfo | None:
        """The video that is open."""
        return None if self._video is None else self._video.info

    def open(
        self,
        path: Path,
        *,
        prefers: str = "",
        film: int | None = None,
        prepare: Callable[[VideoInfo], bool] | None = None,
    ) -> None:
        """Open another video instead of this one; ``opened``, ``open_failed`` or ``refused`` follows. Cancels an
        earlier call. If the file holds several films, opens the one with the number ``film``, or with the fingerprint
        ``prefers``, else the main one.

        Args:
            prepare: is called with the new video on another thread, before ``opened``; False refuses the video.
        """
        self._cancel_opening()
        opening = self._opening = _Opening(path, prefers=prefers, film=film, prepare=prepare)
        opening.progressed.connect(self._on_progressed)
        run_in_background(
            opening.run,
            owner=self,
            on_done=lambda source: self._on_source_opened(opening, source),
            on_error=lambda error: self._on_open_failed(opening, error),
        )

    def request(self, index: int) -> None:
        """Request a frame; ``frame_ready`` or ``read_failed`` follows. Replaces an earlier request not begun yet.

        Raises:
            IndexError: if the video has no such frame, or no video is open.
        """
        if self.info is None or not 0 <= index < self.info.frame_count:
            raise IndexError(f"there is no frame {index} to show")
        self._reader.want(index)

    def cached(self, index: int) -> Image | None:
        """The frame if it is in memory. Reading ahead continues from it, so no request is needed."""
        image = None if self._video is None else self._video.cache.get(index)
        if image is not None:
            self._reader.move_playhead(index)
        return image

    def set_cache_bytes(self, cache_bytes: int) -> None:
        """The memory limit for frames, from the next video on."""
        self._cache_bytes = cache_bytes

    def damage_of(self, index: int) -> str:
        """Why a delivered frame shows the picture of another one; empty for an undamaged frame."""
        return "" if self._video is None else self._video.damaged.get(index, "")

    def see_through(self, levels: Levels | None) -> None:
        """Use other levels for deep pictures, None for the automatic ones; ``pictures_changed`` follows."""
        self._reader.see_through(levels)

    def set_direction(self, direction: int) -> None:
        """+1 to read ahead towards the end, -1 towards the beginning."""
        self._reader.set_direction(direction)

    def shutdown(self) -> None:
        """Stop reading and end the thread; returns when it has ended."""
        self._cancel_opening()
        self._cancel_proof()
        for proof in self._cancelled_proofs:
            proof.wait()
        self._reader.use(None)
        self._thread.quit()
        self._thread.wait()
        self._reader.close()
        self._video = None

    def _cancel_opening(self) -> None:
        if self._opening is not None:
            self._opening.cancel()
            self._opening = None

    def _on_source_opened(self, opening: _Opening, source: FrameSource) -> None:
        if opening is not self._opening:
            source.close()
            return
        self._opening = None
        self._cancel_proof()
        self._video = OpenVideo(source, FrameCache(self._cache_bytes), source.info)
        self._reader.use(self._video)
        self.opened.emit(source.info)
        self._on_cache_changed(self._video)
        self._prove(source.info)

    def _prove(self, info: VideoInfo) -> None:
        if info.is_proven:
            self.sure_frames_changed.emit(info.frame_count)
            return
        assert info.sure_frames is not None
        self.sure_frames_changed.emit(info.sure_frames)
        proof = self._proof = IndexProof(info)
        proof.progressed.connect(self._on_checked)
        proof.sure_frames_changed.connect(self._on_sure_frames_changed)
        proof.ended.connect(self._on_proved)
        proof.start()

    def _cancel_proof(self) -> None:
        proof, self._proof = self._proof, None
        self._cancelled_proofs = [cancelled for cancelled in self._cancelled_proofs if not cancelled.has_ended]
        if proof is not None:
            proof.cancel()
            self._cancelled_proofs.append(proof)

    @Slot(object, float)
    def _on_checked(self, proof: IndexProof, fraction: float) -> None:
        if proof is self._proof:
            self.checking.emit(fraction)

    @Slot(object, int)
    def _on_sure_frames_changed(self, proof: IndexProof, frames: int) -> None:
        if proof is self._proof:
            self.sure_frames_changed.emit(frames)

    @Slot(object, object)
    def _on_proved(self, proof: IndexProof, outcome: FrameSource | str) -> None:
        if proof is not self._proof:
            if not isinstance(outcome, str):
                outcome.close()
            return
        self._proof = None
        if isinstance(outcome, str):
            self.check_failed.emit(outcome)
            return
        self._go_on_with(outcome)

    def _go_on_with(self, source: FrameSource) -> None:
        """Use the proved index from now on; cached frames stay if no number has changed."""
        assert self._video is not None
        known, found = self._video.info, source.info
        if np.array_equal(known.times, found.times):
            self._video = OpenVideo(source, self._video.cache, known, damaged=self._video.damaged)
            self._reader.go_on_with(self._video)
            self.sure_frames_changed.emit(found.frame_count)
        else:
            self._video = OpenVideo(source, FrameCache(self._cache_bytes), found)
            self._reader.use(self._video)
            self.recounted.emit(found)
            self.sure_frames_changed.emit(found.frame_count)
        self.checking.emit(1.0)

    def _on_open_failed(self, opening: _Opening, error: Exception) -> None:
        if isinstance(error, OpeningCancelledError) or opening is not self._opening:
            return
        self._opening = None
        if isinstance(error, _RefusedError):
            self.refused.emit()
        elif isinstance(error, VideoError):
            self.open_failed.emit(str(error))
        else:  # an error in our code; the person must not be left with "Opening…" forever
            logger.error("A video could not be opened", exc_info=error)
            self.open_failed.emit(
                tr(
                    "{path} could not be opened ({kind}: {error}).",
                    path=opening.path,
                    kind=type(error).__name__,
                    error=error,
                )
            )

    @Slot(object, float)
    def _on_progressed(self, opening: _Opening, fraction: float) -> None:
        if opening is self._opening:
            self.indexing.emit(fraction)

    def _is_open(self, video: OpenVideo) -> bool:
        """Whether this video is still open, perhaps with a new source whose index is proved."""
        return self._video is not None and video.info is self._video.info

    @Slot(object, int, object)
    def _on_frame_read(self, video: OpenVideo, index: int, image: Image) -> None:
        if self._is_open(video):
            self.frame_ready.emit(index, image)

    @Slot(object, int, object)
    def _on_read_on_the_way(self, video: OpenVideo, index: int, image: Image) -> None:
        if self._is_open(video):
            self.stand_in_ready.emit(index, image)

    @Slot(object, int, str)
    def _on_read_failed(self, video: OpenVideo, index: int, reason: str) -> None:
        if self._is_open(video):
            self.read_failed.emit(index, reason)

    @Slot(object)
    def _on_pictures_changed(self, video: OpenVideo) -> None:
        if self._is_open(video):
            self.pictures_changed.emit()

    @Slot(object)
    def _on_cache_changed(self, video: OpenVideo) -> None:
        if self._is_open(video):
            self.cache_changed.emit(video.cache.bytes_used, video.cache.max_bytes)


class _RefusedError(Exception):
    """``prepare`` refused the video."""


class _Opening(QObject):
    """One attempt to open a video."""

    progressed = Signal(object, float)  # this attempt, fraction done

    def __init__(
        self, path: Path, *, prefers: str, film: int | None, prepare: Callable[[VideoInfo], bool] | None
    ) -> None:
        super().__init__()
        self.path = path
        self._prepare = prepare
        self._prefers = prefers
        self._film = film
        self._is_cancelled = Event()
        self._told = -1.0

    def cancel(self) -> None:
        self._is_cancelled.set()

    def run(self) -> FrameSource:
        give_way(AWAITED)  # the decoder's threads start here and inherit it
        source = open_source(
            self.path,
            on_progress=self._tell,
            is_cancelled=self._is_cancelled.is_set,
            prefers=self._prefers,
            film=self._film,
        )
        try:
            if self._prepare is not None and not self._prepare(source.info):
                raise _RefusedError
        except BaseException:
            source.close()
            raise
        return source

    def _tell(self, fraction: float) -> None:
        if abs(fraction - self._told) >= SMALLEST_PROGRESS:
            self._told = fraction
            self.progressed.emit(self, fraction)
