"""Boxes to show, and where to put the mouse."""

from __future__ import annotations

from PySide6.QtCore import QPoint

from app.model.box_record import BoxRecord, Source, keyframe
from app.views.canvas.canvas_view import CanvasView
from app.views.canvas.shown_box import ShownBox
from tracker_core.geometry import Box


def shown(
    box: Box, *, track_id: int = 1, selected: bool = False, source: Source = Source.HUMAN, ghost: bool = False
) -> ShownBox:
    record = keyframe(box) if source is Source.HUMAN else BoxRecord(box, source, score=0.9)
    return ShownBox(track_id, record, "#3b82f6", "car", selected=selected, ghost=ghost)


def at(canvas: CanvasView, x: float, y: float) -> QPoint:
    """Where to put the mouse for a place in the image."""
    return canvas.widget_point(x, y).toPoint()
