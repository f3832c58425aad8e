"""Frame k is frame k: told by the number in the picture, for every kind of file that breaks naive seeking."""

from __future__ import annotations

import gc
import random
import weakref
from collections.abc import Callable
from fractions import Fraction
from itertools import accumulate
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import pytest

from app.video.file_source import KEPT_BEHIND, KEPT_GOING_ON, VideoFileSource
from app.video.recent_frames import RECENT
from app.video.source import FrameSource, GivenUpError, VideoError, WatchedSource, open_source
from tests.support.numbered_clips import Coding, number_in, numbered_image, write_clip
from tracker_core.tracker import Image

X264_OPEN = {"x264-params": "open-gop=1:keyint=12:min-keyint=12:bframes=3:scenecut=0:b-adapt=0"}
X265_OPEN = {"x265-params": "open-gop=1:keyint=12:min-keyint=12:bframes=3:log-level=none"}
HIDDEN_FRAMES = {"auto-alt-ref": "1", "lag-in-frames": "25", "deadline": "good", "cpu-used": "4"}

CODINGS = {
    "h264": Coding(options={"bf": "0"}),
    "h264 with B-frames": Coding(options={"bf": "3"}),
    "h264 with groups shorter than the reordering": Coding(options={"bf": "3"}, group=2),
    "h264 with a single key frame": Coding(options={"x264-params": "keyint=infinite:scenecut=0"}, group=1000),
    "h264 open group in mp4": Coding(options=X264_OPEN),
    "h264 open group in mkv": Coding(".mkv", options=X264_OPEN),
    "h264 open group in mpeg-ts": Coding(".ts", options=X264_OPEN),
    "h264 with intra refresh": Coding(".mkv", options={"x264-params": "intra-refresh=1:keyint=12"}),
    "h264 with B-frames in avi, whose times are wrong": Coding(".avi", options={"bf": "3"}),
    "raw h264, without times": Coding(".h264", options={"bf": "3"}),
    "interlaced h264": Coding(".ts", options={"x264-params": "interlaced=1"}),
    "hevc open group": Coding(codec="libx265", options=X265_OPEN),
    "mpeg4": Coding(codec="mpeg4", options={"qscale": "3"}),
    "mpeg4 with B-frames in avi": Coding(".avi", "mpeg4", {"bf": "2", "b": "2M"}),
    "mpeg2 program stream": Coding(".mpg", "mpeg2video", {"bf": "2", "b": "2M"}),
    "mjpeg in avi": Coding(".avi", "mjpeg"),
    "vp8 with hidden frames": Coding(".webm", "libvpx", HIDDEN_FRAMES),
    "vp9": Coding(".webm", "libvpx-vp9", HIDDEN_FRAMES),
}
DECODED_IN_ANY_CASE = {"h264 with B-frames in avi, whose times are wrong", "raw h264, without times"}
FRAMES = 60


def open_coding(name: str, folder: Path) -> FrameSource:
    coding = CODINGS[name]
    path = folder / f"{name}{coding.suffix}"
    return open_source(path if path.exists() else write_clip(folder, coding, frames=FRAMES, name=name))


def numbers(source: FrameSource, order: list[int]) -> list[int]:
    return [number_in(source.read(index)) for index in order]


