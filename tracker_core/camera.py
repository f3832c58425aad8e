"""How far the camera has turned between two frames, as a shift of the picture.

A camera that pans moves the target in the picture, and it moves what stands still just as far. So the shift is that of
the whole picture: the peak of the phase correlation of two thumbnails (Kuglin and Hines, "The Phase Correlation Image
Alignment Method", 1975). Zoom and roll are not measured.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple, Self
from weakref import WeakKeyDictionary

import cv2
import numpy as np

from tracker_core.images import FloatArray, Image

WIDTH = 256
"""Pixels of a thumbnail. A shift is found to half of such a pixel; a search region is twenty times as wide."""

SURE = 0.1
"""Least share of the correlation in its peak. After a cut, or where everything moves its own way, there is no peak."""


class Shift(NamedTuple):
    """How far what stands still has moved, in image pixels."""

    dx: float = 0.0
    dy: float = 0.0


class View:
    """A frame as the camera saw it: grey and small."""

    def __init__(self, pixels: FloatArray, scale: float) -> None:
        self._pixels = pixels
        self._scale = scale  # image pixels per pixel
        self._shifts: WeakKeyDictionary[View, Shift] = WeakKeyDictionary()

    @classmethod
    def of(cls, image: Image) -> Self:
        """Of a frame (H, W, 3), RGB in 0..255."""
        height, width = image.shape[:2]
        every = max(1, width // (2 * WIDTH))  # a resize that reads all pixels of a large frame would take longer
        grey = cv2.cvtColor(np.ascontiguousarray(image[::every, ::every]), cv2.COLOR_RGB2GRAY)
        size = WIDTH, max(round(height * WIDTH / width), 1)
        return cls(cv2.resize(grey, size, interpolation=cv2.INTER_AREA).astype(np.float32), width / WIDTH)

    def shift_since(self, earlier: View) -> Shift:
        """No shift if the two have not the same shape, or if it cannot be told. Many targets ask for the same two."""
        if earlier not in self._shifts:
            self._shifts[earlier] = self._measured(earlier)
        return self._shifts[earlier]

    def _measured(self, earlier: View) -> Shift:
        if earlier._pixels.shape != self._pixels.shape or min(self._pixels.shape) < 8:
            return Shift()
        height, width = self._pixels.shape
        (dx, dy), peak = cv2.phaseCorrelate(earlier._pixels, self._pixels, _window(width, height))
        return Shift(dx * self._scale, dy * self._scale) if peak >= SURE else Shift()


@lru_cache(maxsize=8)
def _window(width: int, height: int) -> FloatArray:
    """Hann window, so that the border of the picture is no edge in it."""
    return np.asarray(cv2.createHanningWindow((width, height), cv2.CV_32F), np.float32)
