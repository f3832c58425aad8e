"""A jump that takes long shows frames on the way, each under its own number, and never in place of the wanted one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.workers import frame_reader
from app.workers.frame_loader import FrameLoader
from tests.support.scripted_video import FarSource, ScriptedOpening
from tracker_core.tracker import Image


@pytest.fixture
def far(
    opening: ScriptedOpening, loader: FrameLoader, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[FarSource]:
    """Open in ``loader``, which never waits for a stand-in and reads nothing ahead."""
    monkeypatch.setattr(frame_reader, "SECONDS_UNTIL_PICTURE", 0)
    monkeypatch.setattr(frame_reader, "SECONDS_BETWEEN_PICTURES", 0)
    monkeypatch.setattr(frame_reader, "FRAMES_AHEAD", 0)
    source = opening.sources["far.mp4"] = FarSource(Path("far.mp4"))
    with qtbot.waitSignal(loader.opened):
        loader.open(Path("far.mp4"))
    yield source
    source.steps.release(1000)


class Seen:
    def __init__(self, loader: FrameLoader) -> None:
        self.on_the_way: list[int] = []
        self.frames: list[int] = []
        loader.stand_in_ready.connect(self._on_stand_in)
        loader.frame_ready.connect(self._on_frame)

    def _on_stand_in(self, index: int, image: Image) -> None:
        assert (image == index).all()
        self.on_the_way.append(index)

    def _on_frame(self, index: int, image: Image) -> None:
        assert (image == index).all()
        self.frames.append(index)


def test_frames_on_the_way_come_with_their_own_number_before_the_wanted_one(
    far: FarSource, loader: FrameLoader, qtbot: QtBot
) -> None:
    seen = Seen(loader)
    loader.request(5)
    far.steps.release(3)
    qtbot.waitUntil(lambda: seen.on_the_way == [0, 1, 2])
    assert seen.frames == []
    far.steps.release(2)
    qtbot.waitUntil(lambda: seen.frames == [5])
    assert seen.on_the_way == [0, 1, 2, 3, 4]
    assert loader.cached(3) is not None  # they are exact, and kept


def test_the_way_leads_to_a_later_frame_as_soon_as_that_is_wanted(
    far: FarSource, loader: FrameLoader, qtbot: QtBot
) -> None:
    seen = Seen(loader)
    loader.request(50)
    far.steps.release(10)
    qtbot.waitUntil(lambda: far.position == 9)
    loader.request(12)  # ahead of what is decoded: frame 50 is given up at the next frame
    far.steps.release(2)
    qtbot.waitUntil(lambda: seen.frames == [12])
    assert far.reads == [12]


def test_a_frame_that_is_behind_waits_until_the_wanted_one_is_read(
    far: FarSource, loader: FrameLoader, qtbot: QtBot
) -> None:
    seen = Seen(loader)
    loader.request(10)
    far.steps.release(6)
    qtbot.waitUntil(lambda: far.position == 5)
    loader.request(2)
    far.steps.release(4)
    qtbot.waitUntil(lambda: seen.frames == [10, 2])


def test_another_video_does_not_wait_for_the_way_of_the_first(
    far: FarSource, opening: ScriptedOpening, loader: FrameLoader, qtbot: QtBot
) -> None:
    seen = Seen(loader)
    loader.request(90)
    far.steps.release(1)
    qtbot.waitUntil(lambda: far.position == 0)
    other = opening.add("other.mp4")
    with qtbot.waitSignal(loader.opened):
        loader.open(Path("other.mp4"))
    loader.request(7)
    far.steps.release(1)
    qtbot.waitUntil(lambda: other.reads == [7])
    qtbot.waitUntil(lambda: seen.frames == [7])
