"""A video with one frame that cannot be read."""

from __future__ import annotations

import pytest

from app.video.file_source import VideoFileSource
from app.video.info import VideoError
from tracker_core.tracker import Image


def damage(frame: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make this frame unreadable in every video file."""
    read = VideoFileSource.read

    def read_but_for_one(source: VideoFileSource, index: int) -> Image:
        if index == frame:
            raise VideoError(f"Frame {frame} is damaged.")
        return read(source, index)

    monkeypatch.setattr(VideoFileSource, "read", read_but_for_one)
