from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from app.workers import garbage
from app.workers.garbage import GarbageCollector, loading_libraries, spare_libraries


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[GarbageCollector]:
    was_enabled = gc.isenabled()
    gc.enable()
    collector = GarbageCollector(interval=1)
    yield collector
    collector.deleteLater()
    if was_enabled:
        gc.enable()
    else:
        gc.disable()


class Cycle:
    """What no reference count ever frees."""

    def __init__(self, deaths: list[int]) -> None:
        self.itself = self
        self._deaths = deaths

    def __del__(self) -> None:
        self._deaths.append(threading.get_ident())


def allocate() -> None:
    """Far more than sets off a collection of Python's own."""
    assert len([[] for _ in range(20 * gc.get_threshold()[0])])


def test_what_another_thread_allocates_is_no_reason_to_destroy_there(qtbot: QtBot, collector: GarbageCollector) -> None:
    deaths: list[int] = []
    Cycle(deaths)
    thread = threading.Thread(target=allocate)
    thread.start()
    thread.join()
    assert not deaths

    kept: list[list[object]] = [[] for _ in range(2 * gc.get_threshold()[0])]  # so many young ones that it pays
    qtbot.waitUntil(lambda: bool(deaths))
    assert deaths == [threading.get_ident()]
    assert kept


def test_what_has_grown_old_is_collected_at_last(
    qtbot: QtBot, collector: GarbageCollector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(garbage, "PATIENCE", 3)
    deaths: list[int] = []
    old = Cycle(deaths)
    gc.collect(1)  # it has seen two generations go, so only a look at everything finds it
    gc.collect(1)
    del old
    kept: list[list[object]] = []

    def is_dead_at_last() -> bool:
        kept.extend([] for _ in range(2 * gc.get_threshold()[0]))
        return bool(deaths)

    qtbot.waitUntil(is_dead_at_last, timeout=60_000)
    assert deaths == [threading.get_ident()]


def test_what_torch_has_made_is_never_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    gc.unfreeze()
    monkeypatch.delitem(sys.modules, "torch", raising=False)
    spare_libraries()
    assert gc.get_freeze_count() == 0
    monkeypatch.setitem(sys.modules, "torch", threading)
    spare_libraries()
    spared = gc.get_freeze_count()
    try:
        assert spared > 0
        made_later: list[list[object]] = [[] for _ in range(1000)]
        spare_libraries()
        # At most, because whatever is freed meanwhile, also on another thread, no longer counts.
        assert gc.get_freeze_count() <= spared, "only once: what is made later may become garbage"
        assert made_later
    finally:
        gc.unfreeze()


def test_nothing_is_collected_while_libraries_are_loaded(
    qtbot: QtBot, collector: GarbageCollector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "torch", raising=False)  # otherwise the cycle is spared, too
    deaths: list[int] = []
    with loading_libraries():
        Cycle(deaths)
        kept: list[list[object]] = [[] for _ in range(2 * gc.get_threshold()[0])]
        turns: list[None] = []
        timer = QTimer(collector, interval=1)  # as often as the collector's own
        timer.timeout.connect(lambda: turns.append(None))
        timer.start()
        qtbot.waitUntil(lambda: len(turns) > 5)
        assert not deaths
    qtbot.waitUntil(lambda: bool(deaths))
    assert kept


def test_one_thread_at_a_time_loads_libraries() -> None:
    loading: list[str] = []

    def load() -> None:
        with loading_libraries():
            loading.append("the other")

    other = threading.Thread(target=load)
    with loading_libraries():
        other.start()
        other.join(timeout=0.05)
        loading.append("this")
    other.join()
    assert loading == ["this", "the other"]
