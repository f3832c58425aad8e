"""Project files that older versions of Siamark have written.

``versions`` keeps one of each as SQL, never to be changed: ``street_with_a_run`` as far as that version could say it.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.model.box_record import BoxRecord, Source, keyframe
from app.model.direction import BACKWARD, FORWARD
from app.model.note import NotePlace
from app.model.project import Project, Run
from app.store.project_store import ProjectStore, StoreError
from app.store.schema import SCHEMA_VERSION
from tests.support.annotated_projects import tracked
from tests.support.stores import CERTIFICATE, RUN, assert_same, certified_street, street_with_a_run
from tracker_core.geometry import Box

VERSIONS = Path(__file__).with_name("versions")


def write_version(version: int, path: Path) -> None:
    with closing(sqlite3.connect(path)) as old:
        old.executescript((VERSIONS / f"version_{version}.sql").read_text(encoding="utf-8"))


def write_version_1(path: Path) -> None:
    write_version(1, path)


def expected_of(version: int) -> Project:
    expected = street_with_a_run()
    if version == 1:
        expected.runs = {
            1: replace(RUN, device="cpu", precision="bf16", family="", weights=""),
            2: Run(2, "fake", RUN.started_at, 0, 1, "nowhere"),
        }
    if version < 6:  # nobody had measured what the scores of "scripted" and "fake" mean
        expected.runs = {run_id: replace(run, has_measured_scores=False) for run_id, run in expected.runs.items()}
    if version >= 7:
        expected.certificate = CERTIFICATE
    if version >= 8:
        expected.notes = {NotePlace(3): "a taxi"}
    if version >= 10:
        expected = certified_street()
    return expected


@pytest.mark.parametrize(("tracker", "measured"), [("siamrpnpp_small", True), ("siamfc", False)])
def test_of_older_runs_only_those_of_measured_trackers_have_measured_scores(
    tmp_path: Path, tracker: str, measured: bool
) -> None:
    path = tmp_path / "old.siamark"
    write_version(5, path)
    with closing(sqlite3.connect(path)) as old:
        old.execute("UPDATE run SET tracker = ?", (tracker,))
        old.commit()
    store = ProjectStore.open(path)
    assert store.load().runs[1].has_measured_scores is measured
    store.close()


every_older_version = pytest.mark.parametrize("version", range(1, SCHEMA_VERSION))


@every_older_version
def test_a_project_of_an_older_version_opens_with_all_that_it_holds(tmp_path: Path, version: int) -> None:
    path = tmp_path / "old.siamark"
    write_version(version, path)
    expected = expected_of(version)
    store = ProjectStore.open(path)
    project = store.load()
    assert_same(project, expected)
    assert (project.last_track_id, project.last_run_id) == (5, max(expected.runs))
    added = replace(RUN, id=3, own_constants={"window_influence": 0.3})
    store.put_run(added)
    store.close()
    again = ProjectStore.open(path)
    assert again.load().runs[3] == added
    again.close()


def old_row(frame: int, record: BoxRecord) -> tuple[object, ...]:
    """Of track 1, as versions up to 8 wrote it."""
    assert record.box is not None
    said = record.source.value, record.score, record.occluded, record.reviewed, record.run_id
    return 1, frame, *record.box.as_tuple(), *said


def kept_run(path: Path, run: tuple[object, ...], records: dict[int, BoxRecord]) -> Run:
    """What a run of version 1 has become: of one track, which has these records."""
    write_version_1(path)
    with closing(sqlite3.connect(path)) as file:
        file.execute("DELETE FROM record")
        file.execute("DELETE FROM run")
        file.execute("INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?)", run)
        rows = [old_row(frame, record) for frame, record in records.items()]
        file.executemany(f"INSERT INTO record VALUES ({', '.join('?' * 11)})", rows)
        file.commit()
    store = ProjectStore.open(path)
    try:
        return store.load().runs[1]
    finally:
        store.close()


BOX = Box(30, 47, 43, 30)
MADE = {frame: tracked(BOX, 0.75, run_id=1) for frame in range(6, 12)}


@pytest.mark.parametrize(
    ("frames", "records", "expected"),
    [
        ((11, 6), {12: keyframe(BOX)} | MADE, (11, 6, BACKWARD)),  # as the window wrote it
        ((6, 11), {12: keyframe(BOX)} | MADE, (11, 6, BACKWARD)),  # as the command line wrote it
        ((6, 11), {5: keyframe(BOX)} | MADE, (6, 11, FORWARD)),
        ((6, 11), {5: keyframe(BOX), 12: keyframe(BOX)} | MADE, (6, 11, FORWARD)),  # up to the next keyframe
        ((6, 11), MADE, (6, 11, FORWARD)),
        ((6, 11), {12: keyframe(BOX)}, (6, 11, FORWARD)),  # nothing is left of it
    ],
)
def test_the_direction_of_an_old_run_is_inferred_once(
    tmp_path: Path, frames: tuple[int, int], records: dict[int, BoxRecord], expected: tuple[int, int, int]
) -> None:
    run = kept_run(tmp_path / "old.siamark", (1, "fake", RUN.started_at, *frames, "cpu", "{}"), records)
    assert (run.first_frame, run.last_frame, run.direction) == expected


@every_older_version
def test_a_migrated_file_is_as_one_that_was_made_anew(tmp_path: Path, version: int) -> None:
    old, new = tmp_path / "old.siamark", tmp_path / "new.siamark"
    write_version(version, old)
    ProjectStore.open(old).close()
    ProjectStore.create(new, street_with_a_run().video).close()
    with closing(sqlite3.connect(old)) as migrated, closing(sqlite3.connect(new)) as made:
        assert migrated.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        tables = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        assert migrated.execute(tables).fetchall() == made.execute(tables).fetchall()
        for (table,) in made.execute(tables).fetchall():
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


def test_every_kind_of_record_of_an_older_version_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "old.siamark"
    write_version(8, path)
    said: list[tuple[Any, ...]] = [
        (5, 1.5, -2.25, 3.0, 4.0, "human", None, 1, 1, None, None),
        (63, None, None, None, None, "human", None, 0, 1, None, None),
        (64, 1e9, -1e9, 0.0, 1e9, "tracker", 0.0, 1, 0, 1, 0.25),
        (65, None, None, None, None, "tracker", 0.125, 0, 1, 1, None),
        (9_999_999, 0.1, 0.2, 0.3, 0.4, "interpolated", 1.0, 0, 1, None, 1.0),
    ]
    with closing(sqlite3.connect(path)) as file:
        file.execute("DELETE FROM record WHERE track_id = 2")
        file.executemany("INSERT INTO record VALUES (2, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", said)
        file.commit()
    store = ProjectStore.open(path)
    found = dict(store.load().tracks[2].items())
    store.close()
    assert found == {
        frame: BoxRecord(
            None if x is None else Box(x, y, width, height),
            Source(source),
            score,
            occluded == 1,
            reviewed == 1,
            run_id,
            accord,
        )
        for frame, x, y, width, height, source, score, occluded, reviewed, run_id, accord in said
    }
