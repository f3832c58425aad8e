from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.workers.crop_worker import CropWorker, WantedCrop, picture_of
from tests.support.numbered_clips import Coding, write_clip
from tracker_core.geometry import Box


@pytest.fixture
def worker(qtbot: QtBot) -> Iterator[CropWorker]:
    made = CropWorker()
    yield made
    made.shutdown()


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_clip(tmp_path_factory.mktemp("crops"), Coding(options={"preset": "ultrafast"}), frames=20)


def test_a_crop_shows_the_box_in_its_middle_with_surroundings() -> None:
    image = np.zeros((100, 200, 3), np.uint8)
    image[40:60, 90:130] = (200, 0, 0)
    picture = picture_of(image, WantedCrop(0, Box(90, 40, 40, 20), 64))
    assert picture.shape == (64, 64, 3)
    assert tuple(picture[32, 32]) == (200, 0, 0)
    assert tuple(picture[2, 2]) == (0, 0, 0)
    assert (picture == 255).all(axis=2).any()  # the outline


@pytest.mark.parametrize("box", [Box(-30, -30, 20, 20), Box(190, 90, 400, 400), Box(50, 50, 0.5, 0.5)])
def test_boxes_beyond_the_picture_and_tiny_ones_have_a_picture_too(box: Box) -> None:
    assert picture_of(np.zeros((100, 200, 3), np.uint8), WantedCrop(0, box, 48)).shape == (48, 48, 3)


def test_crops_come_in_the_order_asked_for(worker: CropWorker, qtbot: QtBot, clip: Path) -> None:
    wanted = [WantedCrop(frame, Box(10, 10, 30, 30), 32) for frame in (2, 7, 7, 19)]
    came: list[WantedCrop] = []
    worker.crop_ready.connect(lambda crop, picture: came.append(crop))
    worker.request(clip, wanted)
    qtbot.waitUntil(lambda: len(came) == 4)
    assert came == wanted


def test_what_was_asked_for_before_is_dropped(worker: CropWorker, qtbot: QtBot, clip: Path) -> None:
    came: list[int] = []
    worker.crop_ready.connect(lambda crop, picture: came.append(crop.frame))
    worker.request(clip, [WantedCrop(frame, Box(10, 10, 30, 30), 32) for frame in range(10)])
    worker.request(clip, [WantedCrop(15, Box(10, 10, 30, 30), 32)])
    qtbot.waitUntil(lambda: 15 in came)
    assert len(came) <= 2


def test_a_video_that_is_gone_is_told(worker: CropWorker, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(worker.failed) as heard:
        worker.request(tmp_path / "gone.mp4", [WantedCrop(0, Box(1, 1, 5, 5), 32)])
    assert "gone.mp4" in heard.args[1]


def test_a_failure_of_an_earlier_request_is_not_told(
    worker: CropWorker, qtbot: QtBot, tmp_path: Path, clip: Path
) -> None:
    """It may still be on its way when the same crop is asked for again, and by then the frame can be read."""
    told: list[object] = []
    worker.failed.connect(lambda wanted, _reason: told.append(wanted))
    has_failed = Event()
    worker._cutter.failed.connect(lambda *_: has_failed.set(), Qt.ConnectionType.DirectConnection)
    crop = WantedCrop(3, Box(10, 10, 30, 30), 32)
    worker.request(tmp_path / "gone.mp4", [crop])
    assert has_failed.wait(10)
    with qtbot.waitSignal(worker.crop_ready, timeout=10_000):
        worker.request(clip, [crop])
    assert told == []


def test_thousands_of_crops_come_at_one_request(worker: CropWorker, qtbot: QtBot, clip: Path) -> None:
    wanted = [WantedCrop(7, Box(10, 10, 30, 30), 8)] * 3000
    came: list[WantedCrop] = []
    worker.crop_ready.connect(lambda crop, picture: came.append(crop))
    worker.request(clip, wanted)
    qtbot.waitUntil(lambda: len(came) == len(wanted))
