"""How one track looks: its name in the gutter and its spans over time."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QImage, QPainter, QPalette, QPen, QPolygonF

from app.model.track import Track
from app.views.style.colours import DOUBT, ON_DOUBT, REVIEWED
from app.views.timeline.colours import faded
from app.views.timeline.layout import ROW_HEIGHT
from app.views.timeline.pixels import blank_image, image_of, packed, premultiplied
from app.views.timeline.spans import Mark, SpanKind, TrackSpans
from app.views.timeline.time_axis import TimeAxis

BAR = slice(8, 16)  # rows of pixels
LINE = slice(11, 13)
DOUBT_LINE = slice(17, 19)
REVIEWED_LINE = slice(5, 7)
DIAMOND = 5.0  # half its width and height
DIAMOND_STAMP = 12  # pixels square
DIAMOND_TOP = (ROW_HEIGHT - DIAMOND_STAMP) // 2
BADGE_WIDTH, BADGE_HEIGHT, BADGE_TOP = 10, 14, 2
DASH, DASH_PERIOD = 6, 10  # pixels
DOT, DOT_PERIOD = 2, 6
HATCH, HATCH_PERIOD = 2, 4
CHIP = 12


def paint_row(painter: QPainter, spans: TrackSpans, axis: TimeAxis, colour: QColor, palette: QPalette) -> None:
    """Bars for tracked spans, grey hatching for stale ones, dashes for interpolated ones, dots where absent, and
    diamonds for a person's records. A green line above what a person has looked at, an amber one below what is doubted.
    """
    _paint_spans(painter, spans, axis, colour, palette)
    _paint_keyframes(painter, spans, axis, colour, palette)
    _paint_doubts(painter, spans, axis)


def _paint_spans(painter: QPainter, spans: TrackSpans, axis: TimeAxis, colour: QColor, palette: QPalette) -> None:
    """Pixel by pixel, because a painter needs far longer for a thousand short bars than for one picture."""
    kinds, doubtful, reviewed = spans.columns(axis)
    strip = np.arange(axis.width) + axis.offset  # counted from frame 0, so that dashes move with the frames
    dashes = (kinds == SpanKind.INTERPOLATED) & (strip % DASH_PERIOD < DASH)
    dots = (kinds == SpanKind.ABSENT) & (strip % DOT_PERIOD < DOT)
    grey = faded(palette.color(QPalette.ColorRole.PlaceholderText), 0.8)
    pixels = np.zeros((ROW_HEIGHT, axis.width), dtype=np.uint32)
    hatching = (np.arange(ROW_HEIGHT)[:, np.newaxis] + strip) % HATCH_PERIOD < HATCH  # (rows, columns)
    pixels[BAR] = packed(premultiplied(colour)) * (kinds == SpanKind.SOLID)
    pixels[BAR] |= packed(premultiplied(grey)) * ((kinds == SpanKind.STALE) & hatching[BAR])
    pixels[LINE] |= packed(premultiplied(colour)) * dashes | packed(premultiplied(grey)) * dots
    pixels[DOUBT_LINE] = packed(premultiplied(DOUBT)) * doubtful
    pixels[REVIEWED_LINE] = packed(premultiplied(REVIEWED)) * reviewed
    painter.drawImage(QRectF(0, 0, axis.width, ROW_HEIGHT), image_of(pixels))


def _paint_keyframes(painter: QPainter, spans: TrackSpans, axis: TimeAxis, colour: QColor, palette: QPalette) -> None:
    """Filled where the target is seen, hollow where a person says that it is absent."""
    pixel_ratio = painter.device().devicePixelRatioF()
    outline, empty = palette.color(QPalette.ColorRole.Text).name(), palette.color(QPalette.ColorRole.Base).name()
    seen, absent = _diamond(colour.name(), outline, pixel_ratio), _diamond(empty, outline, pixel_ratio)
    frames = spans.keyframes(axis)
    is_absent = spans.marks[frames] & Mark.ABSENT
    for frame, hollow in zip(frames.tolist(), is_absent.tolist(), strict=True):
        left = round(axis.x_of(frame + 0.5) - DIAMOND_STAMP / 2)
        painter.drawImage(QPointF(left, DIAMOND_TOP), absent if hollow else seen)


def _paint_doubts(painter: QPainter, spans: TrackSpans, axis: TimeAxis) -> None:
    badge = _badge(painter.font().family(), DOUBT.name(), painter.device().devicePixelRatioF())
    for frame in spans.doubts(axis).tolist():
        painter.drawImage(QPointF(round(axis.x_of(frame + 0.5) - BADGE_WIDTH / 2), BADGE_TOP), badge)


@lru_cache(maxsize=64)
def _diamond(fill: str, outline: str, pixel_ratio: float) -> QImage:
    stamp = blank_image(DIAMOND_STAMP, DIAMOND_STAMP, pixel_ratio)
    with QPainter(stamp) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(outline), 1))
        painter.setBrush(QColor(fill))
        painter.translate(DIAMOND_STAMP / 2, DIAMOND_STAMP / 2)
        corners = [QPointF(-DIAMOND, 0), QPointF(0, -DIAMOND), QPointF(DIAMOND, 0), QPointF(0, DIAMOND)]
        painter.drawPolygon(QPolygonF(corners))
    return stamp


@lru_cache(maxsize=8)
def _badge(family: str, colour: str, pixel_ratio: float) -> QImage:
    stamp = blank_image(BADGE_WIDTH, BADGE_HEIGHT, pixel_ratio)
    area = QRectF(0, 0, BADGE_WIDTH, BADGE_HEIGHT)
    font = QFont(family)
    font.setPixelSize(12)
    font.setBold(True)
    with QPainter(stamp) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(area, 3, 3)
        painter.setFont(font)
        painter.setPen(ON_DOUBT)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, "!")
    return stamp


def paint_name(painter: QPainter, rect: QRect, track: Track, palette: QPalette) -> None:
    """Colour chip, label (shortened where it is too long) and id."""
    metrics = painter.fontMetrics()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(QColor(track.colour)))
    painter.drawRoundedRect(QRectF(rect.left() + 8, rect.top() + (ROW_HEIGHT - CHIP) / 2, CHIP, CHIP), 3, 3)
    painter.restore()
    number = f"#{track.id}"
    text = rect.adjusted(28, 0, -8, 0)
    painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
    painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, number)
    text.setRight(text.right() - metrics.horizontalAdvance(number) - 8)
    painter.setPen(palette.color(QPalette.ColorRole.Text))
    label = metrics.elidedText(track.label, Qt.TextElideMode.ElideRight, text.width())
    painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, label)
