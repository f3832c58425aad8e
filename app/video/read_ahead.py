"""Decodes frames of a known order ahead, on a separate thread."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Full, Queue
from threading import Event, Thread

from app.video.freed_memory import FreedPages, give_back_freed_pages
from app.video.source import open_source, picture_shown
from tracker_core.images import Image

FRAMES_AHEAD = 6
DECODING_THREADS = 1 if (os.cpu_count() or 1) <= 2 else 0
"""On two cores one decodes and one tracks; a decoder with more threads would hold up the network at every layer."""

SECONDS_BETWEEN_LOOKS = 1.0  # seconds between looks at freed memory
SECONDS_TO_STOP = 0.1  # until the thread notices that no more frames are wanted


@contextmanager
def reading_ahead(
    path: Path, frames: Iterable[int], *, known_as: str = "", damaged: set[int] | None = None
) -> Iterator[Iterator[tuple[int, Image]]]:
    """``(index, picture)`` for each of ``frames``, in order. The decoding thread owns the container and iterates over
    ``frames``. It ends with the block; its errors are raised when the frame is requested. A damaged frame gets the last
    good picture, and its number is added to ``damaged`` first. ``known_as`` is the fingerprint of the expected video.

    Raises:
        VideoError: from the iterator, if the video cannot be opened or a frame cannot be read.
    """
    queue: Queue[tuple[int, Image] | Exception | None] = Queue(FRAMES_AHEAD)
    unwanted = Event()
    arguments = (path, frames, known_as, set() if damaged is None else damaged, queue, unwanted)
    thread = Thread(target=_read, args=arguments, name="read ahead", daemon=True)
    thread.start()
    try:
        yield _received(queue)
    finally:
        unwanted.set()
        thread.join()


def _received(queue: Queue[tuple[int, Image] | Exception | None]) -> Iterator[tuple[int, Image]]:
    while (item := queue.get()) is not None:
        if isinstance(item, Exception):
            raise item
        yield item


def _read(
    path: Path,
    frames: Iterable[int],
    known_as: str,
    damaged: set[int],
    queue: Queue[tuple[int, Image] | Exception | None],
    unwanted: Event,
) -> None:
    def hand_over(item: tuple[int, Image] | Exception | None) -> None:
        while not unwanted.is_set():
            try:
                return queue.put(item, timeout=SECONDS_TO_STOP)
            except Full:
                continue

    try:
        source = open_source(path, decoding_threads=DECODING_THREADS, known_as=known_as)
        try:
            give_back_freed_pages()  # what went before, such as looking through the video, leaves a hundred megabytes
            freed, looked_after = FreedPages(), time.monotonic()
            for frame in frames:
                if unwanted.is_set():
                    return
                if time.monotonic() - looked_after > SECONDS_BETWEEN_LOOKS:
                    freed.look()
                    looked_after = time.monotonic()
                shown = picture_shown(source, frame)
                if shown.damage:
                    damaged.add(frame)
                hand_over((frame, shown.image))
        finally:
            source.close()
        hand_over(None)
    except Exception as error:  # raised again in the thread that waits for the frame
        hand_over(error)
