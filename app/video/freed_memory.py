"""Returns freed memory to the system.

Decoders and trackers free hundreds of megabytes in small pieces on several threads. glibc's allocator gives each thread
an arena of its own, up to eight a core, and keeps what is freed in each: after six runs over a 4K video it held 8 GB.
All this works with glibc; elsewhere nothing happens.
"""

from __future__ import annotations

import ctypes
import mmap
import sys
from collections.abc import Callable
from pathlib import Path

M_ARENA_MAX = -8
"""The parameter's number in glibc's malloc.h."""

STATM = Path("/proc/self/statm")

ARENAS = 2
"""Enough for threads that allocate large buffers and compute for long in between."""


def share_arenas() -> None:
    """Let all threads share a few arenas, so that one thread's freed memory serves the next. Call it before any thread
    starts, because existing arenas stay.
    """
    mallopt = _function("mallopt")
    if mallopt is not None:
        mallopt(M_ARENA_MAX, ARENAS)


def give_back_freed_pages() -> None:
    """Return freed memory to the system. Called when a video is closed."""
    trim = _function("malloc_trim")
    if trim is not None:
        trim(0)


MOST_GROWTH = 24 * 2**20
"""Bytes by which a program may grow before it looks for pages to return."""


class FreedPages:
    """Limits freed memory during a run. A network frees and reuses the same memory with every frame, so returning it
    each time would cost more than it saves.
    """

    def __init__(self) -> None:
        self._resident = _resident_bytes()

    def look(self) -> None:
        """Return freed memory if the program has grown. Call it about once a second."""
        if _resident_bytes() > self._resident + MOST_GROWTH:
            give_back_freed_pages()
            self._resident = _resident_bytes()


def _resident_bytes() -> int:
    """How much memory this program uses; 0 if Linux does not say."""
    try:
        return int(STATM.read_text().split()[1]) * mmap.PAGESIZE
    except OSError:
        return 0


def _function(name: str) -> Callable[..., int] | None:
    """A function of the C library, if it exists."""
    if not sys.platform.startswith("linux"):
        return None
    found: Callable[..., int] | None = getattr(ctypes.CDLL(None), name, None)
    return found
