"""Whatever a library throws, a video ends in a picture or in one of our sentences."""

from __future__ import annotations

import os
from pathlib import Path

import av
import pytest

from app.video.file_source import VideoFileSource
from app.video.source import DamagedFrameError, OtherVideoError, VideoError, open_source
from tests.support.damaged_clips import overwrite_packet, packets_of
from tests.support.numbered_clips import Coding, number_in, write_clip


def without_a_size(packet: bytes) -> bytes:
    """An FLV1 picture that says it is 0 by 0 pixels large, which FFmpeg calls an invalid argument."""
    head = int.from_bytes(packet[:8], "big") & ~(0xFFFF << 15)
    return head.to_bytes(8, "big") + packet[8:]


@pytest.mark.parametrize("number", [10, 60])
def test_a_packet_that_ffmpeg_calls_an_invalid_argument_is_a_damaged_frame(number: int, tmp_path: Path) -> None:
    path = write_clip(tmp_path, Coding(".flv", "flv"), frames=70)
    overwrite_packet(path, number, without_a_size(packets_of(path)[number]))
    with av.open(str(path)) as container, pytest.raises(av.error.ArgumentError):
        list(container.decode(video=0))
    source = open_source(path)
    assert number_in(source.read(number - 1)) == number - 1
    with pytest.raises(DamagedFrameError, match=rf"Frame {number} of .*clip\.flv cannot be decoded"):
        source.read(number)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (av.error.ExternalError(-542398533, "Generic error in an external library"), "Generic error in an external"),
        (av.error.PermissionError(1, "Operation not permitted"), "Operation not permitted"),
        (ValueError("31 is not\na valid Type"), "ValueError: 31 is not a valid Type"),
        (MemoryError(), "not enough memory"),
        (RuntimeError("x" * 5000), "xxx…"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_any_error_of_a_library_becomes_a_sentence_with_the_files_name(
    error: Exception, reason: str, plain_clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object, **named: object) -> None:
        raise error

    source = open_source(plain_clip)
    monkeypatch.setattr(VideoFileSource, "read", fail)
    monkeypatch.setattr(VideoFileSource, "__init__", fail)
    for raising, name in ((lambda: source.read(7), f"Frame 7 of {plain_clip}"), (lambda: open_source(plain_clip), "")):
        with pytest.raises(VideoError) as caught:
            raising()
        message = str(caught.value)
        assert message.startswith(name or str(plain_clip))
        assert reason in message
        assert "\n" not in message
        assert len(message) < len(str(plain_clip)) + 400


def test_a_video_that_is_written_over_while_it_is_open_is_not_read_as_the_old_one(tmp_path: Path) -> None:
    path = write_clip(tmp_path, Coding(), frames=60)
    source = open_source(path)
    assert number_in(source.read(3)) == 3
    path.write_bytes(write_clip(tmp_path, Coding(), frames=40, name="other").read_bytes())
    with pytest.raises(OtherVideoError, match=r"clip\.mp4 has changed since it was opened; open it again"):
        source.read(50)


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp4")
    with pytest.raises(VideoError, match="is a folder, a pipe or a device"):
        open_source(tmp_path / "pipe.mp4")
