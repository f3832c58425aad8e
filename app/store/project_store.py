"""The project file: one SQLite database that has every edit on disk when the call returns."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Self, TypeVar

from app.model.box_record import BoxRecord
from app.model.project import Label, Project, Run, VideoReference
from app.model.track import Track
from app.model.track_marks import TrackMarks
from app.store.errors import ProjectInUseError, StoreError, damaged, explained
from app.store.rows import (
    gap_rows,
    overruled_rows,
    portable_path,
    read_project,
    read_video,
    record_row,
    run_row,
    track_row,
    video_row,
)
from app.store.schema import APPLICATION_ID, MIGRATIONS, SCHEMA_VERSION, TABLES

__all__ = ["ProjectStore", "StoreError"]

Loaded = TypeVar("Loaded")

_SECONDS_TO_WAIT_FOR_LOCK = 0.2  # a backup program may hold a file for a moment; another window holds it for good


class ProjectStore:
    """One open project file. Made by ``create`` or ``open``; belongs to the thread that made it.

    Each writing method is one commit, all or nothing; ``transaction`` makes several into one. A file is open in one
    store at a time; the lock is the system's, so nothing stale is left where a process dies. A WAL lies beside the file
    while it is open; after ``close`` the one file is everything.

    Raises:
        StoreError: from every method that touches the file; nothing has changed then.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection

    @classmethod
    def create(cls, path: Path, video: VideoReference) -> Self:
        """Make a new project file; an existing one is never overwritten."""
        path = Path(os.path.abspath(path))
        try:
            path.open("xb").close()
            _remove_old_journals(path)
        except FileExistsError:
            raise StoreError(f"{path} exists already; open it, or choose another name.") from None
        except OSError as error:
            raise StoreError(f"{path} could not be made ({error.strerror}); choose another folder.") from error
        store = cls(path, _connect(path))
        try:
            store._start_journal()
            with store.transaction():
                store._create_tables()
                store.put_video(video)
        except StoreError:
            store._connection.close()
            path.unlink()
            raise
        return store

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a project file and hold it against every other program until ``close``.

        A file of an older version is brought to this one, in one commit; an older Siamark refuses it from then on.
        """
        path = Path(os.path.abspath(path))
        _check_file(path)
        store = cls(path, _connect(path))
        try:
            version = store._checked_version()
            store._start_journal()
            store._migrate(version)
        except StoreError:
            store._connection.close()
            raise
        return store

    def load(self) -> Project:
        return self._read(read_project)

    def load_video(self) -> VideoReference:
        """Which video the project is about, without reading all the rest."""
        return self._read(read_video)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes inside the block are one commit: when it ends all of them are on disk, or (an exception) none."""
        is_inner = self._connection.in_transaction
        if is_inner:
            yield
            return
        with explained(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def put_video(self, video: VideoReference) -> None:
        self._write("INSERT OR REPLACE INTO video VALUES (?, ?, ?, ?, ?, ?, ?)", video_row(video, self.path.parent))

    def put_label(self, label: Label) -> None:
        self._write(
            "INSERT INTO label (name, colour) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET colour = excluded.colour",
            (label.name, label.colour),
        )

    def delete_label(self, name: str) -> None:
        self._write("DELETE FROM label WHERE name = ?", (name,))

    def put_run(self, run: Run) -> None:
        with self.transaction():
            self._write(f"INSERT OR REPLACE INTO run VALUES ({', '.join('?' * 11)})", run_row(run))
            self._note_id("run", run.id)

    def put_track(self, track: Track) -> None:
        """Write label, colour and attributes of a track, new or not. ``put_records`` and ``put_marks`` do the rest."""
        with self.transaction():
            self._write(
                "INSERT INTO track VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE"
                " SET label = excluded.label, colour = excluded.colour, attributes = excluded.attributes",
                track_row(track),
            )
            self._note_id("track", track.id)

    def delete_track(self, track_id: int) -> None:
        """Delete a track and all its records."""
        self._write("DELETE FROM track WHERE id = ?", (track_id,))

    def put_records(self, track_id: int, records: Mapping[int, BoxRecord | None]) -> None:
        """Set the records of some frames of a track that has been put (None deletes one)."""
        rows = [record_row(track_id, frame, record) for frame, record in records.items() if record is not None]
        gone = [(track_id, int(frame)) for frame, record in records.items() if record is None]
        with self.transaction():
            if rows:
                self._connection.executemany(f"INSERT OR REPLACE INTO record VALUES ({', '.join('?' * 12)})", rows)
            if gone:
                self._connection.executemany("DELETE FROM record WHERE track_id = ? AND frame = ?", gone)

    def put_marks(self, track_id: int, marks: TrackMarks) -> None:
        """Write what is said of spans of a track that has been put."""
        with self.transaction():
            for table, rows in (("gap", gap_rows(track_id, marks)), ("overruled", overruled_rows(track_id, marks))):
                self._connection.execute(f"DELETE FROM {table} WHERE track_id = ?", (track_id,))
                if rows:
                    places = ", ".join("?" * len(rows[0]))
                    self._connection.executemany(f"INSERT INTO {table} VALUES ({places})", rows)

    def put_project(self, project: Project) -> None:
        """Put all labels, runs and tracks of a project, in one commit. The video stays that of the file."""
        with self.transaction():
            for label in project.labels.values():
                self.put_label(label)
            for run in project.runs.values():
                self.put_run(run)
            for track in project.tracks.values():
                self.put_track(track)
                self.put_records(track.id, dict(track.items()))
                self.put_marks(track.id, track.marks)
            self._note_id("track", project.last_track_id)
            self._note_id("run", project.last_run_id)

    def copy_to(self, path: Path) -> None:
        """Write the project as it is now to another file, which is replaced whole or not at all."""
        path = Path(os.path.abspath(path))
        if path.exists() and path.samefile(self.path):
            raise StoreError(f"{path} is the open project itself; choose another name.")
        partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
        try:
            with explained(path), closing(sqlite3.connect(partial)) as copy:
                self._connection.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
                (video_path,) = copy.execute("SELECT path FROM video").fetchone()
                video_path = portable_path(self.path.parent / video_path, path.parent)
                copy.execute("UPDATE video SET path = ?", (video_path,))
                copy.commit()
            _settle_before_replacing(path)
            os.replace(partial, path)
        except OSError as error:
            raise StoreError(f"{path} could not be written ({error.strerror}); choose another place.") from error
        finally:
            partial.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the file, its WAL merged into it. Nothing else may be called afterwards."""
        with explained(self.path):
            self._connection.close()

    def _read(self, reader: Callable[[sqlite3.Connection, Path], Loaded]) -> Loaded:
        with explained(self.path):
            try:
                return reader(self._connection, self.path.parent)
            except (ValueError, TypeError, ArithmeticError) as error:
                raise damaged(self.path, error) from error

    def _write(self, statement: str, row: tuple[object, ...]) -> None:
        with self.transaction():
            self._connection.execute(statement, row)

    def _note_id(self, of: str, highest: int) -> None:
        self._write("UPDATE last_id SET id = max(id, ?) WHERE of = ?", (highest, of))

    def _create_tables(self) -> None:
        for statement in (
            f"PRAGMA application_id = {APPLICATION_ID}",
            f"PRAGMA user_version = {SCHEMA_VERSION}",
            *TABLES,
        ):
            self._connection.execute(statement)
        self._write("INSERT INTO meta VALUES ('created_at', ?)", (datetime.now(UTC).isoformat(timespec="seconds"),))

    def _checked_version(self) -> int:
        with explained(self.path):
            (application_id,) = self._connection.execute("PRAGMA application_id").fetchone()
            (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        if application_id != APPLICATION_ID:
            raise StoreError(f"{self.path} is not a Siamark project; choose a .siamark file.")
        if version > SCHEMA_VERSION:
            raise StoreError(f"{self.path} was made by a newer Siamark (format {version}); update Siamark to open it.")
        if version < 1:
            raise damaged(self.path, f"its format is {version}")
        return int(version)

    def _migrate(self, version: int) -> None:
        if version == SCHEMA_VERSION:
            return
        with self.transaction():
            for older in range(version, SCHEMA_VERSION):
                for statement in MIGRATIONS[older]:
                    self._connection.execute(statement)
            self._connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def _start_journal(self) -> None:
        with explained(self.path):
            # Where the file system cannot do WAL, SQLite stays with a rollback journal and all the rest holds.
            self._connection.execute("PRAGMA journal_mode = WAL")
            # Under exclusive locking a lock once taken is kept: a second program fails here, not at its first edit.
            self._connection.execute("BEGIN EXCLUSIVE")
            self._connection.execute("COMMIT")


def _connect(path: Path) -> sqlite3.Connection:
    with explained(path):
        connection = sqlite3.connect(
            f"{path.as_uri()}?mode=rw", uri=True, timeout=_SECONDS_TO_WAIT_FOR_LOCK, isolation_level=None
        )
        # Before anything is read: a WAL that is never shared needs no shared memory, so network drives can do it too.
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        return connection


def _check_file(path: Path) -> None:
    if not path.exists():
        raise StoreError(f"The project {path} does not exist; open it where it is now.")
    if path.is_dir():
        raise StoreError(f"{path} is a folder; choose a .siamark file.")
    if not os.access(path, os.R_OK | os.W_OK) or not os.access(path.parent, os.W_OK):
        raise StoreError(
            f"The project {path} is read-only, but every edit is saved at once; open a copy that can be written."
        )


def _settle_before_replacing(path: Path) -> None:
    """See that nobody works in the file about to be replaced and that no journal of it is left to spoil the new one."""
    try:
        ProjectStore.open(path).close()
    except ProjectInUseError:
        raise
    except StoreError:
        pass  # not a project, or a damaged one: the person chose to replace it
    _remove_old_journals(path)


def _remove_old_journals(path: Path) -> None:
    """What a crash left beside a file that is gone by now; SQLite would play it into the new file of that name."""
    for suffix in ("-wal", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
