"""A project file is there whole or not at all, whatever happens while it is made; and what crashes leave is removed."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.store.project_store import ProjectStore, StoreError
from app.store.unfinished import free_name_beside, is_in_trash, remove_left, unfinished_beside
from tests.support.annotated_projects import VIDEO
from tests.support.stores import street_with_a_run


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_a_kill_at_any_line_of_making_a_project_leaves_it_whole_or_not_at_all(
    tmp_path: Path, project_root: Path
) -> None:
    words = [sys.executable, "-m", "tests.support.killed_creation", str(tmp_path), "7"]
    ended = subprocess.run(words, cwd=project_root, capture_output=True, text=True, timeout=240, check=False)
    assert ended.returncode == 0, ended.stderr
    assert int(ended.stdout) > 50


def dead_process() -> int:
    """The number of a process that is no more."""
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    return int(ended.stdout)


def test_a_project_takes_away_what_dead_programs_have_left_beside_it(tmp_path: Path) -> None:
    dead = dead_process()
    left = [f".street.siamark.{dead}.partial", f".siamark-1.{dead}.partial", f".siamark-1.{dead}.partial-journal"]
    kept = [f".siamark-1.{os.getppid()}.partial", "notes.partial", ".hidden.partial", f"street.{dead}.partial"]
    for name in (*left, *kept):
        (tmp_path / name).write_bytes(b"half a project")
    store = ProjectStore.create(tmp_path / "a.siamark", VIDEO)
    assert sorted(os.listdir(tmp_path)) == sorted([*kept, "a.siamark", "a.siamark-wal"])
    (tmp_path / left[0]).write_bytes(b"")
    store.copy_to(tmp_path / "b.siamark")
    store.close()
    assert not (tmp_path / left[0]).exists()


def test_an_unfinished_file_that_another_machine_writes_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / f".siamark-1.{dead_process()}.partial"
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN EXCLUSIVE")
        writer.execute("CREATE TABLE a (b)")
        remove_left(tmp_path)
        assert path.exists()
    remove_left(tmp_path)
    assert not path.exists()


def test_what_takes_the_name_in_the_last_moment_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.siamark"
    real = os.link

    def link(source: str, goal: str) -> None:
        path.write_text("precious")
        real(source, goal)

    monkeypatch.setattr(os, "link", link)
    with pytest.raises(StoreError, match="exists already"):
        ProjectStore.create(path, VIDEO)
    assert path.read_text() == "precious"
    assert os.listdir(tmp_path) == ["a.siamark"]


def test_a_file_system_without_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(source: str, goal: str) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    path = tmp_path / "a.siamark"
    store = ProjectStore.create(path, VIDEO)
    store.put_project(street_with_a_run())
    store.close()
    assert os.listdir(tmp_path) == ["a.siamark"]
    with pytest.raises(StoreError, match="exists already"):
        ProjectStore.create(path, VIDEO)


@pytest.mark.parametrize("name", ["b" * 240 + ".siamark", "ü" * 130 + ".siamark"])
def test_a_name_that_is_too_long_is_refused_with_the_reason(tmp_path: Path, name: str) -> None:
    store = ProjectStore.create(tmp_path / "a.siamark", VIDEO)
    saves: list[Callable[[], object]] = [
        lambda: store.copy_to(tmp_path / name),
        lambda: ProjectStore.create(tmp_path / name, VIDEO),
    ]
    for save in saves:
        with pytest.raises(StoreError, match="is too long") as caught:
            save()
        assert len(str(caught.value)) < 200
    store.close()
    assert os.listdir(tmp_path) == ["a.siamark"]


def test_the_longest_name_works_with_everything_beside_it(tmp_path: Path) -> None:
    path = tmp_path / ("b" * (247 - len(".siamark")) + ".siamark")
    store = ProjectStore.create(path, VIDEO)
    store.put_project(street_with_a_run())
    store.copy_to(path.with_name("c" * 239 + ".siamark"))
    store.close()
    ProjectStore.open(path).close()


def test_a_path_that_is_too_long_is_refused_with_the_reason(tmp_path: Path) -> None:
    deep = Path(tmp_path, *["d" * 200] * 25, "a.siamark")
    store = ProjectStore.create(tmp_path / "a.siamark", VIDEO)
    actions: list[Callable[[], object]] = [
        lambda: store.copy_to(deep),
        lambda: ProjectStore.create(deep, VIDEO),
        lambda: ProjectStore.open(deep),
    ]
    for action in actions:
        with pytest.raises(StoreError, match="File name too long"):
            action()
    store.close()


def test_unfinished_files_have_short_names_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / ("b" * 247)
    names = {unfinished_beside(path).name for _ in range(3)}
    assert len(names) == 3
    assert max(map(len, names)) < 50


def test_a_free_name_is_found(tmp_path: Path) -> None:
    assert free_name_beside(tmp_path / "a.siamark") == tmp_path / "a.siamark"
    for name in ("a.siamark", "a-2.siamark"):
        (tmp_path / name).touch()
    assert free_name_beside(tmp_path / "a.siamark") == tmp_path / "a-3.siamark"


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/home/a/.local/share/Trash/files/x", True), ("/mnt/.Trash-1000/files/x", True), ("/home/a/Trashy/x", False)],
)
def test_a_trash_is_known(path: str, expected: bool) -> None:
    assert is_in_trash(Path(path)) is expected