@pytest.mark.parametrize(
    "name", ["h264 with a single key frame", "h264 open group in mpeg-ts", "h264 with intra refresh"]
)
def test_frames_on_the_way_are_themselves_and_a_jump_that_is_given_up_goes_on_from_there(
    name: str, clips: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.video.recent_frames.RECENT_BYTES", 0)
    source = open_coding(name, clips)
    assert isinstance(source, WatchedSource)
    passed: list[tuple[int, int]] = []

    def on_way(number: int, picture: Callable[[], Image]) -> None:
        passed.append((number, number_in(picture())))
        if number >= 40:
            raise GivenUpError

    source.watch(on_way)
    with pytest.raises(GivenUpError):
        source.read(55)  # not the last one, which is known from opening
    assert passed
    assert all(number == seen for number, seen in passed)
    source.watch(None)
    assert numbers(source, [52, 48, 10, 59]) == [52, 48, 10, 59]
    source.close()


@pytest.mark.parametrize("is_proven", [True, False], ids=["proven", "by its packets"])
@pytest.mark.parametrize("name", CODINGS)
def test_every_frame_is_itself_in_any_order(
    name: str, is_proven: bool, clips: Path, empty_index_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not is_proven:
        monkeypatch.setattr("app.video.indexing.PIXELS_PROVED_AT_ONCE", 0)
    # Without frames kept, each step back and each jump really seeks.
    monkeypatch.setattr("app.video.recent_frames.RECENT_BYTES", 0)
    source = open_coding(name, clips)
    assert source.info.is_proven == (is_proven or name in DECODED_IN_ANY_CASE)
    assert source.info.frame_count == FRAMES
    forward = list(range(FRAMES))
    shuffled = random.Random(name).sample(forward, FRAMES)
    assert numbers(source, forward) == forward
    assert numbers(source, shuffled) == shuffled
    assert numbers(source, forward[::-1]) == forward[::-1]
    source.close()


@pytest.mark.parametrize("name", CODINGS)
def test_the_first_read_may_be_of_any_frame(name: str, clips: Path) -> None:
    for index in (FRAMES - 1, 37, 0):
        source = open_coding(name, clips)
        assert number_in(source.read(index)) == index
        source.close()


@pytest.mark.parametrize("suffix", [".mp4", ".mkv"])
def test_a_varying_rate(suffix: str, tmp_path: Path) -> None:
    gaps = random.Random(7).choices([1, 7, 20, 33, 40, 500], k=FRAMES - 1)
    milliseconds = list(accumulate(gaps, initial=0))
    path = write_clip(tmp_path, Coding(suffix, options={"bf": "3"}), frames=FRAMES, milliseconds=milliseconds)
    source = open_source(path)
    shuffled = random.Random(8).sample(range(FRAMES), FRAMES)
    assert numbers(source, shuffled) == shuffled
    np.testing.assert_allclose(source.info.times, np.array(milliseconds) / 1000, atol=0.002)
    assert float(source.info.frame_rate) == pytest.approx((FRAMES - 1) * 1000 / milliseconds[-1], rel=0.02)


@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".ts"])
def test_a_start_offset_does_not_count(suffix: str, tmp_path: Path) -> None:
    milliseconds = [7000 + 40 * number for number in range(FRAMES)]
    source = open_source(write_clip(tmp_path, Coding(suffix), frames=FRAMES, milliseconds=milliseconds))
    shuffled = random.Random(9).sample(range(FRAMES), FRAMES)
    assert numbers(source, shuffled) == shuffled
    assert source.info.times[0] == 0
    assert source.info.times[-1] == pytest.approx((FRAMES - 1) / 25, abs=0.002)


def test_frames_that_an_edit_list_hides_do_not_count(tmp_path: Path) -> None:
    whole = write_clip(tmp_path, Coding(options={"bf": "0"}), frames=FRAMES)
    cut = tmp_path / "cut.mp4"
    with av.open(str(whole)) as given, av.open(str(cut), "w", options={"avoid_negative_ts": "disabled"}) as target:
        film = given.streams.video[0]
        stream = target.add_stream_from_template(film)
        for packet in given.demux(film):
            if packet.dts is not None and packet.pts is not None and film.time_base is not None:
                shift = round(17 / 25 / film.time_base)
                packet.pts, packet.dts = packet.pts - shift, packet.dts - shift
                packet.stream = stream
                target.mux(packet)
    source = open_source(cut)
    shown = list(range(17, FRAMES))
    assert source.info.frame_count == len(shown)
    assert numbers(source, list(range(len(shown)))[::-1]) == shown[::-1]


def test_what_is_known_of_a_video(plain_clip: Path) -> None:
    info = open_source(plain_clip).info
    assert (info.path, info.frame_count, info.width, info.height) == (plain_clip, 60, 192, 64)
    assert info.frame_rate == Fraction(25)
    np.testing.assert_allclose(info.times, np.arange(60) / 25)


def test_a_frame_is_rgb_and_the_callers_own(tmp_path: Path) -> None:
    path = tmp_path / "red.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = 62, 50, "yuv420p"  # a width that FFmpeg pads
        red = np.zeros((50, 62, 3), dtype=np.uint8)
        red[..., 0] = 255
        container.mux(stream.encode(av.VideoFrame.from_ndarray(red, format="rgb24")))
        container.mux(stream.encode(None))
    source = open_source(path)
    image = source.read(0)
    assert image.dtype == np.uint8
    assert image.flags.c_contiguous
    assert image.shape == (50, 62, 3)
    np.testing.assert_allclose(image.mean(axis=(0, 1)), [255, 0, 0], atol=6)
    image[:] = 0
    assert source.read(0).max() > 200


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_phones_video_is_upright(rotation: int, tmp_path: Path) -> None:
    path = write_clip(tmp_path, Coding(rotation=rotation), frames=40)
    source = open_source(path)
    image = source.read(37)
    capture = cv2.VideoCapture(str(path))  # OpenCV turns videos too: an independent judge
    for _ in range(38):
        judged = capture.read()[1]
    assert image.shape == judged.shape
    assert (source.info.height, source.info.width) == judged.shape[:2]
    assert image.flags.c_contiguous
    assert np.abs(image.astype(int) - judged[..., ::-1]).mean() < 4


def test_a_mirrored_video_is_mirrored_back(tmp_path: Path) -> None:
    image = open_source(write_clip(tmp_path, Coding(is_mirrored=True), frames=30)).read(21)
    assert np.abs(image.astype(int) - np.fliplr(numbered_image(21))).mean() < 4


def test_there_is_no_frame_beyond_the_last_or_before_the_first(plain_clip: Path) -> None:
    source = open_source(plain_clip)
    for index in (-1, 60):
        with pytest.raises(IndexError, match=f"no frame {index} in a video of 60"):
            source.read(index)


