"""Converts arrays to Qt's pictures."""

from __future__ import annotations

from PySide6.QtGui import QImage, QPixmap

from tracker_core.tracker import Image


def pixmap_of(picture: Image) -> QPixmap:
    """A QPixmap from an array (height, width, 3) of RGB uint8. The pixels are copied."""
    height, width = picture.shape[:2]
    return QPixmap.fromImage(QImage(picture.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).copy())
