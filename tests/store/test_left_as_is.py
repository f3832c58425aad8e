"""Meetings left as they are survive closing, copying and a crash; invalid ones are reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.model.meeting import LeftAsIs, MeetingKind
from app.store.project_store import ProjectStore
from app.store.salvage import salvage
from tests.support.annotated_projects import street
from tests.support.stores import assert_is_told_and_recovered_without, stored

ANSWERS = frozenset({LeftAsIs(MeetingKind.RELAY, 1, 2, 3, 5), LeftAsIs(MeetingKind.CROSSING, 1, 3, 10, 20)})


def written(path: Path) -> Path:
    project = street()
    project.left_as_is = ANSWERS
    return stored(project, path)


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
    assert_is_told_and_recovered_without("left_as_is", value, written(tmp_path / "a.siamark"))