def test_a_damaged_frame_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    path = write_clip(tmp_path, Coding(".avi", "mjpeg"), frames=FRAMES)
    with av.open(str(path)) as container:
        packets = [packet for packet in container.demux(container.streams.video[0]) if packet.size]
    with path.open("r+b") as file:
        file.seek((packets[50].pos or 0) + 16)
        file.write(bytes(packets[50].size - 32))
    source = open_source(path)
    with pytest.raises(VideoError, match=r"Frame 50 of .*clip\.avi cannot be decoded"):
        source.read(50)
    assert numbers(source, [49, 51, 52, 20]) == [49, 51, 52, 20]


class Starts:
    """Counts how often a source starts decoding again."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        start_at = VideoFileSource._start_at

        def counted(source: VideoFileSource, sync_point: int, **named: Any) -> None:
            self.count += 1
            start_at(source, sync_point, **named)

        monkeypatch.setattr(VideoFileSource, "_start_at", counted)


@pytest.mark.parametrize("codec", ["libx264", "libx265"])
def test_a_jump_decodes_only_what_its_frame_leans_on(
    codec: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = {"x264-params": "keyint=100:scenecut=0:bframes=3"}
    if codec == "libx265":
        options = {"x265-params": "keyint=100:scenecut=0:bframes=3:log-level=none"}
    path = write_clip(tmp_path, Coding(".mkv", codec, options, group=100), frames=200)
    passed: list[int] = []
    put = RECENT.put

    def noted(source: int, number: int, frame: av.VideoFrame) -> None:
        passed.append(number)
        put(source, number, frame)

    monkeypatch.setattr(RECENT, "put", noted)
    source = open_source(path)
    passed.clear()
    assert number_in(source.read(195)) == 195
    assert len(passed) < 80
    assert numbers(source, [194, 193, 192]) == [194, 193, 192]
    assert numbers(source, list(range(196, 200))) == [196, 197, 198, 199]
    assert numbers(source, [150, 149, 140, 31, 120, 7]) == [150, 149, 140, 31, 120, 7]


def test_reading_on_never_seeks(plain_clip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    starts = Starts(monkeypatch)
    source = open_source(plain_clip)
    assert numbers(source, list(range(60))) == list(range(60))
    assert starts.count == 0


@pytest.mark.parametrize(("step", "most"), [(1, KEPT_GOING_ON), (25, KEPT_BEHIND)])
def test_a_reader_that_goes_on_keeps_few_decoded_frames(plain_clip: Path, step: int, most: int) -> None:
    source = open_source(plain_clip)
    before = RECENT.bytes_kept
    source.read(0)
    a_frame = RECENT.bytes_kept - before
    for frame in range(step, 60, step):
        source.read(frame)
    assert RECENT.bytes_kept - before <= (most + 1) * a_frame
    source.close()


def test_stepping_back_decodes_each_group_once(plain_clip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    starts = Starts(monkeypatch)
    source = open_source(plain_clip)
    backward = list(range(59, -1, -1))
    assert numbers(source, backward) == backward
    assert starts.count <= 60 / 12


def test_frames_kept_for_stepping_back_are_bounded(plain_clip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.video.recent_frames.RECENT_BYTES", 10 * 192 * 64 * 3 // 2)
    starts = Starts(monkeypatch)
    source = open_source(plain_clip)
    numbers(source, list(range(60)))
    numbers(source, list(range(59, 53, -1)))
    assert starts.count == 0
    assert number_in(source.read(45)) == 45
    assert starts.count == 1


def test_all_open_sources_share_the_room_for_frames(plain_clip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    most = 10 * 192 * 64 * 3 // 2
    monkeypatch.setattr("app.video.recent_frames.RECENT_BYTES", most)
    before = RECENT.bytes_kept
    sources = [open_source(plain_clip) for _ in range(5)]
    for source in sources:
        numbers(source, list(range(60)))
        assert RECENT.bytes_kept <= max(most, before)
    for source in sources:
        source.close()
    assert RECENT.bytes_kept <= before


def test_a_file_that_goes_away_while_it_is_open_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.video.recent_frames.RECENT_BYTES", 0)
    path = write_clip(tmp_path, Coding(), frames=FRAMES)
    source = open_source(path)
    assert number_in(source.read(40)) == 40
    path.rename(tmp_path / "moved.mp4")
    with pytest.raises(VideoError, match=r"There is no file .*clip\.mp4"):
        source.read(0)
    assert number_in(source.read(41)) == 41


def test_a_closed_source_goes_at_once_and_not_when_python_next_looks_for_garbage(plain_clip: Path) -> None:
    gc.collect()
    gc.disable()
    try:
        source = VideoFileSource(plain_clip, on_progress=lambda share: None, is_cancelled=lambda: False)
        source.read(40)
        source.close()
        source.close()
        gone = weakref.ref(source)
        del source
        assert gone() is None
    finally:
        gc.enable()
