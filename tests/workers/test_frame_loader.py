from __future__ import annotations

from pathlib import Path
from threading import Event

import numpy as np
import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from app.workers.frame_loader import FrameLoader
from app.workers.frame_reader import FRAMES_AHEAD
from tests.support.numbered_clips import Coding, number_in, write_clip
from tests.support.scripted_video import FRAME_BYTES, ScriptedOpening, ScriptedSource
from tracker_core.tracker import Image


class Heard:
    """What a loader has told, in order."""

    def __init__(self, loader: FrameLoader) -> None:
        self.frames: list[int] = []
        self.failures: list[tuple[int, str]] = []
        self.opened: list[str] = []
        self.open_failures: list[str] = []
        self.progress: list[float] = []
        self.cache: list[tuple[int, int]] = []
        loader.frame_ready.connect(self._on_frame_ready)
        loader.read_failed.connect(lambda index, reason: self.failures.append((index, reason)))
        loader.opened.connect(lambda info: self.opened.append(info.path.name))
        loader.open_failed.connect(self.open_failures.append)
        loader.indexing.connect(self.progress.append)
        loader.cache_changed.connect(lambda used, allowed: self.cache.append((used, allowed)))

    def _on_frame_ready(self, index: int, image: Image) -> None:
        assert (image == index).all()
        self.frames.append(index)


@pytest.fixture
def heard(loader: FrameLoader) -> Heard:
    return Heard(loader)


def test_a_frame_asked_for_comes(loader: FrameLoader, source: ScriptedSource, heard: Heard, qtbot: QtBot) -> None:
    loader.request(40)
    qtbot.waitUntil(lambda: heard.frames == [40])
    assert loader.info is source.info


def test_signals_come_on_the_gui_thread(loader: FrameLoader, source: ScriptedSource, qtbot: QtBot) -> None:
    threads: list[bool] = []
    here = QThread.currentThread()
    loader.frame_ready.connect(lambda index, image: threads.append(QThread.currentThread() is here))
    with qtbot.waitSignal(loader.frame_ready):
        loader.request(3)
    assert threads == [True]


def test_the_latest_request_wins(loader: FrameLoader, source: ScriptedSource, heard: Heard, qtbot: QtBot) -> None:
    source.held_up[10] = go_on = Event()
    loader.request(10)
    qtbot.waitUntil(lambda: source.reads == [10])
    for index in (20, 30, 40, 50):
        loader.request(index)
    go_on.set()
    qtbot.waitUntil(lambda: heard.frames == [10, 50])
    assert source.reads[:2] == [10, 50]
    assert not {20, 30, 40} & set(source.reads)


@pytest.mark.parametrize("direction", [1, -1])
def test_it_reads_ahead_in_the_direction_of_play(
    direction: int, loader: FrameLoader, source: ScriptedSource, qtbot: QtBot
) -> None:
    loader.set_direction(direction)
    loader.request(50)
    expected = [50 + direction * distance for distance in range(FRAMES_AHEAD + 1)]
    qtbot.waitUntil(lambda: len(source.reads) >= len(expected))
    loader.shutdown()
    assert source.reads == expected


def test_reading_ahead_ends_with_the_video(loader: FrameLoader, source: ScriptedSource, qtbot: QtBot) -> None:
    loader.request(97)
    qtbot.waitUntil(lambda: len(source.reads) >= 3)
    loader.shutdown()
    assert source.reads == [97, 98, 99]


def test_nothing_is_read_ahead_before_a_frame_is_asked_for(loader: FrameLoader, source: ScriptedSource) -> None:
    loader.set_direction(1)
    loader.shutdown()
    assert source.reads == []


def test_reading_ahead_stops_at_once_for_a_request(
    loader: FrameLoader, source: ScriptedSource, heard: Heard, qtbot: QtBot
) -> None:
    source.held_up[12] = go_on = Event()
    loader.request(10)
    qtbot.waitUntil(lambda: source.reads == [10, 11, 12])
    loader.request(60)
    go_on.set()
    qtbot.waitUntil(lambda: heard.frames == [10, 60])
    assert source.reads[:4] == [10, 11, 12, 60]


def test_reading_ahead_leaves_half_the_cache_to_what_was_seen(opening: ScriptedOpening, qtbot: QtBot) -> None:
    source = opening.add("a.mp4")
    loader = FrameLoader(cache_bytes=10 * FRAME_BYTES)
    with qtbot.waitSignal(loader.opened):
        loader.open(Path("a.mp4"))
    loader.request(0)
    qtbot.waitUntil(lambda: len(source.reads) >= 6)
    loader.shutdown()
    assert source.reads == [0, 1, 2, 3, 4, 5]


