from __future__ import annotations

from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from app.views.dialogs.error_dialog import show_error


def test_the_sentence_is_shown_as_it_is_and_nobody_waits(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    box = show_error(window, "<b>.mp4 cannot be read: it is empty. Choose another file.", details="0 bytes")
    assert box.isVisible()
    assert box.text() == "<b>.mp4 cannot be read: it is empty. Choose another file."
    assert box.detailedText() == "0 bytes"
    with qtbot.waitSignal(box.destroyed):
        box.button(QMessageBox.StandardButton.Close).click()


def test_of_a_text_that_fills_the_screen_the_beginning_is_shown_and_the_rest_is_folded_away(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    sentence = f"{'d/' * 3000}video.mp4 cannot be read."
    box = show_error(window, sentence, details="a list")
    assert len(box.text()) < 1100
    assert sentence in box.detailedText()
    assert box.detailedText().endswith("a list")
    with qtbot.waitSignal(box.destroyed):
        box.button(QMessageBox.StandardButton.Close).click()


def test_a_desktop_with_icons_on_its_buttons_gives_ours_none(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.setStyleSheet("QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 1 }")
    box = show_error(window, "It could not be read.")
    assert [button.icon().isNull() for button in box.buttons()] == [True]
