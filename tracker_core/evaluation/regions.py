"""Regions as VOT counts them: polygons, filled with whole pixels.

The published overlap does not use continuous shapes: both polygons are rounded and filled, and pixels are counted.
``overlap`` does the same, with the same rounding, as ``compute_polygon_overlap`` and ``rasterize_polygon`` of
``region.c`` (TraX; the pysot toolkit has the same file). That includes their oddity that a row in which a polygon is
one pixel wide stays empty.

Corners are the outermost pixels of the region: a box of width w at x reaches from x to x + w - 1, as in ``region.c``.
The pysot toolkit's Python wrapper omits the - 1 for rectangles that a tracker reported. We do not, so a box that equals
a rectangular truth has an overlap of 1.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Polygon = NDArray[np.float64]
"""(K, 2) x, y of the corners, K >= 3, in pixels."""

Mask = NDArray[np.bool_]


def polygon_of_box(box: Floats) -> Polygon:
    """The four corners, clockwise from left-top, of ``x, y, width, height``."""
    left, top, width, height = box.tolist()
    right, bottom = left + width - 1, top + height - 1
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], dtype=np.float64)


def box_of_polygon(polygon: Polygon) -> Floats:
    """(4,): ``x, y, width, height`` of the upright box with which trackers are started on a region.

    Its centre is the mean of the corners. Its size is that of the bounding rectangle, shrunk to the area of the region,
    because a rotated rectangle would get too large a box otherwise (pysot ``get_axis_aligned_bbox``). A polygon without
    area gets its bounding rectangle.
    """
    centre = polygon.mean(axis=0)
    extent = np.ptp(polygon, axis=0)
    area = _quadrangle_area(polygon) if len(polygon) == 4 else _polygon_area(polygon)
    scale = math.sqrt(area / float(extent.prod())) if area > 0 and extent.prod() > 0 else 1.0
    size = scale * extent + 1
    return np.concatenate([centre - (size - 1) / 2, size])


def overlap(one: Polygon, other: Polygon, *, right: float = math.inf, bottom: float = math.inf) -> float:
    """Intersection over union in pixels, in [0, 1].

    Args:
        right, bottom: the last column and row that count; the first are 0 if a limit is set. Without: the plane.
    """
    pair = [polygon.astype(np.float32) for polygon in (one, other)]
    limits = (right, bottom) if math.isfinite(right) else None
    bounds = [_bounds(polygon, limits) for polygon in pair]
    left, top = np.minimum(bounds[0][:2], bounds[1][:2])
    width, height = (np.maximum(bounds[0][2:], bounds[1][2:]) - (left, top)).astype(int) + 1
    if width < 1 or height < 1 or _are_far(*bounds):
        return 0.0
    origin = np.array([left, top], dtype=np.float32)
    masks = [rasterised(polygon - origin, width=int(width), height=int(height)) for polygon in pair]
    union = int((masks[0] | masks[1]).sum())
    return int((masks[0] & masks[1]).sum()) / union if union else 0.0


def rasterised(polygon: Polygon | NDArray[np.float32], *, width: int, height: int) -> Mask:
    """(height, width): the pixels that a polygon fills. Corners are rounded half away from zero; both ends are
    included.
    """
    wide = polygon.astype(np.float64)
    corners = np.trunc(wide + np.copysign(0.5, wide))
    mask = np.zeros((height, width), dtype=np.bool_)
    crossings = _crossings(corners, height)
    counts = np.isfinite(crossings).sum(axis=0)
    columns = np.arange(width)
    place = np.zeros(height, dtype=np.intp)
    for _ in range(len(corners) - 1):
        rows = np.flatnonzero(place < counts - 1)
        start, end = crossings[place[rows], rows], crossings[place[rows] + 1, rows]
        # Of two equal crossings, as at a corner, the first is skipped.
        is_pair = start != end
        mask[rows] |= (start[:, None] <= columns) & (columns <= end[:, None]) & is_pair[:, None]
        place[rows] += np.where(is_pair, 2, 1)
    return mask


def _crossings(corners: Polygon, height: int) -> Floats:
    """(K, height): the columns in which edges cross each row, sorted; infinity if there are fewer than K.

    An edge crosses the rows of both its ends; a horizontal one crosses none.
    """
    crossings = np.full((len(corners), height), np.inf)
    for edge, (start, end) in enumerate(zip(corners.tolist(), np.roll(corners, 1, axis=0).tolist(), strict=True)):
        (x, y), (end_x, end_y) = start, end
        if y != end_y:
            rows = np.arange(max(min(y, end_y), 0), min(max(y, end_y), height - 1) + 1)
            crossings[edge, rows.astype(np.intp)] = np.trunc(x + (rows - y) / (end_y - y) * (end_x - x))
    crossings.sort(axis=0)
    return crossings


def _bounds(polygon: NDArray[np.float32], limits: tuple[float, float] | None) -> NDArray[np.float32]:
    """left, top, right, bottom in whole pixels; left > right or top > bottom if all lies beyond the limits."""
    low, high = np.floor(polygon.min(axis=0)), np.ceil(polygon.max(axis=0))
    if limits is not None:
        low, high = np.maximum(low, np.float32(0)), np.minimum(high, np.array(limits, dtype=np.float32))
    return np.concatenate([low, high])


def _are_far(one: NDArray[np.float32], other: NDArray[np.float32]) -> bool:
    """Whether bounding rectangles do not meet, or one is negligible beside the other, so that no pixels need be
    counted.

    This decides as ``region.c`` does, with C's divisions: by zero they give infinity, or a NaN, which is never smaller.
    """
    sizes = [(bounds[2:] - bounds[:2]).prod(dtype=np.float32) for bounds in (one, other)]
    shared = (np.minimum(one[2:], other[2:]) - np.maximum(one[:2], other[:2])).prod(dtype=np.float32)
    with np.errstate(divide="ignore", invalid="ignore"):
        return bool(
            sizes[0] / sizes[1] < 1e-10 or sizes[1] / sizes[0] < 1e-10 or shared / (sizes[0] + sizes[1] - shared) <= 0
        )


def _quadrangle_area(polygon: Polygon) -> float:
    """Product of two neighbouring sides, which the published conversion uses as the area of a rotated rectangle."""
    sides = np.linalg.norm(polygon[:2] - polygon[1:3], axis=1)
    return float(sides.prod())


def _polygon_area(polygon: Polygon) -> float:
    x, y = polygon.T
    return abs(float(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1)))) / 2
