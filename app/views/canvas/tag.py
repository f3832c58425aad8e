"""A word on a coloured patch, readable on any picture."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

PADDING: Final = 4.0
LONGEST: Final = 320
"""Pixels of text. Longer text is cut in the middle, so that a track's name keeps its beginning and its number."""
LUMINANCE_OF_EQUAL_CONTRAST: Final = 0.179
"""Above this luminance black text has more contrast, below it white text (WCAG 2 contrast ratio)."""


def tag_size(painter: QPainter, text: str) -> QSizeF:
    metrics = QFontMetricsF(painter.font())
    return QSizeF(round(metrics.horizontalAdvance(_shown(metrics, text))) + 2 * PADDING, round(metrics.height()) + 2)


def paint_tag(painter: QPainter, top_left: QPointF, text: str, *, fill: QColor) -> None:
    rect = QRectF(top_left, tag_size(painter, text))
    painter.fillRect(rect, fill)
    painter.setPen(text_colour_on(fill))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, _shown(QFontMetricsF(painter.font()), text))


def text_colour_on(fill: QColor) -> QColor:
    """Black or white, whichever is easier to read on this colour."""
    red, green, blue = (_linear(value) for value in (fill.redF(), fill.greenF(), fill.blueF()))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return QColor("black" if luminance > LUMINANCE_OF_EQUAL_CONTRAST else "white")


def _shown(metrics: QFontMetricsF, text: str) -> str:
    return metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, LONGEST)


def _linear(value: float) -> float:
    """Convert an sRGB channel to linear light, both in [0, 1]."""
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)
