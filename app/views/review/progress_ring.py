"""A ring that fills as a review progresses."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

from app.language import tr
from app.views.style.colours import REVIEWED

SIDE, THICKNESS = 40, 5
FULL_TURN = 360 * 16  # Qt counts sixteenths of a degree, anticlockwise


class ProgressRing(QWidget):
    """The share done as an arc from the top; in the middle the number left, or a tick when all is done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = 0.0
        self._left = 0
        self.setFixedSize(self.sizeHint())

    def set_progress(self, share: float, left: int) -> None:
        """``share``: how much is done, in [0, 1]. ``left``: how many doubts are not answered yet."""
        if (share, left) != (self._share, self._left):
            self._share, self._left = min(max(share, 0.0), 1.0), left
            self.setAccessibleName(tr("{share:.0%} done, {left} left", share=share, left=left))
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(SIDE, SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        half = THICKNESS / 2
        ring = QRectF(self.rect()).adjusted(half, half, -half, -half)
        is_done = self._left == 0 and self._share >= 1
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), THICKNESS))
        painter.drawEllipse(ring)
        arc = REVIEWED if is_done else palette.color(QPalette.ColorRole.Accent)
        painter.setPen(QPen(arc, THICKNESS, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawArc(ring, FULL_TURN // 4, -round(FULL_TURN * self._share))
        painter.setPen(REVIEWED if is_done else palette.color(QPalette.ColorRole.WindowText))
        font = painter.font()
        font.setBold(True)
        font.setPixelSize(11 if self._left > 99 else 13)
        painter.setFont(font)
        text = "✓" if is_done else str(self._left) if self._left < 1000 else "999+"
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, text)
