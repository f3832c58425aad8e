"""Turns a decoded frame upright: phones store pictures sideways together with a matrix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
from av.sidedata.sidedata import SideDataContainer
from av.video.frame import VideoFrame

from tracker_core.tracker import Image


@dataclass(frozen=True, slots=True)
class Orientation:
    """Quarter turns and mirrorings, applied in this order."""

    swaps_axes: bool = False
    flips_columns: bool = False  # left to right
    flips_rows: bool = False  # top to bottom

    @classmethod
    def of(cls, frame: VideoFrame) -> Orientation:
        """The orientation in the display matrix, to the nearest quarter turn; upright if there is none."""
        try:
            side_data = cast(SideDataContainer, frame.side_data)  # PyAV's own annotation is too narrow
        except ValueError:  # PyAV returns nothing if FFmpeg has a kind of side data that PyAV does not know (EXIF)
            return cls._turned(frame.rotation)
        stored = side_data.get("DISPLAYMATRIX")
        if stored is None:
            return cls()
        matrix = np.frombuffer(bytes(stored), np.int32).reshape(3, 3).tolist()
        # A pixel at (column, row) is shown at (a * column + c * row, b * column + d * row).
        (a, b, _), (c, d, _), _ = matrix
        if abs(b) + abs(c) > abs(a) + abs(d):
            return cls(swaps_axes=True, flips_columns=c < 0, flips_rows=b < 0)
        return cls(flips_columns=a < 0, flips_rows=d < 0)

    @classmethod
    def from_exif(cls, orientation: int) -> Orientation:
        """The orientation for an EXIF value, 1 to 8."""
        return cls(
            swaps_axes=orientation >= 5,
            flips_columns=orientation in (2, 3, 6, 7),
            flips_rows=orientation in (3, 4, 7, 8),
        )

    @classmethod
    def _turned(cls, degrees: float) -> Orientation:
        """``degrees`` counterclockwise, to the nearest quarter turn."""
        quarters = round(degrees / 90) % 4
        return cls.from_exif((1, 8, 3, 6)[quarters])

    def size(self, *, width: int, height: int) -> tuple[int, int]:
        """The displayed width and height of a picture stored in this size."""
        return (height, width) if self.swaps_axes else (width, height)

    def applied(self, image: Image) -> Image:
        """The upright image, C-contiguous like the input."""
        if self.swaps_axes:
            image = np.asarray(cv2.transpose(image), dtype=np.uint8)
        if self.flips_columns or self.flips_rows:
            axis = -1 if self.flips_columns and self.flips_rows else int(self.flips_columns)
            image = np.asarray(cv2.flip(image, axis), dtype=np.uint8)
        return image
