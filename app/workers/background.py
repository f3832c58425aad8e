"""Runs a function on another thread and returns its result to the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import count
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Qt, QThreadPool, Signal, Slot
from shiboken6 import isValid

Result = TypeVar("Result")


def run_in_background(
    function: Callable[[], Result],
    *,
    on_done: Callable[[Result], None],
    on_error: Callable[[Exception], None],
    owner: QObject | None = None,
) -> None:
    """Call ``function`` on a pool thread, then ``on_done(result)`` or ``on_error(exception)`` on the GUI thread, which
    must be the caller's. After ``owner`` is destroyed neither is called.
    """
    _courier().run(_Task(function, on_done, on_error, owner))


class _Task(Generic[Result]):
    """A function and then its result. The courier keeps it until delivery: a callback, or the function's owner, may
    hold the last reference to a Qt object, which must not be destroyed on the pool's thread.
    """

    def __init__(
        self,
        function: Callable[[], Result],
        on_done: Callable[[Result], None],
        on_error: Callable[[Exception], None],
        owner: QObject | None,
    ) -> None:
        self._function = function
        self._on_done = on_done
        self._on_error = on_error
        self._owner = owner
        self._deliver: Callable[[], None] | None = None

    def work(self) -> None:
        """On the pool's thread."""
        try:
            result = self._function()
        except Exception as error:
            self._deliver = partial(self._on_error, error)
        except BaseException as error:  # such as SystemExit: the caller must always learn that the task has ended
            self._deliver = partial(self._on_error, RuntimeError(f"{type(error).__name__}: {error}"))
        else:
            self._deliver = partial(self._on_done, result)

    def deliver(self) -> None:
        """On the GUI thread."""
        deliver, self._deliver = self._deliver, None  # an error's traceback refers back here: break the cycle
        if deliver is not None and (self._owner is None or isValid(self._owner)):
            deliver()


class _Courier(QObject):
    """Sends results from the pool's threads to the GUI thread, for all tasks until the program ends. With a sender for
    each task, the sender would be destroyed on the pool's thread while Qt disconnects its receiver on this one: that
    crashed within seconds under many tasks.
    """

    _worked = Signal(int)

    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application)
        self._tasks: dict[int, _Task[Any]] = {}
        self._numbers = count()
        self._worked.connect(self._on_worked, Qt.ConnectionType.QueuedConnection)

    def run(self, task: _Task[Any]) -> None:
        number = next(self._numbers)
        self._tasks[number] = task
        QThreadPool.globalInstance().start(partial(self._work, number))

    def _work(self, number: int) -> None:
        self._tasks[number].work()
        self._worked.emit(number)

    @Slot(int)
    def _on_worked(self, number: int) -> None:
        self._tasks.pop(number).deliver()


def _courier() -> _Courier:
    application = QCoreApplication.instance()
    if application is None:
        raise RuntimeError("there is no Qt application to deliver results to")
    found = application.findChild(_Courier, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return found or _Courier(application)
