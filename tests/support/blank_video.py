"""A video of black pictures, as long as a test wants it, for runs in which only the tracker's script counts."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from threading import Event, Lock
from typing import Any

import numpy as np
import pytest

from app.model.project import VideoReference
from app.video.info import DamagedFrameError, VideoError, VideoInfo
from tracker_core.tracker import Image

WIDTH, HEIGHT = 64, 48
PATH = Path("/videos/blank.mp4")
OPENERS = ("app.assist.runs", "app.video.kept_source", "app.video.read_ahead")


def video_reference(frame_count: int) -> VideoReference:
    return VideoReference(PATH, frame_count, WIDTH, HEIGHT, Fraction(25))


class BlankVideo:
    """Stands in for ``open_source``. ``broken`` frames cannot be read, ``damaged`` ones have no picture; ``held_up``
    ones wait for their event.
    """

    def __init__(self, frame_count: int) -> None:
        self.frame_count = frame_count
        self.broken: set[int] = set()
        self.damaged: set[int] = set()
        self.held_up: dict[int, Event] = {}
        self.reads: list[int] = []
        self.lock = Lock()
        self.open_sources = 0

    def open(self, path: Path, **_: Any) -> _BlankSource:
        with self.lock:
            self.open_sources += 1
        return _BlankSource(self, path)

    def install(self, monkeypatch: pytest.MonkeyPatch) -> BlankVideo:
        for module in OPENERS:
            monkeypatch.setattr(f"{module}.open_source", self.open)
        return self


class _BlankSource:
    def __init__(self, video: BlankVideo, path: Path) -> None:
        times = np.arange(video.frame_count) / 25
        self.info = VideoInfo(path, video.frame_count, WIDTH, HEIGHT, Fraction(25), times)
        self._video = video

    def read(self, index: int) -> Image:
        if not 0 <= index < self._video.frame_count:
            raise IndexError(index)
        with self._video.lock:
            self._video.reads.append(index)
        if index in self._video.held_up:
            assert self._video.held_up[index].wait(5)
        if index in self._video.damaged:
            raise DamagedFrameError(f"Frame {index} is damaged.")
        if index in self._video.broken:
            raise VideoError(f"Frame {index} is broken.")
        return np.zeros((HEIGHT, WIDTH, 3), dtype=np.uint8)

    def close(self) -> None:
        with self._video.lock:
            self._video.open_sources -= 1
