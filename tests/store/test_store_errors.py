"""Files that cannot be opened or written: one clear sentence, and nothing has changed."""

from __future__ import annotations

import os
import resource
import sqlite3
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from app.model.box_record import keyframe
from app.store.project_store import ProjectStore, StoreError
from app.store.schema import SCHEMA_VERSION
from tests.support.annotated_projects import VIDEO
from tests.support.stores import spoil_record, street_with_a_run
from tracker_core.geometry import Box


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A good project."""
    path = tmp_path / "street.siamark"
    store = ProjectStore.create(path, VIDEO)
    store.put_project(street_with_a_run())
    store.close()
    return path


def message_of(action: Callable[[], object]) -> str:
    with pytest.raises(StoreError) as caught:
        action()
    message = str(caught.value)
    assert message.endswith(".")
    assert "\n" not in message
    return message


def sql(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def no_project(path: Path) -> None:
    path.write_bytes(b"\x00\x00\x00\x18ftypmp42 a film, say" * 500)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def another_database(path: Path) -> None:
    path.unlink()
    sql(path, "CREATE TABLE bookmarks (url)")


def missing(path: Path) -> None:
    path.unlink()


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def newer(path: Path) -> None:
    sql(path, f"PRAGMA user_version = {SCHEMA_VERSION + 1}")


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (no_project, "not a Siamark project"),
        (empty, "not a Siamark project"),
        (another_database, "not a Siamark project"),
        (missing, "does not exist"),
        (folder, "is a folder"),
        (newer, "newer Siamark"),
    ],
)
def test_what_cannot_be_opened_is_said_and_left_as_it_was(
    path: Path, spoil: Callable[[Path], None], expected: str
) -> None:
    spoil(path)
    before = path.read_bytes() if path.is_file() else None
    message = message_of(lambda: ProjectStore.open(path))
    assert expected in message
    assert str(path) in message
    assert (path.read_bytes() if path.is_file() else None) == before
    assert not path.with_name(f"{path.name}-wal").exists()


def garbage_pages(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xa5" * (len(content) - 4096))


def cut_off(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def no_records(path: Path) -> None:
    sql(path, "DROP TABLE block")


def unknown_source(path: Path) -> None:
    spoil_record(path, 1, 10, flags=0)


def negative_width(path: Path) -> None:
    spoil_record(path, 1, 10, width=-1)


def half_a_box(path: Path) -> None:
    sql(path, "UPDATE block SET records = substr(records, 1, length(records) - 20)")


def no_json(path: Path) -> None:
    sql(path, "UPDATE track SET attributes = '{'")


def no_video(path: Path) -> None:
    sql(path, "DELETE FROM video")


def no_rate(path: Path) -> None:
    sql(path, "UPDATE video SET frame_rate = '25/0'")


@pytest.mark.parametrize(
    "spoil",
    [
        garbage_pages,
        cut_off,
        no_records,
        unknown_source,
        negative_width,
        half_a_box,
        no_json,
        no_video,
        no_rate,
    ],
)
def test_a_damaged_project_says_so(path: Path, spoil: Callable[[Path], None]) -> None:
    spoil(path)

    def load() -> None:
        with closing(ProjectStore.open(path)) as store:
            store.load()

    message = message_of(load)
    assert "is damaged" in message
    assert str(path) in message


def test_create_never_overwrites(path: Path) -> None:
    before = path.read_bytes()
    assert "exists already" in message_of(lambda: ProjectStore.create(path, VIDEO))
    assert path.read_bytes() == before


def test_create_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    message = message_of(lambda: ProjectStore.create(tmp_path / "no" / "a.siamark", VIDEO))
    assert "No such file or directory" in message


@contextmanager
def disk_room(size: int) -> Iterator[None]:
    """No file can grow over ``size`` bytes inside the block: as near to a full disk as a test can get."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_write_without_room_changes_nothing_and_can_be_repeated(path: Path) -> None:
    records = {frame: keyframe(Box(frame, 2, 3, 4)) for frame in range(5000)}
    store = ProjectStore.open(path)
    before = store.load()
    with disk_room(100_000):
        assert str(path) in message_of(lambda: store.put_records(1, records))
        assert store.load() == before
    store.put_records(1, records)
    store.close()
    with closing(ProjectStore.open(path)) as again:
        assert len(again.load().tracks[1]) == 5000


def test_create_without_room_leaves_no_file(tmp_path: Path) -> None:
    with disk_room(20_000):
        message_of(lambda: ProjectStore.create(tmp_path / "a.siamark", VIDEO))
    assert os.listdir(tmp_path) == []


def test_a_copy_without_room_leaves_the_target_as_it_was(path: Path) -> None:
    store = ProjectStore.open(path)
    store.put_records(1, {frame: keyframe(Box(frame, 2, 3, 4)) for frame in range(5000)})
    target = path.with_name("target.siamark")
    target.write_text("precious")
    with disk_room(100_000):
        assert str(target) in message_of(lambda: store.copy_to(target))
    store.close()
    assert target.read_text() == "precious"
    assert sorted(os.listdir(path.parent)) == ["street.siamark", "target.siamark"]


@contextmanager
def without_root() -> Iterator[Path]:
    """A folder, and no right to override its permissions inside the block."""
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o755)
        if os.getuid() != 0:
            yield Path(name)
            os.chmod(name, 0o755)
            return
        os.chown(name, 65534, 65534)
        os.setresuid(65534, 65534, 0)
        try:
            yield Path(name)
        finally:
            os.setresuid(0, 0, 0)


@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_read_only_project_is_refused_when_it_is_opened(what: str) -> None:
    with without_root() as folder:
        path = folder / "a.siamark"
        ProjectStore.create(path, VIDEO).close()
        before = path.read_bytes()
        if what == "file":
            path.chmod(stat.S_IRUSR)
        else:
            folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
        assert "read-only" in message_of(lambda: ProjectStore.open(path))
        assert path.read_bytes() == before


def test_a_video_whose_name_is_no_text_is_refused(tmp_path: Path) -> None:
    video = replace(VIDEO, path=Path(os.fsdecode(b"/videos/\xff.mp4")))
    assert "bytes that are no text" in message_of(lambda: ProjectStore.create(tmp_path / "a.siamark", video))
    assert os.listdir(tmp_path) == []