def test_a_cached_frame_is_there_at_once_and_reading_goes_on_from_it(
    loader: FrameLoader, source: ScriptedSource, qtbot: QtBot
) -> None:
    assert loader.cached(20) is None
    loader.request(20)
    qtbot.waitUntil(lambda: len(source.reads) == FRAMES_AHEAD + 1)
    image = loader.cached(25)
    assert image is not None
    assert (image == 25).all()
    qtbot.waitUntil(lambda: len(source.reads) == FRAMES_AHEAD + 6)
    assert source.reads == list(range(20, 26 + FRAMES_AHEAD))


def test_a_cached_frame_is_not_read_again(
    loader: FrameLoader, source: ScriptedSource, heard: Heard, qtbot: QtBot
) -> None:
    for _ in range(2):
        with qtbot.waitSignal(loader.frame_ready):
            loader.request(5)
    assert heard.frames == [5, 5]
    loader.shutdown()
    assert source.reads.count(5) == 1


def test_a_broken_frame_is_told_and_the_next_is_read(
    loader: FrameLoader, source: ScriptedSource, heard: Heard, qtbot: QtBot
) -> None:
    source.broken.add(7)
    loader.request(6)
    qtbot.waitUntil(lambda: 8 in source.reads)
    assert heard.failures == []  # nobody has asked for it yet
    loader.request(7)
    qtbot.waitUntil(lambda: heard.failures == [(7, "Frame 7 is broken.")])
    loader.request(8)
    qtbot.waitUntil(lambda: heard.frames == [6, 8])
    assert source.reads.count(7) == 1


def test_the_cache_tells_how_full_it_is(
    loader: FrameLoader, source: ScriptedSource, heard: Heard, qtbot: QtBot
) -> None:
    loader.request(98)
    qtbot.waitUntil(lambda: heard.cache[-1:] == [(2 * FRAME_BYTES, 200 * FRAME_BYTES)])  # frames 98 and 99


@pytest.mark.parametrize("index", [-1, 100])
def test_a_frame_that_is_not_there_cannot_be_asked_for(index: int, loader: FrameLoader, source: ScriptedSource) -> None:
    with pytest.raises(IndexError, match=f"no frame {index}"):
        loader.request(index)


def test_no_frame_can_be_asked_for_before_a_video_is_open(loader: FrameLoader) -> None:
    assert loader.info is None
    assert loader.cached(0) is None
    with pytest.raises(IndexError):
        loader.request(0)


def test_a_bad_file_leaves_the_open_video_alone(
    loader: FrameLoader, source: ScriptedSource, heard: Heard, qtbot: QtBot
) -> None:
    loader.request(1)
    qtbot.waitUntil(lambda: heard.frames == [1])
    loader.open(Path("bad.mp4"))
    qtbot.waitUntil(lambda: heard.open_failures == ["bad.mp4 is not a video."])
    assert loader.info is source.info
    assert loader.cached(1) is not None
    loader.request(90)
    qtbot.waitUntil(lambda: heard.frames == [1, 90])
    assert heard.opened == []


def test_another_video_cancels_the_one_being_indexed(
    loader: FrameLoader, source: ScriptedSource, opening: ScriptedOpening, heard: Heard, qtbot: QtBot
) -> None:
    opening.add("other.mp4")
    loader.open(Path("slow.mp4"))
    qtbot.waitUntil(lambda: heard.progress == [0.25])
    loader.request(2)  # the open one still answers meanwhile
    qtbot.waitUntil(lambda: heard.frames == [2])
    loader.open(Path("other.mp4"))
    qtbot.waitUntil(lambda: heard.opened == ["other.mp4"])
    qtbot.waitUntil(lambda: opening.cancelled == ["slow.mp4"])
    assert heard.open_failures == []


def test_another_video_takes_the_place_of_the_open_one(
    loader: FrameLoader, source: ScriptedSource, opening: ScriptedOpening, heard: Heard, qtbot: QtBot
) -> None:
    source.held_up[30] = go_on = Event()
    loader.request(30)
    qtbot.waitUntil(lambda: source.reads == [30])
    other = opening.add("other.mp4")
    loader.open(Path("other.mp4"))
    qtbot.waitUntil(lambda: heard.opened == ["other.mp4"])
    go_on.set()
    qtbot.waitUntil(lambda: source.is_closed)
    assert loader.cached(30) is None
    loader.request(31)
    qtbot.waitUntil(lambda: heard.frames == [31])  # and never 30, which was of the other video
    assert 31 in other.reads


