"""Another program writes into the files of the open project: Siamark notices and reports it, no edit is lost, and what
the other program has written is kept.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from app.document.commands import ImportTracks, PutRecords
from app.document.detection_commands import AddDetections
from app.document.document import Document
from app.model.box_record import keyframe
from app.model.detection import Detection
from app.model.project import Project
from app.store.outside import WrittenOverError
from app.store.project_store import ProjectStore, StoreError
from tests.support.annotated_projects import VIDEO
from tests.support.stores import assert_same, load_as_after_a_crash, street_with_a_run
from tracker_core.geometry import Box

BOX = Box(1, 2, 3, 4)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "here").mkdir()
    return tmp_path / "here" / "street.siamark"


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """Another project."""
    other = tmp_path / "other.siamark"
    ProjectStore.create(other, replace(VIDEO, path=Path("/videos/other.mp4"))).close()
    return other


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def failures() -> list[str]:
    return []


@pytest.fixture
def document(path: Path, told: list[str], failures: list[str]) -> Iterator[Document]:
    """A project whose file and log both hold a part."""
    store = ProjectStore.create(path, street_with_a_run().video)
    store.put_project(street_with_a_run())
    store.close()
    document = Document()
    document.file_moved.connect(told.append)
    document.write_failed.connect(failures.append)
    document.open(ProjectStore.open(path))
    edit(document, 7)
    yield document
    document.close()


def edit(document: Document, frame: int) -> None:
    document.undo_stack.push(PutRecords(document, "Draw box", 1, {frame: keyframe(BOX)}))


def expected_with(*frames: int) -> Project:
    expected = street_with_a_run()
    expected.tracks[1].put({frame: keyframe(BOX) for frame in frames})
    return expected


def log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def emptied(path: Path, other: Path) -> None:
    os.truncate(path, 0)


def halved(path: Path, other: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def cut_by_a_byte(path: Path, other: Path) -> None:
    os.truncate(path, path.stat().st_size - 1)


def overwritten_by_garbage(path: Path, other: Path) -> None:
    path.write_bytes(os.urandom(50_000))


def overwritten_by_text(path: Path, other: Path) -> None:
    path.write_text("notes of another program\n")


def spoilt_behind_its_header(path: Path, other: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(path.stat().st_size - 4096))


def overwritten_by_another_project(path: Path, other: Path) -> None:
    shutil.copyfile(other, path)  # keeps the inode, as cp does


def overwritten_after_its_log_was_deleted(path: Path, other: Path) -> None:
    log_of(path).unlink()
    shutil.copyfile(other, path)


def log_deleted(path: Path, other: Path) -> None:
    log_of(path).unlink()


def log_emptied(path: Path, other: Path) -> None:
    os.truncate(log_of(path), 0)


def log_halved(path: Path, other: Path) -> None:
    os.truncate(log_of(path), log_of(path).stat().st_size // 2)


def log_cut_by_a_page(path: Path, other: Path) -> None:
    os.truncate(log_of(path), log_of(path).stat().st_size - 4096)


def log_overwritten(path: Path, other: Path) -> None:
    log_of(path).write_bytes(os.urandom(log_of(path).stat().st_size))


def log_replaced(path: Path, other: Path) -> None:
    log_of(path).unlink()
    log_of(path).write_text("not a log")


def both_emptied(path: Path, other: Path) -> None:
    os.truncate(path, 0)
    os.truncate(log_of(path), 0)


def log_deleted_and_moved(path: Path, other: Path) -> None:
    log_of(path).unlink()
    os.truncate(path, 0)
    path.rename(path.with_name("away.siamark"))


HARMS = [
    emptied,
    halved,
    cut_by_a_byte,
    overwritten_by_garbage,
    overwritten_by_text,
    spoilt_behind_its_header,
    overwritten_by_another_project,
    overwritten_after_its_log_was_deleted,
    log_deleted,
    log_emptied,
    log_halved,
    log_overwritten,
    log_replaced,
    both_emptied,
    log_deleted_and_moved,
]

Harm = Callable[[Path, Path], None]


@pytest.mark.parametrize("harm", HARMS)
def test_no_edit_is_lost_and_it_is_said_once(
    document: Document, path: Path, other: Path, told: list[str], failures: list[str], harm: Harm
) -> None:
    harm(path, other)
    edit(document, 8)
    edit(document, 9)
    assert failures == []
    assert len(told) == 1
    now = document.store_path
    assert now is not None
    assert now.name in told[0]
    assert_same(load_as_after_a_crash(now), expected_with(7, 8, 9))
    document.undo_stack.undo()
    document.close()
    assert len(told) == 1
    reopened = ProjectStore.open(now)
    assert_same(reopened.load(), expected_with(7, 8))
    reopened.close()
    assert not log_of(now).exists()


@pytest.mark.parametrize("harm", HARMS)
def test_also_without_another_edit(
    document: Document, path: Path, other: Path, told: list[str], failures: list[str], harm: Harm
) -> None:
    harm(path, other)
    document.close()
    assert failures == []
    assert len(told) == 1
    name = "street-2.siamark" if "another" in harm.__name__ or "after" in harm.__name__ else "street.siamark"
    reopened = ProjectStore.open(path.with_name(name))
    assert_same(reopened.load(), expected_with(7))
    reopened.close()


@pytest.mark.parametrize("harm", HARMS)
def test_what_the_other_program_has_written_stays(
    document: Document, path: Path, other: Path, told: list[str], harm: Harm
) -> None:
    harm(path, other)
    written = [file.read_bytes() for file in path.parent.iterdir() if file != log_of(path)]
    if harm is log_replaced:
        written.append(b"not a log")
    if harm in (log_deleted, log_emptied, log_halved, log_overwritten, log_replaced):
        written = [content for content in written if content == b"not a log"]  # the file itself was ours
    edit(document, 8)
    document.close()
    kept = [file.read_bytes() for file in path.parent.iterdir()]
    assert all(content in kept for content in written if content)


def test_another_project_in_the_file_can_be_opened_afterwards(document: Document, path: Path, other: Path) -> None:
    overwritten_by_another_project(path, other)
    edit(document, 8)
    document.close()
    reopened = ProjectStore.open(path)
    assert reopened.load().video.path == Path("/videos/other.mp4")
    assert not reopened.load().tracks
    reopened.close()


def test_a_file_that_is_only_touched_is_nothing_to_speak_of(document: Document, path: Path, told: list[str]) -> None:
    for time in range(10):
        os.utime(path, (time, time))
        os.utime(log_of(path), (time, time))
        edit(document, 10 + time)
    assert told == []
    assert document.store_path == path
    assert_same(load_as_after_a_crash(path), expected_with(7, *range(10, 20)))


def test_a_file_touched_during_an_import_is_nothing_to_speak_of(
    document: Document, path: Path, told: list[str], failures: list[str]
) -> None:
    """The file has more than the window shows, and may be touched before the import writes, or after it."""
    tracks = [replace(street_with_a_run().tracks[1], id=number) for number in (9, 10)]
    detection = Detection(document.opened_project.detections.next_id(), 3, "car", Box(1, 2, 3, 4))
    ahead, detections_ahead = document.tracks_ahead(tracks), document.detections_ahead([detection])
    os.utime(path, (1, 1))
    ahead.write([], tracks, lambda done: None)
    detections_ahead.write([detection])
    os.utime(path, (2, 2))
    edit(document, 8)
    document.undo_stack.push(ImportTracks(document, tracks, [], ahead))
    document.undo_stack.push(AddDetections(document, [detection], detections_ahead))
    assert told == failures == []
    assert document.store_path == path
    expected = replace(expected_with(7, 8), tracks=document.opened_project.tracks)
    expected.detections = expected.detections.with_more([detection])
    assert {9, 10} <= expected.tracks.keys()
    assert_same(load_as_after_a_crash(path), expected)


def test_what_an_import_writes_is_not_merged_into_other_content_of_the_same_size(
    document: Document, path: Path, told: list[str]
) -> None:
    """Only the times tell. The log would be merged at every commit here."""
    store = document._store
    assert store is not None
    store._connection.execute("PRAGMA wal_autocheckpoint = 1")
    tracks = [replace(street_with_a_run().tracks[1], id=number) for number in range(9, 20)]
    ahead = document.tracks_ahead(tracks)
    written = path.read_bytes().replace(b"car", b"bus")
    assert written != path.read_bytes()
    path.write_bytes(written)
    ahead.write([], tracks, lambda done: None)
    assert path.read_bytes() == written
    document.undo_stack.push(ImportTracks(document, tracks, [], ahead))
    assert len(told) == 1
    assert path.read_bytes() == written
    assert document.store_path is not None
    assert document.store_path != path
    assert_same(load_as_after_a_crash(document.store_path), document.opened_project)


def test_the_log_is_merged_again_after_a_file_was_touched(document: Document, path: Path) -> None:
    store = document._store
    assert store is not None
    os.utime(path, (1, 1))
    store.put_marks(1, street_with_a_run().tracks[1].marks)
    (pages,) = store._connection.execute("PRAGMA wal_autocheckpoint").fetchone()
    assert pages == 0
    document.look_after_file()
    (pages,) = store._connection.execute("PRAGMA wal_autocheckpoint").fetchone()
    assert pages > 0


def test_a_touched_file_is_compared_where_the_folder_for_temporary_files_is_full(
    document: Document, path: Path, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse_without_place(*, dir: Path | None = None, prefix: str = "") -> TemporaryDirectory[str]:
        if dir is None:
            raise OSError(28, "No space left on device")
        return TemporaryDirectory(dir=dir, prefix=prefix)

    monkeypatch.setattr("app.store.outside.TemporaryDirectory", refuse_without_place)
    os.utime(path, (1, 1))
    edit(document, 8)
    assert told == []
    assert not [name for name in os.listdir(path.parent) if name.startswith(".siamark-")]


@pytest.mark.parametrize(
    "harm",
    [
        emptied, halved, overwritten_by_garbage, overwritten_by_another_project, log_deleted, log_emptied, log_halved,
        log_cut_by_a_page, log_overwritten, both_emptied,
    ],
)  # fmt: skip
def test_harm_during_a_commit_is_noticed_by_the_next_look(
    document: Document, path: Path, other: Path, told: list[str], harm: Harm, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As another program writes while a run does, many times a second."""
    put_blocks = ProjectStore.put_blocks

    def put(store: ProjectStore, *given: object) -> None:
        put_blocks(store, *given)  # type: ignore[arg-type]
        harm(path, other)

    with monkeypatch.context() as harmful:
        harmful.setattr(ProjectStore, "put_blocks", put)
        edit(document, 8)
    edit(document, 9)
    assert len(told) == 1
    assert document.store_path is not None
    assert_same(load_as_after_a_crash(document.store_path), expected_with(7, 8, 9))


