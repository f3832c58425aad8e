from __future__ import annotations

from functools import partial
from threading import Event

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QThread, QThreadPool
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.workers.background import run_in_background


def unexpected(value: object) -> None:
    pytest.fail(f"not to be called, with {value!r}")


def test_the_function_runs_elsewhere_and_the_result_comes_back_here(qtbot: QtBot) -> None:
    here = QThread.currentThread()
    seen: list[tuple[object, bool]] = []
    run_in_background(
        lambda: QThread.currentThread() is here,
        on_done=lambda was_here: seen.append((was_here, QThread.currentThread() is here)),
        on_error=unexpected,
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(False, True)]


def test_a_result_of_none_is_a_result(qtbot: QtBot) -> None:
    seen: list[object] = []
    run_in_background(lambda: None, on_done=seen.append, on_error=unexpected)
    qtbot.waitUntil(lambda: seen == [None])


def test_an_error_is_delivered_as_the_exception(qtbot: QtBot) -> None:
    error = ValueError("no such thing")

    def fail() -> None:
        raise error

    seen: list[Exception] = []
    run_in_background(fail, on_done=unexpected, on_error=seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [error]


def test_a_function_that_would_end_the_program_is_an_error_too(qtbot: QtBot) -> None:
    def leave() -> None:
        raise SystemExit(3)

    seen: list[Exception] = []
    run_in_background(leave, on_done=unexpected, on_error=seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert str(seen[0]) == "SystemExit: 3"


def test_once_the_owner_is_destroyed_nothing_is_called(qtbot: QtBot) -> None:
    owner = QObject()
    may_finish = Event()
    marker: list[bool] = []
    run_in_background(lambda: may_finish.wait(5), owner=owner, on_done=unexpected, on_error=unexpected)
    with qtbot.waitSignal(owner.destroyed):
        owner.deleteLater()
    may_finish.set()
    assert QThreadPool.globalInstance().waitForDone(5000)
    run_in_background(lambda: True, on_done=marker.append, on_error=unexpected)  # delivered after the first would be
    qtbot.waitUntil(lambda: marker == [True])


def test_a_result_on_its_way_is_dropped_with_the_owner(qtbot: QtBot) -> None:
    owner = QObject()
    marker: list[bool] = []
    run_in_background(lambda: True, owner=owner, on_done=unexpected, on_error=unexpected)
    assert QThreadPool.globalInstance().waitForDone(5000)  # sent, but no event was handled here yet
    delete(owner)
    run_in_background(lambda: True, on_done=marker.append, on_error=unexpected)
    qtbot.waitUntil(lambda: marker == [True])


def test_a_callback_may_hold_the_last_reference_to_its_owner(qtbot: QtBot) -> None:
    owner, gone = QObject(), []
    owner.destroyed.connect(lambda: gone.append(True))
    run_in_background(lambda: True, owner=owner, on_done=partial(lambda held, done: None, owner), on_error=unexpected)
    del owner
    qtbot.waitUntil(lambda: gone == [True])


def test_thousands_one_after_the_other_do_no_harm(qtbot: QtBot, qapp: QCoreApplication) -> None:
    """Each begins as the one before comes back, so that its thread is still letting go of what it held."""
    seen: list[int] = []
    before = len(qapp.children())

    def go_on(number: int) -> None:
        seen.append(number)
        if number < 5000:
            run_in_background(lambda: number + 1, on_done=go_on, on_error=unexpected)

    go_on(0)
    qtbot.waitUntil(lambda: seen[-1] == 5000, timeout=60_000)
    assert seen == list(range(5001))
    assert len(qapp.children()) <= before + 1  # the courier, if nobody has needed it yet


def test_what_the_work_belongs_to_dies_on_the_thread_of_the_window(qtbot: QtBot) -> None:
    class Worker:
        def __init__(self) -> None:
            self.seen: list[QThread] = seen

        def work(self) -> None:
            pass

        def __del__(self) -> None:
            self.seen.append(QThread.currentThread())

    seen: list[QThread] = []
    run_in_background(Worker().work, on_done=lambda result: None, on_error=unexpected)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [QThread.currentThread()]
