"""Errors about project files; each text is a sentence for the person."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LONGEST_DETAIL = 200  # characters


class StoreError(Exception):
    """The text is the sentence to show: what happened, to which file, what to do."""


class ProjectInUseError(StoreError):
    """Another window or program has the file open."""


class UnreadableProjectError(StoreError):
    """The file is not a project, or a damaged one. Disk and permissions are fine."""


class ReadOnlyProjectError(StoreError):
    """The file can be read, but not written."""


class DamagedProjectError(UnreadableProjectError):
    """The file is a project, but part of it cannot be read; the rest may be recovered (``salvage``)."""


def damaged(path: Path, detail: object) -> DamagedProjectError:
    return DamagedProjectError(f"The project {path} is damaged ({_short(detail)}); go on with a copy of it.")


def no_project(path: Path) -> UnreadableProjectError:
    return UnreadableProjectError(f"{path} is not a Siamark project; choose a .siamark file.")


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn SQLite's errors inside the block into a StoreError about ``path``."""
    try:
        yield
    except sqlite3.Error as error:
        raise _store_error(error, path) from error
    except UnicodeDecodeError as error:  # raised while SQLite describes what is wrong with the schema
        raise damaged(path, "a text in it cannot be read") from error


def _store_error(error: sqlite3.Error, path: Path) -> StoreError:
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:  # the low byte is the kind of error
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return ProjectInUseError(f"The project {path} is open in another window or program; close it there first.")
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN:
            return StoreError(
                f"The project {path} cannot be written; check that its folder exists and that neither is read-only."
            )
        case sqlite3.SQLITE_FULL:
            return StoreError(f"The disk is full, so {path} was not changed; free some space and try again.")
        case sqlite3.SQLITE_NOTADB:
            return no_project(path)
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_ERROR:  # SQLITE_ERROR: a table differs from the schema
            return damaged(path, error)
        case _:
            return StoreError(f"The project {path} could not be read or written ({error}); check the disk it is on.")


def _short(detail: object) -> str:
    """On one line, and shortened."""
    text = "".join(letter if letter.isprintable() else "?" for letter in " ".join(str(detail).split()))
    return text if len(text) <= LONGEST_DETAIL else f"{text[:LONGEST_DETAIL]}…"
