"""Another tracker: chosen in the bar, noted with its run, added and removed in the dialog of the models."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QMessageBox

from app.demo.clip import demo_truth
from app.views.models.models_dialog import ModelsDialog
from resources import DEMO_VIDEO
from tests.stories.conftest import Begin
from tests.support.model_files import save_small_model
from tests.support.networks import CONSTANTS
from tests.support.stores import load_as_after_a_crash
from tests.support.stories import CTRL, SHIFT, Story
from tracker_core.weights.catalog import model_named

LONG = 120_000  # ms: the first time imports torch


def choose(box: QComboBox, name: str) -> None:
    row = box.findData(name)
    assert row >= 0
    box.setCurrentIndex(row)
    box.activated.emit(row)


def trackers(story: Story) -> list[str]:
    box = story.application.tracking_presenter.tracker_bar.tracker_box
    return [box.itemData(row) for row in range(box.count()) if box.itemData(row) is not None]


def opened_dialog(story: Story) -> ModelsDialog:
    story.press(Qt.Key.Key_M, CTRL | SHIFT)
    return next(dialog for dialog in story.window.findChildren(ModelsDialog) if dialog.isVisible())


def test_another_tracker_is_chosen_and_noted_with_its_run(begin: Begin, home: Path) -> None:
    file = save_small_model(home / "models" / "tiny.safetensors")
    story = begin(DEMO_VIDEO, shipped=True)
    bar = story.application.tracking_presenter.tracker_bar
    assert trackers(story)[-1] == "tiny"
    choose(bar.tracker_box, "tiny")
    choose(bar.device_box, "cpu")
    choose(bar.precision_box, "float32")
    assert story.application.score_map_presenter.view.constants.constants == CONSTANTS
    car = demo_truth()["car"][0]
    assert car is not None
    story.draw(car)
    with story.qtbot.waitSignal(story.application.tracking.run_finished, timeout=LONG):
        story.press(Qt.Key.Key_T)
    assert story.application.document.store_path is not None
    (run,) = load_as_after_a_crash(story.application.document.store_path).runs.values()
    assert (run.tracker, run.family, run.device, run.precision) == ("tiny", "siamrpnpp", "cpu", "float32")
    assert run.weights == hashlib.sha256(file.read_bytes()).hexdigest()
    assert run.constants == CONSTANTS.as_mapping()

    choose(bar.tracker_box, "siamrpnpp_small")
    own = model_named("siamrpnpp_small", added=home / "models").constants
    assert story.application.score_map_presenter.view.constants.constants == own
    again = begin(None, shipped=True)  # the choice is the person's, not the window's
    assert again.application.tracking_presenter.tracker_bar.tracker_box.currentData() == "siamrpnpp_small"
    assert again.application.tracking_presenter.tracker_bar.precision_box.currentData() == "float32"


def test_a_model_is_added_chosen_and_removed_in_the_dialog(begin: Begin, home: Path, tmp_path: Path) -> None:
    file = save_small_model(tmp_path / "downloaded.safetensors")
    story = begin(None, shipped=True)
    before = trackers(story)
    models = story.application.models
    dialog = opened_dialog(story)
    dialog.name_field.setText("mine")
    with story.qtbot.waitSignal(models.added, timeout=LONG):
        dialog.add_requested.emit(file, dialog.name_field.text())
    assert trackers(story) == [*before, "mine"]
    assert dialog.list.selected is not None
    assert dialog.list.selected.name == "mine"
    assert dialog.outcome.text() == "mine was added."
    dialog.choose_button.click()
    assert story.application.tracking_presenter.tracker_bar.tracker_box.currentText() == "mine"

    dialog.remove_button.click()
    (question,) = dialog.findChildren(QMessageBox)
    assert "It is the default" in question.text()
    with story.qtbot.waitSignal(models.removed, timeout=LONG):
        next(button for button in question.buttons() if button.text() == "Remove").click()
    assert trackers(story) == before
    assert story.application.tracking_presenter.tracker_bar.tracker_box.currentText() == "siamrpnpp_small"
    assert not list((home / "models").glob("*.safetensors"))
    dialog.close()


@pytest.mark.parametrize("content", [b"", b"Dear reader", b"PK\x03\x04 and nothing more"])
def test_a_wrong_file_is_told_in_the_dialog_in_one_sentence(begin: Begin, tmp_path: Path, content: bytes) -> None:
    wrong = tmp_path / "letter.pth"
    wrong.write_bytes(content)
    story = begin(None, shipped=True)
    before = trackers(story)
    dialog = opened_dialog(story)
    with story.qtbot.waitSignal(story.application.models.refused, timeout=LONG):
        dialog.add_requested.emit(wrong, "")
    assert dialog.outcome.text().startswith(str(wrong))
    assert len(dialog.outcome.text().splitlines()) == 1
    assert trackers(story) == before
    dialog.close()
