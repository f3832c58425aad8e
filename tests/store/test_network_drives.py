"""File systems without a log (WAL), such as some network drives: each commit is flushed separately."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.model.box_record import keyframe
from app.store.backups import Backups
from app.store.errors import ProjectInUseError
from app.store.looking import look_at_project
from app.store.project_store import ProjectStore
from tests.support.stores import assert_same, street_with_a_run
from tracker_core.geometry import Box


class NoLog(sqlite3.Connection):
    """Answers as SQLite does where a log cannot be had: it stays with the journal."""

    def execute(self, sql: str, *parameters: object) -> sqlite3.Cursor:
        if sql == "PRAGMA journal_mode = WAL":
            sql = "PRAGMA journal_mode = DELETE"
        return super().execute(sql, *parameters)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _no_log(monkeypatch: pytest.MonkeyPatch) -> None:
    real = sqlite3.connect

    def connect(*arguments: object, **options: object) -> sqlite3.Connection:
        return real(*arguments, **options, factory=NoLog)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(sqlite3, "connect", connect)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    store = ProjectStore.create(tmp_path / "street.siamark", street_with_a_run().video)
    store.put_project(street_with_a_run())
    store.close()
    return tmp_path / "street.siamark"


def test_each_commit_is_in_the_file_itself_and_flushed(path: Path) -> None:
    store = ProjectStore.open(path)
    assert store._connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert store._connection.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL
    before = path.read_bytes()
    store.put_records(1, {7: keyframe(Box(1, 2, 3, 4))})
    assert path.read_bytes() != before
    assert not path.with_name(f"{path.name}-wal").exists()
    store.settle()
    store.close()


def test_a_project_is_held_followed_and_copied_as_elsewhere(path: Path, tmp_path: Path) -> None:
    store = ProjectStore.open(path)
    with pytest.raises(ProjectInUseError):
        ProjectStore.open(path)
    Backups(tmp_path / "backups").take(store)  # without a log the file changes under the copy: nothing is copied
    moved = path.rename(tmp_path / "moved.siamark")
    assert str(moved) in store.follow_file()
    store.put_records(1, {7: keyframe(Box(1, 2, 3, 4))})
    store.copy_to(tmp_path / "copy.siamark")
    store.close()
    expected = street_with_a_run()
    expected.tracks[1].put({7: keyframe(Box(1, 2, 3, 4))})
    for name in ("moved.siamark", "copy.siamark"):
        again = ProjectStore.open(tmp_path / name)
        assert_same(again.load(), expected)
        again.close()
    assert sorted(os.listdir(tmp_path)) == ["copy.siamark", "moved.siamark"]


@pytest.fixture
def no_shared_memory(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """There is a log, but SQLite cannot open it in its usual way; FUSE without shared mmap is such a place."""
    monkeypatch.undo()
    real = sqlite3.connect

    def connect(database: Path | str, **options: object) -> sqlite3.Connection:
        if database == ":memory:":
            return real(database, **options)  # type: ignore[call-overload, no-any-return]
        address = database if options.pop("uri", False) else f"{Path(database).as_uri()}?mode=rwc"
        return real(f"{address}&vfs=unix-dotfile", uri=True, **options)  # type: ignore[call-overload, no-any-return]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sqlite3, "connect", connect)
        yield


@pytest.mark.usefixtures("no_shared_memory")
def test_a_project_that_a_crash_left_is_read_where_programs_cannot_share_memory(tmp_path: Path) -> None:
    store = ProjectStore.create(tmp_path / "open.siamark", street_with_a_run().video)
    store.put_project(street_with_a_run())
    left = tmp_path / "left.siamark"
    for suffix in ("", "-wal"):
        shutil.copy(f"{store.path}{suffix}", f"{left}{suffix}")
    store.close()
    assert left.with_name("left.siamark-wal").stat().st_size > 0
    assert_same(look_at_project(left), street_with_a_run())


@pytest.mark.usefixtures("no_shared_memory")
def test_a_project_is_saved_elsewhere_where_programs_cannot_share_memory(path: Path, tmp_path: Path) -> None:
    store = ProjectStore.open(path)
    store.copy_to(tmp_path / "elsewhere.siamark")
    store.close()
    assert_same(look_at_project(tmp_path / "elsewhere.siamark"), street_with_a_run())
    assert sorted(os.listdir(tmp_path)) == ["elsewhere.siamark", "street.siamark"]
