"""Tool buttons that look and behave the same everywhere."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolBar, QToolButton


def action_button(action: QAction, *, icon_size: int) -> QToolButton:
    """A flat button for an action: icon only, and no focus, so that the picture keeps it."""
    button = QToolButton()
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setIconSize(QSize(icon_size, icon_size))
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return button


def style_on_toolbar(bar: QToolBar, action: QAction, *, with_text: bool) -> None:
    """Make an action's toolbar button take no focus, and show its text beside the icon if asked."""
    button = bar.widgetForAction(action)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if isinstance(button, QToolButton) and with_text:
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
