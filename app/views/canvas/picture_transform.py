"""Converts between image and widget coordinates. Both are continuous: image pixel i covers [i, i + 1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Self

from tracker_core.geometry import Box

LARGEST_SCALE: Final = 64.0
SMALLEST_SHARE_OF_FIT: Final = 0.25


@dataclass(frozen=True, slots=True)
class PictureTransform:
    """``view = image * scale + (dx, dy)``."""

    scale: float = 1.0
    dx: float = 0.0
    dy: float = 0.0

    @classmethod
    def fitting(cls, *, width: float, height: float, view_width: float, view_height: float, margin: float) -> Self:
        """The whole picture, centred, as large as the margin allows."""
        room_x, room_y = max(view_width - 2 * margin, 1.0), max(view_height - 2 * margin, 1.0)
        scale = min(room_x / width, room_y / height, LARGEST_SCALE)
        return cls(scale, (view_width - width * scale) / 2, (view_height - height * scale) / 2)

    def to_view(self, x: float, y: float) -> tuple[float, float]:
        return x * self.scale + self.dx, y * self.scale + self.dy

    def to_image(self, x: float, y: float) -> tuple[float, float]:
        return (x - self.dx) / self.scale, (y - self.dy) / self.scale

    def box_to_view(self, box: Box) -> Box:
        left, top = self.to_view(box.x, box.y)
        return Box(left, top, box.width * self.scale, box.height * self.scale)

    def scaled_to(self, scale: float, *, x: float, y: float) -> PictureTransform:
        """The same transform at another scale; the image point shown at the view point (x, y) stays there."""
        image_x, image_y = self.to_image(x, y)
        return PictureTransform(scale, x - image_x * scale, y - image_y * scale)

    def moved(self, *, dx: float, dy: float) -> PictureTransform:
        return PictureTransform(self.scale, self.dx + dx, self.dy + dy)
