"""Meetings left as they are survive closing, copying and a crash; invalid ones are reported."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.model.meeting import LeftAsIs, MeetingKind
from app.store.errors import StoreError
from app.store.project_store import ProjectStore
from app.store.salvage import salvage
from tests.support.annotated_projects import street

ANSWERS = frozenset({LeftAsIs(MeetingKind.RELAY, 1, 2, 3, 5), LeftAsIs(MeetingKind.CROSSING, 1, 3, 10, 20)})


def written(path: Path) -> Path:
    project = street()
    project.left_as_is = ANSWERS
    store = ProjectStore.create(path, project.video)
    store.put_project(project)
    store.close()
    return path


def test_answers_are_read_as_they_were_written(tmp_path: Path) -> None:
    store = ProjectStore.open(written(tmp_path / "a.siamark"))
    assert store.load().left_as_is == ANSWERS
    store.put_left_as_is(frozenset())
    assert store.load().left_as_is == frozenset()
    store.close()


def test_a_damaged_project_keeps_them(tmp_path: Path) -> None:
    salvage(written(tmp_path / "a.siamark"), tmp_path / "b.siamark")
    store = ProjectStore.open(tmp_path / "b.siamark")
    assert store.load().left_as_is == ANSWERS
    store.close()


@pytest.mark.parametrize("value", ["no JSON", "{}", "[[1]]", '[["relay", 1, 2, 3, -5]]', '[["marriage", 1, 2, 3, 5]]'])
def test_what_no_siamark_writes_is_told_and_recovered_without(value: str, tmp_path: Path) -> None:
    path = written(tmp_path / "a.siamark")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'left_as_is'", (value,))
        connection.commit()
    store = ProjectStore.open(path)
    with pytest.raises(StoreError):
        store.load()
    store.let_go()
    told = salvage(path, tmp_path / "b.siamark")
    assert told.unreadable == 1
