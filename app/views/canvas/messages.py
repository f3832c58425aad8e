"""What the canvas says when there is nothing to look at yet."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

INVITATION: Final = "Open a video (Ctrl+O), or drop one here"
FIRST_BOX_HINT: Final = "Drag a box around what you want to follow, then press T"
TEXT: Final = QColor("#c9ced6")
FRAME: Final = QColor("#4a505a")
PATCH: Final = QColor(20, 22, 25, 215)


def paint_invitation(painter: QPainter, *, view: QRectF) -> None:
    """Centred in a dashed frame that says: a place to drop something."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(_larger(painter.font()))
    metrics = QFontMetricsF(painter.font())
    place = QRectF(0, 0, metrics.horizontalAdvance(INVITATION) + 64, metrics.height() + 64)
    place.moveCenter(view.center())
    pen = painter.pen()
    pen.setColor(FRAME)
    pen.setWidthF(2)
    pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.drawRoundedRect(place, 8, 8)
    painter.setPen(TEXT)
    painter.drawText(view, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, INVITATION)
    painter.restore()


def paint_first_box_hint(painter: QPainter, *, view: QRectF) -> None:
    """On a patch near the lower border, clear of what is in the middle of the picture."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(_larger(painter.font()))
    metrics = QFontMetricsF(painter.font())
    patch = QRectF(0, 0, metrics.horizontalAdvance(FIRST_BOX_HINT) + 32, metrics.height() + 16)
    patch.moveCenter(view.center())
    patch.moveBottom(view.bottom() - 24)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(PATCH)
    painter.drawRoundedRect(patch, 8, 8)
    painter.setPen(QColor("white"))
    painter.drawText(patch, Qt.AlignmentFlag.AlignCenter, FIRST_BOX_HINT)
    painter.restore()


def _larger(font: QFont) -> QFont:
    larger = QFont(font)
    larger.setPixelSize(15)
    return larger
