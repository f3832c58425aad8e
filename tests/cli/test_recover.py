"""A damaged project, gone on with as a copy from the command line."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from app.store.backups import Backups
from app.store.looking import look_at_project
from app.store.project_store import ProjectStore
from tests.support.annotated_projects import street
from tests.support.commands import Run
from tests.support.stores import spoil_record, stored


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    return stored(street(), tmp_path / "street.siamark")


@pytest.fixture
def damaged(sound: Path) -> Path:
    spoil_record(sound, 1, street().tracks[1].first_frame or 0, width=-3)
    return sound


def test_a_command_that_meets_a_damaged_project_names_the_one_that_helps(run: Run, damaged: Path) -> None:
    answer = run("export", damaged, "--format", "mot", "--out", damaged.with_name("tracks.txt"))
    assert answer.is_refusal
    assert "is damaged" in answer.complained
    assert "go on with a copy of it: the command recover makes one" in answer.complained


def test_what_can_be_read_is_copied_and_what_was_lost_is_said(run: Run, damaged: Path) -> None:
    before = damaged.read_bytes()
    answer = run("recover", damaged)
    copy = damaged.with_name("street recovered.siamark")
    assert answer.code == 1
    assert f"recovered into {copy}; 1 place could not be read" in answer.said
    assert damaged.read_bytes() == before
    kept, whole = look_at_project(copy), street()
    assert kept.tracks.keys() == whole.tracks.keys()
    assert sum(map(len, kept.tracks.values())) == sum(map(len, whole.tracks.values())) - 1
    assert run("export", copy, "--format", "mot", "--out", damaged.with_name("tracks.txt")).code == 0
    again = run("recover", damaged)
    assert "street recovered-2.siamark" in again.said


def test_the_copy_goes_where_it_is_told_to_and_never_over_another_file(run: Run, damaged: Path) -> None:
    copy = damaged.with_name("copy.siamark")
    assert run("recover", damaged, "--out", copy).code == 1
    before = copy.read_bytes()
    answer = run("recover", damaged, "--out", copy)
    assert answer.is_refusal
    assert "exists already" in answer.complained
    assert copy.read_bytes() == before


def test_a_sound_project_is_left_as_it_is(run: Run, sound: Path) -> None:
    answer = run("recover", sound)
    assert answer.code == 0
    assert "nothing to recover" in answer.said
    assert [path.name for path in sound.parent.glob("*.siamark")] == ["street.siamark"]


def test_what_is_no_project_is_refused(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "note.siamark"
    path.write_text("hello" * 100)
    assert run("recover", path).is_refusal
    assert run("recover", tmp_path / "gone.siamark").is_refusal


@pytest.fixture
def opened_twice(sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that a window has opened twice; after the first time it lost its tracks."""
    monkeypatch.setattr("app.cli.recover.autosave_folder", lambda: tmp_path / "data" / "projects")
    backups = Backups(tmp_path / "data" / "backups")
    for is_first in (True, False):
        os.utime(sound, (1_700_000_000 + (not is_first),) * 2)
        store = ProjectStore.open(sound)
        backups.take(store)
        if is_first:
            store.delete_tracks(list(store.load().tracks.values()))
        store.close()
    return sound


def test_earlier_states_are_listed_and_one_is_copied(run: Run, opened_twice: Path) -> None:
    listed = run("recover", opened_twice, "--list")
    assert listed.code == 0
    assert [line.split("  ")[-1] for line in listed.said.splitlines()] == ["0 tracks", "3 tracks"]
    assert run("recover", opened_twice, "--earlier", 2).code == 0
    copy = opened_twice.with_name("street recovered.siamark")
    assert look_at_project(copy).tracks.keys() == street().tracks.keys()
    assert not look_at_project(opened_twice).tracks
    assert run("recover", opened_twice, "--earlier", 2, "--out", copy).is_refusal
    assert run("recover", opened_twice, "--earlier", 3).is_refusal


def test_an_earlier_state_that_cannot_be_copied_is_one_line_and_leaves_nothing(
    run: Run, opened_twice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = run("recover", opened_twice, "--earlier", 1, "--out", tmp_path / "gone" / "copy.siamark")
    assert nowhere.is_refusal
    assert "could not be written" in nowhere.complained

    def fills_up(source: Path, goal: Path) -> None:
        goal.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copy2", fills_up)
    before = sorted(tmp_path.iterdir())
    full = run("recover", opened_twice, "--earlier", 1, "--out", tmp_path / "copy.siamark")
    assert full.is_refusal
    assert "could not be written (No space left on device)" in full.complained
    assert sorted(tmp_path.iterdir()) == before


def test_a_project_without_earlier_states_says_so(run: Run, sound: Path) -> None:
    answer = run("recover", sound, "--list")
    assert answer.is_refusal
    assert "no earlier state" in answer.complained
