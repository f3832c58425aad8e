"""Views of a picture: affine maps from picture pixels to crop pixels, and crops made by them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from tracker_core.crops import exemplar_side, mean_colour
from tracker_core.geometry import Box
from tracker_core.images import Image
from tracker_core.target import EXEMPLAR_SIZE
from tracker_core.training.pictures.prepared import Instance


@dataclass(frozen=True, slots=True)
class View:
    """A square crop of ``size`` pixels that shows a target: ``crop = linear @ picture + offset`` (continuous
    coordinates).
    """

    size: int
    linear: NDArray[np.float64]  # (2, 2)
    offset: NDArray[np.float64]  # (2,)
    box: Box  # the target's box in crop pixels; a small rotation does not change its shape

    @property
    def is_flipped(self) -> bool:
        """Whether the crop is mirrored."""
        return bool(np.linalg.det(self.linear) < 0)

    def warp(self, image: Image, *, fill: tuple[int, int, int] | None = None) -> Image:
        """The crop (size, size, 3) of an RGB picture; outside it has the colour ``fill``, by default the mean."""
        border = mean_colour(image) if fill is None else fill
        warped = cv2.warpAffine(
            image, self._pixel_matrix(), (self.size, self.size), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT,
            borderValue=border,
        )  # fmt: skip
        return np.asarray(warped, np.uint8)

    def inside(self, image: Image) -> NDArray[np.bool_]:
        """(size, size): which pixels of the crop lie in the picture."""
        ones = np.ones(image.shape[:2], np.uint8)
        warped = cv2.warpAffine(ones, self._pixel_matrix(), (self.size, self.size), flags=cv2.INTER_NEAREST)
        return np.asarray(warped, np.bool_)

    def shown(self, box: Box) -> Box:
        """Convert a box from picture to crop pixels; as with ``box``, a small rotation does not change its shape."""
        across, down = np.hypot(*self.linear)
        cx, cy = self.linear @ np.array([box.cx, box.cy]) + self.offset
        return Box.from_centre(float(cx), float(cy), width=box.width * float(across), height=box.height * float(down))

    def mask(self, instance: Instance) -> NDArray[np.float32]:
        """(size, size) in [0, 1]: the inside of the instance's outline, soft at the edge."""
        drawn = np.zeros((self.size, self.size), np.uint8)
        polygons = []
        for outline in instance.outline:
            # shifted by half a pixel, because OpenCV counts from pixel centres
            points = np.array(outline, np.float64).reshape(-1, 2) @ self.linear.T + self.offset - 0.5
            polygons.append(np.round(points * 16).astype(np.int32))
        cv2.fillPoly(drawn, polygons, 255, lineType=cv2.LINE_AA, shift=4)
        return np.asarray(cv2.GaussianBlur(drawn, (3, 3), 0), np.float32) / np.float32(255)

    def _pixel_matrix(self) -> NDArray[np.float64]:
        # OpenCV counts from pixel centres: continuous = index + 0.5 on both sides.
        shift = self.linear @ np.array([0.5, 0.5]) + self.offset - 0.5
        return np.column_stack([self.linear, shift])


@dataclass(frozen=True, slots=True)
class Jitter:
    """The largest shift in crop pixels, relative change of scale, change of log aspect, and rotation in degrees."""

    shift: float
    scale: float
    aspect: float
    rotation: float


def draw_view(
    box: Box,
    *,
    size: int,
    jitter: Jitter,
    flip: bool,
    rng: np.random.Generator,
    at: tuple[float, float] | None = None,
    window: float = EXEMPLAR_SIZE,
) -> View:
    """A view of ``size`` pixels in which twice a square target is ``window`` pixels wide, plus or minus the jitter.

    Shifts are uniform; otherwise a padded network would learn that targets are in the centre (SiamRPN++, section 3.1).
    ``at`` gives the target's offset from the centre instead of a random one.
    """
    scale = window / exemplar_side(box) * (1 + rng.uniform(-jitter.scale, jitter.scale))
    stretch = math.exp(rng.uniform(-jitter.aspect, jitter.aspect) / 2)
    angle = math.radians(rng.uniform(-jitter.rotation, jitter.rotation))
    dx, dy = at if at is not None else rng.uniform(-jitter.shift, jitter.shift, 2)
    mirror = -1.0 if flip else 1.0
    sx, sy = scale * stretch, scale / stretch
    cos, sin = math.cos(angle), math.sin(angle)
    linear = np.array([[cos * sx * mirror, -sin * sy], [sin * sx * mirror, cos * sy]])
    centre = np.array([size / 2 + dx, size / 2 + dy])
    offset = centre - linear @ np.array([box.cx, box.cy])
    shown = Box.from_centre(centre[0], centre[1], width=box.width * sx, height=box.height * sy)
    return View(size, linear, offset, shown)
