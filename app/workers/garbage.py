"""Python's garbage, collected on the GUI thread alone.

Python looks for unreachable cycles on whichever thread happens to allocate, and destroys there what it finds. A widget
in such a cycle would be destroyed by the thread that decodes, while Qt is sending it events: a crash that comes now and
then and never where its cause is (ADR 0009).
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication

INTERVAL = 1000  # ms
PATIENCE = 100  # collections of what is no longer young before all of it is looked through under a person's hands


class GarbageCollector(QObject):
    """Takes the place of Python's own timing, for the whole process and from now on. Lives on the GUI thread.

    All objects together take a tenth of a second and more once torch is loaded, so they wait until the person has gone
    to another program, or for a long time.
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
        if young <= most_young:
            return
        if middle <= most_middle:
            gc.collect(0)
        elif old <= (PATIENCE if is_looked_at else most_old):
            gc.collect(1)
        else:
            gc.collect(2)
