"""Frames decoded ahead in a thread: the right ones, in order, and no thread left when nobody wants more."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from app.video.read_ahead import reading_ahead
from app.video.source import VideoError
from tests.support.numbered_clips import Coding, number_in, write_clip


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_clip(tmp_path_factory.mktemp("read_ahead"), Coding(), frames=30)


def threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name == "read ahead"]


@pytest.mark.parametrize("frames", [range(30), range(29, -1, -1), range(5, 25, 7), [3, 3, 20, 0], []])
def test_the_frames_asked_for_come_in_their_order(clip: Path, frames: range | list[int]) -> None:
    with reading_ahead(clip, frames) as pictures:
        found = [(frame, number_in(image)) for frame, image in pictures]
    assert found == [(frame, frame) for frame in frames]
    assert threads() == []


def test_leaving_early_ends_the_thread(clip: Path) -> None:
    with reading_ahead(clip, range(30)) as pictures:
        assert next(pictures)[0] == 0
        assert threads() == ["read ahead"]
    assert threads() == []


def test_leaving_with_an_error_ends_the_thread(clip: Path) -> None:
    with pytest.raises(KeyboardInterrupt), reading_ahead(clip, range(30)):
        raise KeyboardInterrupt
    assert threads() == []


def test_what_goes_wrong_in_the_thread_is_raised_where_the_frame_is_asked_for(clip: Path, tmp_path: Path) -> None:
    with reading_ahead(clip, [0, 30]) as pictures:
        assert next(pictures)[0] == 0
        with pytest.raises(IndexError):
            next(pictures)
    with reading_ahead(tmp_path / "missing.mp4", [0]) as pictures, pytest.raises(VideoError, match=r"missing\.mp4"):
        next(pictures)
    assert threads() == []
