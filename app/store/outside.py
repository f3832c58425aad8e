"""Notices when other programs change the files of an open project, and finds out what they have put there."""

from __future__ import annotations

import logging
import os
import sqlite3
import stat as stat_of
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from enum import Enum, auto
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from app.model.project import Project
from app.small_files import set_aside
from app.store.connection import check_schema, checked_version, connect
from app.store.errors import StoreError, explained
from app.store.held_file import HeldFile
from app.store.rows import read_project
from app.store.schema import APPLICATION_ID, SCHEMA_VERSION
from app.store.unfinished import free_name_beside

PART = 2**20  # bytes copied at once
LOG_HEADER, MAGIC = 32, 4  # bytes of SQLite's log
LOG_END = 4096 + 24  # bytes: the last page of a log with its header

logger = logging.getLogger(__name__)


class WrittenOverError(StoreError):
    """Another program has changed the open file. ``ProjectStore.follow_file`` writes the project anew."""


def written_over(path: Path) -> WrittenOverError:
    return WrittenOverError(f"Another program has changed the project file {path} while it was open; try again.")


def gone(path: Path) -> StoreError:
    return StoreError(
        f"The project file {path} is gone and cannot be written there again. "
        "Save the project elsewhere: your work is still in memory."
    )


class Stamp(NamedTuple):
    """Facts about a file and its log that change when they are written. SQLite does not check them, because it trusts
    its lock.
    """

    size: int
    written_at: int
    log: int | None  # the number of the log's file
    log_size: int = 0
    log_written_at: int = 0

    def without_times(self) -> Stamp:
        return self._replace(written_at=0, log_written_at=0)

    def in_doubt(self) -> Stamp:
        """A stamp that no file has, so that the next look compares the content."""
        return self._replace(written_at=-1, log_written_at=-1)

    def after_commit(self, after: Stamp, *, may_merge: bool) -> Stamp:
        """The stamp that the files must have after a commit if only SQLite has written since ``self``. SQLite appends
        to the log, never shortens either, and writes into the file only when it merges the log.
        """
        if may_merge:
            size, written_at = max(self.size, after.size), after.written_at
        else:
            size, written_at = self.size, self.written_at
        if self.log is None:
            return after._replace(size=size, written_at=written_at)
        return Stamp(size, written_at, self.log, max(self.log_size, after.log_size), after.log_written_at)


def stamp(held: HeldFile, log: Path) -> Stamp:
    file = held.status()
    size, written_at = (0, 0) if file is None else (file.st_size, file.st_mtime_ns)
    try:
        status = log.stat()
    except OSError:
        return Stamp(size, written_at, None)
    return Stamp(size, written_at, status.st_ino if held.can_be_known else 0, status.st_size, status.st_mtime_ns)


class LogEnd(NamedTuple):
    """The last bytes of a log. If another program cuts the log and SQLite goes on writing, it is no shorter, but its
    old end has become zeros.
    """

    header: bytes  # changes when SQLite starts the log over
    offset: int
    end: bytes

    @classmethod
    def of(cls, log: Path, size: int) -> LogEnd | None:
        """``size``: of the log. None if it is empty or cannot be read."""
        offset = max(size - LOG_END, 0)
        return cls._read(log, offset, size - offset) if size else None

    def is_still_in(self, log: Path) -> bool:
        """Whether the log still has this end, or SQLite has started the log over since."""
        now = self._read(log, self.offset, len(self.end))
        if now is None or now.end == self.end:
            return now is not None
        return now.header[:MAGIC] == self.header[:MAGIC] and now.header != self.header

    @classmethod
    def _read(cls, log: Path, offset: int, length: int) -> LogEnd | None:
        try:
            with log.open("rb", buffering=0) as file:
                header = file.read(LOG_HEADER)
                file.seek(offset)
                return cls(header, offset, file.read(length))
        except OSError:
            return None


class Found(Enum):
    """What is in the place of the open project."""

    OURS = auto()  # only its log was touched
    NOTHING = auto()  # a file without a byte
    PROJECT = auto()  # another project, or another state of this one
    OTHER = auto()  # a damaged project, or anything else


def find(held: HeldFile, was: Stamp, path: Path) -> Found:
    status = held.status()
    if status is None or status.st_size == 0:
        return Found.NOTHING
    if (status.st_size, status.st_mtime_ns) == (was.size, was.written_at):
        return Found.OURS
    try:
        with _copy_of(held, None, path) as copy, closing(connect(copy, known_as=path)) as file, explained(path):
            (kind,) = file.execute("PRAGMA application_id").fetchone()
            (pages,) = file.execute("PRAGMA page_count").fetchone()
            (page_size,) = file.execute("PRAGMA page_size").fetchone()
            is_whole = _is_sound(file) and status.st_size == pages * page_size
    except (OSError, StoreError):
        return Found.OTHER
    return Found.PROJECT if kind == APPLICATION_ID and is_whole else Found.OTHER


