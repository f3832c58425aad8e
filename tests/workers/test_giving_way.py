from __future__ import annotations

import os
import sys
import threading

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from app.workers.giving_way import AWAITED, LEAST_URGENT, LESS_URGENT, give_way, gives_way

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a thread's niceness can be asked for on Linux only")


def niceness() -> int:
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


def own() -> int:
    return os.getpriority(os.PRIO_PROCESS, os.getpid())


@pytest.mark.parametrize("wanted", [AWAITED, LESS_URGENT])
def test_a_thread_of_qt_gives_way_from_its_start(qtbot: QtBot, wanted: int) -> None:
    class Worker(QThread):
        """Tells its niceness."""

        found = -1

        def run(self) -> None:
            self.found = niceness()

    worker = Worker()
    gives_way(worker, wanted)
    worker.start()
    assert worker.wait()
    assert worker.found == min(own() + wanted, LEAST_URGENT)


def test_threads_of_libraries_that_begin_later_give_way_too() -> None:
    found: list[int] = []

    def work() -> None:
        give_way()
        child = threading.Thread(target=lambda: found.append(niceness()))
        child.start()
        child.join()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found == [min(own() + LESS_URGENT, LEAST_URGENT)]
    assert niceness() == own(), "the window's thread stays as it is"
