"""Spreads the window's own work over turns of its event loop, so that a key or click waits only for one piece of it."""

from __future__ import annotations

from collections import deque
from time import perf_counter
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal, Slot
from shiboken6 import isValid

FULL: Final = 0.004  # seconds of work after which a turn is full
MOST_TURNS_LEFT_OUT: Final = 2  # in a row, for a window that is busy all the time


class Soon(QObject):
    """Work for one of the next turns, done once however often it is asked for. In each turn only one does its work, and
    none where painting or an answer has filled it already. Use it like a timer, on the GUI thread.

    Signals:
        due: do the work now.
    """

    due = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._turns = _turns()

    @property
    def is_waiting(self) -> bool:
        """Whether the work was requested and is not done yet."""
        return self._turns.has(self)

    def start(self) -> None:
        self._turns.add(self)

    def stop(self) -> None:
        """Cancel the work."""
        self._turns.drop(self)


class _Turns(QObject):
    """All waiting work, the oldest first."""

    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application)
        self._waiting: deque[Soon] = deque()
        self._last_turn = 0.0
        self._left_out = 0
        self._timer = QTimer(self, singleShot=True, interval=0, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_turn)

    def has(self, soon: Soon) -> bool:
        return soon in self._waiting

    def add(self, soon: Soon) -> None:
        if soon not in self._waiting:
            self._waiting.append(soon)
            if not self._timer.isActive():
                self._timer.start()

    def drop(self, soon: Soon) -> None:
        if soon in self._waiting:
            self._waiting.remove(soon)

    @Slot()
    def _on_turn(self) -> None:
        now = perf_counter()
        is_full, self._last_turn = now - self._last_turn > FULL, now
        while self._waiting and not isValid(self._waiting[0]):
            self._waiting.popleft()
        if not self._waiting:
            return
        if is_full and self._left_out < MOST_TURNS_LEFT_OUT:
            self._left_out += 1
            self._timer.start()
            return
        self._left_out = 0
        soon = self._waiting.popleft()
        if self._waiting:
            self._timer.start()
        soon.due.emit()


def _turns() -> _Turns:
    application = QCoreApplication.instance()
    if application is None:
        raise RuntimeError("there is no Qt application whose event loop turns")
    found = application.findChild(_Turns, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return found or _Turns(application)
