"""A project file before it is opened: making an empty one, and whether one can be opened at all."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from app.model.project import VideoReference
from app.store.errors import StoreError, explained
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
        StoreError: if no project file lies there, or none that can be written.
    """
    try:
        is_there, is_folder = path.exists(), path.is_dir()
    except OSError as error:
        raise StoreError(f"The project {path} cannot be read ({error.strerror}); choose another.") from error
    if not is_there:
        raise StoreError(f"The project {path} does not exist; open it where it is now.")
    if is_folder:
        raise StoreError(f"{path} is a folder; choose a .siamark file.")
    if not os.access(path, os.R_OK | os.W_OK) or not os.access(path.parent, os.W_OK):
        raise StoreError(
            f"The project {path} is read-only, but every edit is saved at once; open a copy that can be written."
        )
