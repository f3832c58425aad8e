"""Frames in a known order, decoded by a thread of its own while whoever asked works on the ones before."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Full, Queue
from threading import Event, Thread

from app.video.source import open_source, picture_shown
from tracker_core.images import Image

FRAMES_AHEAD = 6
DECODING_THREADS = 1 if (os.cpu_count() or 1) <= 2 else 0
"""On two cores one decodes and one tracks; a decoder with more threads than that halts the network at every layer."""

SECONDS_TO_STOP = 0.1  # that the thread may sleep before it sees that nobody wants more


@contextmanager
def reading_ahead(
    path: Path, frames: Iterable[int], *, known_as: str = "", damaged: set[int] | None = None
) -> Iterator[Iterator[tuple[int, Image]]]:
    """``(index, picture)`` for each of ``frames``, in their order. The container belongs to the thread that decodes.

    That thread also goes through ``frames``. It ends with the block, however that ends; what goes wrong in it is raised
    where the frame is asked for. A damaged frame comes with the last good picture, and its number is put into
    ``damaged`` before it comes. ``known_as`` is the fingerprint of the video that is expected.

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
            for frame in frames:
                if unwanted.is_set():
                    return
                shown = picture_shown(source, frame)
                if shown.damage:
                    damaged.add(frame)
                hand_over((frame, shown.image))
        finally:
            source.close()
        hand_over(None)
    except Exception as error:  # it is raised again in the thread that waits for the frame
        hand_over(error)