def read_anew(held: HeldFile, log: Path, path: Path) -> Project | None:
    """The project that another program would read from the file and its log now; None if they are damaged."""
    try:
        with _copy_of(held, log, path) as copy, closing(connect(copy, known_as=path)) as file:
            if checked_version(file, path) != SCHEMA_VERSION:
                return None
            check_schema(file, path)
            with explained(path):
                return read_project(file, path.parent) if _is_sound(file) else None
    except (OSError, StoreError, ValueError, TypeError, ArithmeticError):
        return None


def is_copy(path: Path, log: Path, project: Project) -> bool:
    """Whether another program has put a copy of an open project at ``path``: with the log, it holds the same."""
    if path.is_symlink() or not path.is_file():
        return False
    try:
        held = HeldFile(path)
    except OSError:
        return False
    try:
        return read_anew(held, log, path) == project
    finally:
        held.close()


def make_way_for_log(log: Path) -> None:
    """Set aside what lies in place of the log, because SQLite accepts only a plain file there."""
    if os.path.lexists(log) and not stat_of.S_ISREG(log.lstat().st_mode):
        logger.warning("What lay at %s was no file; it was set aside as %s", log, set_aside(log))


def has_all_of(found: Project, project: Project) -> bool:
    """Whether ``found`` is ``project``, perhaps with tracks that an import has written ahead."""
    detections = set(found.detections)
    return (
        all(found.tracks.get(track_id) == track for track_id, track in project.tracks.items())
        and project.labels.items() <= found.labels.items()
        and project.attributes.items() <= found.attributes.items()
        and all(detection in detections for detection in project.detections)
        and replace(
            found,
            tracks=project.tracks,
            labels=project.labels,
            attributes=project.attributes,
            detections=project.detections,
        )
        == project
    )


def _is_sound(file: sqlite3.Connection) -> bool:
    (verdict,) = file.execute("PRAGMA quick_check(1)").fetchone()
    return bool(verdict == "ok")


def is_of_another(error: BaseException | None) -> bool:
    """Whether an error of SQLite means that another program has changed the file."""
    code = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or code in (
        sqlite3.SQLITE_IOERR_SHORT_READ,
        sqlite3.SQLITE_READONLY_DBMOVED,
    )


def told_of_copy(path: Path) -> str:
    return f"Another program has put a copy in the place of {path} while it was open; you go on there."


def told_of(found: Found, left: Path, now: Path, kept: str) -> str:
    """A sentence about what has happened. ``now``: where the project continues. ``kept``: the name of the other
    program's file, if it is neither a project nor empty.
    """
    if found is Found.PROJECT:
        return (
            f"Another program has written another project into {left} while yours was open. It stays there; yours "
            f"goes on in {now.name}, with all edits."
        )
    if kept:
        return (
            f"Another program has damaged the project file {left} while it was open. It has been written again "
            f"with all edits; what the other program has left is kept as {kept}."
        )
    what = "changed the log of" if found is Found.OURS else "emptied"
    return (
        f"Another program has {what} the project file {left} while it was open. "
        f"It has been written again with all edits{'' if now == left else f', as {now.name}'}."
    )


def take_log_away(log: Path, ours: int | None) -> None:
    """Remove a log, which SQLite would otherwise apply to the next file of that name. ``ours``: the number of our log's
    file. Another program's file in its place is renamed, not deleted.

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


@contextmanager
def _copy_of(held: HeldFile, log: Path | None, path: Path) -> Iterator[Path]:
    """Copy the file to the folder for temporary files or, if that is full, beside the project."""
    with ExitStack() as stack:
        try:
            copy = _copied(held, log, Path(stack.enter_context(TemporaryDirectory())))
        except OSError:
            beside = TemporaryDirectory(dir=path.parent, prefix=".siamark-")
            copy = _copied(held, log, Path(stack.enter_context(beside)))
        yield copy


def _copied(held: HeldFile, log: Path | None, folder: Path) -> Path:
    """Copy from the open descriptor: closing another descriptor of the file would release its lock."""
    copy = folder / "copy.siamark"
    os.lseek(held.descriptor, 0, os.SEEK_SET)
    with copy.open("xb") as goal:
        while part := os.read(held.descriptor, PART):
            goal.write(part)
    if log is not None and log.exists():
        copy.with_name(f"{copy.name}-wal").write_bytes(log.read_bytes())
    return copy
