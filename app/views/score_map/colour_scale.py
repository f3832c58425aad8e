"""The colour bar that all heatmaps of the panel share."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.views.style.plotting import heat_colours


class ColourScale(QWidget):
    """A bar of the colour map with the values of its ends."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._low, self._high = 0.0, 1.0
        self.setFixedHeight(16)
        self.setMinimumWidth(120)

    @property
    def levels(self) -> tuple[float, float]:
        return self._low, self._high

    def set_levels(self, low: float, high: float) -> None:
        self._low, self._high = low, high
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        text_width = self.fontMetrics().horizontalAdvance("0.00") + 4
        left = self.rect().adjusted(0, 0, text_width - self.width(), 0)
        right = self.rect().adjusted(self.width() - text_width, 0, 0, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(left, middle | Qt.AlignmentFlag.AlignLeft, f"{self._low:.2f}")
        painter.drawText(right, middle | Qt.AlignmentFlag.AlignRight, f"{self._high:.2f}")
        painter.drawImage(self.rect().adjusted(text_width, 3, -text_width, -3), _bar())
        painter.end()


def _bar() -> QImage:
    """The colours from left to right, one pixel each."""
    return QImage(heat_colours().data, 256, 1, 256 * 3, QImage.Format.Format_RGB888)
