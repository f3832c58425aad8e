"""A video without a file, for tests of what reads frames: it remembers its reads, and may be held up or fail."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from pathlib import Path
from threading import Event, Semaphore

import numpy as np

from app.video.info import DamagedFrameError, OpeningCancelledError, VideoError, VideoInfo
from app.video.source import OnWay
from tracker_core.tracker import Image

FRAME_BYTES = 12 * 8 * 3


class ScriptedSource:
    """100 frames of 12 x 8 pixels, each filled with its number."""

    def __init__(self, path: Path) -> None:
        self.reads: list[int] = []  # as they came
        self.held_up: dict[int, Event] = {}  # frames that wait for their event
        self.broken: set[int] = set()  # frames that cannot be read
        self.damaged: set[int] = set()  # frames that have no picture of their own
        self.faulty: set[int] = set()  # frames whose reading ends in an error that nobody has foreseen
        self.is_closed = False
        self._info = VideoInfo(path, 100, 12, 8, Fraction(25), np.arange(100) / 25)

    @property
    def info(self) -> VideoInfo:
        return self._info

    def read(self, index: int) -> Image:
        assert not self.is_closed
        self.reads.append(index)
        if index in self.held_up:
            assert self.held_up[index].wait(5)
        if index in self.faulty:
            raise KeyError(index)
        if index in self.damaged:
            raise DamagedFrameError(f"Frame {index} is damaged.")
        if index in self.broken:
            raise VideoError(f"Frame {index} is broken.")
        return picture_of(index)

    def close(self) -> None:
        self.is_closed = True


class ScriptedOpening:
    """Stands in for ``open_source``: knows its sources by name; ``slow.mp4`` is walked through until cancelled."""

    def __init__(self) -> None:
        self.sources: dict[str, ScriptedSource] = {}
        self.cancelled: list[str] = []

    def __call__(
        self, path: Path, *, on_progress: Callable[[float], None], is_cancelled: Callable[[], bool], **_: object
    ) -> ScriptedSource:
        if path.stem == "slow":
            on_progress(0.25)
            pause = Event()
            while not is_cancelled():
                pause.wait(0.001)
            self.cancelled.append(path.name)
            raise OpeningCancelledError(path)
        if path.name not in self.sources:
            raise VideoError(f"{path} is not a video.")
        return self.sources[path.name]

    def add(self, name: str) -> ScriptedSource:
        self.sources[name] = ScriptedSource(Path(name))
        return self.sources[name]


class FarSource(ScriptedSource):
    """Decodes every frame from the beginning, a pulse of ``steps`` each; a test sends them. What it has decoded last
    is ``position``.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.steps = Semaphore(0)
        self.position = -1
        self._on_way: OnWay | None = None

    def watch(self, on_way: OnWay | None) -> None:
        self._on_way = on_way

    def read(self, index: int) -> Image:
        if index <= self.position:
            self.position = -1
        while self.position < index - 1:
            assert self.steps.acquire(timeout=5)
            self.position += 1
            if self._on_way is not None:
                self._on_way(self.position, partial(picture_of, self.position))
        self.position = index
        return super().read(index)


def picture_of(index: int) -> Image:
    return np.full((8, 12, 3), index, dtype=np.uint8)
