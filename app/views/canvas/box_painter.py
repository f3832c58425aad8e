"""Paints boxes, in widget pixels, so that lines, handles and tags have the same size at every zoom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen

from app.model.box_record import Source
from app.model.words import score_text
from app.views.canvas.hit_test import Handle, handle_points
from app.views.canvas.picture_transform import PictureTransform
from app.views.canvas.shown_box import ShownBox
from app.views.canvas.tag import paint_tag, tag_size
from app.views.style.colours import DOUBT, ON_DOUBT
from tracker_core.geometry import Box

HALO: Final = QColor(0, 0, 0, 110)
"""Around every line, so that it is visible on a picture of its own colour."""
DASHES: Final = (6.0, 4.0)
GHOST_DASHES: Final = (3.0, 3.0)
GHOST_LIGHTNESS: Final = 140
STALE_COLOUR: Final = QColor("#a0a0a0")
HANDLE_SIZE: Final = 8.0
NARROWEST_WITH_TAG: Final = 44.0
NARROWEST_WITH_NUMBER: Final = 18.0
"""Widget pixels. Narrower boxes get only the track number as their tag, or no tag: tags would hide a crowd."""
DOUBT_SIZE: Final = 14.0


def paint_boxes(
    painter: QPainter,
    boxes: Sequence[ShownBox],
    transform: PictureTransform,
    *,
    view: QRectF,
    hovered_track_id: int | None,
) -> None:
    """Paint all boxes: first every outline, then every tag, so that no line crosses a neighbour's tag."""
    placed = [(box, transform.box_to_view(box.box)) for box in boxes]
    seen = [(box, rect) for box, rect in placed if view.intersects(_as_rect(rect).adjusted(-1, -1, 1, 1))]
    for box, rect in seen:
        _paint_outline(painter, box, rect, hovered=box.track_id == hovered_track_id)
    for box, rect in seen:
        if not box.ghost:
            _paint_marks(painter, box, rect, view=view, hovered=box.track_id == hovered_track_id)
    for box, rect in seen:
        if box.selected:
            _paint_handles(painter, rect, QColor(box.colour))


def _paint_outline(painter: QPainter, box: ShownBox, rect: Box, *, hovered: bool) -> None:
    # On whole pixels, or line and halo would be rounded differently.
    outline = QRectF(_as_rect(rect).toRect())
    colour = QColor(box.colour)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if box.ghost:
        painter.setPen(_pen(colour.lighter(GHOST_LIGHTNESS), 1.0, GHOST_DASHES))
        painter.drawRect(outline)
    else:
        if box.selected or hovered:
            painter.fillRect(outline, _with_alpha(colour, 36))
        if box.stale:
            colour = STALE_COLOUR
            painter.fillRect(outline, QBrush(_with_alpha(colour, 150), Qt.BrushStyle.FDiagPattern))
        if box.record.occluded:
            painter.fillRect(outline, QBrush(_with_alpha(colour, 150), Qt.BrushStyle.BDiagPattern))
        _paint_line(painter, outline, colour, box.record.source)
    painter.restore()


def _paint_line(painter: QPainter, outline: QRectF, colour: QColor, source: Source) -> None:
    painter.setPen(_pen(HALO, 1.0))
    if source is Source.HUMAN:
        # A line of 2 pixels covers the pixels before and after its coordinate.
        painter.drawRect(outline.adjusted(-2, -2, 1, 1))
        painter.setPen(_pen(colour, 2.0))
    else:
        painter.drawRect(outline.adjusted(-1, -1, 1, 1))
        painter.setPen(_pen(colour, 1.0, DASHES if source is Source.INTERPOLATED else ()))
    painter.drawRect(outline)


def _paint_marks(painter: QPainter, box: ShownBox, rect: Box, *, view: QRectF, hovered: bool) -> None:
    text = _tag_text(box, in_full=box.selected or hovered, width=rect.width)
    if text:
        _paint_tag_of(painter, text, rect, view=view, colour=QColor(box.colour), clear_of_handles=box.selected)
    if box.doubtful:
        _paint_doubt(painter, rect, view=view, clear_of_handles=box.selected)


def _tag_text(box: ShownBox, *, in_full: bool, width: float) -> str:
    if not in_full and width < NARROWEST_WITH_TAG:
        return f"#{box.track_id}" if width >= NARROWEST_WITH_NUMBER else ""
    name = f"{box.label} #{box.track_id}".strip()
    score = box.record.score
    return name if score is None else f"{name}  {score_text(score, is_measured=not box.has_raw_score)}"


def _paint_tag_of(
    painter: QPainter, text: str, rect: Box, *, view: QRectF, colour: QColor, clear_of_handles: bool
) -> None:
    """Above the box, or inside it if there is no room above."""
    size = tag_size(painter, text)
    left, top, gap = rect.x - 1, rect.y, 1.0
    if clear_of_handles:
        left, top = handle_points(rect)[Handle.TOP_LEFT]
        gap = HANDLE_SIZE / 2 + 2
    fits_above = top - gap - size.height() >= view.top()
    y = top - gap - size.height() if fits_above else max(top + gap, view.top())
    x = max(min(left, view.right() - size.width()), view.left())
    paint_tag(painter, QPointF(x, y), text, fill=colour)


def _paint_doubt(painter: QPainter, rect: Box, *, view: QRectF, clear_of_handles: bool) -> None:
    """At the top right corner; if a handle is there, beside it, or below it at the border of the view."""
    half = DOUBT_SIZE / 2
    x, y = rect.right, rect.y
    if clear_of_handles:
        x, y = handle_points(rect)[Handle.TOP_RIGHT]
        step = half + HANDLE_SIZE / 2 + 2
        x, y = (x + step, y) if x + step + half <= view.right() else (x, y + step)
    centre = QPointF(
        min(max(x, view.left() + half), view.right() - half),
        min(max(y, view.top() + half), view.bottom() - half),
    )
    circle = QRectF(centre.x() - half, centre.y() - half, DOUBT_SIZE, DOUBT_SIZE)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(_pen(HALO, 1.0))
    painter.setBrush(DOUBT)
    painter.drawEllipse(circle)
    font = QFont(painter.font())
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(ON_DOUBT)
    painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, "!")
    painter.restore()


def _paint_handles(painter: QPainter, rect: Box, colour: QColor) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    for x, y in handle_points(rect).values():
        square = QRectF(x - HANDLE_SIZE / 2, y - HANDLE_SIZE / 2, HANDLE_SIZE, HANDLE_SIZE)
        painter.fillRect(square.adjusted(-2, -2, 2, 2), HALO)
        painter.fillRect(square.adjusted(-1, -1, 1, 1), colour)
        painter.fillRect(square.adjusted(1, 1, -1, -1), Qt.GlobalColor.white)
    painter.restore()


def _pen(colour: QColor, width: float, dashes: Sequence[float] = ()) -> QPen:
    pen = QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin)
    if dashes:
        pen.setDashPattern(dashes)
    return pen


def _with_alpha(colour: QColor, alpha: int) -> QColor:
    return QColor(colour.red(), colour.green(), colour.blue(), alpha)


def _as_rect(rect: Box) -> QRectF:
    return QRectF(rect.x, rect.y, rect.width, rect.height)
