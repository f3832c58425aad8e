"""Which frame is on show, and when: late ones, stale ones, and a clock that waits for nobody."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from app.controllers.playback import SPEEDS, PlaybackController
from app.document.document import Document
from app.document.session import Session
from app.video.info import VideoInfo
from tests.support.annotated_projects import street
from tests.support.open_documents import opened
from tracker_core.tracker import Image

FRAMES = 30
PICTURE: Image = np.zeros((2, 2, 3), np.uint8)


class FakeLoader(QObject):
    """Frames come when the test says so."""

    frame_ready = Signal(int, object)
    read_failed = Signal(int, str)
    pictures_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.info: VideoInfo | None = None
        self.requests: list[int] = []
        self.in_memory: set[int] = set()
        self.damaged: dict[int, str] = {}
        self.direction = 0

    def cached(self, index: int) -> Image | None:
        return PICTURE if index in self.in_memory else None

    def damage_of(self, index: int) -> str:
        return self.damaged.get(index, "")

    def request(self, index: int) -> None:
        self.requests.append(index)

    def set_direction(self, direction: int) -> None:
        self.direction = direction

    def answer(self, index: int) -> None:
        self.in_memory.add(index)
        self.frame_ready.emit(index, PICTURE)


class Stage:
    def __init__(self, document: Document, *, frames_per_second: int = 25) -> None:
        self.loader = FakeLoader()
        self.session = Session(document)
        self.playback = PlaybackController(document, self.session, self.loader)  # type: ignore[arg-type]
        self.shown: list[int] = []
        self.playback.frame_shown.connect(lambda index, image: self.shown.append(index))
        rate = Fraction(frames_per_second)
        self.loader.info = VideoInfo(Path("street.mp4"), FRAMES, 2, 2, rate, np.arange(FRAMES) / frames_per_second)
        self.playback.use_video(self.loader.info)


@pytest.fixture
def document(qapp: object) -> Iterator[Document]:
    with opened(street()) as (document, _):
        yield document


@pytest.fixture
def stage(document: Document) -> Stage:
    return Stage(document)


def test_a_frame_is_shown_when_it_comes_and_at_once_when_it_is_in_memory(stage: Stage) -> None:
    assert stage.shown == []
    stage.loader.answer(0)
    stage.loader.in_memory.add(7)
    stage.session.set_frame(7)
    assert stage.shown == [0, 7]


def test_a_late_frame_is_shown_while_the_current_one_is_on_its_way_but_not_after_it(stage: Stage) -> None:
    stage.loader.answer(0)
    stage.session.set_frame(4)
    stage.session.set_frame(5)
    stage.loader.answer(4)
    stage.loader.answer(5)
    stage.session.set_frame(6)
    stage.session.set_frame(0)
    stage.loader.answer(6)
    assert stage.shown == [0, 4, 5, 0]


def test_a_frame_that_cannot_be_read_is_told_only_while_it_is_current(stage: Stage, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(stage.playback.read_failed):
        stage.loader.read_failed.emit(9, "Frame 9 is broken.")
    with qtbot.waitSignal(stage.playback.read_failed) as told:
        stage.loader.read_failed.emit(0, "Frame 0 is broken.")
    assert told.args == ["Frame 0 is broken."]


def test_a_picture_that_stands_for_a_damaged_frame_is_marked_as_long_as_it_is_on_show(stage: Stage) -> None:
    marks: list[str] = []
    stage.playback.damage_changed.connect(marks.append)
    stage.loader.damaged[7] = "Frame 7 is damaged."
    stage.loader.in_memory |= {6, 7, 8}
    for frame in (6, 7, 8):
        stage.session.set_frame(frame)
    assert marks == ["", "Frame 7 is damaged.", ""]


def test_frames_that_come_too_late_are_left_out_and_the_clock_goes_on(document: Document, qtbot: QtBot) -> None:
    stage = Stage(document, frames_per_second=1000)
    stage.loader.answer(0)
    stage.playback.play()
    qtbot.waitUntil(lambda: len(stage.loader.requests) == 2)  # the first was for the frame on show
    first = stage.loader.requests[-1]
    assert stage.session.current_frame == 0  # the picture and its number change together
    stage.loader.answer(first)
    assert stage.session.current_frame == first
    qtbot.waitUntil(lambda: len(stage.loader.requests) == 3 or not stage.playback.is_playing)
    assert first > 1
    stage.loader.answer(stage.loader.requests[-1])
    stage.playback.pause()
    assert stage.shown == sorted(set(stage.shown))


def test_playing_goes_on_over_a_frame_that_is_broken(document: Document, qtbot: QtBot) -> None:
    stage = Stage(document, frames_per_second=1000)
    stage.loader.answer(0)
    stage.playback.play()
    qtbot.waitUntil(lambda: len(stage.loader.requests) == 2)
    broken = stage.loader.requests[-1]
    stage.loader.read_failed.emit(broken, "It is broken.")
    assert stage.session.current_frame == broken
    stage.playback.pause()


def test_going_elsewhere_stops_playing(stage: Stage) -> None:
    stage.playback.play()
    stage.playback.go_to(3)
    assert not stage.playback.is_playing
    stage.playback.play()
    stage.playback.step(-1)
    assert not stage.playback.is_playing
    assert stage.loader.direction == -1
    assert stage.session.current_frame == 2


def test_speeds_have_a_slowest_and_a_fastest(stage: Stage) -> None:
    for _ in SPEEDS:
        stage.playback.faster()
    assert stage.playback.speed == 4.0
    for _ in SPEEDS:
        stage.playback.slower()
    assert stage.playback.speed == 0.25


def test_keyframes_are_those_of_the_active_track_or_of_all(stage: Stage) -> None:
    stage.session.set_frame(10)
    stage.playback.go_to_next_keyframe()
    assert stage.session.current_frame == 15
    stage.session.select(5)
    stage.playback.go_to_next_keyframe()
    assert stage.session.current_frame == 29
    stage.playback.go_to_previous_keyframe()
    assert stage.session.current_frame == 29
    stage.session.select()
    stage.playback.go_to_previous_keyframe()
    assert stage.session.current_frame == 20


def test_a_frame_on_the_way_is_shown_under_its_own_number_with_a_notice(stage: Stage) -> None:
    stands_in: list[int] = []
    notices: list[str] = []
    stage.playback.stand_in_shown.connect(lambda index, image: stands_in.append(index))
    stage.playback.damage_changed.connect(notices.append)
    stage.loader.answer(0)
    stage.playback.go_to(20)
    stage.playback.on_stand_in(12, PICTURE)
    assert stands_in == [12]
    assert notices[-1] == "This is frame 12; frame 20 is being decoded."
    stage.loader.answer(20)
    assert stage.shown[-1] == 20
    assert notices[-1] == ""
    stage.playback.on_stand_in(13, PICTURE)  # late
    assert stands_in == [12]


def test_whoever_goes_back_to_the_frame_before_the_stand_in_sees_it_again(stage: Stage) -> None:
    stage.loader.answer(0)
    stage.playback.go_to(20)
    stage.playback.on_stand_in(12, PICTURE)
    stage.playback.go_to(0)  # in memory, and the last one that was shown under its own number
    assert stage.shown == [0, 0]


def test_whoever_begins_to_draw_on_a_stand_in_stays_on_its_frame(stage: Stage) -> None:
    stage.loader.answer(0)
    stage.playback.go_to(20)
    stage.loader.in_memory.add(12)  # as all frames on the way
    stage.playback.on_stand_in(12, PICTURE)
    stage.playback.stay()
    assert stage.session.current_frame == 12
    stage.loader.answer(20)  # late: the picture does not change beneath the mouse
    assert stage.shown == [0, 12]
    stage.playback.stay()
    assert stage.session.current_frame == 12


def test_a_frame_that_cannot_be_read_leaves_no_stand_in_without_a_notice(stage: Stage) -> None:
    notices: list[str] = []
    stage.playback.damage_changed.connect(notices.append)
    stage.loader.answer(0)
    stage.playback.go_to(20)
    stage.playback.on_stand_in(12, PICTURE)
    stage.loader.read_failed.emit(20, "Frame 20 cannot be read.")
    assert notices[-1] == "Frame 20 cannot be read."


def test_playing_shows_no_stand_ins_and_does_not_wait_for_a_request_that_was_replaced(stage: Stage) -> None:
    stands_in: list[int] = []
    stage.playback.stand_in_shown.connect(lambda index, image: stands_in.append(index))
    stage.loader.answer(0)
    stage.playback.play()
    stage.playback.on_stand_in(12, PICTURE)
    assert stands_in == []
