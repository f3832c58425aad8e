"""Ghosts: dashed boxes of look-alikes and detections, each with its score, for a person to accept."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.views.canvas.picture_transform import PictureTransform
from app.views.canvas.tag import paint_tag, tag_size
from app.views.canvas.tag_places import WantedTag, tag_places
from tracker_core.geometry import Box
from tracker_core.tracker import LookAlike

COLOUR: Final = QColor("#22d3ee")
"""Cyan: no track and nothing else on the canvas has this colour."""
HALO: Final = QColor(0, 0, 0, 140)
DASHES: Final = (4.0, 3.0)
HOVERED_ALPHA: Final = 70


def suggestion_at(suggestions: Sequence[LookAlike], x: float, y: float) -> int | None:
    """The number of the smallest suggestion under an image point."""
    under = [
        (one.box.area, number)
        for number, one in enumerate(suggestions)
        if one.box.x <= x <= one.box.right and one.box.y <= y <= one.box.bottom
    ]
    return min(under)[1] if under else None


def paint_suggestions(
    painter: QPainter,
    suggestions: Sequence[LookAlike],
    transform: PictureTransform,
    *,
    view: QRectF,
    hovered: int | None,
    tags: Sequence[Box] = (),
) -> None:
    """Paint all ghosts, the best one last and on top. Their scores leave ``tags`` free, which are painted already."""
    taken = list(tags)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    for number in reversed(range(len(suggestions))):
        one = suggestions[number]
        _paint(painter, one, transform.box_to_view(one.box), view, number == hovered, taken)
    painter.restore()


def _paint(painter: QPainter, one: LookAlike, rect: Box, view: QRectF, is_hovered: bool, taken: list[Box]) -> None:
    """``taken``: the places of tags, to which this ghost's is added."""
    outline = QRectF(QRectF(rect.x, rect.y, rect.width, rect.height).toRect())
    if not view.intersects(outline):
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if is_hovered:
        painter.fillRect(outline, QColor(COLOUR.red(), COLOUR.green(), COLOUR.blue(), HOVERED_ALPHA))
    painter.setPen(QPen(HALO, 3.0))
    painter.drawRect(outline)
    pen = QPen(COLOUR, 1.0 if not is_hovered else 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
    pen.setDashPattern(DASHES)
    painter.setPen(pen)
    painter.drawRect(outline)
    if math.isnan(one.score):  # a detection from a file without scores
        return
    text = f"{one.score:.2f}"
    size = tag_size(painter, text)
    whole = Box(view.x(), view.y(), view.width(), view.height())
    wanted = WantedTag(rect, size.width(), size.height(), must_show=True)
    (place,) = tag_places([wanted], taken, whole)
    assert place is not None  # it must be shown
    paint_tag(painter, QPointF(*place), text, fill=COLOUR)
    taken.append(Box(*place, size.width(), size.height()))
