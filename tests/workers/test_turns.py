from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.workers.turns import FULL, Soon


@pytest.fixture
def parent(qtbot: QtBot) -> QObject:
    return QObject()


def soon_doing(parent: QObject, work: Callable[[], object]) -> Soon:
    soon = Soon(parent)
    soon.due.connect(work)
    return soon


def test_what_was_asked_for_often_is_done_once(qtbot: QtBot, parent: QObject) -> None:
    done: list[str] = []
    first, last = (soon_doing(parent, partial(done.append, name)) for name in ("first", "last"))
    for _ in range(3):
        first.start()
    last.start()
    assert first.is_waiting
    assert not done
    qtbot.waitUntil(lambda: "last" in done)
    assert done == ["first", "last"]
    assert not first.is_waiting


def test_keys_are_answered_between_two_pieces_of_work(qtbot: QtBot, parent: QObject) -> None:
    """A timer of the event loop stands for a key: it is due all the time."""
    happened: list[str] = []

    def work(name: str) -> None:
        happened.append(name)
        time.sleep(2 * FULL)

    works = [soon_doing(parent, partial(work, f"work {number}")) for number in range(4)]
    for soon in works:
        soon.start()
    keys = QTimer(parent, interval=1)
    keys.timeout.connect(lambda: happened.append("key"))
    keys.start()
    qtbot.waitUntil(lambda: "work 3" in happened)
    places = [happened.index(f"work {number}") for number in range(4)]
    assert all("key" in happened[place:following] for place, following in itertools.pairwise(places))


def test_work_that_asks_for_itself_lets_others_go_first(qtbot: QtBot, parent: QObject) -> None:
    done: list[str] = []

    def again() -> None:
        done.append("again")
        if len(done) < 9:
            repeated.start()

    repeated = soon_doing(parent, again)
    other = soon_doing(parent, partial(done.append, "other"))
    repeated.start()
    other.start()
    qtbot.waitUntil(lambda: len(done) == 9)
    assert done[1] == "other"


def test_a_window_that_is_never_idle_still_does_the_work(qtbot: QtBot, parent: QObject) -> None:
    done: list[str] = []
    busy = QTimer(parent, interval=0)
    busy.timeout.connect(partial(time.sleep, 2 * FULL))
    busy.start()
    soon_doing(parent, partial(done.append, "work")).start()
    qtbot.waitUntil(lambda: bool(done))


def test_what_is_stopped_or_gone_is_not_done(qtbot: QtBot, parent: QObject) -> None:
    done: list[str] = []
    stopped, gone, last = (soon_doing(parent, partial(done.append, name)) for name in ("stopped", "gone", "last"))
    for soon in (stopped, gone, last):
        soon.start()
    stopped.stop()
    delete(gone)
    qtbot.waitUntil(lambda: bool(done))
    assert done == ["last"]
