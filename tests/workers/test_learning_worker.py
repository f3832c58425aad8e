"""Learning on its thread: how it ends, waits and is stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.assist.learning import LearningTask
from app.workers.learning_worker import LearningWorker
from tests.support.learning import HandingTrainer, square_task
from tests.support.news import News

LONG = 60_000  # ms

Make = Callable[[HandingTrainer], LearningWorker]


@pytest.fixture
def task(square_video: Path, untaught: Path) -> LearningTask:
    return square_task(square_video, untaught)


@pytest.fixture
def make(qtbot: QtBot) -> Iterator[Make]:
    made: list[tuple[LearningWorker, HandingTrainer]] = []

    def make_worker(trainer: HandingTrainer) -> LearningWorker:
        made.append((LearningWorker(trainer=trainer), trainer))
        return made[-1][0]

    yield make_worker
    for worker, trainer in made:
        trainer.gate.set()
        worker.shutdown()
        assert not any(room.exists() for room in trainer.rooms)


def test_a_learning_tells_its_progress_and_its_outcome(
    make: Make, task: LearningTask, taught: Path, qtbot: QtBot
) -> None:
    worker = make(HandingTrainer(taught))
    news = News(worker)
    threads: set[threading.Thread] = set()
    worker.progressed.connect(lambda _: threads.add(threading.current_thread()))
    with qtbot.waitSignal(worker.finished, timeout=LONG) as heard:
        worker.start(task)
        with pytest.raises(RuntimeError, match="the learning from squares is still going on"):
            worker.start(task)
    assert not worker.is_running
    assert heard.args is not None
    outcome = heard.args[0]
    assert outcome.learnt is not None
    assert outcome.comparison.after.overlap > outcome.comparison.before.overlap
    names = [name for name, *_ in news.take()]
    assert set(names[:-1]) == {"progressed"}
    assert names[-1] == "finished"
    assert threads == {threading.main_thread()}


def test_a_learning_that_is_stopped_says_so_and_the_next_may_start(
    make: Make, task: LearningTask, qtbot: QtBot
) -> None:
    trainer = HandingTrainer(is_held=True)
    worker = make(trainer)
    worker.start(task)
    assert trainer.reached.wait(LONG / 1000)
    news = News(worker)
    with qtbot.waitSignal(worker.stopped, timeout=LONG):
        worker.stop()
        trainer.gate.set()
    assert news.take()[-1] == ("stopped",)
    assert not worker.is_running
    with qtbot.waitSignal(worker.finished, timeout=LONG):
        worker.start(task)


def test_a_learning_waits_while_it_is_told_to(make: Make, task: LearningTask, qtbot: QtBot) -> None:
    trainer = HandingTrainer()
    worker = make(trainer)
    worker.set_waiting(True)
    worker.start(task)
    assert not trainer.reached.wait(0.3)  # it would have come to its first step by then, or soon after
    with qtbot.waitSignal(worker.finished, timeout=LONG):
        worker.set_waiting(False)
    assert trainer.reached.is_set()


def test_a_learning_that_waits_can_be_stopped(make: Make, task: LearningTask, qtbot: QtBot) -> None:
    worker = make(HandingTrainer())
    worker.set_waiting(True)
    worker.start(task)
    with qtbot.waitSignal(worker.stopped, timeout=LONG):
        worker.stop()


@pytest.mark.parametrize("what", ["a fault", "the video"])
def test_a_failure_is_one_sentence(
    make: Make, task: LearningTask, untaught: Path, tmp_path: Path, what: str, qtbot: QtBot
) -> None:
    worker = make(HandingTrainer(error=MemoryError("no room") if what == "a fault" else None))
    asked = task if what == "a fault" else square_task(tmp_path / "gone", untaught)
    with qtbot.waitSignal(worker.failed, timeout=LONG) as heard:
        worker.start(asked)
    assert heard.args is not None
    expected = "Learning has failed (MemoryError: no room); nothing was kept." if what == "a fault" else "gone"
    assert expected in heard.args[0]
    assert not worker.is_running


def test_shutdown_in_the_middle_ends_the_thread_and_tells_nothing(make: Make, task: LearningTask) -> None:
    trainer = HandingTrainer(is_held=True)
    worker = make(trainer)
    worker.start(task)
    assert trainer.reached.wait(LONG / 1000)
    news = News(worker)
    threading.Timer(0.05, trainer.gate.set).start()
    worker.shutdown()
    assert news.take() == []
