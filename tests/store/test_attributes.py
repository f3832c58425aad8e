"""Attributes and detections survive closing, copying, recovery and joining; hostile ones are told."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from app.batch.joining import joined
from app.model.attributes import AttributeChanges
from app.model.project import Project
from app.store.errors import StoreError
from app.store.project_store import ProjectStore
from app.store.salvage import salvage
from tests.support.stores import certified_street


def written(path: Path) -> Path:
    project = certified_street()
    store = ProjectStore.create(path, project.video)
    store.put_project(project)
    store.close()
    return path


def loaded(path: Path) -> Project:
    store = ProjectStore.open(path)
    try:
        return store.load()
    finally:
        store.close()


def test_a_damaged_project_keeps_them(tmp_path: Path) -> None:
    assert salvage(written(tmp_path / "a.siamark"), tmp_path / "b.siamark").unreadable == 0
    back, expected = loaded(tmp_path / "b.siamark"), certified_street()
    assert list(back.attributes.items()) == list(expected.attributes.items())
    assert back.tracks[1].changes == expected.tracks[1].changes
    assert back.detections == expected.detections


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE attribute SET kind = 'colour' WHERE name = 'seats'",
        "UPDATE attribute SET low = 9 WHERE name = 'seats'",
        "UPDATE attribute SET choices = '[1]' WHERE name = 'lights'",
        "UPDATE attribute SET name = char(10) WHERE name = 'lights'",
        "INSERT INTO attribute_change VALUES (1, 'lights', 99999999999, 'on')",
        "INSERT INTO detection VALUES (9, 0, 'car', 1e300, 0, 1, 1, 0.5)",
        "INSERT INTO detection VALUES (9, 0, 'car', 0, 0, 1, 1, 7)",
    ],
)
def test_what_no_siamark_writes_is_told_and_recovered_without(statement: str, tmp_path: Path) -> None:
    path = written(tmp_path / "a.siamark")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()
    store = ProjectStore.open(path)
    with pytest.raises(StoreError):
        store.load()
    store.let_go()
    assert salvage(path, tmp_path / "b.siamark").unreadable == 1
    assert loaded(tmp_path / "b.siamark").detections == certified_street().detections


def test_a_track_that_is_deleted_takes_its_values_along(tmp_path: Path) -> None:
    store = ProjectStore.open(written(tmp_path / "a.siamark"))
    store.delete_track(1)
    store.close()
    with closing(sqlite3.connect(tmp_path / "a.siamark")) as connection:
        assert connection.execute("SELECT count(*) FROM attribute_change").fetchone() == (0,)


def test_segments_that_are_joined_keep_theirs() -> None:
    first, second = certified_street(), certified_street()
    first.tracks[1].attributes = {"make": "Saab"}
    first.tracks[1].changes = AttributeChanges({})
    second.tracks[1].attributes = {"make": "Volvo", "owner": "Ann"}
    second.detections = second.detections.with_more([replace(next(iter(second.detections)), id=7, label="tram")])
    whole, _ = joined([first, second])
    assert whole.attributes == first.attributes
    assert whole.tracks[1].attributes == {"make": "Saab", "owner": "Ann"}
    assert [(name, value) for name, _, value in whole.tracks[1].changes] == [("lights", "on"), ("lights", "")]
    assert sorted(one.label for one in whole.detections) == ["bus", "car", "tram"]
    assert len({one.id for one in whole.detections}) == 3
