"""Anti-aliased drawing of shapes with textures, in units that do not depend on the resolution."""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.float32]
"""RGBA, (height, width, 4): colours 0 .. 255 premultiplied by alpha 0 .. 1."""

Matrix = NDArray[np.float64]
"""Affine map of the plane, (3, 3), between continuous coordinates: pixel (0, 0) covers 0 .. 1."""

Points = Sequence[tuple[float, float]]
Colour = tuple[float, float, float] | NDArray[np.float32]
"""RGB 0 .. 255, or an array of such that broadcasts to the whole picture."""

Part = tuple[slice, slice]
"""Rows and columns of a picture."""

SUBPIXEL_BITS = 4


class Painting:
    """A picture of ``width`` x ``height`` units, on which shapes are painted one after another."""

    def __init__(self, width: float, height: float, *, scale: float) -> None:
        self.scale = scale
        self.pixels: Pixels = np.zeros((round(height * scale), round(width * scale), 4), dtype=np.float32)

    def rectangle(
        self, left: float, top: float, right: float, bottom: float, colour: Colour, *, opacity: float = 1.0
    ) -> None:
        self.polygon([(left, top), (right, top), (right, bottom), (left, bottom)], colour, opacity=opacity)

    def polygon(self, points: Points, colour: Colour, *, opacity: float = 1.0, blur: float = 0.0) -> None:
        part = self._part_round([points], reach=3 * blur)
        mask = self._mask(part)
        cv2.fillPoly(mask, [self._fixed(points, part)], 255, cv2.LINE_AA, SUBPIXEL_BITS)
        cover = mask.astype(np.float32) * np.float32(opacity / 255)
        if blur:
            cover = np.asarray(cv2.GaussianBlur(cover, (0, 0), blur * self.scale), dtype=np.float32)
        self._lay(part, cover, colour)

    def ellipse(
        self,
        cx: float,
        cy: float,
        rx: float,
        ry: float,
        colour: Colour,
        *,
        span: tuple[float, float] = (0.0, 360.0),
        opacity: float = 1.0,
        blur: float = 0.0,
    ) -> None:
        """``span`` in degrees, clockwise from the right; less than 360 gives a slice."""
        angles = np.radians(np.linspace(*span, 73))
        rim = [(cx + rx * float(np.cos(angle)), cy + ry * float(np.sin(angle))) for angle in angles]
        self.polygon(rim if span[1] - span[0] == 360 else [(cx, cy), *rim], colour, opacity=opacity, blur=blur)

    def line(self, points: Points, width: float, colour: Colour, *, opacity: float = 1.0) -> None:
        self.lines([points], width, colour, opacity=opacity)

    def lines(self, lines: Sequence[Points], width: float, colour: Colour, *, opacity: float = 1.0) -> None:
        """Paint any number of lines as one shape."""
        part = self._part_round(lines, reach=width)
        mask = self._mask(part)
        thickness = max(round(width * self.scale), 1)
        fixed = [self._fixed(points, part) for points in lines]
        cv2.polylines(mask, fixed, False, 255, thickness, cv2.LINE_AA, SUBPIXEL_BITS)
        self._lay(part, mask.astype(np.float32) * np.float32(opacity / 255), colour)

    def text(self, text: str, left: float, baseline: float, height: float, colour: Colour) -> None:
        mask = np.zeros(self.pixels.shape[:2], dtype=np.uint8)
        place = (round(left * self.scale), round(baseline * self.scale))
        size = height * self.scale / 22
        cv2.putText(mask, text, place, cv2.FONT_HERSHEY_DUPLEX, size, 255, max(round(size * 1.6), 1), cv2.LINE_AA)
        self.lay(colour, mask.astype(np.float32) / np.float32(255))

    def lay(self, colour: Colour, opacity: NDArray[np.float32]) -> None:
        """Paint a colour over everything, with ``opacity`` (h, w) in 0 .. 1 for each pixel."""
        self._lay((slice(None), slice(None)), opacity, colour)

    def vertical(self, *stops: tuple[float, tuple[float, float, float]]) -> NDArray[np.float32]:
        """A colour for each row, (h, 1, 3), between stops of (y in units, colour)."""
        rows = (np.arange(len(self.pixels)) + 0.5) / self.scale
        heights, colours = [stop[0] for stop in stops], np.array([stop[1] for stop in stops])
        channels = [np.interp(rows, heights, colours[:, channel]) for channel in range(3)]
        return np.stack(channels, axis=1).astype(np.float32)[:, np.newaxis]

    def texture(self, rng: np.random.Generator, *, grain: tuple[float, float], octaves: int = 3) -> NDArray[np.float32]:
        """Smooth noise, (h, w, 1) around 0 and mostly within -1 .. 1; ``grain`` is the size of a blotch in units."""
        height, width = self.pixels.shape[:2]
        noise = np.zeros((height, width), dtype=np.float32)
        for octave in range(octaves):
            columns = max(round(width * 2**octave / (grain[0] * self.scale)), 2)
            rows = max(round(height * 2**octave / (grain[1] * self.scale)), 2)
            coarse = rng.standard_normal((rows, columns)).astype(np.float32)
            noise += cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC) / 2**octave
        return np.asarray(noise[..., np.newaxis] / 2, dtype=np.float32)

    def _part_round(self, lines: Sequence[Points], *, reach: float) -> Part:
        """The part of the picture within ``reach`` units of the points."""
        points = np.concatenate([np.asarray(line, dtype=np.float64) for line in lines])
        height, width = self.pixels.shape[:2]
        left, top = (points.min(axis=0) - reach) * self.scale - 1
        right, bottom = (points.max(axis=0) + reach) * self.scale + 1
        return _span(top, bottom, height), _span(left, right, width)

    def _mask(self, part: Part) -> NDArray[np.uint8]:
        rows, columns = part
        return np.zeros((rows.stop - rows.start, columns.stop - columns.start), dtype=np.uint8)

    def _fixed(self, points: Points, part: Part) -> NDArray[np.int32]:
        """Points in the part as fixed-point numbers. OpenCV counts from the centre of the first pixel."""
        origin = np.array([part[1].start, part[0].start])
        fixed = (np.asarray(points, dtype=np.float64) * self.scale - 0.5 - origin) * 2**SUBPIXEL_BITS
        return np.asarray(np.rint(fixed), dtype=np.int32)

    def _lay(self, part: Part, opacity: NDArray[np.float32], colour: Colour) -> None:
        pixels, cover = self.pixels[part], opacity[..., np.newaxis]
        whole = np.broadcast_to(np.asarray(colour, dtype=np.float32), (*self.pixels.shape[:2], 3))
        pixels[..., :3] += cover * (whole[part] - pixels[..., :3])
        pixels[..., 3:] += cover * (1 - pixels[..., 3:])


