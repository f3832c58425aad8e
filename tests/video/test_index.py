from __future__ import annotations

import os
from fractions import Fraction
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest

from app.video.index import VideoIndex
from app.video.levels import Levels
from app.video.orientation import Orientation
from app.video.source import OpeningCancelledError, open_source
from tests.support.numbered_clips import Coding, number_in, write_clip


def an_index(**changes: object) -> VideoIndex:
    fields: dict[str, object] = {
        "pts": np.array([-512, 0, 512, 1536], dtype=np.int64),
        "time_base": Fraction(1, 12800),
        "packets": np.array([0, 2, 1, 3], dtype=np.int64),
        "damaged": np.array([1], dtype=np.int64),
        "checks": np.array([7, 0], dtype=np.uint32),
        "is_proven": False,
        "packet_count": 4,
        "sync_packets": np.array([0, 1], dtype=np.int64),
        "sync_frames": np.array([0, 2], dtype=np.int64),
        "sync_stamps": np.array([-512, 512], dtype=np.int64),
        "sync_sizes": np.array([900, 800], dtype=np.int64),
        "seeks_by_dts": False,
        "width": 192,
        "height": 64,
        "frame_rate": Fraction(30000, 1001),
        "orientation": Orientation(swaps_axes=True, flips_rows=True),
        "film": 3,
        "films": np.array([[3, 4, 192, 64]], dtype=np.int64),
        "fingerprint": "5e",
        "levels": Levels(2.5, 700.0),
    }
    return VideoIndex(**(fields | changes))  # type: ignore[arg-type]


