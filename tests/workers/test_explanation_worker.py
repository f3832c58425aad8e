from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from threading import Event, Timer

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.assist.loaded_tracker import LoadedTracker
from app.settings.tracker_choice import TrackerChoice
from app.workers.explanation_worker import ExplanationWorker, Question
from app.workers.tracker_pool import TrackerPool
from tests.support.blank_video import PATH, BlankVideo
from tests.support.trackers import IdentityTracker
from tracker_core.geometry import Box
from tracker_core.tracker import Evidence

HOME, BEFORE = Box(10, 10, 8, 8), Box(20, 12, 8, 8)
QUESTION = Question(
    PATH, exemplar_frame=3, exemplar_box=HOME, previous_box=BEFORE, frame=20, tracker=TrackerChoice("identity")
)


@pytest.fixture
def video(monkeypatch: pytest.MonkeyPatch) -> BlankVideo:
    return BlankVideo(100).install(monkeypatch)


@pytest.fixture
def worker(qtbot: QtBot, video: BlankVideo) -> Iterator[ExplanationWorker]:
    trackers = {"identity": IdentityTracker()}
    worker = ExplanationWorker(TrackerPool(lambda choice: LoadedTracker(trackers[choice.name])))
    yield worker
    worker.shutdown()
    assert video.open_sources == 0


def answer(worker: ExplanationWorker, question: Question, qtbot: QtBot) -> Evidence:
    with qtbot.waitSignal(worker.evidence_ready) as heard:
        worker.request(question)
    assert heard.args is not None
    assert heard.args[0] == question
    evidence = heard.args[1]
    assert isinstance(evidence, Evidence)
    return evidence


def test_the_target_is_made_of_the_exemplar_and_looks_from_the_previous_box(
    worker: ExplanationWorker, video: BlankVideo, qtbot: QtBot
) -> None:
    evidence = answer(worker, QUESTION, qtbot)
    assert evidence.last_box == BEFORE
    assert np.isclose(evidence.search_region_box.cx, BEFORE.cx)
    assert video.reads == [3, 20]


def test_the_next_frame_needs_no_new_exemplar(worker: ExplanationWorker, video: BlankVideo, qtbot: QtBot) -> None:
    answer(worker, QUESTION, qtbot)
    evidence = answer(worker, replace(QUESTION, frame=21, previous_box=HOME), qtbot)
    assert evidence.last_box == HOME
    assert video.reads == [3, 20, 21]
    answer(worker, replace(QUESTION, exemplar_frame=4), qtbot)
    assert video.reads == [3, 20, 21, 4, 20]


def test_only_the_question_asked_last_is_answered(worker: ExplanationWorker, video: BlankVideo, qtbot: QtBot) -> None:
    answered: list[int] = []
    worker.evidence_ready.connect(lambda question, evidence: answered.append(question.frame))
    video.held_up[20] = go_on = Event()
    worker.request(QUESTION)
    qtbot.waitUntil(lambda: 20 in video.reads)
    for frame in range(21, 31):
        worker.request(replace(QUESTION, frame=frame))
    go_on.set()
    qtbot.waitUntil(lambda: answered == [20, 30])
    assert video.reads == [3, 20, 30]


def test_another_video_takes_the_place_of_the_open_one(
    worker: ExplanationWorker, video: BlankVideo, qtbot: QtBot
) -> None:
    answer(worker, QUESTION, qtbot)
    answer(worker, replace(QUESTION, video=PATH.with_name("other.mp4")), qtbot)
    assert video.open_sources == 1
    assert video.reads == [3, 20, 3, 20]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"frame": 50}, "Frame 50 is broken."),
        ({"tracker": TrackerChoice("unknown")}, "The tracker unknown could not be loaded: 'unknown'."),
        (
            {"exemplar_box": Box(100, 100, 5, 5)},
            "Frame 20 could not be explained (ValueError: the box (100, 100, 5, 5) has no area inside the picture of "
            "64 x 48).",
        ),
    ],
)
def test_a_question_that_cannot_be_answered_is_told_and_the_next_is(
    change: dict[str, object], reason: str, worker: ExplanationWorker, video: BlankVideo, qtbot: QtBot
) -> None:
    video.broken.add(50)
    question = replace(QUESTION, **change)  # type: ignore[arg-type]
    with qtbot.waitSignal(worker.failed) as heard:
        worker.request(question)
    assert heard.args == [question, reason]
    answer(worker, QUESTION, qtbot)


def test_shutdown_joins_a_thread_that_is_busy(worker: ExplanationWorker, video: BlankVideo, qtbot: QtBot) -> None:
    video.held_up[20] = go_on = Event()
    worker.request(QUESTION)
    qtbot.waitUntil(lambda: 20 in video.reads)
    worker.request(replace(QUESTION, frame=21))
    Timer(0.05, go_on.set).start()
    worker.shutdown()
    assert 21 not in video.reads
    assert video.open_sources == 0
