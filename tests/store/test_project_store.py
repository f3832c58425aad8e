from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.model.box_record import BoxRecord, Source, keyframe
from app.model.frame_spans import FrameSpans
from app.model.project import Label, Project, VideoReference
from app.model.record_block import LARGEST_NUMBER
from app.model.track import Track
from app.model.track_marks import TrackMarks
from app.store.project_store import ProjectStore, StoreError
from app.store.schema import SCHEMA_VERSION
from tests.support.annotated_projects import VIDEO, projects
from tests.support.stores import MEMORY_DISK, RUN, assert_same, load_as_after_a_crash, street_with_a_run
from tracker_core.geometry import Box

TRACK = Track(1, "car", "#3b82f6")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "street.siamark"


@pytest.fixture
def open_store(path: Path) -> Iterator[ProjectStore]:
    """With one track, 1."""
    store = ProjectStore.create(path, VIDEO)
    store.put_track(TRACK)
    yield store
    store.close()


def reopened(path: Path) -> Project:
    store = ProjectStore.open(path)
    try:
        return store.load()
    finally:
        store.close()


def test_a_project_comes_back_as_it_was_written(path: Path) -> None:
    project = street_with_a_run()
    store = ProjectStore.create(path, project.video)
    store.put_project(project)
    assert_same(store.load(), project)
    store.close()
    assert_same(reopened(path), project)


@given(project=projects())
def test_every_project_comes_back(project: Project) -> None:
    project.video = street_with_a_run().video
    project.tracks = dict(sorted(project.tracks.items()))
    with tempfile.TemporaryDirectory(dir=MEMORY_DISK) as folder:
        path = Path(folder, "any.siamark")
        store = ProjectStore.create(path, project.video)
        store.put_project(project)
        store.close()
        assert_same(reopened(path), project)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(score=st.floats(0, 1), box=st.builds(Box, *[st.floats(0, LARGEST_NUMBER)] * 4))
def test_numbers_are_kept_to_the_last_bit(open_store: ProjectStore, score: float, box: Box) -> None:
    record = BoxRecord(box, Source.TRACKER, score)
    open_store.put_records(1, {7: record})
    assert open_store.load().tracks[1].get(7) == record


def test_numpy_numbers_of_a_tracker_are_stored_as_numbers(open_store: ProjectStore) -> None:
    box = Box(*np.array([1.5, 2.5, 3.5, 4.5], np.float32))
    open_store.put_records(1, {np.int64(7): BoxRecord(box, Source.TRACKER, np.float32(0.25))})  # type: ignore[dict-item, arg-type]
    assert open_store.load().tracks[1].get(7) == BoxRecord(Box(1.5, 2.5, 3.5, 4.5), Source.TRACKER, 0.25)


def test_a_second_put_replaces_the_first_and_keeps_what_hangs_on_it(path: Path) -> None:
    project = street_with_a_run()
    store = ProjectStore.create(path, project.video)
    store.put_project(project)
    project.video = replace(project.video, path=Path("/elsewhere/street.mp4"))
    project.labels["person"] = Label("person", "#000000")
    project.runs[1] = replace(RUN, last_frame=99)
    project.tracks[1].label = "van"
    project.tracks[1].put({0: None, 10: keyframe(None)})
    store.put_video(project.video)
    store.put_label(project.labels["person"])
    store.put_run(project.runs[1])
    store.put_track(project.tracks[1])
    store.put_records(1, {0: None, 10: keyframe(None)})
    assert_same(store.load(), project)
    store.close()


def test_a_deleted_track_takes_its_records_along(path: Path) -> None:
    project = street_with_a_run()
    store = ProjectStore.create(path, project.video)
    store.put_project(project)
    store.delete_track(1)
    store.put_track(TRACK)
    assert len(store.load().tracks[1]) == 0
    store.close()


