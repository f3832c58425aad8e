"""Cuts objects out of their pictures and draws them on a canvas. Only the part of the canvas that they touch is
computed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from tracker_core.images import Image

Floats = NDArray[np.float64]

LONGEST_SIDE = 128  # of a cut-out: twice the size of a target in an exemplar
SAMPLES = 16  # points along the longest side at which visibility is tested
LONGEST_SMEAR = 11  # pixels; longer filters are slow in OpenCV
SHADOW_SCALE = 0.25
SHADOW_BORDER = 0.15  # as a share of the longest side


@dataclass(frozen=True, slots=True, eq=False)
class Cutout:
    """An object cut out of its picture, in its own pixels; ``middle`` is the middle of the box around its outline."""

    texture: NDArray[np.uint8]  # (h, w, 4): RGB premultiplied by alpha, and alpha
    outline: tuple[Floats, ...]  # polygons (n, 2)
    middle: Floats  # (2,)
    side: float  # root of the area of the box around it
    inside: Floats  # (m, 2): the points of an even grid that lie in it

    def covers(self, points: Floats) -> NDArray[np.bool_]:
        """Which of the points (n, 2) lie in it, (n,)."""
        height, width = self.texture.shape[:2]
        covered = np.zeros(len(points), np.bool_)
        near = np.flatnonzero(((points >= 0) & (points < (width, height))).all(axis=1))
        if len(near):
            columns, rows = points[near].astype(int).T
            covered[near] = self.texture[rows, columns, 3] > 127
        return covered

    def mirrored(self) -> Cutout:
        width = self.texture.shape[1]
        flip, shift = np.array([-1.0, 1.0]), np.array([float(width), 0.0])
        return Cutout(
            np.ascontiguousarray(self.texture[:, ::-1]),
            tuple(polygon * flip + shift for polygon in self.outline),
            self.middle * flip + shift,
            self.side,
            self.inside * flip + shift,
        )

    def coloured(self, mixing: Floats) -> Cutout:
        """The same object in other colours: each new channel is a mixture of the old ones, by the rows of ``mixing``
        (3, 3).
        """
        whole = np.eye(4)
        whole[:3, :3] = mixing
        changed = np.asarray(cv2.transform(self.texture, whole), np.uint8)
        changed[:, :, :3] = np.minimum(changed[:, :, :3], changed[:, :, 3:])  # premultiplied: at most alpha
        return Cutout(changed, self.outline, self.middle, self.side, self.inside)


@dataclass(frozen=True, slots=True, eq=False)
class Shadow:
    """The shadow of an object."""

    dark: NDArray[np.uint8]  # (h, w)
    matrix: Floats  # (2, 3): from its pixels to those of the object


def cut_out(image: Image, outline: tuple[tuple[float, ...], ...]) -> Cutout:
    """Cut the inside of polygons (x1, y1, x2, y2, ...) out of a picture, soft at the edge."""
    polygons = [np.array(polygon, np.float64).reshape(-1, 2) for polygon in outline]
    points = np.concatenate(polygons)
    height, width = image.shape[:2]
    low, high = np.floor(points.min(axis=0)) - 2, np.ceil(points.max(axis=0)) + 2
    left, top = (int(v) for v in np.clip(low, 0, (width - 1, height - 1)))
    right, bottom = (int(v) for v in np.clip(high, (left + 1, top + 1), (width, height)))
    part = image[top:bottom, left:right]
    scale = min(1.0, LONGEST_SIDE / max(part.shape[:2]))
    if scale < 1:
        part = np.asarray(cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    factor = np.array([part.shape[1] / (right - left), part.shape[0] / (bottom - top)])
    own = tuple(np.clip(polygon - (left, top), 0, (right - left, bottom - top)) * factor for polygon in polygons)
    return of_parts(part, own)


def of_parts(image: Image, outline: tuple[Floats, ...]) -> Cutout:
    """Cut the inside of polygons (n, 2) out of a picture, without scaling it."""
    alpha = np.zeros(image.shape[:2], np.uint8)
    # half a pixel less, because OpenCV counts from pixel centres
    drawn = [np.round((polygon - 0.5) * 16).astype(np.int32) for polygon in outline]
    cv2.fillPoly(alpha, drawn, 255, lineType=cv2.LINE_AA, shift=4)
    alpha = np.asarray(cv2.GaussianBlur(alpha, (3, 3), 0), np.uint8)
    colours = cv2.multiply(image, cv2.merge([alpha, alpha, alpha]), scale=1 / 255)
    low, high = np.min([p.min(axis=0) for p in outline], axis=0), np.max([p.max(axis=0) for p in outline], axis=0)
    step = max(1, math.ceil(max(image.shape[:2]) / SAMPLES))
    rows, columns = np.nonzero(alpha[step // 2 :: step, step // 2 :: step] > 127)
    inside = np.column_stack([columns, rows]) * step + step // 2 + 0.5
    side = float(np.sqrt(np.prod(np.maximum(high - low, 1.0))))
    texture = np.dstack([colours, alpha])
    return Cutout(np.asarray(texture, np.uint8), outline, (low + high) / 2, side, inside)


def shadow_of(thing: Cutout, *, depth: float) -> Shadow:
    """A soft shadow that darkens by up to ``depth``."""
    alpha = thing.texture[:, :, 3]
    border = math.ceil(SHADOW_BORDER * max(alpha.shape))
    padded = cv2.copyMakeBorder(alpha, border, border, border, border, cv2.BORDER_CONSTANT, value=0)
    small = cv2.resize(padded, None, fx=SHADOW_SCALE, fy=SHADOW_SCALE, interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), SHADOW_SCALE * border / 2)
    grown = padded.shape[1] / small.shape[1], padded.shape[0] / small.shape[0]
    matrix = np.array([[grown[0], 0, -border], [0, grown[1], -border]], np.float64)
    return Shadow(np.round(small * depth).astype(np.uint8), matrix)


def lay_over(canvas: Image, thing: Cutout, matrix: Floats, *, smear: tuple[float, float]) -> None:
    """Draw a cut-out on the canvas, in place, with ``canvas = matrix @ (x, y, 1)`` and motion blur along ``smear``
    (pixels).
    """
    drawn = _warped(thing.texture, matrix, canvas, margin=2 + LONGEST_SMEAR // 2)
    if drawn is None:
        return
    rows, columns, layer, inner = drawn
    layer = smeared(layer, smear)[inner]
    under = canvas[rows, columns]
    through = cv2.cvtColor(cv2.bitwise_not(cv2.extractChannel(layer, 3)), cv2.COLOR_GRAY2RGB)
    kept = cv2.multiply(under, through, scale=1 / 255)
    canvas[rows, columns] = cv2.add(kept, cv2.cvtColor(layer, cv2.COLOR_RGBA2RGB))


def shade(canvas: Image, shadow: Shadow, matrix: Floats) -> None:
    """Draw the shadow of a cut-out on the canvas, in place. ``matrix`` (2, 3) is that of the cut-out."""
    own = matrix[:, :2] @ shadow.matrix
    own[:, 2] += matrix[:, 2]
    drawn = _warped(shadow.dark, own, canvas, margin=1)
    if drawn is None:
        return
    rows, columns, layer, inner = drawn
    kept = cv2.cvtColor(cv2.bitwise_not(layer[inner]), cv2.COLOR_GRAY2RGB)
    canvas[rows, columns] = cv2.multiply(canvas[rows, columns], kept, scale=1 / 255)


def smeared(image: NDArray[np.uint8], along: tuple[float, float]) -> NDArray[np.uint8]:
    """Motion blur along a line, at most ``LONGEST_SMEAR`` pixels long."""
    length = math.hypot(*along)
    if length < 1:
        return image
    dx, dy = (v * min(1.0, (LONGEST_SMEAR - 1) / length) for v in along)
    kernel = _line(round(2 * dx), round(2 * dy))
    return np.asarray(cv2.filter2D(image, -1, kernel, borderType=cv2.BORDER_REPLICATE), np.uint8)


@lru_cache(maxsize=1024)
def _line(twice_dx: int, twice_dy: int) -> NDArray[np.float32]:
    """The blur filter of a movement, given in half pixels."""
    half = LONGEST_SMEAR // 2
    kernel = np.zeros((LONGEST_SMEAR + 1, LONGEST_SMEAR + 1), np.float32)
    steps = np.linspace(-0.5, 0.5, 2 * LONGEST_SMEAR)
    xs, ys = half + steps * twice_dx / 2, half + steps * twice_dy / 2
    left, top = np.floor(xs).astype(int), np.floor(ys).astype(int)
    for down in (0, 1):  # divide each point among the four pixels around it
        for right in (0, 1):
            weight = np.abs(1 - right - (xs - left)) * np.abs(1 - down - (ys - top))
            np.add.at(kernel, (top + down, left + right), weight)
    kernel = kernel[:-1, :-1]
    return np.asarray(kernel / kernel.sum(), np.float32)


def placed(linear: Floats, point: Floats | tuple[float, float], at: tuple[float, float]) -> Floats:
    """The map (2, 3) that has this linear part and moves ``point`` to ``at``."""
    matrix = np.empty((2, 3))
    matrix[:, :2] = linear
    matrix[:, 2] = at - linear @ np.asarray(point)
    return matrix


def inverse(linear: Floats) -> Floats:
    """The inverse of a matrix (2, 2), ten times as fast as ``numpy.linalg.inv``."""
    (a, b), (c, d) = linear.tolist()
    return np.asarray(np.array([[d, -b], [-c, a]]) / (a * d - b * c))


def moved_by(matrix: Floats, way: Floats) -> Floats:
    moved = matrix.copy()
    moved[:, 2] += way
    return moved


def pixel_matrix(matrix: Floats) -> Floats:
    """Convert a map (2, 3) of continuous coordinates to OpenCV's, which count from pixel centres (continuous = index +
    0.5).
    """
    return moved_by(matrix, (matrix[:, 0] + matrix[:, 1] - 1) / 2)


def _warped(
    texture: NDArray[np.uint8], matrix: Floats, canvas: Image, *, margin: int
) -> tuple[slice, slice, NDArray[np.uint8], tuple[slice, slice]] | None:
    """Warp a texture. Returns the rows and columns of the canvas that it touches, the warped part with a margin, and
    the place of those rows and columns in that part. None if it does not touch the canvas.
    """
    height, width = texture.shape[:2]
    across, down, corner = matrix[:, 0] * width, matrix[:, 1] * height, matrix[:, 2]
    low = corner + np.minimum(across, 0) + np.minimum(down, 0)
    high = corner + np.maximum(across, 0) + np.maximum(down, 0)
    left, top = (max(math.floor(v) - margin, -margin) for v in low.tolist())
    right, bottom = math.ceil(high[0]) + margin, math.ceil(high[1]) + margin
    right, bottom = min(right, canvas.shape[1] + margin), min(bottom, canvas.shape[0] + margin)
    rows, columns = slice(max(top, 0), min(bottom, canvas.shape[0])), slice(max(left, 0), min(right, canvas.shape[1]))
    if rows.start >= rows.stop or columns.start >= columns.stop:
        return None
    pixels = moved_by(pixel_matrix(matrix), np.array([-left, -top]))
    layer = cv2.warpAffine(texture, pixels, (right - left, bottom - top), flags=cv2.INTER_LINEAR)
    inner = slice(rows.start - top, rows.stop - top), slice(columns.start - left, columns.stop - left)
    return rows, columns, np.asarray(layer, np.uint8), inner
