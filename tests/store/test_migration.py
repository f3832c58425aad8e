"""Project files that an older Siamark has written."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from app.model.project import Run
from app.store.project_store import ProjectStore, StoreError
from app.store.schema import APPLICATION_ID, SCHEMA_VERSION
from tests.support.stores import RUN, assert_same, street_with_a_run

# As version 1 made them; never to be changed.
VERSION_1 = (
    f"PRAGMA application_id = {APPLICATION_ID}",
    "PRAGMA user_version = 1",
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    """CREATE TABLE video (
        id INTEGER PRIMARY KEY CHECK (id = 1), path TEXT NOT NULL, frame_count INTEGER NOT NULL,
        width INTEGER NOT NULL, height INTEGER NOT NULL, frame_rate TEXT NOT NULL
    ) STRICT""",
    "CREATE TABLE label (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, colour TEXT NOT NULL) STRICT",
    """CREATE TABLE track (
        id INTEGER PRIMARY KEY, label TEXT NOT NULL, colour TEXT NOT NULL, attributes TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE run (
        id INTEGER PRIMARY KEY, tracker TEXT NOT NULL, started_at TEXT NOT NULL, first_frame INTEGER NOT NULL,
        last_frame INTEGER NOT NULL, device TEXT NOT NULL, constants TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE record (
        track_id INTEGER NOT NULL REFERENCES track (id) ON DELETE CASCADE, frame INTEGER NOT NULL CHECK (frame >= 0),
        x REAL, y REAL, width REAL, height REAL, source TEXT NOT NULL, score REAL, occluded INTEGER NOT NULL,
        reviewed INTEGER NOT NULL, run_id INTEGER REFERENCES run (id), PRIMARY KEY (track_id, frame)
    ) STRICT, WITHOUT ROWID""",
    "INSERT INTO meta VALUES ('created_at', '2024-05-01T12:00:00+00:00')",
)
OLD_RUN = (1, RUN.tracker, RUN.started_at, RUN.first_frame, RUN.last_frame, "cpu bf16", '{"window_influence": 0.4}')
BARE_RUN = (2, "fake", RUN.started_at, 0, 1, "nowhere", "{}")


def write_version_1(path: Path) -> None:
    """``street_with_a_run`` as version 1 would have written it, by way of the rows that have not changed since."""
    newest = path.with_name("newest.siamark")
    store = ProjectStore.create(newest, street_with_a_run().video)
    store.put_project(street_with_a_run())
    store.close()
    with closing(sqlite3.connect(path)) as old:
        for statement in VERSION_1:
            old.execute(statement)
        old.executemany("INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?)", (OLD_RUN, BARE_RUN))
        old.commit()
        old.execute("ATTACH ? AS newest", (str(newest),))
        for table in ("video", "label", "track", "record"):
            columns = ", ".join(row[1] for row in old.execute(f"PRAGMA table_info({table})"))
            old.execute(f"INSERT INTO {table} SELECT {columns} FROM newest.{table}")
        old.commit()
    newest.unlink()


def test_a_project_of_version_1_opens_with_all_that_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "old.siamark"
    write_version_1(path)
    expected = street_with_a_run()
    expected.runs = {
        1: replace(RUN, device="cpu", precision="bf16", family="", weights=""),
        2: Run(2, "fake", RUN.started_at, 0, 1, "nowhere"),
    }
    store = ProjectStore.open(path)
    assert_same(store.load(), expected)
    added = replace(RUN, id=3)
    store.put_run(added)
    store.close()
    again = ProjectStore.open(path)
    assert again.load().runs[3] == added
    again.close()


def test_a_migrated_file_is_as_one_that_was_made_anew(tmp_path: Path) -> None:
    old, new = tmp_path / "old.siamark", tmp_path / "new.siamark"
    write_version_1(old)
    ProjectStore.open(old).close()
    ProjectStore.create(new, street_with_a_run().video).close()
    with closing(sqlite3.connect(old)) as migrated, closing(sqlite3.connect(new)) as made:
        assert migrated.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        for table in ("meta", "video", "label", "track", "run", "record"):
            columns = f"SELECT name, type, \"notnull\", dflt_value, pk FROM pragma_table_info('{table}')"
            assert migrated.execute(columns).fetchall() == made.execute(columns).fetchall()


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "old.siamark"
    write_version_1(path)
    with closing(sqlite3.connect(path)) as file:
        file.execute("ALTER TABLE run ADD COLUMN weights TEXT")  # of another's making: the second statement fails
        file.commit()
    with pytest.raises(StoreError, match=r"old\.siamark is damaged"):
        ProjectStore.open(path)
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("PRAGMA user_version").fetchone() == (1,)
        assert "family" not in [row[1] for row in file.execute("PRAGMA table_info(run)")]


def test_a_file_of_no_version_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "old.siamark"
    write_version_1(path)
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA user_version = 0")
    with pytest.raises(StoreError, match=r"is damaged \(its format is 0\)"):
        ProjectStore.open(path)
