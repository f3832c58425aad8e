"""Reading projects that others may be working in."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from app.store.looking import look_at_project, look_at_video
from app.store.project_store import ProjectStore, StoreError
from app.store.schema import SCHEMA_VERSION
from tests.support.annotated_projects import street

VERSIONS = Path(__file__).with_name("versions")

OPENER = """
import sys
from pathlib import Path
from app.store.project_store import ProjectStore, StoreError
try:
    ProjectStore.open(Path(sys.argv[1])).close()
except StoreError as error:
    print("refused")
else:
    print("opened")
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    project = street()
    store = ProjectStore.create(tmp_path / "street.siamark", project.video)
    store.put_project(project)
    store.close()
    return tmp_path / "street.siamark"


def test_what_is_looked_at_is_the_project_and_nothing_is_touched(path: Path) -> None:
    before = path.read_bytes(), path.stat().st_mtime_ns
    project = look_at_project(path)
    assert project.tracks == street().tracks
    assert look_at_video(path) == project.video
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert os.listdir(path.parent) == [path.name]


def test_one_that_is_open_is_said_to_be_and_stays_locked(path: Path, project_root: Path) -> None:
    store = ProjectStore.open(path)
    try:
        with pytest.raises(StoreError, match="is open in another window"):
            look_at_project(path)
        assert look_at_video(path).frame_count == street().video.frame_count
        command = [sys.executable, "-c", OPENER, str(path)]
        said = subprocess.run(command, cwd=project_root, capture_output=True, text=True, check=True).stdout
        assert said == "refused\n", "looking has let go of the lock of the open store"
        store.put_label(street().labels["car"])
    finally:
        store.close()
    assert look_at_project(path).tracks == street().tracks


def test_what_a_crash_has_left_in_the_log_is_seen(path: Path, project_root: Path) -> None:
    crash = (
        "import os, sys\nfrom pathlib import Path\nfrom app.store.project_store import ProjectStore\n"
        "ProjectStore.open(Path(sys.argv[1])).delete_track(1)\nos._exit(1)\n"
    )
    subprocess.run([sys.executable, "-c", crash, str(path)], cwd=project_root, check=False)
    assert path.with_name(f"{path.name}-wal").exists()
    assert set(look_at_project(path).tracks) == {2, 5}


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION))
def test_one_of_an_older_version_is_read_and_left_as_it_is(version: int, tmp_path: Path) -> None:
    old = tmp_path / "old.siamark"
    with closing(sqlite3.connect(old)) as file:
        file.executescript((VERSIONS / f"version_{version}.sql").read_text(encoding="utf-8"))
    before = old.read_bytes()
    looked = look_at_project(old)
    assert old.read_bytes() == before
    store = ProjectStore.open(old)
    assert looked == store.load()
    store.close()


def test_what_is_no_project_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.siamark").write_bytes(b"x" * 5000)
    for look in (look_at_project, look_at_video):
        with pytest.raises(StoreError, match="is not a Siamark project"):
            look(tmp_path / "a.siamark")
        with pytest.raises(StoreError):
            look(tmp_path / "none.siamark")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are of POSIX")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "street.siamark")
    for name in ("look_at_project", "look_at_video"):
        look = f"import sys, pathlib; from app.store.looking import {name}; {name}(pathlib.Path(sys.argv[1]))"
        command = [sys.executable, "-c", look, str(tmp_path / "street.siamark")]
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
        assert "is a pipe or a device; choose a .siamark file." in done.stderr
