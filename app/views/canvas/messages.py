"""Messages on the canvas."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from app.language import marked, translated

INVITATION: Final = marked("Open a video (Ctrl+O), or drop one here")
FIRST_BOX_HINT: Final = marked("Drag a box around what you want to follow, then press T")
TEXT: Final = QColor("#c9ced6")
FRAME: Final = QColor("#4a505a")
WARNING: Final = QColor("#f0a030")
PATCH: Final = QColor(20, 22, 25, 215)


def paint_invitation(painter: QPainter, *, view: QRectF) -> None:
    """An invitation to drop a file, centred in a dashed frame."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(_larger(painter.font()))
    metrics = QFontMetricsF(painter.font())
    place = QRectF(0, 0, metrics.horizontalAdvance(translated(INVITATION)) + 64, metrics.height() + 64)
    place.moveCenter(view.center())
    pen = painter.pen()
    pen.setColor(FRAME)
    pen.setWidthF(2)
    pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.drawRoundedRect(place, 8, 8)
    painter.setPen(TEXT)
    painter.drawText(view, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, translated(INVITATION))
    painter.restore()


def paint_first_box_hint(painter: QPainter, *, view: QRectF) -> None:
    """A hint on a patch near the lower border, away from the middle of the picture."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(_larger(painter.font()))
    metrics = QFontMetricsF(painter.font())
    patch = QRectF(0, 0, metrics.horizontalAdvance(translated(FIRST_BOX_HINT)) + 32, metrics.height() + 16)
    patch.moveCenter(view.center())
    patch.moveBottom(view.bottom() - 24)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(PATCH)
    painter.drawRoundedRect(patch, 8, 8)
    painter.setPen(QColor("white"))
    painter.drawText(patch, Qt.AlignmentFlag.AlignCenter, translated(FIRST_BOX_HINT))
    painter.restore()


def paint_notice(painter: QPainter, text: str, *, view: QRectF) -> None:
    """A notice along the upper border, on a stripe that nobody mistakes for part of the picture."""
    painter.save()
    patch = view.adjusted(12, 12, -12, 0)
    room = patch.adjusted(20, 6, -8, 0)
    flags = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
    text_rect = painter.boundingRect(room, flags, text)
    patch.setBottom(text_rect.bottom() + 6)
    painter.fillRect(patch, PATCH)
    painter.fillRect(QRectF(patch.left(), patch.top(), 8, patch.height()), WARNING)
    painter.setPen(QColor("white"))
    painter.drawText(room, flags, text)
    painter.restore()


def _larger(font: QFont) -> QFont:
    larger = QFont(font)
    larger.setPixelSize(15)
    return larger
