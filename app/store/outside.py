"""What other programs do to the files of an open project: noticing it, and telling what they have put there."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from enum import Enum, auto
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from app.model.project import Project
from app.store.connection import check_schema, checked_version, connect
from app.store.errors import StoreError, explained
from app.store.held_file import HeldFile
from app.store.rows import read_project
from app.store.schema import APPLICATION_ID, SCHEMA_VERSION
from app.store.unfinished import free_name_beside

PART = 2**20  # bytes that are copied at once


class WrittenOverError(StoreError):
    """Another program has changed the open file. ``ProjectStore.follow_file`` writes the project anew."""


class Stamp(NamedTuple):
    """What tells that a file or its log was written. SQLite itself does not look: it trusts its lock."""

    size: int
    written_at: int
    log: int | None  # the number of the log's file
    log_size: int = 0
    log_written_at: int = 0

    def without_times(self) -> Stamp:
        return self._replace(written_at=0, log_written_at=0)


def stamp(held: HeldFile, log: Path) -> Stamp:
    file = held.status()
    size, written_at = (0, 0) if file is None else (file.st_size, file.st_mtime_ns)
    try:
        status = log.stat()
    except OSError:
        return Stamp(size, written_at, None)
    return Stamp(size, written_at, status.st_ino if held.can_be_known else 0, status.st_size, status.st_mtime_ns)


class Found(Enum):
    """What lies in the place of the open project."""

    OURS = auto()  # only its log was touched
    NOTHING = auto()  # a file without a byte
    PROJECT = auto()  # another one, or another state of this one
    OTHER = auto()  # a damaged project, or anything else


def find(held: HeldFile, was: Stamp, path: Path) -> Found:
    status = held.status()
    if status is None or status.st_size == 0:
        return Found.NOTHING
    if (status.st_size, status.st_mtime_ns) == (was.size, was.written_at):
        return Found.OURS
    try:
        with (
            TemporaryDirectory() as folder,
            closing(connect(_copied(held, None, Path(folder)), known_as=path)) as file,
            explained(path),
        ):
            (kind,) = file.execute("PRAGMA application_id").fetchone()
            (pages,) = file.execute("PRAGMA page_count").fetchone()
            (page_size,) = file.execute("PRAGMA page_size").fetchone()
            is_whole = _is_sound(file) and status.st_size == pages * page_size
    except (OSError, StoreError):
        return Found.OTHER
    return Found.PROJECT if kind == APPLICATION_ID and is_whole else Found.OTHER


def is_held(project: Project, held: HeldFile, log: Path, path: Path) -> bool:
    """Whether a program that opened the file and its log now would find this project."""
    try:
        with TemporaryDirectory() as folder, closing(connect(_copied(held, log, Path(folder)), known_as=path)) as file:
            if checked_version(file, path) != SCHEMA_VERSION:
                return False
            check_schema(file, path)
            with explained(path):
                return _is_sound(file) and read_project(file, path.parent) == project
    except (OSError, StoreError, ValueError, TypeError, ArithmeticError):
        return False


def _is_sound(file: sqlite3.Connection) -> bool:
    (verdict,) = file.execute("PRAGMA quick_check(1)").fetchone()
    return bool(verdict == "ok")


def is_of_another(error: BaseException | None) -> bool:
    """Whether an error of SQLite says that the file is not as SQLite has left it."""
    code = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or code in (
        sqlite3.SQLITE_IOERR_SHORT_READ,
        sqlite3.SQLITE_READONLY_DBMOVED,
    )


def take_log_away(log: Path, ours: int | None) -> None:
    """Remove a log that SQLite would apply to whatever lies beside it next. ``ours``: the number of the log's file.
    What another program has put in its place stays, under another name.

    Raises:
        OSError: if that cannot be done.
    """
    try:
        status = log.stat()
    except FileNotFoundError:
        return
    if status.st_size and status.st_ino != ours:
        os.rename(log, free_name_beside(log.with_name(f"{log.name}.unreadable")))
    else:
        log.unlink()


def _copied(held: HeldFile, log: Path | None, folder: Path) -> Path:
    """Read from the descriptor that is open anyway: closing another one of the file would give up its lock."""
    copy = folder / "copy.siamark"
    os.lseek(held.descriptor, 0, os.SEEK_SET)
    with copy.open("xb") as goal:
        while part := os.read(held.descriptor, PART):
            goal.write(part)
    if log is not None and log.exists():
        copy.with_name(f"{copy.name}-wal").write_bytes(log.read_bytes())
    return copy
