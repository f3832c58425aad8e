"""Files that are written beside their place and renamed when complete, and those that a crash has left."""

from __future__ import annotations

import os
import re
import sqlite3
import sys
from contextlib import closing, suppress
from itertools import count
from pathlib import Path

from app.processes import may_still_write
from app.store.errors import StoreError
from app.store.flusher import flush

LONGEST_NAME = 255  # bytes, on nearly every file system
LONGEST_SUFFIX = len("-journal")  # the suffixes of the files that SQLite puts beside a project

_LEFT = re.compile(r"\..*\.(?P<pid>\d+)\.partial(-wal|-shm|-journal)?")
_numbers = count(1)


def check_goal(path: Path) -> None:
    """
    Raises:
        StoreError: if no project file can have this name or this place.
    """
    length, most = len(os.fsencode(path.name)), LONGEST_NAME - LONGEST_SUFFIX
    if length > most:
        raise StoreError(
            f"The name {path.name[:40]}… is too long ({length} bytes of at most {most}); choose a shorter one."
        )
    try:
        if path.is_dir():
            raise StoreError(f"{path} is a folder; choose another name.")
    except OSError as error:
        raise StoreError(f"{path} could not be written ({error.strerror}); choose a shorter name or path.") from error


def unfinished_beside(path: Path) -> Path:
    """Where to write a file that will be renamed to ``path``. Its name is short even if that of ``path`` is long."""
    return path.with_name(f".siamark-{next(_numbers)}.{os.getpid()}.partial")


def remove_left(folder: Path) -> None:
    """Remove unfinished files of programs that have ended. What cannot be removed stays."""
    try:
        with os.scandir(folder) as entries:
            found = [(entry.name, match) for entry in entries if (match := _LEFT.fullmatch(entry.name))]
    except OSError:
        return
    for name, match in found:
        path = folder / name
        if not _is_in_use(path, int(match["pid"])):
            try:
                path.unlink(missing_ok=True)
            except OSError:
                continue


def remove_unfinished(path: Path) -> None:
    """Remove the leftovers of a file that was renamed or could not be finished. Others are removed later."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        with suppress(OSError):
            path.with_name(path.name + suffix).unlink(missing_ok=True)


def put_in_place(unfinished: Path, path: Path) -> None:
    """Give a finished file its name, unless the name was taken meanwhile.

    Raises:
        FileExistsError: if the name is taken.
        OSError: if the system refuses.
    """
    try:
        os.link(unfinished, path)  # a rename would replace a file that another program creates right now
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if os.path.lexists(path):
            raise FileExistsError from None
        os.rename(unfinished, path)
    else:
        unfinished.unlink()
    make_durable(path.parent)


def free_name_beside(path: Path) -> Path:
    """The name of ``path``, or a similar one, that is free."""
    if not os.path.lexists(path):
        return path
    for number in count(2):
        beside = path.with_name(f"{path.stem}-{number}{path.suffix}")
        if not os.path.lexists(beside):
            return beside
    raise AssertionError("numbers have no end")


def is_in_trash(path: Path) -> bool:
    """Whether the file is in a file manager's trash."""
    return any(part == "Trash" or part.startswith((".Trash", "$RECYCLE.BIN")) for part in path.parts)


def remove_journals(path: Path) -> None:
    """Remove what a crash left beside a file that is gone; SQLite would apply it to a new file of that name.

    Raises:
        OSError: if one cannot be removed.
    """
    for suffix in ("-wal", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def make_durable(path: Path) -> None:
    """Make sure that a file, or the names in a folder, survive a power failure.

    Raises:
        OSError: if the system cannot say so.
    """
    if path.is_dir() and sys.platform == "win32":  # Windows cannot open a folder, but NTFS keeps a journal of names
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        flush(descriptor)
    finally:
        os.close(descriptor)


def _is_in_use(path: Path, pid: int) -> bool:
    """Whether the program that began this file may still be writing it, on this or another machine."""
    if may_still_write(path, pid):
        return True
    try:
        if path.stat().st_nlink > 1:  # it is finished and already has its real name
            return False
    except OSError:
        return True
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, timeout=0, isolation_level=None)) as file:
            file.execute("PRAGMA locking_mode = EXCLUSIVE")  # as in connection.py: no shared memory
            file.execute("BEGIN EXCLUSIVE")
            file.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        return error.sqlite_errorcode == sqlite3.SQLITE_BUSY
    except sqlite3.DatabaseError:
        return False  # cut off, or another kind of file: nobody has locked it
    return False
