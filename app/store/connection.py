"""A connection to a project file: SQLite's settings, which files are refused, and how older ones are upgraded."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from app.store.block_rows import BLOCKS_SINCE, pack_old_records
from app.store.errors import StoreError, damaged, explained, no_project
from app.store.schema import APPLICATION_ID, MIGRATIONS, SCHEMA_VERSION

SECONDS_TO_WAIT_FOR_LOCK = 0.2  # a backup program may lock a file briefly, another window locks it for good
LARGEST_VALUE = 64 * 2**20  # bytes of one text; Siamark never writes more


def connect(path: Path, *, known_as: Path | None = None) -> sqlite3.Connection:
    """``known_as``: the file that a person knows, where ``path`` is a copy of it made for reading.

    Raises:
        StoreError: from each of these functions, if the file cannot be used.
    """
    with explained(known_as or path):
        connection = sqlite3.connect(
            f"{path.as_uri()}?mode=rw",
            uri=True,
            timeout=SECONDS_TO_WAIT_FOR_LOCK,
            isolation_level=None,
            check_same_thread=False,  # the store lets one thread use it at a time
        )
        try:
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_VALUE)
            for pragma in (
                # Must come first: a log that is never shared needs no shared memory, so it works on network drives.
                "locking_mode = EXCLUSIVE",
                "synchronous = NORMAL",  # if there is a log, the flusher does the rest
                "fullfsync = ON",
                "foreign_keys = OFF",  # boxes may outlive their track for a while: left_blocks.py
                "trusted_schema = OFF",
                "cell_size_check = ON",
            ):
                connection.execute(f"PRAGMA {pragma}")
        except BaseException:
            connection.close()
            raise
        return connection


def checked_version(connection: sqlite3.Connection, path: Path) -> int:
    """The file's format version, if this program can read it."""
    with explained(path):
        (application_id,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application_id != APPLICATION_ID:
        raise no_project(path)
    if version > SCHEMA_VERSION:
        raise StoreError(f"{path} was made by a newer Siamark (format {version}); update Siamark to open it.")
    if version < 1:
        raise damaged(path, f"its format is {version}")
    return int(version)


def hold(connection: sqlite3.Connection, path: Path) -> bool:
    """Lock the file against every other program. Returns whether it has a log (WAL) that must be flushed."""
    with explained(path):
        log = path.with_name(f"{path.name}-wal")
        has_left_log = log.exists() and log.stat().st_size > 0  # left by a crash
        (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        if mode != "wal":  # the file system does not support it: then each commit is flushed to the disk
            connection.execute("PRAGMA synchronous = FULL")
        # With exclusive locking this lock is kept, so a second program fails here and not at its first edit.
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
        if has_left_log:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # so that the file holds everything
    return bool(mode == "wal")


def check_schema(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse triggers and views, which would act on their own when something is written."""
    with explained(path):
        acting = connection.execute("SELECT name FROM sqlite_schema WHERE type IN ('trigger', 'view')").fetchone()
    if acting is not None:
        raise damaged(path, f"it holds {acting[0]}, which no Siamark has written")


def migrate(connection: sqlite3.Connection, version: int, path: Path, *, to: int = SCHEMA_VERSION) -> None:
    """Upgrade a file of an older version, in one commit."""
    if version >= to:
        return
    with explained(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            for older in range(version, to):
                for statement in MIGRATIONS[older]:
                    connection.execute(statement)
                if older + 1 == BLOCKS_SINCE:
                    pack_old_records(connection)
            connection.execute(f"PRAGMA user_version = {to}")
            connection.execute("COMMIT")
        except (ValueError, TypeError, ArithmeticError) as error:
            raise damaged(path, error) from error
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
