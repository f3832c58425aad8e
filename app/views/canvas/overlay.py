"""The score map as a heatmap over its part of the picture."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from app.views.canvas.picture_transform import PictureTransform
from app.views.style.plotting import heat_colours
from tracker_core.geometry import Box

OPAQUE_FROM: Final = 0.5
"""Cells with at least this score are as opaque as the overlay; below it they fade out."""


class MapOverlay:
    """Scores in [0, 1] on a fixed colour scale, so that a colour means the same score in every frame."""

    def __init__(self, score_map: NDArray[np.floating], map_box: Box, *, opacity: float) -> None:
        """``score_map``: (S, S), finite. ``map_box``: the part of the image that it covers. ``opacity`` in [0, 1]."""
        self._box = map_box
        self._opacity = opacity
        levels = np.round(np.clip(score_map, 0.0, 1.0) * 255).astype(np.uint8)
        self._colours = _heat_colours()[levels]  # kept because the QImage uses its memory
        height, width = levels.shape
        self._image = QImage(self._colours.data, width, height, 4 * width, QImage.Format.Format_RGBA8888_Premultiplied)

    def paint(self, painter: QPainter, transform: PictureTransform, *, picture: QRectF) -> None:
        """``picture``: the frame's rectangle in the widget; the map is clipped to it."""
        rect = transform.box_to_view(self._box)
        painter.save()
        painter.setClipRect(picture)
        painter.setOpacity(self._opacity)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(rect.x, rect.y, rect.width, rect.height), self._image)
        painter.restore()


@cache
def _heat_colours() -> NDArray[np.uint8]:
    """Premultiplied RGBA by score in 1/255; (256, 4)."""
    alpha = np.clip(np.arange(256, dtype=np.float32) / (255 * OPAQUE_FROM), 0.0, 1.0)[:, None]
    colours = np.hstack([heat_colours() * alpha, 255 * alpha])
    return np.round(colours).astype(np.uint8)