def test_ids_that_were_given_are_known_after_their_owners_have_gone(path: Path) -> None:
    store = ProjectStore.create(path, VIDEO)
    for track_id in (3, 9, 4):
        store.put_track(replace(TRACK, id=track_id))
    store.put_run(replace(RUN, id=6))
    for track_id in (9, 4, 3):
        store.delete_track(track_id)
    store.close()
    project = reopened(path)
    assert (project.next_track_id(), project.next_run_id()) == (10, 7)


def test_a_copy_of_a_project_knows_the_ids_that_were_given(path: Path) -> None:
    project = street_with_a_run()
    project.last_track_id, project.last_run_id = 20, 30
    store = ProjectStore.create(path, project.video)
    store.put_project(project)
    store.close()
    assert (reopened(path).last_track_id, reopened(path).last_run_id) == (20, 30)


def test_marks_come_back_and_go_with_their_track(path: Path) -> None:
    project = street_with_a_run()
    marks = TrackMarks(FrameSpans.of([(3, 5), (9, 9)])).overruling(12, 14, run_id=1).overruling(2, 8, run_id=1)
    project.tracks[1].marks = marks
    store = ProjectStore.create(path, project.video)
    store.put_project(project)
    assert_same(store.load(), project)
    store.put_marks(1, TrackMarks())
    assert store.load().tracks[1].marks == TrackMarks()
    store.put_marks(1, marks)
    store.delete_track(1)
    store.put_track(TRACK)
    assert store.load().tracks[1].marks == TrackMarks()
    store.close()


def test_a_deleted_label_is_gone(path: Path) -> None:
    store = ProjectStore.create(path, VIDEO)
    store.put_label(Label("car", "#3b82f6"))
    store.delete_label("car")
    assert store.load().labels == {}
    store.close()


def test_a_transaction_is_all_or_nothing(path: Path) -> None:
    store = ProjectStore.create(path, VIDEO)

    def write_two_tracks() -> None:
        with store.transaction():
            store.put_track(TRACK)
            store.put_records(2, {0: keyframe(None)})  # there is no track 2

    with pytest.raises(StoreError):
        write_two_tracks()
    assert store.load().tracks == {}
    store.put_track(TRACK)
    assert store.load().tracks == {1: TRACK}
    store.close()


def test_a_put_with_one_bad_record_writes_none_of_them(open_store: ProjectStore) -> None:
    with pytest.raises(StoreError):
        open_store.put_records(1, {5: keyframe(None), -1: keyframe(None)})
    assert len(open_store.load().tracks[1]) == 0


def test_every_write_can_be_read_by_another_program_before_the_store_is_closed(path: Path) -> None:
    project = street_with_a_run()
    store = ProjectStore.create(path, project.video)
    store.put_project(project)
    assert_same(load_as_after_a_crash(path), project)
    store.close()


def test_one_file_is_left_after_closing(path: Path) -> None:
    store = ProjectStore.create(path, VIDEO)
    store.put_project(street_with_a_run())
    store.close()
    assert os.listdir(path.parent) == [path.name]


def test_the_file_tells_other_programs_what_it_is(path: Path) -> None:
    ProjectStore.create(path, VIDEO).close()
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (int.from_bytes(b"SIAM"),)
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


# Where the video is


def video_at(path: Path) -> VideoReference:
    return replace(VIDEO, path=path)


def test_a_moved_folder_still_finds_the_video_in_it(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    ProjectStore.create(old / "a.siamark", video_at(old / "clips" / "a.mp4")).close()
    shutil.move(old, new)
    assert reopened(new / "a.siamark").video.path == new / "clips" / "a.mp4"


def test_a_moved_project_still_finds_a_video_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "projects").mkdir()
    ProjectStore.create(tmp_path / "projects" / "a.siamark", video_at(tmp_path / "a.mp4")).close()
    shutil.move(tmp_path / "projects" / "a.siamark", tmp_path / "b.siamark")
    assert reopened(tmp_path / "b.siamark").video.path == tmp_path / "a.mp4"


