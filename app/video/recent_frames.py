"""Keeps decoded frames, so that stepping back need not decode again."""

from __future__ import annotations

from collections import OrderedDict
from itertools import count
from threading import Lock

from av.video.frame import VideoFrame

RECENT_BYTES = 64 * 2**20  # bytes of frames before conversion to RGB, for all open sources together
FEWEST = 2  # frames, however large


class RecentFrames:
    """Keeps the most recently used frames. All sources of the program share the limit: a window has half a dozen open,
    which held most of a gigabyte when each had its own.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._frames: OrderedDict[tuple[int, int], VideoFrame] = OrderedDict()  # by source and frame
        self._bytes = 0
        self._sources = count()

    def new_source(self) -> int:
        """The number under which a source keeps its frames."""
        return next(self._sources)

    @property
    def bytes_kept(self) -> int:
        return self._bytes

    def get(self, source: int, frame: int) -> VideoFrame | None:
        with self._lock:
            kept = self._frames.get((source, frame))
            if kept is not None:
                self._frames.move_to_end((source, frame))
            return kept

    def put(self, source: int, frame: int, picture: VideoFrame) -> None:
        with self._lock:
            self._drop((source, frame))
            self._frames[source, frame] = picture
            self._bytes += _size(picture)
            while self._bytes > RECENT_BYTES and len(self._frames) > FEWEST:
                self._drop(next(iter(self._frames)))

    def forget_before(self, source: int, frame: int) -> None:
        """Drop a source's frames before this one."""
        with self._lock:
            for key in [key for key in self._frames if key[0] == source and key[1] < frame]:
                self._drop(key)

    def forget(self, source: int) -> None:
        """Drop all frames of a source."""
        with self._lock:
            for key in [key for key in self._frames if key[0] == source]:
                self._drop(key)

    def _drop(self, key: tuple[int, int]) -> None:
        picture = self._frames.pop(key, None)
        if picture is not None:
            self._bytes -= _size(picture)


RECENT = RecentFrames()


def _size(picture: VideoFrame) -> int:
    return sum(plane.buffer_size for plane in picture.planes)
