"""Another program renames, deletes or replaces the open project file: no edit is lost, and the person is told."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.model.box_record import keyframe
from app.model.project import Project
from app.store.outside import WrittenOverError
from app.store.project_store import ProjectStore, StoreError
from tests.support.annotated_projects import VIDEO
from tests.support.stores import assert_same, load_as_after_a_crash, street_with_a_run
from tracker_core.geometry import Box

BOX = Box(1, 2, 3, 4)
RECORDS = {7: keyframe(BOX)}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "here").mkdir()
    return tmp_path / "here" / "street.siamark"


@pytest.fixture
def store(path: Path) -> Iterator[ProjectStore]:
    """With an edit that is in the log only."""
    store = ProjectStore.create(path, street_with_a_run().video)
    store.put_project(street_with_a_run())
    yield store
    store.close()


def expected_now() -> Project:
    expected = street_with_a_run()
    expected.tracks[1].put(RECORDS)
    return expected


def test_a_file_in_its_place_is_nothing_to_speak_of(store: ProjectStore) -> None:
    assert store.follow_file() == ""


def renamed(path: Path) -> Path:
    return path.rename(path.with_name("renamed.siamark"))


def moved_to_another_folder(path: Path) -> Path:
    folder = path.parent.parent / "there"
    folder.mkdir()
    return path.rename(folder / "street.siamark")


def moved_with_its_folder(path: Path) -> Path:
    return path.parent.rename(path.parent.with_name("there")) / path.name


@pytest.mark.parametrize("move", [renamed, moved_to_another_folder, moved_with_its_folder])
def test_a_project_goes_on_where_its_file_was_moved(
    store: ProjectStore, path: Path, move: Callable[[Path], Path]
) -> None:
    now = move(path)
    sentence = store.follow_file()
    assert str(now) in sentence
    assert store.path == now
    store.put_records(1, RECORDS)
    assert_same(load_as_after_a_crash(now), expected_now())
    assert store.follow_file() == ""
    assert not path.exists()
    store.close()
    assert os.listdir(now.parent) == [now.name]
    reopened = ProjectStore.open(now)
    assert_same(reopened.load(), expected_now())
    reopened.close()


def test_a_moved_file_is_held_against_others(store: ProjectStore, path: Path) -> None:
    now = renamed(path)
    store.follow_file()
    with pytest.raises(StoreError, match="is open in another window"):
        ProjectStore.open(now)


def deleted(path: Path) -> None:
    path.unlink()


def deleted_with_its_log(path: Path) -> None:
    for file in path.parent.iterdir():
        file.unlink()


def thrown_away(path: Path) -> None:
    trash = path.parent.parent / ".Trash-1000" / "files"
    trash.mkdir(parents=True)
    path.rename(trash / path.name)


@pytest.mark.parametrize("delete", [deleted, deleted_with_its_log, thrown_away])
def test_a_deleted_file_is_written_again(store: ProjectStore, path: Path, delete: Callable[[Path], None]) -> None:
    delete(path)
    assert "was deleted" in store.follow_file()
    assert store.path == path
    assert_same(load_as_after_a_crash(path), street_with_a_run())
    store.put_records(1, RECORDS)
    store.close()
    assert os.listdir(path.parent) == [path.name]
    reopened = ProjectStore.open(path)
    assert_same(reopened.load(), expected_now())
    reopened.close()


def test_what_has_replaced_the_file_stays_and_the_project_goes_on_beside_it(store: ProjectStore, path: Path) -> None:
    other = path.with_name("other.siamark")
    ProjectStore.create(other, VIDEO).close()
    os.replace(other, path)
    before = path.read_bytes()
    sentence = store.follow_file()
    assert "street-2.siamark" in sentence
    assert store.path == path.with_name("street-2.siamark")
    store.put_records(1, RECORDS)
    store.close()
    assert path.read_bytes() == before
    reopened = ProjectStore.open(path.with_name("street-2.siamark"))
    assert_same(reopened.load(), expected_now())
    reopened.close()


def test_where_the_folder_is_gone_the_work_can_be_saved_elsewhere(
    store: ProjectStore, path: Path, tmp_path: Path
) -> None:
    shutil.rmtree(path.parent)
    with pytest.raises(StoreError, match="Save the project elsewhere: your work is still in memory"):
        store.follow_file()
    store.copy_to(tmp_path / "saved.siamark")
    reopened = ProjectStore.open(tmp_path / "saved.siamark")
    assert_same(reopened.load(), street_with_a_run())
    reopened.close()
    with pytest.raises(StoreError, match="Save the project elsewhere"):
        store.close()
    path.parent.mkdir()  # and once the folder is back, so is the project
    assert "was deleted" in store.follow_file()


def test_a_file_moved_just_before_it_is_closed_has_every_edit(store: ProjectStore, path: Path) -> None:
    store.put_records(1, RECORDS)
    now = renamed(path)
    store.close()
    reopened = ProjectStore.open(now)
    assert_same(reopened.load(), expected_now())
    reopened.close()


def test_a_video_below_the_project_is_found_from_the_new_place(path: Path, tmp_path: Path) -> None:
    video = path.parent / "clip.mp4"
    video.touch()
    store = ProjectStore.create(path, replace(VIDEO, path=video))
    now = moved_to_another_folder(path)
    store.follow_file()
    assert store.load_video().path == video
    store.close()
    reopened = ProjectStore.open(now)
    assert reopened.load_video().path == video
    reopened.close()


def test_an_identical_copy_in_the_place_of_the_file_is_gone_on_with(store: ProjectStore, path: Path) -> None:
    """As a program that keeps folders in step does it: a copy under another name, renamed into place."""
    copy = path.with_name(".street.siamark.sync")
    copy.write_bytes(path.read_bytes())  # without what is in the log
    os.replace(copy, path)
    sentence = store.follow_file()
    assert "a copy" in sentence
    assert store.path == path
    assert_same(load_as_after_a_crash(path), street_with_a_run())
    store.put_records(1, RECORDS)
    assert store.follow_file() == ""
    store.close()
    assert os.listdir(path.parent) == [path.name]
    reopened = ProjectStore.open(path)
    assert_same(reopened.load(), expected_now())
    reopened.close()


def test_a_copy_of_the_file_and_its_log_is_gone_on_with(store: ProjectStore, path: Path) -> None:
    store.put_records(1, RECORDS)
    for file in (path, path.with_name(f"{path.name}-wal")):
        copy = file.with_name(f".{file.name}.sync")
        copy.write_bytes(file.read_bytes())
        os.replace(copy, file)
    assert "a copy" in store.follow_file(expected_now())
    assert store.path == path
    assert_same(load_as_after_a_crash(path), expected_now())
    assert store.follow_file() == ""
    store.close()
    assert os.listdir(path.parent) == [path.name]


def test_an_older_state_of_the_project_in_its_place_is_no_copy(store: ProjectStore, path: Path) -> None:
    older = path.parent.parent / "older.siamark"
    store.copy_to(older)
    store.put_records(1, RECORDS)
    store.close()
    again = ProjectStore.open(path)
    before = older.read_bytes()
    os.replace(older, path)
    assert "street-2.siamark" in again.follow_file()
    assert path.read_bytes() == before
    again.close()
    reopened = ProjectStore.open(path.with_name("street-2.siamark"))
    assert_same(reopened.load(), expected_now())
    reopened.close()


@pytest.mark.parametrize("is_before", [True, False])
@pytest.mark.parametrize("take_away", ["replaced", "deleted"])
def test_a_thread_commits_nothing_into_a_file_that_is_gone(
    store: ProjectStore, path: Path, is_before: bool, take_away: str
) -> None:
    def happen() -> None:
        if take_away == "deleted":
            path.unlink()
            return
        other = path.with_name("other.siamark")
        ProjectStore.create(other, VIDEO).close()
        os.replace(other, path)

    def write() -> None:
        if is_before:
            happen()
        with store.transaction():
            store.put_records(1, RECORDS)
            if not is_before:
                happen()

    with pytest.raises(WrittenOverError, match="try again"):
        write()
    assert store.follow_file()
    assert_same(store.load(), street_with_a_run())
    store.put_records(1, RECORDS)
    assert_same(load_as_after_a_crash(store.path), expected_now())
