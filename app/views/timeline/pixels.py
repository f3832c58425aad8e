"""From arrays and colours to Qt images."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage


def premultiplied(colour: QColor) -> NDArray[np.float32]:
    """A colour as (4,) alpha, and red, green and blue times alpha, each from 0 to 255."""
    alpha = colour.alphaF()
    return np.array([255, colour.red(), colour.green(), colour.blue()], dtype=np.float32) * np.float32(alpha)


def packed(premultiplied: NDArray[np.float32]) -> NDArray[np.uint32]:
    """Colours (..., 4) from ``premultiplied`` -> pixels (...) for ``image_of``."""
    channels = premultiplied.round().astype(np.uint32) << np.array([24, 16, 8, 0], dtype=np.uint32)
    pixels: NDArray[np.uint32] = np.bitwise_or.reduce(channels, axis=-1)
    return pixels


def image_of(pixels: NDArray[np.uint32]) -> QImage:
    """An image from premultiplied ARGB pixels, (height, width). It owns its memory."""
    height, width = pixels.shape
    data = np.ascontiguousarray(pixels)
    return QImage(data.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied).copy()


def blank_image(width: int, height: int, pixel_ratio: float) -> QImage:
    """A transparent image of this size in device-independent pixels."""
    image = QImage(round(width * pixel_ratio), round(height * pixel_ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(pixel_ratio)
    image.fill(Qt.GlobalColor.transparent)
    return image
