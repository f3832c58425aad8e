"""What cannot be opened says so in one sentence that names the file."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from app.video.source import VideoError, open_source
from tests.support.numbered_clips import Coding, with_header_first, write_clip


def shortened(path: Path, share: float) -> Path:
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    return path


def sound_only(path: Path) -> Path:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=44100)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 44100), dtype=np.float32), format="fltp", layout="mono")
        frame.sample_rate = 44100
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def complaint(path: Path) -> str:
    with pytest.raises(VideoError) as caught:
        open_source(path)
    message = str(caught.value)
    assert str(path) in message
    assert "\n" not in message
    assert message.endswith(".")
    return message


def test_a_missing_file(tmp_path: Path) -> None:
    assert "There is no file" in complaint(tmp_path / "gone.mp4")


def test_an_empty_file(tmp_path: Path) -> None:
    assert "is empty" in complaint(written(tmp_path / "empty.mp4", b""))


def test_text_that_calls_itself_a_video(tmp_path: Path) -> None:
    assert "not a video" in complaint(written(tmp_path / "notes.mp4", b"These are notes.\n" * 200))


def test_a_text_file_which_ffmpeg_would_draw(tmp_path: Path) -> None:
    assert "is a text file" in complaint(written(tmp_path / "notes.txt", b"These are notes.\n" * 200))


def test_noise(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).bytes(20_000)
    assert "not a video" in complaint(written(tmp_path / "noise.mp4", noise))


def test_sound_without_picture(tmp_path: Path) -> None:
    assert "sound but no picture" in complaint(sound_only(tmp_path / "song.mp4"))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_an_mp4_cut_off_before_its_header(share: float, tmp_path: Path) -> None:
    assert "was cut off" in complaint(shortened(write_clip(tmp_path, Coding(), frames=100), share))


@pytest.mark.parametrize("share", [0.7, 0.99])
def test_an_mp4_cut_off_behind_its_header(share: float, tmp_path: Path) -> None:
    path = with_header_first(write_clip(tmp_path, Coding(), frames=100))
    assert open_source(path).info.frame_count == 100
    assert "was cut off" in complaint(shortened(path, share))


@pytest.mark.parametrize("coding", [Coding(".mkv"), Coding(".avi", "mjpeg")], ids=["mkv", "avi"])
def test_another_file_cut_off_in_the_middle(coding: Coding, tmp_path: Path) -> None:
    assert "was cut off" in complaint(shortened(write_clip(tmp_path, coding, frames=100), 0.5))


def test_a_few_bytes_of_a_video(tmp_path: Path) -> None:
    path = with_header_first(write_clip(tmp_path, Coding(), frames=20))
    assert "cut off" in complaint(written(path, path.read_bytes()[:300]))


def test_a_folder_without_images(tmp_path: Path) -> None:
    written(tmp_path / "notes.txt", b"nothing to see")
    assert "no images" in complaint(tmp_path)
