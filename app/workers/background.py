"""One function off the GUI thread, and its result back on it."""

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
    """Call ``function`` on a pool thread, then ``on_done(result)`` or ``on_error(exception)`` on this, the GUI thread.

    Once ``owner`` is destroyed neither callback is called.
    """
    _courier().run(_Task(function, on_done, on_error, owner))


class _Task(Generic[Result]):
    """What is to be done, then what came of it. The courier keeps it until it is delivered: a callback, or what the
    function belongs to, may hold the last reference to an object of Qt, which must not die on the pool's thread.
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
        except BaseException as error:  # such as SystemExit: whoever waits for the task must hear of its end
            self._deliver = partial(self._on_error, RuntimeError(f"{type(error).__name__}: {error}"))
        else:
            self._deliver = partial(self._on_done, result)

    def deliver(self) -> None:
        """On the GUI thread."""
        deliver, self._deliver = self._deliver, None  # an error's traceback leads back here: no cycle shall stay
        if deliver is not None and (self._owner is None or isValid(self._owner)):
            deliver()


class _Courier(QObject):
    """Brings word from the pool's threads to the GUI thread, where it lives, for all tasks and to the program's end.

    A sender of its own for each task would be destroyed on the pool's thread while Qt, on this one, tells it that its
    receiver is going: it crashed within seconds when one task followed on the other.
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
        raise RuntimeError("there is no application of Qt whose thread could be told")
    found = application.findChild(_Courier, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return found or _Courier(application)
