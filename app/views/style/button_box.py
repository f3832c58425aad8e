"""The row of buttons at the bottom of a dialog."""

from __future__ import annotations

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialogButtonBox, QMessageBox


def button_box(buttons: QDialogButtonBox.StandardButton) -> QDialogButtonBox:
    """Buttons without icons."""
    box = QDialogButtonBox(buttons)
    drop_icons(box)
    return box


def drop_icons(box: QDialogButtonBox | QMessageBox) -> None:
    """Drop the icons of all buttons: a desktop's icons fit its own colours and may be black on our dark palette."""
    for button in box.buttons():
        button.setIcon(QIcon())
