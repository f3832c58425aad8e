from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.workers.frame_loader import FrameLoader
from tests.support.scripted_video import FRAME_BYTES, ScriptedOpening, ScriptedSource


@pytest.fixture
def opening(monkeypatch: pytest.MonkeyPatch) -> ScriptedOpening:
    scripted = ScriptedOpening()
    monkeypatch.setattr("app.workers.frame_loader.open_source", scripted)
    return scripted


@pytest.fixture
def loader(qtbot: QtBot) -> Iterator[FrameLoader]:
    loader = FrameLoader(cache_bytes=200 * FRAME_BYTES)
    yield loader
    loader.shutdown()


@pytest.fixture
def source(opening: ScriptedOpening, loader: FrameLoader, qtbot: QtBot) -> ScriptedSource:
    """The source of the video that ``loader`` has open."""
    source = opening.add("open.mp4")
    with qtbot.waitSignal(loader.opened):
        loader.open(Path("open.mp4"))
    return source
