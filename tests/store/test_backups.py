"""Siamark keeps a copy of each project from the last five times that it was opened."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from app.model.project import Label
from app.store.backups import KEPT, Backups
from app.store.errors import StoreError
from app.store.project_store import ProjectStore
from app.store.schema import SCHEMA_VERSION
from app.store.video_projects import VideoProjects
from tests.store.test_migration import write_version
from tests.support.annotated_projects import VIDEO


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "street.siamark"
    ProjectStore.create(path, VIDEO).close()
    os.utime(path, (1_600_000_000, 1_600_000_000))
    return path


@pytest.fixture
def backups(tmp_path: Path) -> Backups:
    return Backups(tmp_path / "backups")


def work(path: Path, backups: Backups, number: int | None, *, at: int = 0) -> None:
    """Open a project, add a label of that number, and close it as if it was that second."""
    store = ProjectStore.open(path)
    backups.take(store)
    if number is not None:
        store.put_label(Label(f"label {number}", "#123456"))
    store.close()
    if number is not None:
        os.utime(path, (1_700_000_000 + at, 1_700_000_000 + at))


def labels_of(path: Path) -> list[str]:
    store = ProjectStore.open(path)
    try:
        return list(store.load().labels)
    finally:
        store.close()


def test_the_last_five_states_are_kept(path: Path, backups: Backups) -> None:
    for number in range(8):
        work(path, backups, number, at=60 * number)
    copies = backups.of(path)
    assert len(copies) == KEPT
    assert [len(labels_of(copy)) for copy in copies] == [7, 6, 5, 4, 3]


def test_a_project_that_has_not_changed_is_not_copied_again(path: Path, backups: Backups) -> None:
    work(path, backups, 1, at=60)
    for _ in range(3):
        work(path, backups, None)
    assert len(backups.of(path)) <= 2


def test_what_a_crash_has_left_in_the_log_is_in_the_copy(path: Path, backups: Backups, tmp_path: Path) -> None:
    store = ProjectStore.open(path)
    store.put_label(Label("in the log", "#123456"))
    crashed = tmp_path / "crashed.siamark"
    for suffix in ("", "-wal"):
        shutil.copy(f"{path}{suffix}", f"{crashed}{suffix}")
    store.close()
    work(crashed, backups, None)
    (copy,) = backups.of(crashed)
    assert labels_of(copy) == ["in the log"]


def test_the_copy_of_an_older_version_is_as_it_was(tmp_path: Path, backups: Backups) -> None:
    path = tmp_path / "old.siamark"
    write_version(2, path)
    work(path, backups, 1)
    (copy,) = backups.of(path)
    with closing(sqlite3.connect(copy)) as old, closing(sqlite3.connect(path)) as now:
        assert old.execute("PRAGMA user_version").fetchone() == (2,)
        assert now.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)


def test_a_project_stays_held_while_and_after_it_is_copied(path: Path, backups: Backups, project_root: Path) -> None:
    """Closing any descriptor of a file lets go of a process's locks on it, so only another process can tell."""
    store = ProjectStore.open(path)
    backups.take(store)
    store.put_label(Label("one", "#123456"))
    while not backups.of(path):
        store.put_label(Label("two", "#123456"))
    store.put_label(Label("three", "#123456"))
    program = (
        "from pathlib import Path; from app.store.project_store import ProjectStore; "
        f"ProjectStore.open(Path({str(path)!r}))"
    )
    words = [sys.executable, "-c", program]
    other = subprocess.run(words, cwd=project_root, capture_output=True, text=True, timeout=60, check=False)
    assert "is open in another window" in other.stderr
    store.close()
    assert labels_of(path)[-1] == "three"


def test_a_folder_that_cannot_be_written_is_no_hindrance(path: Path, tmp_path: Path) -> None:
    (tmp_path / "backups").write_text("a file in its place")
    work(path, Backups(tmp_path / "backups"), 1)
    assert labels_of(path) == ["label 1"]


def test_a_damaged_project_of_a_video_goes_on_from_its_last_copy(tmp_path: Path, backups: Backups) -> None:
    projects = VideoProjects(tmp_path / "projects", backups)
    path = projects.project_of(VIDEO)
    path.store.put_label(Label("before", "#123456"))
    path.store.close()
    place = path.store.path
    work(place, backups, None)
    place.write_bytes(b"damaged" * 1000)
    backups.of(place)[0].with_name("9999-01-01 00.00.00.siamark").write_bytes(b"a newer copy, damaged as well")
    found = projects.project_of(VIDEO)
    assert list(found.project.labels) == ["before"]
    assert found.store.path == place
    assert "goes on as it was opened before" in found.told
    found.store.close()


def test_a_state_is_put_back_and_the_present_one_is_kept(path: Path, backups: Backups) -> None:
    for number in range(3):
        work(path, backups, number, at=60 * number)
    before = labels_of(path)
    assert before == ["label 0", "label 1", "label 2"]
    states = backups.states_of(path)
    assert [state.tracks for state in states] == [0, 0, 0]
    backups.put_back(states[1].path, path)  # as it was before the second opening
    assert labels_of(path) == ["label 0"]
    newest = backups.states_of(path)[0]
    assert labels_of(Path(shutil.copy(newest.path, path.with_name("copy.siamark")))) == before
    assert not [name for name in os.listdir(path.parent) if name.endswith(".partial")]
    backups.put_back(newest.path, path)
    assert labels_of(path) == before


def test_a_state_that_cannot_be_read_is_listed_and_not_put_back(path: Path, backups: Backups) -> None:
    work(path, backups, 1)
    (copy,) = backups.of(path)
    copy.write_bytes(copy.read_bytes()[:5000])
    assert [state.tracks for state in backups.states_of(path)] == [None]
    before = path.read_bytes()
    with pytest.raises(StoreError, match="cannot be read; choose another"):
        backups.put_back(copy, path)
    assert path.read_bytes() == before
    assert not [name for name in os.listdir(path.parent) if name.endswith(".partial")]