def test_it_is_noticed_without_an_edit(document: Document, path: Path, other: Path, told: list[str]) -> None:
    document.look_after_file()
    assert told == []
    emptied(path, other)
    document.look_after_file()
    assert len(told) == 1
    assert_same(load_as_after_a_crash(path), expected_with(7))


def test_where_it_cannot_be_written_again_it_is_said_once_and_the_work_can_be_saved_elsewhere(
    document: Document, path: Path, other: Path, failures: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    emptied(path, other)

    def refuse(path: Path, *rest: object, **named: object) -> None:
        raise OSError(30, "Read-only file system")

    with monkeypatch.context() as refused:
        refused.setattr("app.store.project_store.make_file", refuse)
        document.look_after_file()
        document.look_after_file()
        (failure,) = failures
        assert "Save the project elsewhere: your work is still in memory" in failure
    document.save_as(tmp_path / "saved.siamark")
    edit(document, 8)
    document.close()
    reopened = ProjectStore.open(tmp_path / "saved.siamark")
    assert_same(reopened.load(), expected_with(7, 8))
    reopened.close()
    assert_same(load_as_after_a_crash(path), expected_with(7))  # once it could be written again


def test_tracks_written_ahead_are_written_again(document: Document, path: Path, other: Path, told: list[str]) -> None:
    track = replace(street_with_a_run().tracks[1], id=9)
    ahead = document.tracks_ahead([track])
    ahead.write([], [track], lambda done: None)
    emptied(path, other)
    edit(document, 8)
    document.undo_stack.push(ImportTracks(document, [track], [], ahead))
    now = load_as_after_a_crash(path)
    assert 9 in now.tracks
    assert now.tracks[9] == track


def test_a_write_that_sees_it_first_fails_and_is_not_taken_for_ours(
    document: Document, path: Path, other: Path, told: list[str], failures: list[str]
) -> None:
    ahead = document.tracks_ahead([])
    overwritten_by_garbage(path, other)
    with pytest.raises(WrittenOverError, match="Another program has changed the project file"):
        ahead.write([], [replace(street_with_a_run().tracks[1], id=9)], lambda done: None)
    edit(document, 8)
    assert len(told) == 1
    assert failures == []
    assert_same(load_as_after_a_crash(path), expected_with(7, 8))


def test_an_error_of_the_file_itself_is_mended_and_the_edit_is_done(
    document: Document, path: Path, told: list[str], failures: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where a bad page is read that no stamp tells of."""
    refusals = [sqlite3.DatabaseError("database disk image is malformed")]
    refusals[0].sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    put_blocks = ProjectStore.put_blocks

    def put(store: ProjectStore, *given: object) -> None:
        with store.transaction():
            if refusals:
                raise refusals.pop()
            put_blocks(store, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(ProjectStore, "put_blocks", put)
    edit(document, 8)
    assert failures == []
    assert len(told) == 1
    assert_same(load_as_after_a_crash(path), expected_with(7, 8))


def test_a_store_without_a_document_says_so_and_leaves_the_other_content(path: Path, other: Path) -> None:
    store = ProjectStore.create(path, VIDEO)
    store.put_project(street_with_a_run())
    overwritten_by_garbage(path, other)
    content = path.read_bytes()
    with pytest.raises(StoreError):
        store.put_records(1, {3: keyframe(BOX)})
    assert store.follow_file(street_with_a_run()) != ""
    store.close()
    assert content in [file.read_bytes() for file in path.parent.iterdir()]


def test_a_project_opened_by_a_link_is_written_in_its_own_place(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    real, link = tmp_path / "real" / "street.siamark", tmp_path / "link.siamark"
    store = ProjectStore.create(real, replace(VIDEO, path=tmp_path / "real" / "street.mp4"))
    store.put_project(street_with_a_run())
    store.close()
    link.symlink_to(real)
    store = ProjectStore.open(link)
    assert store.path == real
    assert store.load_video().path == tmp_path / "real" / "street.mp4"
    for frame in (7, 8):
        store.put_records(1, {frame: keyframe(BOX)})
        store.settle()  # raised, and refused the next edit, where the log was looked for beside the link
    assert load_as_after_a_crash(real).tracks[1].get(8) is not None
    store.close()


def test_a_file_moved_and_linked_back_is_followed(document: Document, path: Path, told: list[str]) -> None:
    real = path.with_name("real.siamark")
    path.rename(real)
    path.symlink_to(real)
    edit(document, 8)
    assert document.store_path == real
    assert len(told) == 1
    assert_same(load_as_after_a_crash(real), expected_with(7, 8))
