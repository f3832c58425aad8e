"""Folders, pipes and links in place of Siamark's own files are set aside or ignored, and never block it."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from app.settings.schema import THEME
from app.settings.store import SettingsStore
from app.store.autosave import LeftOpen, note_saved_as, saved_as
from app.store.backups import Backups
from app.store.errors import UnreadableProjectError
from app.store.left_frames import LeftFrames
from app.store.project_store import ProjectStore
from app.store.video_projects import VideoProjects
from app.video.levels import Levels, choose_levels, chosen_levels
from tests.support.annotated_projects import VIDEO
from tests.support.obstacles import OBSTACLES, Obstacle
from tests.support.stores import assert_same, street_with_a_run

each_obstacle = pytest.mark.parametrize("obstacle", OBSTACLES)
OWN = replace(VIDEO, path=Path("/videos/street.mp4"), fingerprint="f" * 32)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "projects"


@each_obstacle
def test_in_the_place_of_a_videos_own_project(folder: Path, obstacle: Obstacle) -> None:
    projects = VideoProjects(folder)
    obstacle(projects.place_of(OWN))
    found = projects.project_of(OWN)
    assert found.store.path == projects.place_of(OWN)
    (aside,) = (path for path in folder.iterdir() if ".unreadable" in path.name)
    assert str(aside) in found.told
    found.store.close()
    again = projects.project_of(OWN)
    assert again.told == ""
    again.store.close()


@each_obstacle
@pytest.mark.parametrize("suffix", ["-wal", "-journal"])
def test_beside_a_videos_own_project(folder: Path, obstacle: Obstacle, suffix: str) -> None:
    projects = VideoProjects(folder)
    found = projects.project_of(OWN)
    found.store.put_project(street_with_a_run())
    found.store.close()
    path = projects.place_of(OWN)
    obstacle(path.with_name(path.name + suffix))
    found = projects.project_of(OWN)
    assert list(found.project.tracks) == list(street_with_a_run().tracks)
    found.store.close()


@each_obstacle
def test_in_the_place_of_the_folder_of_projects(folder: Path, obstacle: Obstacle) -> None:
    obstacle(folder)
    VideoProjects(folder).project_of(OWN).store.close()


@each_obstacle
@pytest.mark.parametrize("of", ["by-content", "by-place", f"by-content/{OWN.fingerprint}.txt"])
def test_in_the_place_of_what_is_noted_of_videos(folder: Path, obstacle: Obstacle, of: str) -> None:
    obstacle(folder / of)
    projects = VideoProjects(folder)
    found = projects.project_of(OWN)
    projects.note_place(OWN, found.store.path)
    found.store.close()
    moved = replace(OWN, path=Path("/videos/moved.mp4"))
    again = projects.project_of(moved)
    assert again.store.path == projects.place_of(OWN)
    again.store.close()


@each_obstacle
def test_in_the_place_of_where_a_video_goes_on(folder: Path, obstacle: Obstacle, tmp_path: Path) -> None:
    own, named = VideoProjects(folder).place_of(OWN), tmp_path / "named.siamark"
    obstacle(own.with_suffix(".saved-as"))
    assert saved_as(own) is None
    named.touch()
    note_saved_as(own, named)
    assert saved_as(own) == named


@each_obstacle
def test_in_the_place_of_a_named_project(folder: Path, obstacle: Obstacle, tmp_path: Path) -> None:
    projects = VideoProjects(folder)
    named = tmp_path / "named.siamark"
    ProjectStore.create(named, OWN).close()
    note_saved_as(projects.place_of(OWN), named)
    named.unlink()
    obstacle(named)
    found = projects.project_of(OWN)
    found.store.close()
    assert os.path.lexists(named)
    with pytest.raises(UnreadableProjectError):
        ProjectStore.open(named)


@each_obstacle
def test_in_the_place_of_a_copy_of_a_project(folder: Path, obstacle: Obstacle, tmp_path: Path) -> None:
    backups = Backups(tmp_path / "backups")
    path = tmp_path / "street.siamark"
    store = ProjectStore.create(path, OWN)
    store.put_project(street_with_a_run())
    store.close()
    store = ProjectStore.open(path)
    backups.take(store)
    store.close()
    (kept,) = backups.of(path)
    path.unlink()
    obstacle(kept.with_name("2999-01-01 00.00.00.siamark"))
    assert backups.restore(path) == kept
    store = ProjectStore.open(path)
    assert_same(store.load(), replace(street_with_a_run(), video=OWN))
    store.close()


@each_obstacle
@pytest.mark.parametrize("at", ["", "backups"])
def test_in_the_place_of_all_copies(obstacle: Obstacle, tmp_path: Path, at: str) -> None:
    backups = Backups(tmp_path / "backups")
    obstacle(tmp_path / "backups")
    store = ProjectStore.create(tmp_path / "street.siamark", OWN)
    backups.take(store)
    store.close()
    assert backups.restore(tmp_path / "gone.siamark") is None


@each_obstacle
def test_in_the_place_of_the_frames_left(obstacle: Obstacle, tmp_path: Path) -> None:
    frames = LeftFrames(tmp_path / "frames.json")
    obstacle(tmp_path / "frames.json")
    assert frames.frame_of(tmp_path / "street.siamark") == 0
    frames.note(tmp_path / "street.siamark", 7)
    assert frames.frame_of(tmp_path / "street.siamark") == 7


@each_obstacle
def test_in_the_place_of_the_notes_on_open_projects(obstacle: Obstacle, tmp_path: Path) -> None:
    obstacle(tmp_path / "open")
    left_open = LeftOpen(tmp_path / "open")
    assert left_open.projects() == []
    left_open.note(tmp_path / "street.siamark")
    obstacle(tmp_path / "open" / "another.txt")
    assert left_open.projects() == [tmp_path / "street.siamark"]
    left_open.forget(tmp_path / "street.siamark")


@each_obstacle
def test_in_the_place_of_the_note_that_is_forgotten(obstacle: Obstacle, tmp_path: Path) -> None:
    left_open = LeftOpen(tmp_path / "open")
    left_open.note(tmp_path / "street.siamark")
    (note,) = (tmp_path / "open").iterdir()
    note.unlink()
    obstacle(note)
    left_open.forget(tmp_path / "street.siamark")
    assert left_open.projects() == []


@each_obstacle
def test_in_the_place_of_the_settings(obstacle: Obstacle, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    obstacle(path)
    settings = SettingsStore(path)
    assert len(settings.problems) == 1
    settings.set(THEME, "dark")
    assert path.is_file()
    assert SettingsStore(path).problems == []
    assert SettingsStore(path).get(THEME) == "dark"


@each_obstacle
def test_in_the_place_of_the_contrast_of_a_video(
    obstacle: Obstacle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.video.levels._place", lambda fingerprint: tmp_path / f"{fingerprint}.json")
    obstacle(tmp_path / "f.json")
    assert chosen_levels("f") is None
    choose_levels("f", Levels(1.0, 2.0))
    assert chosen_levels("f") == Levels(1.0, 2.0)


def refuse(monkeypatch: pytest.MonkeyPatch, path: Path, modes: int) -> None:
    """As the system refuses anybody but the one who may do everything, and who runs the tests."""
    may, number = os.access, path.stat().st_ino

    def access(asked: Path, mode: int) -> bool:
        return not (mode & modes and Path(asked).stat().st_ino == number) and may(asked, mode)

    monkeypatch.setattr(os, "access", access)


def test_a_project_that_may_only_be_read_goes_on_in_a_copy(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    projects = VideoProjects(folder)
    found = projects.project_of(OWN)
    found.store.put_project(street_with_a_run())
    found.store.close()
    refuse(monkeypatch, found.store.path, os.W_OK)
    found = projects.project_of(OWN)
    assert list(found.project.tracks) == list(street_with_a_run().tracks)
    assert "may only be read" in found.told
    found.store.close()


def test_a_project_that_may_not_be_read_is_set_aside(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    projects = VideoProjects(folder)
    found = projects.project_of(OWN)
    found.store.close()
    refuse(monkeypatch, found.store.path, os.R_OK)
    found = projects.project_of(OWN)
    assert "could not be read" in found.told
    found.store.close()


def test_settings_that_may_not_be_read_are_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the next change of a setting would write over them."""
    path = tmp_path / "settings.json"
    SettingsStore(path).set(THEME, "dark")

    def refuse(path: Path, largest: int) -> bytes:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as refused:
        refused.setattr("app.settings.store.read_small_file", refuse)
        settings = SettingsStore(path)
    assert "Permission denied" in settings.problems[0]
    settings.set(THEME, "light")
    assert "dark" in path.with_suffix(".unreadable").read_text()
