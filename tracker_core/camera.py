"""How far the camera has turned between two frames, as a shift of the picture.

A panning camera shifts the target and the background by the same distance. So the shift of the whole picture is
measured: the peak of the phase correlation of two thumbnails (Kuglin and Hines, "The Phase Correlation Image Alignment
Method", 1975). Zoom and roll are not measured.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple, Self
from weakref import WeakKeyDictionary

import cv2
import numpy as np

from tracker_core.images import FloatArray, Image

WIDTH = 256
"""Width of a thumbnail in pixels. Shifts are measured to half a thumbnail pixel; a search region is twenty times as
wide.
"""

SURE = 0.1
"""The least share of the correlation that its peak must have. After a cut, or if everything moves differently, there is
no peak.
"""


class Shift(NamedTuple):
    """How far the background has moved, in image pixels."""

    dx: float = 0.0
    dy: float = 0.0


class View:
    """A small grey version of a frame."""

    def __init__(self, pixels: FloatArray, scale: float) -> None:
        self._pixels = pixels
        self._scale = scale  # image pixels per pixel
        self._shifts: WeakKeyDictionary[View, Shift] = WeakKeyDictionary()

    @classmethod
    def of(cls, image: Image) -> Self:
        """Make one from a frame (H, W, 3), RGB in 0..255."""
        height, width = image.shape[:2]
        every = max(1, width // (2 * WIDTH))  # skip pixels first: resizing all of a large frame is slow
        rows = cv2.cvtColor(image[::every], cv2.COLOR_RGB2GRAY)  # grey first: to pick pixels of three bytes is slow
        grey = np.ascontiguousarray(rows[:, ::every])
        if grey.shape[1] >= 2 * WIDTH and len(grey) > 1:  # means of 2 x 2 pixels are quick, those of 2.5 x 2.5 slow
            half = grey.shape[1] // 2, grey.shape[0] // 2
            grey = cv2.resize(grey[: 2 * half[1], : 2 * half[0]], half, interpolation=cv2.INTER_AREA)
        size = WIDTH, max(round(height * WIDTH / width), 1)
        return cls(cv2.resize(grey, size, interpolation=cv2.INTER_LINEAR).astype(np.float32), width / WIDTH)

    def shift_since(self, earlier: View) -> Shift:
        """The shift from ``earlier``; none if the shapes differ or there is no clear peak. Cached, because many targets
        ask for the same.
        """
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
    """Hann window, so that the border of the picture does not count as an edge."""
    return np.asarray(cv2.createHanningWindow((width, height), cv2.CV_32F), np.float32)
