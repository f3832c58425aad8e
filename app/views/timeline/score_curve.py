"""The score curve of the active track, below the rows."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen

from app.views.style.colours import DOUBT
from app.views.timeline.colours import faded
from app.views.timeline.layout import SCORE_HEIGHT
from app.views.timeline.pixels import image_of, packed, premultiplied
from app.views.timeline.score_series import ScoreColumns, score_columns
from app.views.timeline.spans import TrackSpans
from app.views.timeline.time_axis import TimeAxis

TOP, BOTTOM = 12, SCORE_HEIGHT - 12
DOT = 3.0  # radius
LINE_WIDTH = 1.5
SHADES = 16  # steps of smoothing
FILL_OPACITY = 0.25

Score = TypeVar("Score", float, NDArray[np.float32])


def y_of(score: Score) -> Score:
    """A score's y, in pixels from the top of the pane."""
    return BOTTOM - score * (BOTTOM - TOP)


def paint_curve(
    painter: QPainter, spans: TrackSpans, axis: TimeAxis, colour: QColor, palette: QPalette, *, threshold: float
) -> None:
    """Paint a line over a filled area, amber below the threshold where scores say how likely a box is right, with
    keyframes as dots at the top.
    """
    columns = score_columns(spans.scores, axis)
    is_doubtful = (np.arange(SCORE_HEIGHT) >= y_of(threshold))[:, None] & ~spans.raw_columns(axis)
    lines = [_blends(line, faded(colour, FILL_OPACITY)) for line in (colour, DOUBT)]
    pixels = _curve_pixels(columns, lines=np.stack(lines), chosen=is_doubtful)
    painter.drawImage(QRectF(0, 0, axis.width, SCORE_HEIGHT), image_of(pixels))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 1))
    painter.setBrush(colour)
    for frame in spans.keyframes(axis).tolist():
        painter.drawEllipse(QPointF(axis.x_of(frame + 0.5), y_of(1)), DOT, DOT)


def _blends(line: QColor, fill: QColor) -> NDArray[np.uint32]:
    """Pixels (2, SHADES + 1) with increasing coverage by the line: outside and inside the filled area."""
    share = np.linspace(0, 1, SHADES + 1, dtype=np.float32)[:, None]
    outside = premultiplied(line) * share
    return packed(np.stack([outside, outside + premultiplied(fill) * (1 - share)]))


def _curve_pixels(columns: ScoreColumns, *, lines: NDArray[np.uint32], chosen: NDArray[np.bool_]) -> NDArray[np.uint32]:
    """The curve as pixels (height, width). In each column the line spans the column's scores and reaches halfway to
    those of the neighbouring columns.

    Args:
        lines: (2, 2, SHADES + 1), the ``_blends`` of two lines.
        chosen: (height, width), which of them each pixel shows.
    """
    top, bottom = y_of(columns.highs), y_of(columns.lows)
    middle = (top + bottom) / 2
    between = (middle[:-1] + middle[1:]) / 2
    for beside in slice(None, -1), slice(1, None):
        top[beside], bottom[beside] = np.fmin(top[beside], between), np.fmax(bottom[beside], between)
    y = np.arange(SCORE_HEIGHT, dtype=np.float32)[:, None]
    filled = (y >= top) & (y < BOTTOM)
    cover = np.minimum(y + 1, bottom + LINE_WIDTH / 2) - np.maximum(y, top - LINE_WIDTH / 2)  # of each pixel
    shades = (np.nan_to_num(cover).clip(0, 1) * SHADES).astype(np.int64)
    pixels: NDArray[np.uint32] = lines[chosen.astype(np.int64), filled.astype(np.int64), shades]
    return pixels


def paint_frame(
    painter: QPainter, rect: QRect, palette: QPalette, *, threshold: float, without_threshold: NDArray[np.bool_]
) -> None:
    """The lines at 0, 1 and the threshold, behind the curve.

    Args:
        without_threshold: (width,) the pixel columns for which the threshold means nothing.
    """
    painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), 1))
    for score in (0.0, 1.0):
        y = rect.top() + y_of(score)
        painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y))
    painter.setPen(QPen(palette.color(QPalette.ColorRole.PlaceholderText), 1, Qt.PenStyle.DashLine))
    y = rect.top() + y_of(threshold)
    edges = np.flatnonzero(np.diff(~without_threshold, prepend=False, append=False)).tolist()
    for start, stop in zip(edges[::2], edges[1::2], strict=True):
        painter.drawLine(QPointF(rect.left() + start, y), QPointF(rect.left() + stop - 1, y))


def paint_scale(
    painter: QPainter, rect: QRect, palette: QPalette, *, title: str, score: str, threshold: float | None
) -> None:
    """Paint beside the curve its track, the score at the playhead, and the numbers of the lines. ``threshold``: None
    where it means nothing.
    """
    metrics = painter.fontMetrics()
    numbers = rect.adjusted(0, 0, -8, 0)
    painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
    levels = {0.0: "0", 1.0: "1"}
    if threshold is not None and metrics.height() <= min(abs(y_of(threshold) - y_of(end)) for end in (0, 1)):
        levels[threshold] = f"{threshold:g}"
    for level, text in levels.items():
        place = QRectF(numbers.left(), rect.top() + y_of(level) - 10, numbers.width(), 20)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
    names = rect.adjusted(8, 8, -44, -8)
    painter.drawText(
        names, Qt.AlignmentFlag.AlignTop, metrics.elidedText(title, Qt.TextElideMode.ElideMiddle, names.width())
    )
    painter.setPen(palette.color(QPalette.ColorRole.Text))
    painter.drawText(names, Qt.AlignmentFlag.AlignBottom, score)
