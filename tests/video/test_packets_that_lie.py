"""Packets claim pictures that are not there, hide some that are, or are damaged; the numbers are those that decode."""

from __future__ import annotations

import random
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from app.video.indexing import index_of, prove
from app.video.source import DamagedFrameError, FrameSource, open_source
from tests.support.damaged_clips import (
    not_coded,
    overwrite_packet,
    packed,
    packets_of,
    recovered_at_once,
    with_empty_chunks_at_the_end,
    with_packets,
)
from tests.support.numbered_clips import Coding, number_in, write_clip
from tracker_core.tracker import Image

WHOLE_PICTURES = Coding(".avi", "mpeg4", {"qscale": "3"}, group=1)
DAMAGED = "damaged"


def shown(source: FrameSource) -> list[int | str]:
    """The number in each picture, in a random order of reading."""
    found: dict[int, int | str] = {}
    for frame in random.Random(3).sample(range(source.info.frame_count), source.info.frame_count):
        try:
            found[frame] = number_in(source.read(frame))
        except DamagedFrameError:
            found[frame] = DAMAGED
    return [found[frame] for frame in sorted(found)]


def decoded_by_ffmpeg(path: Path) -> list[Image]:
    with av.open(str(path)) as container:
        container.streams.video[0].codec_context.thread_count = 1
        return [np.asarray(frame.to_ndarray(format="rgb24"), np.uint8) for frame in container.decode(video=0)]


@pytest.mark.parametrize("threads", [1, 16])
@pytest.mark.parametrize("lacking", [{11, 12, 13, 85}, {71, 72, 73, 85}, {97, 98, 99}], ids=["early", "late", "end"])
def test_a_packet_that_says_there_is_no_picture_is_no_frame(lacking: set[int], threads: int, tmp_path: Path) -> None:
    whole = write_clip(tmp_path, WHOLE_PICTURES, frames=100)
    path = with_packets(whole, lambda number, data: not_coded(data) if number in lacking else data)
    source = open_source(path, decoding_threads=threads)
    left = [number for number in range(100) if number not in lacking]
    if 99 in lacking:
        left.append(left[-1])  # at the end FFmpeg shows the last picture once more
    assert shown(source) == left == list(map(number_in, decoded_by_ffmpeg(path)))
    assert source.info.damaged_frames == frozenset()


def test_chunks_without_a_byte_are_no_frames_and_no_damage(tmp_path: Path) -> None:
    path = with_empty_chunks_at_the_end(write_clip(tmp_path, Coding(".avi", "mjpeg"), frames=60), 40)
    capture = cv2.VideoCapture(str(path))
    assert capture.get(cv2.CAP_PROP_FRAME_COUNT) == 100  # what the header says
    assert shown(open_source(path)) == list(range(60))


def test_two_pictures_in_one_packet_are_two_frames_with_many_sync_points(
    tmp_path: Path, empty_index_cache: Path
) -> None:
    path = packed(write_clip(tmp_path, Coding(".avi", "mpeg4", {"bf": "1", "b": "2M", "b_strategy": "0"}), frames=60))
    assert len(decoded_by_ffmpeg(path)) == 60
    source = open_source(path)
    assert shown(source) == list(range(60))
    index = index_of(path, on_progress=lambda share: None, is_cancelled=lambda: False)
    assert index.sync_frames.tolist() == [0, 12, 24, 36, 48, 59]


