"""Paints boxes, in widget pixels, so that lines, handles and tags have the same size at every zoom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen

from app.language import listed
from app.model.box_record import Source
from app.model.score_meaning import score_text
from app.views.canvas.hit_test import Handle, handle_points
from app.views.canvas.picture_transform import PictureTransform
from app.views.canvas.shown_box import ShownBox
from app.views.canvas.tag import PADDING, paint_tag, tag_size
from app.views.canvas.tag_places import WantedTag, tag_places
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
"""Widget pixels. Boxes below the first width get only their number as a tag, below the second none, so that tags do not
hide a crowd.
"""
DOUBT_SIZE: Final = 14.0


def paint_boxes(
    painter: QPainter,
    boxes: Sequence[ShownBox],
    transform: PictureTransform,
    *,
    view: QRectF,
    hovered_track_id: int | None,
) -> list[Box]:
    """Paint all boxes: first every outline, then every tag, so that no line crosses a neighbour's tag. Returns the
    places of the tags, in widget pixels.
    """
    placed = [(box, transform.box_to_view(box.box)) for box in boxes]
    seen = [(box, rect) for box, rect in placed if view.intersects(_as_rect(rect).adjusted(-1, -1, 1, 1))]
    for box, rect in seen:
        _paint_outline(painter, box, rect, hovered=box.track_id == hovered_track_id)
    tags = _paint_tags(painter, seen, view=view, hovered_track_id=hovered_track_id)
    for box, rect in seen:
        if box.doubtful and not box.ghost:
            _paint_doubt(painter, rect, view=view, clear_of_handles=box.selected)
    for box, rect in seen:
        if box.selected:
            _paint_handles(painter, rect, QColor(box.colour))
    return tags


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
        if hovered and not box.selected:
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


def _paint_tags(
    painter: QPainter, seen: Sequence[tuple[ShownBox, Box]], *, view: QRectF, hovered_track_id: int | None
) -> list[Box]:
    """Unless its box is selected or under the mouse, a tag is no wider than its box, and left out if it would cover a
    target or another tag.
    """
    metrics = painter.fontMetrics()
    wanted: list[tuple[ShownBox, str, WantedTag]] = []
    for box, rect in seen:
        in_full = box.selected or box.track_id == hovered_track_id
        text = "" if box.ghost else _tag_text(box, in_full=in_full, width=rect.width)
        if text and not in_full:
            text = that_fits(box, text, metrics, max(int(rect.width - 2 * PADDING), 1))
        if text:
            size = tag_size(painter, text)
            clearance = HANDLE_SIZE / 2 + 1 if box.selected else 0.0
            wanted.append((box, text, WantedTag(rect, size.width(), size.height(), clearance, in_full)))
    targets = [rect for box, rect in seen if not box.ghost]
    whole = Box(view.x(), view.y(), view.width(), view.height())
    taken = []
    for (box, text, tag), place in zip(wanted, tag_places([tag for *_, tag in wanted], targets, whole), strict=True):
        if place is not None:
            paint_tag(painter, QPointF(*place), text, fill=QColor(box.colour))
            taken.append(Box(*place, tag.width, tag.height))
    return taken


def _tag_text(box: ShownBox, *, in_full: bool, width: float) -> str:
    if not in_full and width < NARROWEST_WITH_TAG:
        return f"#{box.track_id}" if width >= NARROWEST_WITH_NUMBER else ""
    if box.record.score is None:
        return _name(box)
    said = listed(filter(None, [score_text(box.record.score, box.score_meaning), box.why_not_doubtful]))
    return f"{_name(box)}  {said}"


def _name(box: ShownBox) -> str:
    return f"{box.label} #{box.track_id}".strip()


def that_fits(box: ShownBox, text: str, metrics: QFontMetrics, room: int) -> str:
    """The longest form that fits: the whole text, the name without the score (a cut score would be another score), or a
    cut name that keeps at least the number.
    """
    number = f"#{box.track_id}"
    if text == number or metrics.horizontalAdvance(text) <= room:
        return text
    name = metrics.elidedText(_name(box), Qt.TextElideMode.ElideRight, room)
    return name if metrics.horizontalAdvance(name) <= room and len(name) > len(number) else number


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
