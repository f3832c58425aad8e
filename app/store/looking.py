"""Reads a project without locking or changing its file, for lists, figures and batches."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple, TypeVar

from app.model.project import Project, VideoReference
from app.store.block_rows import BLOCKS_SINCE
from app.store.connection import LARGEST_VALUE, SECONDS_TO_WAIT_FOR_LOCK, check_schema, checked_version, migrate
from app.store.errors import StoreError, damaged, explained
from app.store.project_file import check_readable
from app.store.rows import read_project, read_video
from app.store.schema import SCHEMA_VERSION

Loaded = TypeVar("Loaded")

TIMES = 3  # attempts, if another program writes to the file meanwhile


def look_at_project(path: Path) -> Project:
    """The whole project as last saved.

    Raises:
        StoreError: if it is open in a window, even one of this process, or cannot be read.
    """
    path = Path(os.path.abspath(path))
    check_readable(path)
    for _ in range(TIMES):
        before = _state(path)
        if before.has_log:
            break
        project = _looked(path, read_project, is_still=True)
        if _state(path) == before:
            return project
    # There is a log beside it: either a crash has left it, or the file is in use. SQLite finds out which. Do not open a
    # store for this: closing its descriptor would release the locks of another store in this process.
    return _looked(path, read_project, is_still=False)


def is_of_this_version(path: Path) -> bool:
    """Whether opening a project would leave its file readable for the Siamark that wrote it.

    Raises:
        StoreError: if it cannot be read.
    """
    path = Path(os.path.abspath(path))
    with explained(path):
        file = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
        with closing(file):
            return checked_version(file, path) == SCHEMA_VERSION


def look_at_video(path: Path) -> VideoReference:
    """The video of a project. Works even while the project is open in a window, because the video hardly ever changes.

    Raises:
        StoreError: if it cannot be read.
    """
    path = Path(os.path.abspath(path))
    check_readable(path)
    return _looked(path, read_video, is_still=True, needs=BLOCKS_SINCE - 1)


def look_at_track_count(path: Path) -> int:
    """How many tracks a project has, without reading them.

    Raises:
        StoreError: if it cannot be read.
    """

    def counted(connection: sqlite3.Connection, folder: Path) -> int:
        del folder
        (count,) = connection.execute("SELECT count(*) FROM track").fetchone()
        return int(count)

    path = Path(os.path.abspath(path))
    check_readable(path)
    return _looked(path, counted, is_still=True, needs=0)


def _looked(
    path: Path,
    read: Callable[[sqlite3.Connection, Path], Loaded],
    *,
    is_still: bool,
    needs: int = SCHEMA_VERSION,
) -> Loaded:
    """``is_still``: nobody is writing the file, so it can be read without locks and log, even in a read-only folder.
    ``needs``: the oldest version that ``read`` understands, because upgrading an older file takes a while.
    """
    how = "mode=ro&immutable=1" if is_still else "mode=rw"
    with explained(path):
        file = sqlite3.connect(
            f"{path.as_uri()}?{how}", uri=True, timeout=SECONDS_TO_WAIT_FOR_LOCK, isolation_level=None
        )
    with closing(file):
        file.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_VALUE)
        if not is_still:  # a log is read without memory shared among programs, which some network drives do not have
            file.execute("PRAGMA locking_mode = EXCLUSIVE")
        version = checked_version(file, path)
        check_schema(file, path)
        try:
            with _brought_to(needs, file, version, path) as connection, explained(path):
                return read(connection, path.parent)
        except (ValueError, TypeError, ArithmeticError) as error:
            raise damaged(path, error) from error


@contextmanager
def _brought_to(needed: int, file: sqlite3.Connection, version: int, path: Path) -> Iterator[sqlite3.Connection]:
    """The file, or a copy in memory upgraded to this version."""
    if version >= needed:
        yield file
        return
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
        with explained(path):
            file.backup(copy)
        migrate(copy, version, path, to=needed)
        yield copy


class _State(NamedTuple):
    """Facts about a file that change when it is written."""

    number: int
    size: int
    written_at: int
    has_log: bool


def _state(path: Path) -> _State:
    log = path.with_name(f"{path.name}-wal")
    try:
        status = path.stat()
        return _State(status.st_ino, status.st_size, status.st_mtime_ns, log.exists())
    except OSError as error:
        raise StoreError(f"The project {path} cannot be read ({error.strerror}); open it where it is now.") from None
