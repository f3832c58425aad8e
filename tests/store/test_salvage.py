"""A damaged project is recovered as far as it can be read, into a new file; the damaged one is not touched."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from app.model.box_record import BoxRecord, Source, keyframe
from app.model.frame_spans import FrameSpans
from app.model.project import Project
from app.model.track import Track
from app.model.track_marks import Overruled, TrackMarks
from app.store.errors import DamagedProjectError, StoreError, UnreadableProjectError
from app.store.project_store import ProjectStore
from app.store.salvage import UNKNOWN_LABEL, salvage
from tests.support.stores import assert_same, spoil_record, street_with_a_run
from tracker_core.geometry import Box

TRACKS, FRAMES = 4, 400
PAGE = 4096


def large_project() -> Project:
    project = street_with_a_run()
    for track_id in range(10, 10 + TRACKS):
        track = Track(track_id, "car", "#3b82f6")
        track.put({frame: BoxRecord(Box(frame, 1, 2, 3), Source.TRACKER, 0.5, run_id=1) for frame in range(FRAMES)})
        track.put({frame: keyframe(Box(frame, 5, 6, 7)) for frame in range(0, FRAMES, 100)})
        project.tracks[track_id] = track
    project.tracks[1].marks = TrackMarks(FrameSpans.of([(3, 5)]), (Overruled(12, 14, 1), Overruled(13, 13, 1)))
    project.last_track_id, project.last_run_id = 99, 9
    return project


@pytest.fixture
def path(tmp_path: Path) -> Path:
    store = ProjectStore.create(tmp_path / "street.siamark", street_with_a_run().video)
    store.put_project(large_project())
    store.close()
    return tmp_path / "street.siamark"


@pytest.fixture
def goal(tmp_path: Path) -> Path:
    return tmp_path / "recovered.siamark"


def loaded(path: Path) -> Project:
    store = ProjectStore.open(path)
    try:
        return store.load()
    finally:
        store.close()


def test_a_sound_project_is_recovered_whole(path: Path, goal: Path) -> None:
    before = path.read_bytes()
    salvaged = salvage(path, goal)
    assert salvaged.unreadable == 0
    assert "everything could be read" in salvaged.sentence
    recovered = loaded(goal)
    assert_same(recovered, large_project())
    assert recovered.tracks[1].marks == large_project().tracks[1].marks
    assert (recovered.next_track_id(), recovered.next_run_id()) == (100, 10)
    assert path.read_bytes() == before


def leaf_pages_of(path: Path, table: str) -> list[int]:
    with closing(sqlite3.connect(path)) as file:
        try:
            rows = file.execute("SELECT pageno, pagetype FROM dbstat WHERE name = ?", (table,)).fetchall()
        except sqlite3.OperationalError:
            pytest.skip("this SQLite cannot tell which page belongs to which table")
    return [page for page, kind in rows if kind == "leaf"]


@pytest.mark.parametrize("seed", range(3))
def test_all_but_the_damaged_pages_is_recovered(path: Path, goal: Path, seed: int) -> None:
    leaves = leaf_pages_of(path, "block")
    pages = Random(seed).sample(leaves, 3)
    content = bytearray(path.read_bytes())
    for page in pages:
        content[(page - 1) * PAGE : page * PAGE] = b"\xa5" * PAGE
    path.write_bytes(content)
    with pytest.raises(DamagedProjectError):
        loaded(path)
    salvaged = salvage(path, goal)
    expected, found = large_project(), loaded(goal)
    total = sum(map(len, expected.tracks.values()))
    lost_at_most = len(pages) * (total / len(leaves)) * 2
    assert salvaged.records == sum(map(len, found.tracks.values())) > total - lost_at_most
    assert 1 <= salvaged.unreadable <= len(pages)
    for track_id, track in found.tracks.items():
        assert dict(track.items()).items() <= dict(expected.tracks[track_id].items()).items()
        assert track.label == expected.tracks[track_id].label
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("statement", "lost"),
    [
        (
            "UPDATE block SET number = 1000000000000 WHERE track_id = 10 AND number = 1",
            {(10, frame) for frame in range(64, 128)},
        ),
        ("UPDATE block SET records = x'00' WHERE track_id = 10 AND number = 0", {(10, frame) for frame in range(64)}),
        ("UPDATE run SET constants = '['", set()),
        ("DROP TABLE gap", set()),
        ("DELETE FROM last_id", set()),
    ],
)
def test_what_is_wrong_is_left_out_and_all_else_is_kept(
    path: Path, goal: Path, statement: str, lost: set[tuple[int, int]]
) -> None:
    with closing(sqlite3.connect(path)) as file:
        file.execute(statement)
        file.commit()
    salvage(path, goal)
    expected, found = large_project(), loaded(goal)
    kept = {(track.id, frame) for track in found.tracks.values() for frame, _ in track.items()}
    assert kept == {(track.id, frame) for track in expected.tracks.values() for frame, _ in track.items()} - lost


def test_records_that_are_wrong_are_left_out_and_the_others_of_their_block_are_kept(path: Path, goal: Path) -> None:
    spoil_record(path, 11, 30, score=7)
    spoil_record(path, 11, 31, flags=0)
    assert salvage(path, goal).unreadable == 2
    assert [frame for frame, _ in loaded(goal).tracks[11].items()] == [*range(30), *range(32, FRAMES)]


@pytest.mark.parametrize(
    ("statement", "lost"),
    [
        ("UPDATE record SET frame = 1000000000000 WHERE track_id = 1 AND frame = 12", {12}),
        ("UPDATE record SET score = 7 WHERE track_id = 1 AND frame = 13", {13}),
        ("UPDATE record SET source = 'oracle' WHERE track_id = 1 AND frame = 13", {13}),
    ],
)
def test_of_an_older_version_all_but_the_wrong_is_recovered(
    tmp_path: Path, goal: Path, statement: str, lost: set[int]
) -> None:
    path = tmp_path / "old.siamark"
    with closing(sqlite3.connect(path)) as file:
        file.executescript(Path(__file__).with_name("versions").joinpath("version_8.sql").read_text("utf-8"))
        file.execute(statement)
        file.commit()
    with pytest.raises(DamagedProjectError):
        loaded(path)
    assert salvage(path, goal).unreadable == 1
    expected = street_with_a_run()
    for track_id, track in loaded(goal).tracks.items():
        missing = lost if track_id == 1 else set()
        assert {frame for frame, _ in track.items()} == {f for f, _ in expected.tracks[track_id].items()} - missing


@pytest.mark.parametrize("version", [8, 9, 10])
def test_a_project_of_an_older_version_is_recovered_with_its_runs(tmp_path: Path, goal: Path, version: int) -> None:
    path = tmp_path / "old.siamark"
    with closing(sqlite3.connect(path)) as file:
        file.executescript(Path(__file__).with_name("versions").joinpath(f"version_{version}.sql").read_text("utf-8"))
    assert salvage(path, goal).unreadable == 0
    assert loaded(goal).runs == street_with_a_run().runs


def test_boxes_of_a_track_that_cannot_be_read_are_kept_under_another_name(path: Path, goal: Path) -> None:
    with closing(sqlite3.connect(path)) as file:
        file.execute("UPDATE track SET attributes = '[' WHERE id = 12")
        file.commit()
    salvage(path, goal)
    assert loaded(goal).tracks[12].label == UNKNOWN_LABEL
    assert len(loaded(goal).tracks[12]) == FRAMES


def test_what_a_crash_left_in_the_log_is_recovered_too(path: Path, goal: Path, tmp_path: Path) -> None:
    store = ProjectStore.open(path)
    store.put_records(10, {1: keyframe(Box(9, 9, 9, 9))})
    crashed = tmp_path / "crashed.siamark"
    for suffix in ("", "-wal"):
        crashed.with_name(crashed.name + suffix).write_bytes(Path(f"{path}{suffix}").read_bytes())
    store.close()
    salvage(crashed, goal)
    assert loaded(goal).tracks[10].get(1) == keyframe(Box(9, 9, 9, 9))


@pytest.mark.parametrize("content", [b"", b"no project" * 1000])
def test_what_is_no_project_is_refused(tmp_path: Path, goal: Path, content: bytes) -> None:
    path = tmp_path / "street.siamark"
    path.write_bytes(content)
    with pytest.raises(UnreadableProjectError):
        salvage(path, goal)
    assert sorted(os.listdir(tmp_path)) == ["street.siamark"]


def test_a_file_of_which_nothing_can_be_read_is_called_by_the_name_that_a_person_knows(path: Path, goal: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"CREATE TABLE run", b"CREATE \x7f\x1b\x07BLE run", 1))
    with pytest.raises(StoreError) as caught:
        salvage(path, goal)
    assert str(path) in str(caught.value)
    assert "siamark-salvage" not in str(caught.value)
    assert str(caught.value).isprintable()


def test_an_existing_project_is_not_overwritten(path: Path, goal: Path) -> None:
    goal.write_text("precious")
    with pytest.raises(StoreError, match="exists already"):
        salvage(path, goal)
    assert goal.read_text() == "precious"
