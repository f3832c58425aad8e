"""Notes survive closing, copying, recovery and joining, and exports say that they stay behind."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.batch.joining import joined
from app.exchange.export import export
from app.model.note import LONGEST_NOTE, NotePlace, clean_note
from app.store.errors import StoreError
from app.store.project_store import ProjectStore
from app.store.salvage import salvage
from tests.support.annotated_projects import street

NOTES = {
    NotePlace(3): "it rains\nfrom here",
    NotePlace(3, 1): "whose car?",
    NotePlace(12, 99): "of a track that is gone",
}


def written(path: Path) -> Path:
    project = street()
    project.notes = dict(NOTES)
    store = ProjectStore.create(path, project.video)
    store.put_project(project)
    store.close()
    return path


def notes_in(path: Path) -> dict[NotePlace, str]:
    store = ProjectStore.open(path)
    try:
        return store.load().notes
    finally:
        store.close()


def test_notes_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = written(tmp_path / "a.siamark")
    assert notes_in(path) == NOTES
    store = ProjectStore.open(path)
    store.put_note(NotePlace(3, 1), "a taxi")
    store.put_note(NotePlace(3), "")
    store.delete_track(1)  # the note on it stays
    store.close()
    assert notes_in(path) == {NotePlace(3, 1): "a taxi", NotePlace(12, 99): NOTES[NotePlace(12, 99)]}


def test_a_damaged_project_keeps_them(tmp_path: Path) -> None:
    told = salvage(written(tmp_path / "a.siamark"), tmp_path / "b.siamark")
    assert told.unreadable == 0
    assert notes_in(tmp_path / "b.siamark") == NOTES


@pytest.mark.parametrize("row", [(-1, 3, "x"), (1, 10**9, "x"), (1, 4, "x" * 20_000)])
def test_what_no_siamark_writes_is_told_and_recovered_without(row: tuple[int, int, str], tmp_path: Path) -> None:
    path = written(tmp_path / "a.siamark")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO note VALUES (?, ?, ?)", row)
        connection.commit()
    store = ProjectStore.open(path)
    with pytest.raises(StoreError):
        store.load()
    store.let_go()
    salvage(path, tmp_path / "b.siamark")
    assert notes_in(tmp_path / "b.siamark") == NOTES


def test_exports_say_that_notes_stay_in_the_project(tmp_path: Path) -> None:
    project = street()
    assert not any("note" in line for line in export(project, "csv", tmp_path / "a.csv").notes)
    project.notes = dict(NOTES)
    report = export(project, "csv", tmp_path / "b.csv")
    assert "3 notes of this project stay in it: no format has a place for notes." in report.notes


def test_segments_that_are_joined_keep_their_notes_on_their_tracks() -> None:
    first, second = street(), street()
    first.notes = {NotePlace(3): "rain", NotePlace(4, 1): "whose?"}
    second.notes = {NotePlace(3): "fog", NotePlace(4, 1): "whose?", NotePlace(5, 99): "gone"}
    whole, report = joined([first, second])
    assert {pair.later_id for pair in report.joints} >= {1}
    assert whole.notes == {NotePlace(3): "rain\nfog", NotePlace(4, 1): "whose?", NotePlace(5): "gone"}


def test_a_note_is_clean_and_not_too_long() -> None:
    assert clean_note("  one\r\ntwo\0 ") == "one\ntwo"
    assert len(clean_note("x" * 10_000)) == LONGEST_NOTE
