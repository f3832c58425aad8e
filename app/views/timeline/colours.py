"""The colours of the timeline that are mixed from the palette at hand, light or dark."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

HIDDEN_OPACITY = 0.35
SELECTION_OPACITY = 0.22
ACTIVE_BAR = 4  # pixels, at the left edge of the active track's row
DOUBT_TEXT = QColor("#1a1300")


def doubt_colour(palette: QPalette) -> QColor:
    """Amber, dark enough on white and bright enough on black."""
    dark = palette.color(QPalette.ColorRole.Base).lightness() < 128
    return QColor("#fbbf24" if dark else "#f59e0b")


def faded(colour: QColor, opacity: float) -> QColor:
    made = QColor(colour)
    made.setAlphaF(opacity * colour.alphaF())
    return made