@pytest.mark.parametrize("video", ["old/a.mp4", "new/a.mp4", "a.mp4"])
def test_a_copy_finds_the_same_video(tmp_path: Path, video: str) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "new").mkdir()
    store = ProjectStore.create(tmp_path / "old" / "a.siamark", video_at(tmp_path / video))
    store.copy_to(tmp_path / "new" / "b.siamark")
    store.close()
    assert reopened(tmp_path / "new" / "b.siamark").video.path == tmp_path / video


def test_a_relative_path_means_what_it_means_now(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    store = ProjectStore.create(Path(path.name), video_at(Path("a.mp4")))
    monkeypatch.chdir("/")
    assert store.path == path
    assert store.load().video.path == path.parent / "a.mp4"
    store.close()


# Copies


def test_a_copy_is_the_project_as_it_is_now_in_one_file(path: Path) -> None:
    project = street_with_a_run()
    store = ProjectStore.create(path, project.video)
    store.put_project(project)
    (path.parent / "copies").mkdir()
    store.copy_to(path.parent / "copies" / "copy.siamark")
    store.delete_track(1)
    assert os.listdir(path.parent / "copies") == ["copy.siamark"]
    assert_same(reopened(path.parent / "copies" / "copy.siamark"), project)
    store.close()


def test_a_copy_replaces_a_project_together_with_the_log_that_a_crash_left_beside_it(tmp_path: Path) -> None:
    old = ProjectStore.create(tmp_path / "old.siamark", VIDEO)
    old.put_project(street_with_a_run())
    for name in ("old.siamark", "old.siamark-wal"):
        shutil.copy(tmp_path / name, tmp_path / name.replace("old", "crashed"))
    old.close()
    store = ProjectStore.create(tmp_path / "new.siamark", VIDEO)
    store.copy_to(tmp_path / "crashed.siamark")
    store.close()
    assert reopened(tmp_path / "crashed.siamark").tracks == {}


def test_nothing_is_spoilt_by_the_log_of_a_crashed_project_that_was_deleted(tmp_path: Path) -> None:
    old = ProjectStore.create(tmp_path / "old.siamark", VIDEO)
    old.put_project(street_with_a_run())
    for name in ("new.siamark-wal", "copy.siamark-wal"):
        shutil.copy(tmp_path / "old.siamark-wal", tmp_path / name)
    old.close()
    store = ProjectStore.create(tmp_path / "new.siamark", VIDEO)
    store.copy_to(tmp_path / "copy.siamark")
    store.close()
    assert reopened(tmp_path / "new.siamark").tracks == {}
    assert reopened(tmp_path / "copy.siamark").tracks == {}


def test_a_copy_replaces_a_file_that_is_no_project(path: Path) -> None:
    target = path.with_name("notes.txt")
    target.write_text("to be replaced, as the person has confirmed")
    store = ProjectStore.create(path, VIDEO)
    store.copy_to(target)
    store.close()
    assert reopened(target).tracks == {}


def test_a_copy_never_replaces_an_open_project(path: Path) -> None:
    store, other = ProjectStore.create(path, VIDEO), ProjectStore.create(path.with_name("other.siamark"), VIDEO)
    other.put_track(TRACK)
    with pytest.raises(StoreError, match=r"other\.siamark is open in another window"):
        store.copy_to(other.path)
    with pytest.raises(StoreError, match="is the open project itself"):
        store.copy_to(path)
    assert other.load().tracks == {1: TRACK}
    store.close()
    other.close()
    assert sorted(os.listdir(path.parent)) == ["other.siamark", "street.siamark"]


@pytest.mark.parametrize("target", ["missing/copy.siamark", "folder"])
def test_a_copy_that_cannot_be_written_leaves_nothing_behind(path: Path, target: str) -> None:
    (path.parent / "folder").mkdir()
    store = ProjectStore.create(path, VIDEO)
    with pytest.raises(StoreError, match=target):
        store.copy_to(path.parent / target)
    store.close()
    assert sorted(os.listdir(path.parent)) == ["folder", "street.siamark"]
