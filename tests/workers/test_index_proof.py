"""A video opens at once; whether its frames are as its packets say is found out in the background."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.video.source import FrameSource, VideoError, open_source
from app.workers.frame_loader import FrameLoader
from tests.support.damaged_clips import not_coded, with_packets
from tests.support.numbered_clips import Coding, number_in, write_clip

Begin = Callable[[], None]


@pytest.fixture(autouse=True)
def nothing_is_proved_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.video.indexing.PIXELS_PROVED_AT_ONCE", 0)
    monkeypatch.setattr("app.video.indexing.user_cache_dir", lambda name: str(tmp_path / "cache" / name))


@pytest.fixture
def go_on(monkeypatch: pytest.MonkeyPatch) -> Event:
    """The proof waits for it."""
    event = Event()

    def held_up(path: Path, **named: Any) -> FrameSource:
        assert event.wait(5)
        return open_source(path, **named)

    monkeypatch.setattr("app.workers.index_proof.open_source", held_up)
    return event


@pytest.fixture
def honest(tmp_path: Path) -> Path:
    return write_clip(tmp_path, Coding(), frames=100)


@pytest.fixture
def lying(tmp_path: Path) -> Path:
    """Frames 71 and 72 are not there."""
    whole = write_clip(tmp_path, Coding(".avi", "mpeg4", {"qscale": "3"}, group=1), frames=100)
    return with_packets(whole, lambda number, data: not_coded(data) if number in (71, 72) else data)


def opened(loader: FrameLoader, path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(loader.opened):
        loader.open(path)


def test_an_honest_video_becomes_sure_and_keeps_what_is_in_memory(
    loader: FrameLoader, honest: Path, go_on: Event, qtbot: QtBot
) -> None:
    sure: list[int] = []
    loader.sure_frames_changed.connect(sure.append)
    opened(loader, honest, qtbot)
    info = loader.info
    with qtbot.waitSignal(loader.frame_ready):
        loader.request(7)
    assert sure == [48]
    with qtbot.assertNotEmitted(loader.recounted), qtbot.waitSignal(loader.checking, check_params_cb=lambda f: f == 1):
        go_on.set()
    assert sure[-1] == 100
    assert loader.info is info
    assert loader.cached(7) is not None


def test_a_request_on_its_way_is_answered_by_the_proved_source(
    loader: FrameLoader, honest: Path, go_on: Event, qtbot: QtBot
) -> None:
    opened(loader, honest, qtbot)
    shown: dict[int, int] = {}
    loader.frame_ready.connect(lambda index, image: shown.update({index: number_in(image)}))
    for index in (99, 3, 80):
        loader.request(index)
    go_on.set()
    qtbot.waitUntil(lambda: 80 in shown)
    qtbot.waitUntil(lambda: open_source(honest).info.is_proven)
    loader.request(60)
    qtbot.waitUntil(lambda: 60 in shown)
    assert all(index == number for index, number in shown.items())


def test_a_video_that_lies_is_counted_anew(loader: FrameLoader, lying: Path, go_on: Event, qtbot: QtBot) -> None:
    sure: list[int] = []
    loader.sure_frames_changed.connect(sure.append)
    opened(loader, lying, qtbot)
    assert loader.info is not None
    assert loader.info.frame_count == 100
    with qtbot.waitSignal(loader.recounted) as told:
        go_on.set()
    assert told.args is not None
    assert loader.info is told.args[0]
    assert loader.info.frame_count == 98
    assert max(sure[:-1]) <= 71
    assert sure[-1] == 98
    with qtbot.waitSignal(loader.frame_ready) as heard:
        loader.request(71)
    assert heard.args is not None
    assert number_in(heard.args[1]) == 73


def test_a_proof_that_fails_is_told_and_the_video_stays_open(
    loader: FrameLoader, honest: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path, **named: Any) -> FrameSource:
        raise VideoError(f"{path} has gone.")

    monkeypatch.setattr("app.workers.index_proof.open_source", fail)
    with qtbot.waitSignal(loader.check_failed) as told:
        loader.open(honest)
    assert told.args == [f"{honest} has gone."]
    with qtbot.waitSignal(loader.frame_ready):
        loader.request(7)


def test_another_video_ends_the_proof_of_the_first(
    loader: FrameLoader, honest: Path, lying: Path, go_on: Event, qtbot: QtBot
) -> None:
    opened(loader, lying, qtbot)
    opened(loader, honest, qtbot)
    with qtbot.assertNotEmitted(loader.recounted), qtbot.waitSignal(loader.checking, check_params_cb=lambda f: f == 1):
        go_on.set()
    assert loader.info is not None
    assert loader.info.path == honest
