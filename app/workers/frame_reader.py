"""The part of the frame loader that lives on the reading thread."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.language import tr
from app.video.cache import FrameCache
from app.video.info import VideoError, VideoInfo
from app.video.levels import Levels
from app.video.source import FrameSource, GivenUpError, WatchedSource, picture_shown
from tracker_core.tracker import Image

logger = logging.getLogger(__name__)

FRAMES_AHEAD = 32
SECONDS_UNTIL_PICTURE = 0.035  # until another frame stands in for the wanted one
SECONDS_BETWEEN_PICTURES = 0.08  # from then on; each costs the time of two or three frames
SHARE_OF_CACHE_AHEAD = 0.5  # the rest holds recent frames, for stepping back


@dataclass(frozen=True, slots=True, eq=False)
class OpenVideo:
    source: FrameSource  # used only by the reading thread once handed over
    cache: FrameCache
    info: VideoInfo
    unreadable: dict[int, str] = field(default_factory=dict)  # why; not tried again
    damaged: dict[int, str] = field(default_factory=dict)  # the reason; the last good picture is in the cache for it

    def frames_ahead(self) -> int:
        info = self.info
        return min(FRAMES_AHEAD, int(self.cache.max_bytes * SHARE_OF_CACHE_AHEAD) // (info.width * info.height * 3))


class FrameReader(QObject):
    """Reads the last requested frame, else reads ahead of the playhead, one frame at a time. The public methods are
    called from the GUI thread: they leave a note and wake this thread.

    A jump may need hundreds of frames to be decoded before the wanted one. Of these some are shown on the way, each
    with its own number; and if the person meanwhile wants a later frame, the way leads there at once.
    """

    frame_read = Signal(object, int, object)  # OpenVideo, index, image
    read_on_the_way = Signal(object, int, object)  # OpenVideo, index that was read, image
    read_failed = Signal(object, int, str)  # OpenVideo, index, reason
    cache_changed = Signal(object)  # OpenVideo
    pictures_changed = Signal(object)  # OpenVideo
    _woken = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lock = Lock()  # guards the notes: the fields up to _is_woken
        self._video: OpenVideo | None = None
        self._wanted: int | None = None
        self._playhead: int | None = None
        self._direction = 1
        self._is_woken = False
        self._new_levels: list[Levels | None] = []
        self._reading: OpenVideo | None = None
        self._delivered_at = 0.0  # when a picture was last sent, or when the first one was wanted
        self._has_given_up = False
        self._has_stand_in = False  # one was sent since a frame was wanted first
        # Queued: each frame wakes it for the next one, on its own thread, and a call within a call would end after a
        # thousand.
        self._woken.connect(self._on_woken, Qt.ConnectionType.QueuedConnection)

    def use(self, video: OpenVideo | None) -> None:
        with self._lock:
            self._video, self._wanted, self._playhead = video, None, None
        self._wake()

    def go_on_with(self, video: OpenVideo) -> None:
        """The same video from another source; requests stay."""
        with self._lock:
            self._video = video
        self._wake()

    def want(self, index: int) -> None:
        with self._lock:
            self._wanted = self._playhead = index
        self._wake()

    def move_playhead(self, index: int) -> None:
        with self._lock:
            self._playhead = index
        self._wake()

    def set_direction(self, direction: int) -> None:
        with self._lock:
            self._direction = direction
        self._wake()

    def see_through(self, levels: Levels | None) -> None:
        """Use other levels for deep pictures; cached ones are dropped."""
        with self._lock:
            self._new_levels = [levels]
        self._wake()

    def close(self) -> None:
        """Close the files. Call after the thread has ended."""
        for video in (self._video, self._reading):
            if video is not None:
                video.source.close()
        self._video = self._reading = None

    def _wake(self) -> None:
        with self._lock:
            if self._is_woken:
                return
            self._is_woken = True
        self._woken.emit()

    @Slot()
    def _on_woken(self) -> None:
        with self._lock:
            self._is_woken = False
            video, wanted, self._wanted = self._video, self._wanted, None
            playhead, direction = self._playhead, self._direction
            new_levels, self._new_levels = self._new_levels, []
        if self._reading is not video:
            if self._reading is not None:
                self._reading.source.close()
            self._reading = video
        if video is not None and new_levels:
            video.source.see_through(new_levels[-1])
            video.cache.clear()
            self.pictures_changed.emit(video)
        if video is None or playhead is None:
            return
        if wanted is not None:
            self._answer(video, wanted)
            self._wake()
        else:
            ahead = _first_missing(video, playhead, direction)
            if ahead is not None:
                self._read(video, ahead)
                self._wake()

    def _answer(self, video: OpenVideo, index: int) -> None:
        image = video.cache.get(index)
        if image is None:
            if not self._has_given_up:  # while the wanted frame changes all the time, the last picture counts
                self._delivered_at, self._has_stand_in = time.perf_counter(), False
            self._has_given_up = False
            try:
                with self._watching(video, index):
                    image = self._read(video, index)
            except GivenUpError:
                self._has_given_up = True
                return
        if image is None:
            self.read_failed.emit(video, index, video.unreadable[index])
        else:
            self._delivered_at = time.perf_counter()
            self.frame_read.emit(video, index, image)

    @contextmanager
    def _watching(self, video: OpenVideo, wanted: int) -> Iterator[None]:
        """Show frames on the way to the wanted one, and go to a later one as soon as that is wanted."""
        source = video.source
        if not isinstance(source, WatchedSource):
            yield
            return

        def on_way(index: int, picture: Callable[[], Image]) -> None:
            pause = SECONDS_BETWEEN_PICTURES if self._has_stand_in else SECONDS_UNTIL_PICTURE
            if time.perf_counter() - self._delivered_at >= pause:
                image = picture()
                video.cache.put(index, image)
                self._delivered_at, self._has_stand_in = time.perf_counter(), True
                self.read_on_the_way.emit(video, index, image)
            if self._is_given_up(video, wanted, at=index):
                raise GivenUpError

        source.watch(on_way)
        try:
            yield
        finally:
            source.watch(None)

    def _is_given_up(self, video: OpenVideo, wanted: int, *, at: int) -> bool:
        """Whether to stop reading this frame: another video is open, or the person now wants a later frame, to which
        decoding can go on from here. For an earlier frame reading goes on: stepping back needs the pictures decoded on
        the way.
        """
        with self._lock:
            newer, now = self._wanted, self._video
        is_another = now is None or now.info is not video.info
        return is_another or (newer is not None and newer != wanted and newer > at)

    def _read(self, video: OpenVideo, index: int) -> Image | None:
        if index in video.unreadable:
            return None
        try:
            image, damage = picture_shown(video.source, index)
        except GivenUpError:
            raise
        except VideoError as error:
            video.unreadable[index] = str(error)
            return None
        except Exception as error:  # an error in our code; the waiting caller must get an answer
            logger.exception("Frame %d could not be read", index)
            video.unreadable[index] = tr(
                "Frame {index} could not be read ({kind}: {error}).",
                index=index,
                kind=type(error).__name__,
                error=error,
            )
            return None
        if damage:
            video.damaged[index] = damage
        video.cache.put(index, image)
        self.cache_changed.emit(video)
        return image


def _first_missing(video: OpenVideo, playhead: int, direction: int) -> int | None:
    """The nearest frame ahead that is worth reading now."""
    for distance in range(1, video.frames_ahead() + 1):
        index = playhead + distance * direction
        if not 0 <= index < video.info.frame_count:
            return None
        if index not in video.cache and index not in video.unreadable:
            return index
    return None
