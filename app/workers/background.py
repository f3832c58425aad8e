"""One function off the GUI thread, and its result back on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, QThreadPool, Signal, Slot

Result = TypeVar("Result")


class _Sender(QObject):
    finished = Signal(object, object)  # result, error: one of them is None where the other counts


class _Receiver(QObject):
    """Lives on the GUI thread and calls back there, unless the owner is gone by then.

    It is a child of the application and not of the owner: a callback often holds the last reference to the owner, and
    an object must not die while Qt deletes its child.
    """

    def __init__(self, on_done: Callable[[Any], None], on_error: Callable[[Exception], None]) -> None:
        super().__init__(QCoreApplication.instance())
        self._callbacks: tuple[Callable[[Any], None], Callable[[Exception], None]] | None = (on_done, on_error)

    @Slot()
    def _on_owner_destroyed(self) -> None:
        self._callbacks = None

    @Slot(object, object)
    def _on_finished(self, result: object, error: Exception | None) -> None:
        callbacks, self._callbacks = self._callbacks, None
        self.deleteLater()
        if callbacks is None:
            return
        on_done, on_error = callbacks
        if error is None:
            on_done(result)
        else:
            on_error(error)


def run_in_background(
    function: Callable[[], Result],
    *,
    on_done: Callable[[Result], None],
    on_error: Callable[[Exception], None],
    owner: QObject | None = None,
) -> None:
    """Call ``function`` on a pool thread, then ``on_done(result)`` or ``on_error(exception)`` on this, the GUI thread.

    Once ``owner`` is destroyed neither callback is called.
    """
    sender, receiver = _Sender(), _Receiver(on_done, on_error)
    sender.finished.connect(receiver._on_finished)
    if owner is not None:
        owner.destroyed.connect(receiver._on_owner_destroyed)

    def run() -> None:
        try:
            result = function()
        except Exception as error:
            sender.finished.emit(None, error)
        else:
            sender.finished.emit(result, None)

    QThreadPool.globalInstance().start(run)
