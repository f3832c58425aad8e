"""The scale pyramid of SiamFC: a small score map for each scale."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.language import tr
from app.views.style.plotting import heat_colours
from tracker_core.tracker import FloatArray, ScaleLevel

GAP = 8
FRAME = 2
LARGEST_SIDE = 40
SMALLEST_FONT = 11


class PyramidStrip(QWidget):
    """The scales side by side, the smallest first, each with its map, relative width and peak. The chosen one is
    framed.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._levels: tuple[ScaleLevel, ...] = ()
        self.setToolTip(
            tr(
                "The target is looked for at several scales at once. Framed: the one whose peak was highest.\n"
                "Below each: how much wider it looked than the last size, and its peak after the scale penalty"
            )
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        font = self.font()
        font.setPixelSize(SMALLEST_FONT)
        self.setFont(font)

    @property
    def levels(self) -> tuple[ScaleLevel, ...]:
        return self._levels

    def show_levels(self, levels: Sequence[ScaleLevel]) -> None:
        self._levels = tuple(levels)
        self.update()

    def place_of(self, number: int) -> QRect:
        """The rectangle of a level's map. All levels get the same width."""
        share = self.width() // max(len(self._levels), 1)
        side = min(share - GAP, LARGEST_SIDE)
        return QRect(number * share + (share - side) // 2, FRAME, side, side)

    def sizeHint(self) -> QSize:
        return QSize(208, LARGEST_SIDE + 2 * FRAME + 2 * self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for number, level in enumerate(self._levels):
            place = self.place_of(number)
            painter.drawImage(place, self._image(level.raw))
            self._write_captions(painter, place, level)
            if level.chosen:
                painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), FRAME))
                painter.drawRect(place.adjusted(-1, -1, 1, 1))
        painter.end()

    def _write_captions(self, painter: QPainter, place: QRect, level: ScaleLevel) -> None:
        role = QPalette.ColorRole.WindowText if level.chosen else QPalette.ColorRole.PlaceholderText
        painter.setPen(self.palette().color(role))
        height = self.fontMetrics().height()
        share = self.width() // len(self._levels)
        line = QRect(QPoint(place.center().x() - share // 2, place.bottom() + 1 + FRAME), QSize(share, height))
        for text in (f"× {level.factor:.3f}", f"{level.peak:.2f}"):
            painter.drawText(line, Qt.AlignmentFlag.AlignCenter, text)
            line.translate(0, height)

    def _image(self, values: FloatArray) -> QImage:
        levels = np.round(np.clip(values, 0.0, 1.0) * 255).astype(np.uint8)
        colours = heat_colours()[levels]
        height, width = levels.shape
        return QImage(colours.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
