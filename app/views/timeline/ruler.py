"""The ruler above the rows: frame numbers and times."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPalette

from app.views.timeline.clock import Clock
from app.views.timeline.layout import RULER_HEIGHT, STRIP_HEIGHT
from app.views.timeline.time_axis import TimeAxis

LABEL_GAP = 24  # pixels between the end of a label and the next tick
SUB_TICKS = 5
LONGEST_TICK, SHORTEST_TICK = 8, 4


def paint_ruler(painter: QPainter, rect: QRect, axis: TimeAxis, clock: Clock, palette: QPalette) -> None:
    """Ticks at round frame numbers, each with its frame and time, as close as the labels allow."""
    metrics = painter.fontMetrics()
    last = max(axis.frame_count - 1, 0)
    step = axis.tick_step(pixels=metrics.horizontalAdvance(_label(last, clock)) + LABEL_GAP)
    bottom = rect.bottom()
    painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
    sub_step = step / SUB_TICKS if step >= SUB_TICKS else step
    first = math.floor(axis.frame_at(0) / step) * step
    for i in range(math.ceil((axis.frame_at(axis.width) + 1 - first) / sub_step)):
        x = rect.left() + axis.x_of(first + i * sub_step + 0.5)
        painter.drawLine(QPointF(x, bottom - SHORTEST_TICK), QPointF(x, bottom))
    for frame in range(first, axis.frame_at(axis.width) + 1, step):
        x = rect.left() + axis.x_of(frame + 0.5)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        painter.drawLine(QPointF(x, bottom - LONGEST_TICK), QPointF(x, bottom))
        label = QRectF(x + 4, rect.top(), metrics.horizontalAdvance(_label(frame, clock)), rect.height())
        if label.left() >= rect.left() and label.right() <= rect.right():  # a cut number reads as another one
            _paint_label(painter, label, frame, clock, palette)


def _label(frame: int, clock: Clock) -> str:
    return f"{frame}  {clock.text(frame)}"


def _paint_label(painter: QPainter, place: QRectF, frame: int, clock: Clock, palette: QPalette) -> None:
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, str(frame))
    painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, clock.text(frame))


def paint_playhead(painter: QPainter, area: QRect, x: float, *, frame: int, palette: QPalette) -> None:
    """The playhead: a line over everything, with its frame number in the ruler. A halo separates it from bars of the
    same colour.
    """
    accent = palette.color(QPalette.ColorRole.Accent)
    painter.fillRect(QRectF(x - 2, area.top(), 4, area.height()), palette.color(QPalette.ColorRole.Base))
    painter.fillRect(QRectF(x - 1, area.top(), 2, area.height()), accent)
    width = painter.fontMetrics().horizontalAdvance(str(frame)) + 12
    left = min(max(x - width / 2, area.left()), area.right() + 1 - width)
    flag = QRectF(left, area.top() + 4, width, RULER_HEIGHT - STRIP_HEIGHT - 8)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(accent)
    painter.drawRoundedRect(flag, 4, 4)
    painter.setPen(palette.color(QPalette.ColorRole.HighlightedText))
    painter.drawText(flag, Qt.AlignmentFlag.AlignCenter, str(frame))
    painter.restore()
