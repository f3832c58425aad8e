"""Lowers the priority of threads with long work, so that the window's thread goes first."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import suppress
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QThread

LESS_URGENT: Final = 5
"""How much nicer than the window. On two cores such a thread gets a third of a window's share, and all that is left."""
AWAITED: Final = 2
"""The priority of work that a person waits to see: above long work, below the window."""
LEAST_URGENT: Final = 19


def give_way(niceness: int = LESS_URGENT) -> None:
    """Make the calling thread less urgent than the window's, with the threads of libraries that it starts later. May be
    called again.
    """
    if sys.platform == "linux":  # where Qt cannot change it
        wanted = min(os.getpriority(os.PRIO_PROCESS, os.getpid()) + niceness, LEAST_URGENT)
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), wanted)
    else:
        QThread.currentThread().setPriority(QThread.Priority.LowPriority)


def gives_way(thread: QThread, niceness: int = LESS_URGENT) -> None:
    """The same for a thread that is about to start."""
    thread.started.connect(partial(give_way, niceness), Qt.ConnectionType.DirectConnection)