def test_shutdown_joins_the_thread_and_closes_the_video(
    loader: FrameLoader, source: ScriptedSource, qtbot: QtBot
) -> None:
    source.held_up[3] = go_on = Event()
    loader.request(3)
    qtbot.waitUntil(lambda: source.reads == [3])
    go_on.set()
    loader.shutdown()
    assert source.is_closed
    assert loader._thread.isFinished()
    loader.shutdown()  # a second time does no harm


def test_shutdown_while_a_video_is_indexed(
    loader: FrameLoader, opening: ScriptedOpening, heard: Heard, qtbot: QtBot
) -> None:
    loader.open(Path("slow.mp4"))
    qtbot.waitUntil(lambda: heard.progress == [0.25])
    loader.shutdown()
    qtbot.waitUntil(lambda: opening.cancelled == ["slow.mp4"])
    assert heard.opened == heard.open_failures == []


def test_a_video_that_opens_too_late_is_closed(
    loader: FrameLoader, opening: ScriptedOpening, heard: Heard, qtbot: QtBot
) -> None:
    first, second = opening.add("first.mp4"), opening.add("second.mp4")
    loader.open(Path("first.mp4"))
    loader.open(Path("second.mp4"))
    qtbot.waitUntil(lambda: heard.opened == ["second.mp4"])
    qtbot.waitUntil(lambda: first.is_closed)
    assert not second.is_closed


def test_a_real_file_from_opening_to_frames(tmp_path: Path, loader: FrameLoader, qtbot: QtBot) -> None:
    path = write_clip(tmp_path, Coding(), frames=60)
    with qtbot.waitSignal(loader.opened) as opened:
        loader.open(path)
    assert opened.args[0].frame_count == 60
    seen: list[tuple[int, int]] = []
    loader.frame_ready.connect(lambda index, image: seen.append((index, number_in(image))))
    for index in (59, 0, 31):
        with qtbot.waitSignal(loader.frame_ready):
            loader.request(index)
    assert seen == [(59, 59), (0, 0), (31, 31)]
    (tmp_path / "bad.mp4").write_bytes(np.random.default_rng(1).bytes(5000))
    with qtbot.waitSignal(loader.open_failed) as failed:
        loader.open(tmp_path / "bad.mp4")
    assert str(tmp_path / "bad.mp4") in failed.args[0]
    with qtbot.waitSignal(loader.frame_ready):
        loader.request(12)
    assert seen[-1] == (12, 12)


def test_an_error_of_any_type_ends_an_opening(
    loader: FrameLoader, heard: Heard, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path, **named: object) -> None:
        raise KeyError("no such thing")

    monkeypatch.setattr("app.workers.frame_loader.open_source", fail)
    with qtbot.waitSignal(loader.open_failed):
        loader.open(Path("street.mp4"))
    assert heard.open_failures == ["street.mp4 could not be opened (KeyError: 'no such thing')."]


def test_an_error_of_any_type_ends_a_request(
    loader: FrameLoader, source: ScriptedSource, heard: Heard, qtbot: QtBot
) -> None:
    source.faulty.add(7)
    loader.request(7)
    qtbot.waitUntil(lambda: bool(heard.failures))
    assert heard.failures == [(7, "Frame 7 could not be read (KeyError: 7).")]
    loader.request(8)
    qtbot.waitUntil(lambda: heard.frames == [8])


def test_a_damaged_frame_shows_the_last_good_picture_and_says_so(
    loader: FrameLoader, source: ScriptedSource, qtbot: QtBot
) -> None:
    source.damaged |= {6, 7}
    with qtbot.waitSignal(loader.frame_ready) as heard:
        loader.request(7)
    assert heard.args is not None
    index, image = heard.args
    assert (index, int(image[0, 0, 0])) == (7, 5)
    assert loader.damage_of(7) == "Frame 7 is damaged. Frame 5 is shown in its place."
    assert loader.damage_of(5) == ""


def test_more_than_a_thousand_frames_are_read_ahead(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    frames = 1200
    monkeypatch.setattr("app.workers.frame_reader.FRAMES_AHEAD", frames)
    path = write_clip(tmp_path, Coding(options={"preset": "ultrafast"}), frames=frames)
    loader = FrameLoader(cache_bytes=4 * frames * 192 * 64 * 3)
    told: list[int] = []
    loader.cache_changed.connect(lambda used, allowed: told.append(used))
    with qtbot.waitSignal(loader.opened):
        loader.open(path)
    loader.request(0)
    qtbot.waitUntil(lambda: bool(told) and told[-1] == frames * 192 * 64 * 3, timeout=20_000)
    loader.shutdown()
