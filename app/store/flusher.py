"""Flushes commits to the disk on a separate thread, so that no edit waits for the disk."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from threading import Condition, Thread

DELAY = 0.3
"""Seconds that a commit may wait for others: a run with thirty batches a second flushes three times a second."""


class Flusher:
    """Flushes the write-ahead log of an open project soon after each commit.

    SQLite appends a commit to the log, and the system writes it to the disk later. A crash of the program loses
    nothing, but a power failure may. One flush of the log makes all commits before it durable: the log is append-only,
    and SQLite itself flushes it before it starts over.
    """

    def __init__(self, log: Path) -> None:
        self._log = log
        self._changed = Condition()
        self._committed = 0
        self._durable = 0
        self._wanted = 0  # a commit that a caller waits for
        self._is_closed = False
        self._error: OSError | None = None
        self._thread = Thread(target=self._work, name="project flusher", daemon=True)
        self._thread.start()

    def note_commit(self) -> None:
        with self._changed:
            self._committed += 1
            self._changed.notify_all()

    def take_error(self) -> OSError | None:
        """Why a flush failed; each failure is returned once."""
        with self._changed:
            error, self._error = self._error, None
            return error

    def wait(self) -> None:
        """Returns when everything committed so far is durable, or when flushing has failed."""
        with self._changed:
            self._wanted = goal = self._committed
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._durable >= goal or self._error is not None or self._is_closed)

    def close(self) -> None:
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
        self._thread.join()

    def _work(self) -> None:
        descriptor: int | None = None
        try:
            while (goal := self._next_goal()) is not None:
                try:
                    if descriptor is None:
                        descriptor = os.open(self._log, os.O_RDWR)
                    flush(descriptor)
                except OSError as error:
                    self._note(self._durable, error)
                    time.sleep(DELAY)  # the disk may recover, but must not be asked in a tight loop
                else:
                    self._note(goal, None)
        finally:
            if descriptor is not None:
                os.close(descriptor)

    def _next_goal(self) -> int | None:
        """Waits for commits, then a moment for more. None when the flusher ends."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_closed or self._committed > self._durable)
            self._changed.wait_for(lambda: self._is_closed or self._wanted > self._durable, timeout=DELAY)
            return None if self._is_closed else self._committed

    def _note(self, durable: int, error: OSError | None) -> None:
        with self._changed:
            self._durable, self._error = durable, error or self._error
            self._changed.notify_all()


def flush(descriptor: int) -> None:
    """Make the disk write out a file.

    Raises:
        OSError: if the disk says that it cannot.
    """
    if sys.platform == "darwin":
        import fcntl

        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)  # on macOS fsync leaves it in the drive's own cache
    else:
        os.fsync(descriptor)
