"""Collects Python's garbage on the GUI thread only. Python collects cycles on whichever thread happens to allocate, and
destroys them there. A widget in a cycle could be destroyed by the decoding thread while Qt sends it events: a rare
crash far from its cause (ADR 0009).
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication

INTERVAL = 1000  # ms
PATIENCE = 100  # collections of the middle generation before a full one runs while the person is working


_loading = Lock()


@contextmanager
def loading_libraries() -> Iterator[None]:
    """Load libraries on any thread but the window's. Meanwhile nothing is collected: they allocate a hundred thousand
    objects, and none is garbage. Afterwards what torch has brought is spared. One thread at a time: the system opens
    libraries one after the other, and an import that waits for another thread's may hold Python's lock.
    """
    with _loading:
        yield
        spare_libraries()


def spare_libraries() -> None:
    """Exclude everything alive now from later collections. Call this once torch is loaded: its hundred thousand objects
    live as long as the program, and searching them takes a tenth of a second. It destroys nothing, so any thread may
    call it, repeatedly.
    """
    if "torch" in sys.modules and gc.get_freeze_count() == 0:
        gc.freeze()


class GarbageCollector(QObject):
    """Replaces Python's own timing for the whole process. Lives on the GUI thread. A full collection can take a
    tenth of a second, so it waits until the person has switched to another program, or for a long time.
    """

    def __init__(self, parent: QObject | None = None, *, interval: int = INTERVAL) -> None:
        super().__init__(parent)
        gc.disable()
        timer = QTimer(self)
        timer.timeout.connect(self._collect)
        timer.start(interval)

    @Slot()
    def _collect(self) -> None:
        young, middle, old = gc.get_count()
        most_young, most_middle, most_old = gc.get_threshold()
        is_looked_at = QGuiApplication.applicationState() == Qt.ApplicationState.ApplicationActive
        if _loading.locked() or young <= most_young:
            return
        if middle <= most_middle:
            gc.collect(0)
        elif old <= (PATIENCE if is_looked_at else most_old):
            gc.collect(1)
        else:
            gc.collect(2)
