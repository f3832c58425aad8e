"""Paints the frame. It converts the frame for painting only when it is first painted."""

from __future__ import annotations

import math
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from app.views.canvas.picture_transform import PictureTransform

CRISP_FROM_SCALE: Final = 2.0


class PictureLayer:
    """Paints an RGB picture: pixel by pixel when enlarged, smoothly when reduced."""

    def __init__(self, image: NDArray[np.uint8], look: NDArray[np.uint8] | None = None) -> None:
        """``image``: (height, width, 3), RGB. ``look``: (256,), the shown value for each value; None changes nothing.

        Raises:
            ValueError: for another shape or type.
        """
        if image.ndim != 3 or image.shape[2] != 3 or image.dtype != np.uint8:
            raise ValueError(f"a frame is (height, width, 3) uint8, not {image.shape} {image.dtype}")
        self.height, self.width = image.shape[:2]
        self._pixels = np.ascontiguousarray(image)
        self._reduced = QImage()
        self._halvings = -1
        self._look = look

    def paint(self, painter: QPainter, transform: PictureTransform) -> None:
        device_scale = transform.scale * painter.device().devicePixelRatio()
        self._reduce(max(0, math.floor(-math.log2(device_scale))))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, device_scale < CRISP_FROM_SCALE)
        painter.translate(transform.dx, transform.dy)
        painter.scale(transform.scale, transform.scale)
        painter.drawImage(QRectF(0, 0, self.width, self.height), self._reduced)
        painter.restore()

    def _reduce(self, halvings: int) -> None:
        """Halve by averaging as often as possible, so that the painter's linear filter uses every pixel."""
        if halvings == self._halvings:
            return
        pixels = self._pixels
        for _ in range(halvings):
            half = (max(1, pixels.shape[1] // 2), max(1, pixels.shape[0] // 2))
            pixels = np.asarray(cv2.resize(pixels, half, interpolation=cv2.INTER_AREA), np.uint8)
        if self._look is not None:
            pixels = np.asarray(cv2.LUT(pixels, self._look), np.uint8)
        height, width = pixels.shape[:2]
        borrowed = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
        # A copy. Painting from 32 bits takes a third of the time of painting from 24.
        self._reduced = borrowed.convertToFormat(QImage.Format.Format_RGB32)
        self._halvings = halvings


def look_of(brightness: int, contrast: int) -> NDArray[np.uint8] | None:
    """(256,): the shown value for each value, or None if nothing changes. Both arguments go from -100 to 100."""
    if not brightness and not contrast:
        return None
    gain = 2.0 ** (contrast / 50)
    values = (np.arange(256) - 127.5) * gain + 127.5 + 1.28 * brightness
    return np.asarray(values.round().clip(0, 255), np.uint8)
