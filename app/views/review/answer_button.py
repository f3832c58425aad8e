"""The buttons that answer a doubt."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QSizePolicy, QToolButton


def answer_button(action: QAction, text: str, *, key_of: QAction | None = None) -> QToolButton:
    """A button that does what an action does, with a short word and its key beneath. It takes no focus, so that the
    keys stay with the picture. ``key_of``: the action whose key does it.
    """
    button = QToolButton()
    button.setText(f"{text}\n{(key_of or action).shortcut().toString(QKeySequence.SequenceFormat.NativeText)}")
    button.setToolTip(action.toolTip())
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    button.setEnabled(action.isEnabled())
    button.clicked.connect(action.trigger)
    action.enabledChanged.connect(button.setEnabled)
    return button
