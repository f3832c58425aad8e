"""A dialog that asks whether to do something."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from app.views.style.button_box import drop_icons


def ask(parent: QWidget | None, sentence: str, *, do: str, leave: str, on_do: Callable[[], None]) -> QMessageBox:
    """Open a question over the window and return at once. Enter and Esc decline.

    Args:
        do: the button that calls ``on_do``, as a verb.
        leave: the other button.
    """
    box = QMessageBox(QMessageBox.Icon.Question, "Siamark", sentence, QMessageBox.StandardButton.NoButton, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    doing = box.addButton(do, QMessageBox.ButtonRole.AcceptRole)
    leaving = box.addButton(leave, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(leaving)
    box.setEscapeButton(leaving)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    doing.clicked.connect(on_do)
    drop_icons(box)
    box.open()
    return box
