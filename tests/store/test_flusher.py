"""Another thread soon flushes each commit to the disk, and reports a disk that fails."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from app.model.box_record import keyframe
from app.store import flusher
from app.store.flusher import Flusher
from app.store.project_store import ProjectStore, StoreError
from tests.support.stores import street_with_a_run
from tracker_core.geometry import Box

RECORDS = {7: keyframe(Box(1, 2, 3, 4))}


@pytest.fixture
def log(tmp_path: Path) -> Path:
    (tmp_path / "log").write_bytes(b"a log")
    return tmp_path / "log"


def test_commits_are_flushed_by_themselves_and_several_at_once(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed, threads = threading.Event(), []

    def flush(descriptor: int) -> None:
        threads.append(threading.current_thread().name)
        flushed.set()

    monkeypatch.setattr(flusher, "flush", flush)
    made = Flusher(log)
    for _ in range(50):
        made.note_commit()
    assert flushed.wait(10)
    made.close()
    assert set(threads) == {"project flusher"}
    assert len(threads) < 10


def test_waiting_for_what_is_durable_already_takes_no_flush(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushes: list[int] = []
    monkeypatch.setattr(flusher, "flush", flushes.append)
    made = Flusher(log)
    made.wait()
    assert flushes == []
    made.note_commit()
    made.wait()
    made.wait()
    assert len(flushes) == 1
    made.close()


def test_a_disk_that_cannot_write_is_said_at_the_next_edit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = ProjectStore.create(tmp_path / "street.siamark", street_with_a_run().video)
    store.put_project(street_with_a_run())
    store.settle()

    def fail(descriptor: int) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(flusher, "flush", fail)
        store.put_records(1, RECORDS)
        with pytest.raises(StoreError, match=r"The disk reports an error \(Input/output error\)"):
            store.settle()
    store.put_records(1, RECORDS)
    store.settle()
    store.close()
