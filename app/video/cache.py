"""Decoded frames kept in memory, never more than a number of bytes."""

from __future__ import annotations

import mmap
import sys
from collections import OrderedDict
from threading import Lock

import numpy as np

from tracker_core.tracker import Image

LARGE = 2**20
"""Bytes from which on an image gets pages of its own; a system allows some ten thousand such pieces."""


class FrameCache:
    """A least-recently-used cache of frames, up to ``max_bytes``. A single frame larger than that is kept alone, so
    that the frame on screen is always there. Thread-safe. Images are shared: do not write into one.
    """

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self._images: OrderedDict[int, Image] = OrderedDict()
        self._bytes_used = 0
        self._lock = Lock()

    @property
    def bytes_used(self) -> int:
        return self._bytes_used

    def __len__(self) -> int:
        return len(self._images)

    def __contains__(self, index: int) -> bool:
        """Whether the frame is cached; asking does not count as use."""
        return index in self._images

    def get(self, index: int) -> Image | None:
        with self._lock:
            image = self._images.get(index)
            if image is not None:
                self._images.move_to_end(index)
            return image

    def clear(self) -> None:
        with self._lock:
            self._images.clear()
            self._bytes_used = 0

    def put(self, index: int, image: Image) -> None:
        image = in_own_pages(image)
        with self._lock:
            previous = self._images.pop(index, None)
            self._bytes_used += image.nbytes - (0 if previous is None else previous.nbytes)
            self._images[index] = image
            while self._bytes_used > self.max_bytes and len(self._images) > 1:
                _, oldest = self._images.popitem(last=False)
                self._bytes_used -= oldest.nbytes


def in_own_pages(image: Image) -> Image:
    """A copy of a large image in memory of its own, outside the allocator. Frames live long: among the short-lived
    buffers of decoders and networks, they would keep the allocator from returning freed memory.
    """
    if image.nbytes < LARGE:
        return image
    try:
        pages = mmap.mmap(-1, image.nbytes, **_PRIVATE)
    except OSError:  # the system allows no more mappings
        return image
    copy: Image = np.frombuffer(pages, np.uint8).reshape(image.shape)
    copy[:] = image
    return copy


def _private() -> dict[str, int]:
    """The flags for such memory; Windows has none. Getting all pages at once is faster than one by one."""
    if sys.platform == "win32":
        return {}
    return {"flags": mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | getattr(mmap, "MAP_POPULATE", 0)}


_PRIVATE = _private()