def kept_indexes(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def progress_of_opening(path: Path) -> list[float]:
    heard: list[float] = []
    source = open_source(path, on_progress=heard.append)
    assert number_in(source.read(33)) == 33
    source.close()
    return heard


def test_a_frame_is_known_by_its_packet() -> None:
    index = an_index(packets=np.array([0, 5, 2, 3], dtype=np.int64))
    assert [index.frame_of(packet) for packet in (0, 5, 2, 3)] == [0, 1, 2, 3]
    assert [index.frame_of(packet) for packet in (-1, 1, 4, 6)] == [None] * 4


def test_a_packet_may_hold_two_frames() -> None:
    index = an_index(packets=np.array([0, 2, 2, 1], dtype=np.int64))
    assert [index.frame_of(2, occurrence=place) for place in range(3)] == [1, 2, None]


def test_what_is_known_of_a_frames_picture() -> None:
    index = an_index()
    assert [index.check_of(frame) for frame in range(4)] == [7, None, None, None]
    assert [index.is_damaged(frame) for frame in range(4)] == [False, True, False, False]


def test_the_sync_point_is_at_or_before_the_frame() -> None:
    assert [an_index().sync_point_of(frame) for frame in range(4)] == [0, 0, 1, 1]


def test_times_start_at_zero() -> None:
    np.testing.assert_allclose(an_index().times, [0, 0.04, 0.08, 0.16])


def test_an_index_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    index = an_index(seeks_by_dts=True, is_proven=True)
    index.save(tmp_path / "deep" / "index.npz")
    again = VideoIndex.load(tmp_path / "deep" / "index.npz")
    assert again is not None
    for name in VideoIndex.__dataclass_fields__:
        np.testing.assert_array_equal(getattr(again, name), getattr(index, name))
    assert (again.time_base, again.frame_rate) == (index.time_base, index.frame_rate)
    assert (again.orientation, again.levels) == (index.orientation, index.levels)
    assert kept_indexes(tmp_path) == [tmp_path / "deep" / "index.npz"]


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_a_damaged_index_is_none(share: float, tmp_path: Path) -> None:
    path = tmp_path / "index.npz"
    an_index().save(path)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    assert VideoIndex.load(path) is None


def test_bytes_turned_over_in_an_index_are_never_believed(tmp_path: Path) -> None:
    path = tmp_path / "index.npz"
    an_index(pts=np.arange(5000, dtype=np.int64) ** 2, packets=np.arange(5000), packet_count=5000).save(path)
    data = bytearray(path.read_bytes())
    data[len(data) // 4] ^= 0xFF
    path.write_bytes(data)
    assert VideoIndex.load(path) is None


def test_an_index_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="x" * 300):
        an_index().save(tmp_path / ("x" * 300) / "index.npz")  # no system takes such a name
    assert kept_indexes(tmp_path) == []


def test_the_second_opening_does_not_walk_through_the_file(plain_clip: Path, empty_index_cache: Path) -> None:
    first = progress_of_opening(plain_clip)
    assert first == sorted(first)
    assert first[-1] == 1
    assert len(kept_indexes(empty_index_cache)) == 1
    assert progress_of_opening(plain_clip) == []


def test_a_changed_file_is_walked_through_again(tmp_path: Path, empty_index_cache: Path) -> None:
    path = write_clip(tmp_path, Coding(), frames=40)
    assert progress_of_opening(path)
    os.utime(path, ns=(0, path.stat().st_mtime_ns + 1))
    assert progress_of_opening(path)
    write_clip(tmp_path, Coding(), frames=50)
    assert open_source(path).info.frame_count == 50


def test_a_damaged_kept_index_is_made_again(plain_clip: Path, empty_index_cache: Path) -> None:
    progress_of_opening(plain_clip)
    (kept,) = kept_indexes(empty_index_cache)
    kept.write_bytes(b"not an index")
    assert progress_of_opening(plain_clip)
    assert VideoIndex.load(kept) is not None


def test_a_video_opens_where_no_index_can_be_kept(
    plain_clip: Path, empty_index_cache: Path, caplog: pytest.LogCaptureFixture
) -> None:
    empty_index_cache.write_text("a file where the folder should be")
    assert progress_of_opening(plain_clip)[-1] == 1
    assert "could not be kept" in caplog.text


def test_opening_can_be_cancelled(plain_clip: Path, empty_index_cache: Path) -> None:
    with pytest.raises(OpeningCancelledError):
        open_source(plain_clip, is_cancelled=lambda: True)
    assert kept_indexes(empty_index_cache) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"pts": np.array([0.5, np.nan, 2, 3])},
        {"pts": np.array([[0], [1], [2], [3]], dtype=np.int64)},
        {"pts": np.array([0, 2, 1, 3], dtype=np.int64)},
        {"packets": np.array([0, 2, 1, 4], dtype=np.int64)},
        {"packets": np.array([0, 2, 1, -1], dtype=np.int64)},
        {"damaged": np.array(3, dtype=np.int64)},
        {"damaged": np.array([2, 1], dtype=np.int64)},
        {"damaged": np.array([9], dtype=np.int64)},
        {"sync_frames": np.array([2, 0], dtype=np.int64)},
        {"sync_frames": np.array([0, 7], dtype=np.int64)},
        {"sync_packets": np.array([0, 9], dtype=np.int64)},
        {"checks": np.array(["a", "b"])},
        {"films": np.array([3, 4, 192, 64], dtype=np.int64)},
        {"width": 0},
        {"height": -64},
        {"frame_rate": Fraction(-25)},
    ],
    ids=repr,
)
def test_numbers_that_no_file_can_have_are_no_index(tmp_path: Path, changes: dict[str, object]) -> None:
    """A kept file that another program wrote over: it would be read with wrong numbers, or end in an error."""
    path = tmp_path / "index.npz"
    an_index(**changes).save(path)
    assert VideoIndex.load(path) is None


def test_an_array_that_claims_more_than_there_is_memory_is_no_index(tmp_path: Path) -> None:
    path = tmp_path / "index.npz"
    an_index().save(path)
    with ZipFile(path) as old:
        content = {name: old.read(name) for name in old.namelist()}
    content["pts.npy"] = content["pts.npy"].replace(b"(4,), }" + b" " * 14, b"(900000000000000,), }")
    assert b"900000000000000" in content["pts.npy"]
    with ZipFile(path, "w") as new:
        for name, data in content.items():
            new.writestr(name, data)
    assert VideoIndex.load(path) is None
