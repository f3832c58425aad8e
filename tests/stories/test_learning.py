"""Learn from this project: asked in the menu, seen in the status bar, compared, used or discarded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.application import Application
from app.assist.loaded_tracker import LoadedTracker
from app.settings.schema import DEVICE, PRECISION, TRACKER
from app.views.learning.learn_dialog import LearnDialog
from app.workers.tracker_pool import TrackerPool
from tests.support.learning import HandingTrainer, save_project, save_untaught, square_project
from tests.support.stores import assert_same
from tests.support.stories import Story
from tests.support.trackers import ScriptedTracker
from tracker_core.geometry import Box
from tracker_core.weights.catalog import models

LONG = 60_000  # ms

Open = Callable[..., Story]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    save_untaught(tmp_path / "home" / "models" / "tiny.safetensors")
    return tmp_path / "home"


@pytest.fixture
def opened(qtbot: QtBot, qapp: QApplication, home: Path, square_video: Path, tmp_path: Path) -> Iterator[Open]:
    """The window on a project of squares, with a tiny tracker chosen."""
    windows: list[tuple[Application, HandingTrainer]] = []

    def open_with(trainer: HandingTrainer, *, tracker: ScriptedTracker | None = None, every: int = 10) -> Story:
        project = square_project(square_video, range(0, 130, every))
        pool = TrackerPool(lambda choice: LoadedTracker(tracker)) if tracker else None
        application = Application(qapp, home=home, pool=pool, trainer=trainer)
        windows.append((application, trainer))
        for setting, value in ((TRACKER, "tiny"), (DEVICE, "cpu"), (PRECISION, "float32")):
            application.settings.set(setting, value)
        application.start(None)
        application.window.docks["Score map"].close()  # its questions would load the tracker, which is not the point
        qtbot.waitUntil(application.window.isActiveWindow)
        qtbot.waitUntil(lambda: bool(application.models.models))
        story = Story(qtbot, application)
        story.open(save_project(project, tmp_path / "squares.siamark"))
        return story

    yield open_with
    for application, trainer in windows:
        trainer.gate.set()
        application.window.close()
        application.window.deleteLater()
        application.deleteLater()
        assert not any(room.exists() for room in trainer.rooms)


def dialog_of(story: Story) -> LearnDialog:
    story.application.actions.by_id["learn"].trigger()
    return next(dialog for dialog in story.window.findChildren(LearnDialog) if dialog.isVisible())


def start(story: Story) -> None:
    dialog_of(story).start_button.click()


def own_models(home: Path) -> list[str]:
    return [model.name for model in models(added=home / "models") if not model.is_built_in]


def test_learnt_offered_and_used(opened: Open, taught: Path, home: Path) -> None:
    story = opened(HandingTrainer(taught))
    learning, bar = story.application.learning, story.application.learning_presenter.bar
    dialog = dialog_of(story)
    assert "A copy of tiny" in dialog.text.text()
    assert "9 boxes of 1 track" in dialog.text.text()
    assert "4 more of your boxes are held back" in dialog.text.text()
    dialog.efforts.button(0).click()
    assert dialog.task.minutes == 2
    with story.qtbot.waitSignal(learning.concluded, timeout=LONG):
        with story.qtbot.waitSignal(learning.progressed, timeout=LONG):
            dialog.start_button.click()
            assert story.application.learning_presenter.status.isVisible()
            assert not story.application.actions.by_id["learn"].isEnabled()
            assert story.application.actions.by_id["stop_learning"].isEnabled()
        assert story.application.learning_presenter.status.label.text()
    assert not story.application.learning_presenter.status.isVisible()
    assert story.application.learning_presenter.bar.isVisible()
    assert "On 4 held-back boxes the learnt tracker overlaps 0." in bar.label.text()
    assert own_models(home) == ["tiny"]

    with story.qtbot.waitSignal(learning.kept, timeout=LONG):
        story.application.learning_presenter.bar.use_button.click()
    assert own_models(home) == ["squares-learned", "tiny"]
    assert story.application.tracking_presenter.tracker_bar.tracker_box.currentText() == "squares-learned"
    assert story.application.settings.get(TRACKER) == "squares-learned"
    assert not story.application.learning_presenter.bar.isVisible()
    assert (
        story.application.status.message.text()
        == "squares-learned is one of your models now and follows in this project from the next run on."
    )
    expected = replace(square_project(story.project.video.path), video=story.project.video, last_track_id=1)
    assert_same(story.project, expected)

    # The tracker belongs to this project only.
    path = story.application.document.store_path
    assert path is not None
    story.application.actions.by_id["close_project"].trigger()
    assert story.application.settings.get(TRACKER) == "tiny"
    story.open(path)
    assert story.application.settings.get(TRACKER) == "squares-learned"
    story.application.tracker_choice.choose_tracker("siamrpnpp_small")
    story.application.models.refresh()
    with story.qtbot.waitSignal(story.application.models.models_changed):
        pass
    assert story.application.settings.get(TRACKER) == "siamrpnpp_small"  # the person's choice holds


def test_learnt_and_discarded(opened: Open, taught: Path, home: Path) -> None:
    story = opened(HandingTrainer(taught))
    with story.qtbot.waitSignal(story.application.learning.concluded, timeout=LONG):
        start(story)
    story.application.learning_presenter.bar.discard_button.click()
    assert not story.application.learning_presenter.bar.isVisible()
    assert own_models(home) == ["tiny"]
    assert story.application.actions.by_id["learn"].isEnabled()


def test_no_better_is_said_and_nothing_is_offered(opened: Open, home: Path) -> None:
    story = opened(HandingTrainer())
    with story.qtbot.waitSignal(story.application.learning.concluded, timeout=LONG):
        start(story)
    bar = story.application.learning_presenter.bar
    assert bar.label.text().endswith("no better, so nothing was kept.")
    assert (bar.use_button.isVisible(), bar.close_button.isVisible()) == (False, True)
    bar.close_button.click()
    assert not bar.isVisible()
    assert own_models(home) == ["tiny"]


def test_stopped_in_the_middle(opened: Open, home: Path) -> None:
    trainer = HandingTrainer(is_held=True)
    story = opened(trainer)
    start(story)
    story.qtbot.waitUntil(trainer.reached.is_set, timeout=LONG)
    with story.qtbot.waitSignal(story.application.learning.ended, timeout=LONG):
        story.application.actions.by_id["stop_learning"].trigger()
        trainer.gate.set()
    assert story.application.status.message.text() == "Learning was stopped; nothing was kept."
    assert not story.application.learning_presenter.status.isVisible()
    assert story.application.actions.by_id["learn"].isEnabled()
    assert own_models(home) == ["tiny"]


def test_the_project_is_closed_in_the_middle(opened: Open) -> None:
    trainer = HandingTrainer(is_held=True)
    story = opened(trainer)
    start(story)
    story.qtbot.waitUntil(trainer.reached.is_set, timeout=LONG)
    with story.qtbot.waitSignal(story.application.learning.ended, timeout=LONG):
        story.application.actions.by_id["close_project"].trigger()
        trainer.gate.set()
    assert "the project was closed" in story.application.status.message.text()
    assert not story.application.actions.by_id["learn"].isEnabled()


def test_the_window_is_closed_in_the_middle(opened: Open, home: Path) -> None:
    trainer = HandingTrainer(is_held=True)
    story = opened(trainer)
    start(story)
    story.qtbot.waitUntil(trainer.reached.is_set, timeout=LONG)
    trainer.gate.set()
    story.window.close()
    assert not story.application.learning.is_running
    assert own_models(home) == ["tiny"]


def test_learning_waits_while_a_run_tracks(opened: Open) -> None:
    tracker = ScriptedTracker([Box(20, 10, 24, 24)], block_at=1)
    trainer = HandingTrainer(is_held=True)
    story = opened(trainer, tracker=tracker)
    start(story)
    story.qtbot.waitUntil(trainer.reached.is_set, timeout=LONG)
    story.application.session.select(1)
    with story.qtbot.waitSignal(story.application.tracking.run_finished, timeout=LONG):
        story.press(Qt.Key.Key_T)
        story.qtbot.waitUntil(tracker.reached.is_set)
        assert story.application.learning_presenter.status.label.text() == "learning waits"
        trainer.gate.set()
        tracker.gate.set()
    with story.qtbot.waitSignal(story.application.learning.concluded, timeout=LONG):
        pass


def test_too_few_boxes_disable_it_and_say_why(opened: Open) -> None:
    story = opened(HandingTrainer(), every=20)
    action = story.application.actions.by_id["learn"]
    assert not action.isEnabled()
    assert "at least 12 boxes" in action.toolTip()
    for frame in range(10, 130, 20):
        story.application.editing.correct_box(frame, 1, Box(10, 10, 24, 24))
    story.qtbot.waitUntil(action.isEnabled)
    assert "Teach a copy" in action.toolTip()


def test_boxes_too_close_together_are_refused_with_a_sentence(opened: Open) -> None:
    story = opened(HandingTrainer(), every=100)
    for frame in range(1, 12):
        story.application.editing.correct_box(frame, 1, Box(10, 10, 24, 24))
    learn = story.application.actions.by_id["learn"]
    story.qtbot.waitUntil(learn.isEnabled)
    learn.trigger()
    assert "lie too close together in time" in story.error()