def smooth(points: Points, *, closed: bool = True) -> list[tuple[float, float]]:
    """A smooth curve: corners cut three times (Chaikin)."""
    curve = np.array(points, dtype=np.float64)
    for _ in range(3):
        following = np.roll(curve, -1, axis=0) if closed else curve[1:]
        current = curve if closed else curve[:-1]
        cut = np.stack([0.75 * current + 0.25 * following, 0.25 * current + 0.75 * following], axis=1).reshape(-1, 2)
        curve = cut if closed else np.concatenate([curve[:1], cut, curve[-1:]])
    return [(float(x), float(y)) for x, y in curve]


def move(dx: float, dy: float) -> Matrix:
    return np.array([[1.0, 0, dx], [0, 1, dy], [0, 0, 1]])


def stretch(sx: float, sy: float) -> Matrix:
    return np.diag([sx, sy, 1.0])


def turn(degrees: float) -> Matrix:
    """A rotation, clockwise on screen because y points down."""
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array([[cos, -sin, 0.0], [sin, cos, 0], [0, 0, 1]])


def lay_warped(below: Pixels, above: Pixels, matrix: Matrix, *, endless: bool = False) -> None:
    """Paint a picture, transformed by ``matrix``, over another one. An endless one repeats beyond its border."""
    part = _whole(below) if endless else _part_reached(below, above, matrix)
    rows, columns = part
    size = (columns.stop - columns.start, rows.stop - rows.start)
    by_centres = move(-columns.start - 0.5, -rows.start - 0.5) @ matrix @ move(0.5, 0.5)
    border = cv2.BORDER_REPLICATE if endless else cv2.BORDER_CONSTANT
    warped = cv2.warpAffine(above, by_centres[:2], size, flags=cv2.INTER_LINEAR, borderMode=border)
    below[part] *= 1 - warped[..., 3:]
    below[part] += warped


def _whole(pixels: Pixels) -> Part:
    return slice(0, pixels.shape[0]), slice(0, pixels.shape[1])


def _part_reached(below: Pixels, above: Pixels, matrix: Matrix) -> Part:
    (bottom, right), (height, width) = above.shape[:2], below.shape[:2]
    corners = matrix[:2] @ np.array([[0, right, 0, right], [0, 0, bottom, bottom], [1, 1, 1, 1]])
    columns = _span(corners[0].min() - 1, corners[0].max() + 1, width)
    rows = _span(corners[1].min() - 1, corners[1].max() + 1, height)
    return rows, columns


def _span(first: float, last: float, size: int) -> slice:
    """The part of first .. last within 0 .. size, rounded outwards; at least one pixel at the edge."""
    return slice(min(max(math.floor(first), 0), size - 1), max(min(math.ceil(last), size), 1))