DAMAGES = {
    "h264": Coding(options={"bf": "3"}),
    "h264 in mkv": Coding(".mkv", options={"bf": "0"}),
    "h264 in avi, whose times are wrong": Coding(".avi", options={"bf": "3"}),
    "mjpeg": Coding(".avi", "mjpeg"),
    "mpeg4": Coding(".avi", "mpeg4"),
    "mpeg4 with B-frames": Coding(".avi", "mpeg4", {"bf": "2"}),
    "vp8": Coding(".webm", "libvpx", {"deadline": "realtime", "cpu-used": "8"}),
    "vp9": Coding(".webm", "libvpx-vp9"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_frame_keeps_its_number_however_many_cores_there_are(
    name: str, tmp_path: Path, empty_index_cache: Path
) -> None:
    path = write_clip(tmp_path, DAMAGES[name], frames=120)
    overwrite_packet(path, 100, bytes(len(packets_of(path)[100])))
    seen = []
    for threads in (1, 16):
        path = path.rename(path.with_stem(f"with_{threads}"))  # an index of its own
        source = open_source(path, decoding_threads=threads)
        assert source.info.frame_count == 120
        numbers = shown_where_whole(source)
        untouched = [*range(96), *range(109, 120)]
        assert [numbers.get(frame) for frame in untouched] == untouched
        damaged = source.info.damaged_frames
        assert damaged
        assert damaged <= set(range(97, 104))
        assert not damaged & set(numbers)
        seen.append((source.info.fingerprint, damaged))
    assert seen[0] == seen[1]


def shown_where_whole(source: FrameSource) -> dict[int, int]:
    """The numbers in the pictures, where they are not smeared by damage before them."""
    found = {}
    for frame in range(source.info.frame_count):
        try:
            found[frame] = number_in(source.read(frame))
        except (DamagedFrameError, AssertionError):
            continue
    return found


@pytest.mark.parametrize("seed", range(4))
def test_noise_in_many_packets_gives_the_same_index_on_one_core_and_on_many(seed: int, tmp_path: Path) -> None:
    path = write_clip(tmp_path, Coding(".mkv", options={"bf": "2"}), frames=120)
    chance = random.Random(seed)

    def noisy(number: int, data: bytes) -> bytes:
        if number < 5 or chance.random() > 0.1:
            return data
        place = chance.randrange(4, len(data))
        return data[:place] + chance.randbytes(len(data) - place)

    path = with_packets(path, noisy)
    indexes = []
    for threads in (1, 16):
        path = path.rename(path.with_stem(f"with_{threads}"))  # an index of its own
        indexes.append(
            index_of(path, on_progress=lambda share: None, is_cancelled=lambda: False, decoding_threads=threads)
        )
    one, many = indexes
    for name in ("packets", "damaged", "pts", "checks", "sync_frames"):
        np.testing.assert_array_equal(getattr(one, name), getattr(many, name))
    assert one.frame_count >= 110


def test_an_index_made_by_times_is_corrected_by_the_proof(
    tmp_path: Path, empty_index_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.video.indexing.PIXELS_PROVED_AT_ONCE", 0)
    whole = write_clip(tmp_path, WHOLE_PICTURES, frames=100)
    path = with_packets(whole, lambda number, data: not_coded(data) if number in (71, 72) else data)
    source = open_source(path)
    assert (source.info.frame_count, source.info.sure_frames, source.info.is_proven) == (100, 48, False)
    known = source.info.fingerprint
    source.close()

    index = index_of(path, on_progress=lambda share: None, is_cancelled=lambda: False)
    sure: list[int] = []
    proved = prove(path, index, on_progress=lambda share: None, is_cancelled=lambda: False, on_sure=sure.append)
    assert proved.frame_count == 98
    assert sure == sorted(sure)
    assert sure[-1] == 71  # the first frame that was numbered wrong

    source = open_source(path)
    assert source.info.is_proven
    assert shown(source) == [*range(71), *range(73, 100)]
    assert source.info.fingerprint == known


def test_the_proof_can_be_asked_for_and_be_cancelled(
    plain_clip: Path, empty_index_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.video.indexing.PIXELS_PROVED_AT_ONCE", 0)
    assert not open_source(plain_clip).info.is_proven
    assert open_source(plain_clip, is_proven=True).info.is_proven
    assert open_source(plain_clip).info.is_proven  # it is kept


@pytest.mark.parametrize("is_proven", [True, False])
@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".ts"])
def test_a_recovery_point_that_claims_too_much_does_not_give_half_a_picture(
    suffix: str, is_proven: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not is_proven:
        monkeypatch.setattr("app.video.indexing.PIXELS_PROVED_AT_ONCE", 0)
    monkeypatch.setattr("app.video.recent_frames.RECENT_BYTES", 0)
    path = _rolling_clip(tmp_path)
    path = with_packets(path, lambda number, data: recovered_at_once(data), suffix=suffix)
    whole = decoded_by_ffmpeg(path)
    source = open_source(path)
    assert source.info.is_proven == is_proven
    order = random.Random(5).sample(range(200), 60)
    wrong = [frame for frame in order if (source.read(frame) != whole[frame]).any()]
    assert wrong == []


def _rolling_clip(folder: Path) -> Path:
    """A texture that moves, in H.264 that refreshes a part of each picture, so that no picture stands alone."""
    path = folder / "rolling.mp4"
    texture = cv2.GaussianBlur(np.random.default_rng(1).integers(0, 255, (96, 800, 3)).astype(np.uint8), (9, 9), 3)
    with av.open(str(path), "w") as container:
        options = {"x264-params": "intra-refresh=1:keyint=40", "crf": "20"}
        stream = container.add_stream("libx264", rate=25, options=options)
        stream.width, stream.height, stream.pix_fmt = 128, 96, "yuv420p"
        for number in range(200):
            picture = np.ascontiguousarray(texture[:, number * 3 : number * 3 + 128], dtype=np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))
    return path
