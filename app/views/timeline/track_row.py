"""Paints one track over time."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPalette, QPen, QPolygonF

from app.views.style.colours import DOUBT, ON_DOUBT, REVIEWED
from app.views.timeline.colours import faded
from app.views.timeline.layout import ROW_HEIGHT
from app.views.timeline.pixels import blank_image, image_of, packed, premultiplied
from app.views.timeline.spans import Mark, SpanKind, TrackSpans
from app.views.timeline.time_axis import TimeAxis

BAR = slice(8, 16)  # rows of pixels
LINE = slice(11, 13)
OCCLUDED_LINE = slice(9, 15)  # rows of pixels around a dash
DOUBT_LINE = slice(17, 19)
REVIEWED_LINE = slice(5, 7)
DIAMOND = 5.0  # half a diamond's width and height
DIAMOND_STAMP = 12  # side of its picture, in pixels
DIAMOND_TOP = (ROW_HEIGHT - DIAMOND_STAMP) // 2
BADGE_WIDTH, BADGE_HEIGHT, BADGE_TOP = 10, 14, 2
DASH, DASH_PERIOD = 6, 10  # pixels
DOT, DOT_PERIOD = 2, 6
HATCH, HATCH_PERIOD = 2, 4
STRIPE, STRIPE_PERIOD = 3, 6
OCCLUDED_OPACITY = 0.3


def paint_row(painter: QPainter, spans: TrackSpans, axis: TimeAxis, colour: QColor, palette: QPalette) -> None:
    """Paint bars for tracked spans, grey hatching for stale ones, dashes for interpolated ones, dots where the target
    is absent, diamonds for a person's records, and light stripes where it is occluded. A green line above marks
    reviewed frames, an amber one below doubtful ones.
    """
    _paint_spans(painter, spans, axis, colour, palette)
    _paint_keyframes(painter, spans, axis, colour, palette)
    _paint_doubts(painter, spans, axis)


def _paint_spans(painter: QPainter, spans: TrackSpans, axis: TimeAxis, colour: QColor, palette: QPalette) -> None:
    """Paint pixel by pixel, because a painter takes far longer for a thousand short bars than for one picture."""
    kinds, doubtful, reviewed, occluded = spans.columns(axis)
    strip = np.arange(axis.width) + axis.offset  # counted from frame 0, so that dashes move with the frames
    dashes = (kinds == SpanKind.INTERPOLATED) & (strip % DASH_PERIOD < DASH)
    dots = (kinds == SpanKind.ABSENT) & (strip % DOT_PERIOD < DOT)
    grey = faded(palette.color(QPalette.ColorRole.PlaceholderText), 0.8)
    pixels = np.zeros((ROW_HEIGHT, axis.width), dtype=np.uint32)
    hatching = (np.arange(ROW_HEIGHT)[:, np.newaxis] + strip) % HATCH_PERIOD < HATCH  # (rows, columns)
    stripes = occluded & ((np.arange(ROW_HEIGHT)[::-1, np.newaxis] + strip) % STRIPE_PERIOD < STRIPE)
    light = packed(premultiplied(faded(colour, OCCLUDED_OPACITY)))
    is_solid = kinds == SpanKind.SOLID
    pixels[BAR] = packed(premultiplied(colour)) * (is_solid & ~stripes[BAR]) | light * (is_solid & stripes[BAR])
    pixels[BAR] |= packed(premultiplied(grey)) * ((kinds == SpanKind.STALE) & hatching[BAR])
    wide = occluded & dashes
    pixels[LINE] |= packed(premultiplied(colour)) * dashes | packed(premultiplied(grey)) * dots
    pixels[OCCLUDED_LINE] |= packed(premultiplied(colour)) * (wide & stripes[OCCLUDED_LINE])
    pixels[DOUBT_LINE] = packed(premultiplied(DOUBT)) * doubtful
    pixels[REVIEWED_LINE] = packed(premultiplied(REVIEWED)) * reviewed
    painter.drawImage(QRectF(0, 0, axis.width, ROW_HEIGHT), image_of(pixels))


def _paint_keyframes(painter: QPainter, spans: TrackSpans, axis: TimeAxis, colour: QColor, palette: QPalette) -> None:
    """Paint diamonds: filled if the target is visible, hollow if a person marked it as absent."""
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
