"""The row of buttons at the foot of a dialog."""

from __future__ import annotations

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialogButtonBox


def button_box(buttons: QDialogButtonBox.StandardButton) -> QDialogButtonBox:
    """Without icons: those of a desktop are drawn for its own colours, and are black on our dark palette."""
    box = QDialogButtonBox(buttons)
    for button in box.buttons():
        button.setIcon(QIcon())
    return box
