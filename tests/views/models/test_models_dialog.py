from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from app.language import look_up_with
from app.views.models.model_details import CARD_LANGUAGE, details_of
from app.views.models.models_dialog import ModelsDialog
from tests.support.model_files import save_small_model
from tracker_core.weights.catalog import DamagedModel, Model, models
from tracker_core.weights.published import PublishedModel, published_named

BROKEN = DamagedModel("broken", Path("/models/broken.safetensors"), "/models/broken.safetensors is no *weights* file")


def published(name: str) -> PublishedModel:
    found = published_named(name)
    assert found is not None
    return found


@pytest.fixture
def listed(tmp_path: Path) -> Sequence[Model]:
    save_small_model(tmp_path / "mine.safetensors")
    (tmp_path / "mine.md").write_text("# Mine\n\nMade at *home* with <b>care</b>.\n")
    return models(added=tmp_path)


@pytest.fixture
def dialog(qtbot: QtBot, listed: Sequence[Model]) -> ModelsDialog:
    dialog = ModelsDialog()
    qtbot.addWidget(dialog)
    dialog.show_models(
        listed, [BROKEN], [published("pysot-r50"), published("mmtracking-lasot")], chosen="siamrpnpp_small"
    )
    dialog.show()
    return dialog


def enabled(dialog: ModelsDialog) -> tuple[bool, bool, bool]:
    return dialog.fetch_button.isEnabled(), dialog.remove_button.isEnabled(), dialog.choose_button.isEnabled()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("siamrpnpp_small", (False, False, False)),
        ("mine", (False, True, True)),
        ("broken", (False, True, False)),
        ("pysot-r50", (False, False, False)),
        ("mmtracking-lasot", (True, False, False)),
    ],
)
def test_only_what_makes_sense_can_be_pressed(
    dialog: ModelsDialog, name: str, expected: tuple[bool, bool, bool]
) -> None:
    dialog.list.select(name)
    assert enabled(dialog) == expected
    dialog.show_busy("Adding…")
    assert enabled(dialog) == (False, False, False)
    assert not dialog.add_button.isEnabled()
    dialog.show_busy("")
    assert enabled(dialog) == expected


def test_the_details_are_facts_and_the_card_as_text(
    dialog: ModelsDialog, qtbot: QtBot, listed: Sequence[Model]
) -> None:
    mine = next(model for model in listed if model.name == "mine")
    with qtbot.waitSignal(dialog.digest_wanted) as wanted:
        dialog.list.select("mine")
    assert wanted.args == [mine]
    dialog.show_digest(mine.path, "ab12" * 16)
    text = dialog.details.toPlainText()
    for part in ("SiamRPN++", "penalty_k 0.05", "head_channels 16", "ab12" * 16, str(mine.path), "Made at home"):
        assert part in text
    assert "with <b>care</b>." in text  # a card is somebody else's text: it shows itself, and does nothing


def test_a_file_that_has_gone_meanwhile_is_told(dialog: ModelsDialog, listed: Sequence[Model]) -> None:
    mine = next(model for model in listed if model.name == "mine")
    dialog.list.select("mine")
    mine.path.unlink()
    dialog.show_digest(mine.path, "ab12" * 16)
    assert dialog.details.toPlainText() == f"{mine.path} cannot be read any more."


def test_a_damaged_model_says_what_is_wrong_with_it_word_for_word(dialog: ModelsDialog) -> None:
    dialog.list.select("broken")
    assert "is no *weights* file." in dialog.details.toPlainText()


def test_a_published_model_has_licence_and_page(dialog: ModelsDialog) -> None:
    dialog.list.select("pysot-r50")
    text = dialog.details.toPlainText()
    assert "CC BY-SA 3.0" in text
    assert published("pysot-r50").page in text
    assert "download the file there, and add it here" in text
    assert f'href="{published("pysot-r50").page}"' in dialog.details.toHtml()


def test_a_file_is_asked_for_and_added_under_the_name_that_is_typed(dialog: ModelsDialog, qtbot: QtBot) -> None:
    dialog.name_field.setText(" car_tracker ")
    dialog.add_button.click()
    (chooser,) = dialog.findChildren(QFileDialog)
    with qtbot.waitSignal(dialog.add_requested) as asked:
        chooser.fileSelected.emit("/downloads/model.pth")
    assert asked.args == [Path("/downloads/model.pth"), "car_tracker"]
    chooser.close()


def test_a_file_may_be_dropped(dialog: ModelsDialog, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/downloads/model.pth")])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    with qtbot.waitSignal(dialog.add_requested) as asked:
        dialog.dropEvent(event)
    assert asked.args == [Path("/downloads/model.pth"), ""]


def test_removing_asks_first_and_says_when_it_is_the_default(
    dialog: ModelsDialog, listed: Sequence[Model], qtbot: QtBot
) -> None:
    dialog.list.select("mine")
    with qtbot.assertNotEmitted(dialog.remove_requested):
        dialog.remove_button.click()
    box = dialog.findChildren(QMessageBox)[-1]
    assert "default" not in box.text()
    box.close()
    dialog.show_models(listed, (), (), chosen="mine")
    dialog.remove_button.click()
    box = dialog.findChildren(QMessageBox)[-1]
    assert "It is the default" in box.text()
    remove = next(button for button in box.buttons() if button.text() == "Remove")
    with qtbot.waitSignal(dialog.remove_requested) as asked:
        remove.click()
    assert asked.args == ["mine"]


def test_return_on_a_model_makes_it_the_default(dialog: ModelsDialog, qtbot: QtBot) -> None:
    dialog.list.select("mine")
    dialog.list.setFocus()
    with qtbot.waitSignal(dialog.choose_requested) as asked:
        QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    assert asked.args == ["mine"]
    assert dialog.isVisible()


def test_a_download_shows_how_far_it_is_and_can_be_cancelled(dialog: ModelsDialog, qtbot: QtBot) -> None:
    dialog.list.select("mmtracking-lasot")
    with qtbot.waitSignal(dialog.fetch_requested) as asked:
        dialog.fetch_button.click()
    assert asked.args == [published("mmtracking-lasot")]
    dialog.show_busy("Fetching mmtracking-lasot…")
    assert not dialog.cancel_button.isVisible()
    dialog.show_progress(100, 400)
    assert (dialog.progress.value(), dialog.progress.maximum()) == (250, 1000)
    with qtbot.waitSignal(dialog.cancel_requested):
        dialog.cancel_button.click()
    dialog.show_busy("")
    assert not dialog.cancel_button.isVisible()
    assert not dialog.progress.isVisible()


def test_every_description_is_read_without_scrolling_sideways(dialog: ModelsDialog, listed: Sequence[Model]) -> None:
    for model in listed:
        dialog.list.select(model.name)
        dialog.show_digest(model.path, "0123456789abcdef" * 4)
        assert dialog.details.horizontalScrollBar().maximum() == 0, model.name


def test_another_language_is_told_that_the_card_is_english(listed: Sequence[Model]) -> None:
    built_in = next(model for model in listed if model.is_built_in)
    own = next(model for model in listed if not model.is_built_in)
    assert CARD_LANGUAGE not in details_of(built_in, digest="")
    look_up_with(lambda text, count: f"<{text}>" if text == CARD_LANGUAGE else text)
    try:
        assert f"<{CARD_LANGUAGE}>" in details_of(built_in, digest="")
        assert CARD_LANGUAGE not in details_of(own, digest="")
    finally:
        look_up_with(None)
