from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from app.model.box_record import BoxRecord, Source
from app.model.project import VideoReference
from app.model.track import Track
from app.store.left_blocks import MANY
from app.store.looking import look_at_project
from app.store.project_store import ProjectStore, StoreError
from app.store.salvage import salvage
from tracker_core.geometry import Box

VIDEO = VideoReference(Path("/videos/street.mp4"), 10_000, 640, 480, Fraction(25))


def long_track(number: int) -> Track:
    track = Track(number, "car", "#3b82f6")
    track.put({frame: BoxRecord(Box(frame % 500, 2, 30, 40), Source.TRACKER, 0.5) for frame in range(MANY)})
    return track


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ProjectStore]:
    opened = ProjectStore.create(tmp_path / "street.siamark", VIDEO)
    yield opened
    opened.close()


def test_a_long_track_that_was_deleted_is_in_no_project_and_comes_back_as_it_was(store: ProjectStore) -> None:
    track, other = long_track(1), long_track(2)
    for one in (track, other):
        store.insert_track(one)
    store.delete_tracks([track])
    assert store.load().tracks == {2: other}
    store.insert_track(track)
    assert store.load().tracks == {1: track, 2: other}


def test_another_track_of_that_id_has_its_own_boxes_only(store: ProjectStore) -> None:
    store.insert_track(track := long_track(1))
    store.delete_tracks([track])
    short = Track(1, "car", "#3b82f6")
    short.put({0: BoxRecord(Box(1, 2, 3, 4), Source.HUMAN)})
    store.insert_track(short)
    assert store.load().tracks == {1: short}


def test_what_was_rolled_back_leaves_the_file_as_it_was(store: ProjectStore) -> None:
    store.insert_track(track := long_track(1))

    def delete() -> None:
        with store.transaction():
            store.delete_tracks([track])
            store.put_records(77, {0: None})  # there is no such track

    def insert() -> None:
        with store.transaction():
            store.insert_track(track)
            store.put_records(77, {0: None})

    with pytest.raises(StoreError):
        delete()
    assert store.load().tracks == {1: track}
    store.delete_tracks([track])
    with pytest.raises(StoreError):
        insert()
    assert store.load().tracks == {}
    store.insert_track(track)
    assert store.load().tracks == {1: track}


def test_its_boxes_go_when_the_project_is_opened_next(store: ProjectStore, tmp_path: Path) -> None:
    store.insert_track(track := long_track(1))
    store.delete_tracks([track])
    store.close()
    path = store.path
    assert look_at_project(path).tracks == {}
    again = ProjectStore.open(path)
    try:
        assert again.load().tracks == {}
        assert again._connection.execute("SELECT count(*) FROM block").fetchone() == (0,)
        again.insert_track(track)  # a command that lived on while the file was saved elsewhere
        assert again.load().tracks == {1: track}
    finally:
        again.close()


def test_it_does_not_come_back_from_a_damaged_file(store: ProjectStore, tmp_path: Path) -> None:
    kept = long_track(2)
    for one in (track := long_track(1), kept):
        store.insert_track(one)
    store.delete_tracks([track])
    store.close()
    saved = salvage(store.path, tmp_path / "recovered.siamark")
    assert (saved.tracks, saved.unreadable) == (1, 0)
    recovered = ProjectStore.open(saved.path)
    try:
        assert recovered.load().tracks == {2: kept}
    finally:
        recovered.close()
