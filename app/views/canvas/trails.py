"""Trails: the path of a target's centre in the frames before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.model.interpolation import record_at
from app.model.track import Track
from app.views.canvas.picture_transform import PictureTransform

REACH: Final = 30  # frames to each side
HALO: Final = QColor(0, 0, 0, 90)


@dataclass(frozen=True, slots=True)
class Trail:
    """``before``, ``after``: lists of centres in image pixels, frame by frame. A frame without a box ends a list."""

    colour: str  # "#rrggbb"
    before: tuple[tuple[tuple[float, float], ...], ...]
    after: tuple[tuple[tuple[float, float], ...], ...]


def trail_of(track: Track, frame: int) -> Trail:
    return Trail(
        track.colour,
        _pieces(track, range(max(frame - REACH, 0), frame + 1)),
        _pieces(track, range(frame, frame + REACH + 1)),
    )


def paint_trails(painter: QPainter, trails: tuple[Trail, ...], transform: PictureTransform) -> None:
    """Draw a line for the frames before and dots for those after."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for trail in trails:
        for pieces, style in ((trail.before, Qt.PenStyle.SolidLine), (trail.after, Qt.PenStyle.DotLine)):
            for piece in pieces:
                line = [QPointF(*transform.to_view(*point)) for point in piece]
                for colour, width in ((HALO, 3.5), (QColor(trail.colour), 1.5)):
                    painter.setPen(QPen(colour, width, style if width < 3 else Qt.PenStyle.SolidLine))
                    painter.drawPolyline(line)
    painter.restore()


def _pieces(track: Track, frames: range) -> tuple[tuple[tuple[float, float], ...], ...]:
    pieces: list[list[tuple[float, float]]] = [[]]
    for frame in frames:
        record = record_at(track, frame)
        if record is not None and record.box is not None:
            pieces[-1].append((record.box.cx, record.box.cy))
        elif pieces[-1]:
            pieces.append([])
    return tuple(tuple(piece) for piece in pieces if len(piece) > 1)
