"""Marks of notes in the timeline: a small sheet with a folded corner, in the ruler or at the top of a track's row."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QPalette, QPen, QPolygonF

from app.views.timeline.time_axis import TimeAxis

WIDTH, HEIGHT, FOLD = 8.0, 9.0, 3.0
PAPER = QColor("#fff3b0")


def paint_note_marks(
    painter: QPainter, frames: Sequence[int], axis: TimeAxis, *, top: float, width: int, palette: QPalette
) -> None:
    """``frames``: in ascending order. Marks that would overlap are painted as one."""
    first, last = axis.frame_at(0), axis.frame_at(width)
    ink = PAPER.darker(400) if palette.color(QPalette.ColorRole.Base).lightness() > 127 else PAPER.darker(250)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink, 1))
    painter.setBrush(PAPER)
    free_from = -WIDTH
    for frame in frames[bisect_left(frames, first) :]:
        if frame > last:
            break
        x = round(axis.x_of(frame + 0.5)) - WIDTH / 2 + 0.5
        if x < free_from:
            continue
        free_from = x + WIDTH
        _paint_mark(painter, x, top + 0.5)
    painter.restore()


def _paint_mark(painter: QPainter, x: float, y: float) -> None:
    right, bottom = x + WIDTH - 1, y + HEIGHT - 1
    corner = QPointF(right - FOLD, y), QPointF(right, y + FOLD)
    painter.drawPolygon(QPolygonF([QPointF(x, y), *corner, QPointF(right, bottom), QPointF(x, bottom)]))
    painter.drawPolyline(QPolygonF([corner[0], QPointF(right - FOLD, y + FOLD), corner[1]]))


def note_near(frames: Sequence[int], axis: TimeAxis, x: float, *, reach: float) -> int | None:
    """The frame whose mark is nearest to ``x``, within ``reach`` pixels, or None."""
    here = bisect_left(frames, axis.frame_at(x))
    near = [frame for frame in frames[max(here - 1, 0) : here + 2] if abs(axis.x_of(frame + 0.5) - x) <= reach]
    return min(near, key=lambda frame: abs(axis.x_of(frame + 0.5) - x), default=None)
