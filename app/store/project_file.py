"""Makes an empty project file, and checks whether a file can be opened."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from app.model.project import VideoReference
from app.store.errors import ReadOnlyProjectError, StoreError, UnreadableProjectError, explained
from app.store.rows import video_row
from app.store.schema import APPLICATION_ID, SCHEMA_VERSION, TABLES


def make_file(path: Path, video: VideoReference, *, folder: Path) -> None:
    """Write a whole new project into an empty file. ``folder`` is where it will lie."""
    with explained(path), closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("BEGIN IMMEDIATE")
        for statement in (
            f"PRAGMA application_id = {APPLICATION_ID}",
            f"PRAGMA user_version = {SCHEMA_VERSION}",
            *TABLES,
        ):
            connection.execute(statement)
        created_at = datetime.now(UTC).isoformat(timespec="seconds")
        connection.execute("INSERT INTO meta VALUES ('created_at', ?)", (created_at,))
        connection.execute("INSERT INTO video VALUES (?, ?, ?, ?, ?, ?, ?)", video_row(video, folder))
        connection.execute("COMMIT")


def check_file(path: Path) -> None:
    """
    Raises:
        UnreadableProjectError: if something lies there that can be no project, or may not be read.
        ReadOnlyProjectError: if it may not be written.
        StoreError: if nothing lies there.
    """
    check_readable(path)
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        raise ReadOnlyProjectError(
            f"The project {path} is read-only, but every edit is saved at once; open a copy that can be written."
        )


def check_readable(path: Path) -> None:
    """
    Raises:
        UnreadableProjectError: if something lies there that can be no project, or may not be read.
        StoreError: if nothing lies there.
    """
    try:
        mode = path.stat().st_mode
    except OSError as error:
        if os.path.islink(path):
            raise UnreadableProjectError(f"{path} is a link that leads to no file; open the project itself.") from error
        if isinstance(error, FileNotFoundError):
            raise StoreError(f"The project {path} does not exist; open it where it is now.") from error
        raise StoreError(f"The project {path} cannot be read ({error.strerror}); choose another.") from error
    if stat.S_ISDIR(mode):
        raise UnreadableProjectError(f"{path} is a folder; choose a .siamark file.")
    if not stat.S_ISREG(mode):
        raise UnreadableProjectError(f"{path} is a pipe or a device; choose a .siamark file.")
    if not os.access(path, os.R_OK):
        raise UnreadableProjectError(f"You may not read the project {path}; change its permissions.")
