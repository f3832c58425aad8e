"""Guides: the cross of the draw tool, the size beside the cursor, the search region."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.language import marked, tr, translated
from app.views.canvas.tag import paint_tag, tag_size
from tracker_core.geometry import Box

DARK: Final = QColor(0, 0, 0, 130)
BRIGHT: Final = QColor(255, 255, 255, 210)
TAG_FILL: Final = QColor(20, 22, 25, 225)
GAP_TO_CURSOR: Final = 16.0
DISTRACTOR_COLOUR: Final = QColor("#ff5c8a")
"""The colour of distractors."""
DISTRACTOR_DASHES: Final = (4.0, 2.0)
DISTRACTOR: Final = marked("distractor")


def paint_cross(painter: QPainter, cursor: QPointF, *, view: QRectF) -> None:
    """Two lines through the cursor over the whole widget."""
    # On a whole pixel; otherwise the dark line and the bright line on top of it are rounded differently.
    x, y = round(cursor.x()), round(cursor.y())
    lines = [QLineF(x, view.top(), x, view.bottom()), QLineF(view.left(), y, view.right(), y)]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    for pen in (QPen(DARK, 3), QPen(BRIGHT, 1)):
        painter.setPen(pen)
        painter.drawLines(lines)
    painter.restore()


def paint_draft(painter: QPainter, rect: Box) -> None:
    """The box that is being drawn, which has no track yet."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    outline = QRectF(rect.x, rect.y, rect.width, rect.height)
    painter.fillRect(outline, QColor(255, 255, 255, 30))
    for pen in (QPen(DARK, 4), QPen(BRIGHT, 2)):
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.drawRect(outline)
    painter.restore()


def paint_size(painter: QPainter, box: Box, cursor: QPointF, *, view: QRectF) -> None:
    """Width and height in image pixels, below and right of the cursor if there is room."""
    text = f"{box.width:.0f} × {box.height:.0f}"
    size = tag_size(painter, text)
    left, top = cursor.x() + GAP_TO_CURSOR, cursor.y() + GAP_TO_CURSOR
    if left + size.width() > view.right():
        left = cursor.x() - GAP_TO_CURSOR - size.width()
    if top + size.height() > view.bottom():
        top = cursor.y() - GAP_TO_CURSOR - size.height()
    paint_tag(painter, QPointF(left, top), text, fill=TAG_FILL)


def paint_search_region(painter: QPainter, rect: Box, *, view: QRectF, is_searching: bool) -> None:
    """``is_searching``: the target is lost and the region has grown; a tag at its corner says so."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    outline = QRectF(rect.x, rect.y, rect.width, rect.height)
    for pen in (QPen(DARK, 1), QPen(BRIGHT, 1, Qt.PenStyle.DotLine)):
        painter.setPen(pen)
        painter.drawRect(outline)
    painter.restore()
    if is_searching:
        _paint_tag_inside(painter, rect, tr("searching"), fill=TAG_FILL, view=view)


def paint_distractor(painter: QPainter, rect: Box, *, view: QRectF) -> None:
    """A distractor. Labelled, because every other box comes from a track."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    outline = QRectF(QRectF(rect.x, rect.y, rect.width, rect.height).toRect())
    painter.setPen(QPen(DARK, 3))
    painter.drawRect(outline)
    pen = QPen(DISTRACTOR_COLOUR, 1)
    pen.setDashPattern(DISTRACTOR_DASHES)
    painter.setPen(pen)
    painter.drawRect(outline)
    painter.restore()
    size = tag_size(painter, translated(DISTRACTOR))
    if rect.width >= size.width():
        top_left = QPointF(rect.x, min(rect.bottom + 1, view.bottom() - size.height()))
        paint_tag(painter, top_left, translated(DISTRACTOR), fill=DISTRACTOR_COLOUR)


def _paint_tag_inside(painter: QPainter, rect: Box, text: str, *, fill: QColor, view: QRectF) -> None:
    """At the top left corner of a region, or of its visible part."""
    left, top = max(rect.x, view.left()), max(rect.y, view.top())
    paint_tag(painter, QPointF(left + 1, top + 1), text, fill=fill)
