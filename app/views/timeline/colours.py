"""The timeline's own colours."""

from __future__ import annotations

from PySide6.QtGui import QColor

HIDDEN_OPACITY = 0.35
SELECTION_OPACITY = 0.22
ACTIVE_BAR = 4  # pixels, at the left edge of the active track's row


def faded(colour: QColor, opacity: float) -> QColor:
    made = QColor(colour)
    made.setAlphaF(opacity * colour.alphaF())
    return made
