"""The box that the whole program uses, and its arithmetic.

Convention (everywhere outside an adapter): float pixels, 0-based, left-top corner and size. A pixel ``(i, j)`` covers
the square from ``(i, j)`` to ``(i + 1, j + 1)``, so a box that covers the whole picture is ``Box(0, 0, width, height)``
and its centre is ``x + width / 2``. So no ``- 1`` or ``+ 1`` is needed anywhere.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Self

_USUAL = 60_000.0  # pixels; every kind of float, half precision too, can be compared with it


@dataclass(frozen=True, slots=True)
class Box:
    """An axis-aligned rectangle in pixels: left, top, width, height; 0-based floats. It may reach outside the picture.

    Raises:
        ValueError: if a value is not finite or a side is negative.
    """

    x: float
    y: float
    width: float
    height: float

    def __post_init__(self) -> None:
        if (  # only comparisons, because a project has millions of boxes
            -_USUAL <= self.x <= _USUAL
            and -_USUAL <= self.y <= _USUAL
            and 0 <= self.width <= _USUAL
            and 0 <= self.height <= _USUAL
        ):
            return
        if not all(map(math.isfinite, (self.x, self.y, self.width, self.height))):
            raise ValueError(f"a box needs finite numbers, not {self.x}, {self.y}, {self.width}, {self.height}")
        if self.width < 0 or self.height < 0:
            raise ValueError(f"a box needs a width and a height of at least 0, not {self.width} x {self.height}")

    @classmethod
    def from_centre(cls, cx: float, cy: float, *, width: float, height: float) -> Self:
        return cls(cx - width / 2, cy - height / 2, width, height)

    @classmethod
    def from_corners(cls, left: float, top: float, right: float, bottom: float) -> Self:
        """The box between two opposite corners, in any order."""
        return cls(min(left, right), min(top, bottom), abs(right - left), abs(bottom - top))

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def cx(self) -> float:
        return self.x + self.width / 2

    @property
    def cy(self) -> float:
        return self.y + self.height / 2

    @property
    def area(self) -> float:
        return self.width * self.height

    def as_tuple(self) -> tuple[float, float, float, float]:
        return self.x, self.y, self.width, self.height

    def translated(self, *, dx: float, dy: float) -> Box:
        return Box(self.x + dx, self.y + dy, self.width, self.height)

    def clipped(self, *, width: float, height: float) -> Box:
        """The part inside a picture of that size; its area is 0 if no part of the box is inside."""
        left, top = min(max(self.x, 0.0), width), min(max(self.y, 0.0), height)
        right, bottom = min(max(self.right, 0.0), width), min(max(self.bottom, 0.0), height)
        return Box(left, top, right - left, bottom - top)

    def iou(self, other: Box) -> float:
        """Intersection over union, in [0, 1]; 0 if the boxes do not overlap."""
        overlap_width = min(self.right, other.right) - max(self.x, other.x)
        overlap_height = min(self.bottom, other.bottom) - max(self.y, other.y)
        if overlap_width <= 0 or overlap_height <= 0:
            return 0.0
        overlap = overlap_width * overlap_height
        return overlap / (self.area + other.area - overlap)

    def lerp(self, other: Box, fraction: float) -> Box:
        """Linear interpolation: this box at fraction 0, the other at 1."""
        keep = 1.0 - fraction
        return Box(
            keep * self.x + fraction * other.x,
            keep * self.y + fraction * other.y,
            keep * self.width + fraction * other.width,
            keep * self.height + fraction * other.height,
        )
