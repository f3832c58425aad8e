"""A dialog that says what went wrong."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from app.language import message
from app.views.style.button_box import drop_icons

LONGEST_SENTENCE = 1000  # characters; longer text makes the box taller than the screen


def show_error(parent: QWidget | None, sentence: str, *, details: str = "") -> QMessageBox:
    """Open a message over the window and return at once.

    Args:
        sentence: what happened, to which file, and what to do.
        details: more text (a list, a log), folded at first.
    """
    sentence = message(sentence)
    details = "\n".join(map(message, details.split("\n")))
    if len(sentence) > LONGEST_SENTENCE:
        details = "\n\n".join(filter(None, (sentence, details)))
        sentence = f"{sentence[:LONGEST_SENTENCE]}…"
    box = QMessageBox(QMessageBox.Icon.Warning, "Siamark", sentence, QMessageBox.StandardButton.Close, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    box.setDetailedText(details)
    box.setDefaultButton(QMessageBox.StandardButton.Close)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    drop_icons(box)
    box.open()
    return box
