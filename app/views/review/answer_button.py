"""The buttons that answer a doubt or judge a box."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QSizePolicy, QToolButton

from app.language import translated


def answer_button(action: QAction, text: str, *, key_of: QAction | None = None) -> QToolButton:
    """A button for an action, with a short word and the action's key below. It takes no focus, so keys still go to the
    picture. ``key_of``: another action whose key is shown.
    """
    button, text = QToolButton(), translated(text)

    def show_action() -> None:
        key = (key_of or action).shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        button.setText(f"{text}\n{key}" if key else f"{text}\n")
        button.setToolTip(action.toolTip())
        button.setEnabled(action.isEnabled())

    show_action()
    action.changed.connect(show_action)
    if key_of is not None:
        key_of.changed.connect(show_action)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    button.clicked.connect(action.trigger)
    return button
