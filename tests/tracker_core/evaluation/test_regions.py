from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tracker_core.evaluation.regions import Polygon, box_of_polygon, overlap, polygon_of_box, rasterised

Floats = NDArray[np.float64]

whole = st.integers(-30, 60)
side = st.integers(2, 40)
boxes = st.tuples(whole, whole, side, side).map(lambda row: np.array(row, dtype=np.float64))
loose_boxes = st.tuples(st.floats(-30, 60), st.floats(-30, 60), st.floats(2, 40), st.floats(2, 40)).map(np.array)


def turned(angle: float, *, width: float, height: float, cx: float, cy: float) -> Polygon:
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    half = np.array([width, height]) / 2
    corners: Polygon = np.array([[-1.0, -1], [1, -1], [1, 1], [-1, 1]]) * half
    return np.asarray(corners @ turn.T + np.array([cx, cy]), dtype=np.float64)


@given(loose_boxes)
def test_a_box_covers_itself(box: Floats) -> None:
    assert overlap(polygon_of_box(box), polygon_of_box(box)) == 1


@given(boxes, boxes)
def test_upright_boxes_of_whole_pixels_overlap_as_sets_of_pixels(one: Floats, other: Floats) -> None:
    pixels = [
        {(x, y) for x in range(int(left), int(left + width)) for y in range(int(top), int(top + height))}
        for left, top, width, height in (one, other)
    ]
    # One shared row or column is a bounding rectangle without area, which the published code takes for no overlap.
    shared = [min(a[i] + a[i + 2], b[i] + b[i + 2]) - max(a[i], b[i]) for a, b in [(one, other)] for i in (0, 1)]
    expected = len(pixels[0] & pixels[1]) / len(pixels[0] | pixels[1]) if min(shared) > 1 else 0
    assert overlap(polygon_of_box(one), polygon_of_box(other)) == pytest.approx(expected)


@given(boxes, boxes)
def test_boxes_that_are_apart_have_no_overlap(one: Floats, other: Floats) -> None:
    other[0] = one[0] + one[2]
    assert overlap(polygon_of_box(one), polygon_of_box(other)) == 0


@given(st.floats(0, math.tau), st.floats(8, 40), st.floats(8, 40), st.floats(0, 3), st.floats(0, 3))
def test_a_turned_rectangle_fills_what_a_pixel_by_pixel_test_fills(
    angle: float, width: float, height: float, dx: float, dy: float
) -> None:
    polygon = turned(angle, width=width, height=height, cx=40 + dx, cy=40 + dy)
    mask = rasterised(polygon, width=90, height=90)
    inside = _depth(np.trunc(polygon + 0.5), size=90)  # all corners are positive
    assert mask[inside > 1].all()
    assert not mask[inside < -1].any()


def _depth(corners: Polygon, *, size: int) -> Floats:
    """(size, size) distance of each pixel to the nearest edge line of a convex polygon, positive inside."""
    y, x = np.mgrid[0:size, 0:size]
    depths = []
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        along = end - start
        cross = along[0] * (y - start[1]) - along[1] * (x - start[0])
        depths.append(cross / max(float(np.linalg.norm(along)), 1e-9))
    return np.asarray(np.min(depths, axis=0), dtype=np.float64)


def test_both_ends_of_a_row_are_filled_and_halves_round_away_from_zero() -> None:
    mask = rasterised(np.array([[0.5, 0.5], [2.5, 0.5], [2.5, 2.49], [0.5, 2.49]]), width=5, height=5)
    assert mask.astype(int).tolist() == [[0] * 5, [0, 1, 1, 1, 0], [0, 1, 1, 1, 0], [0] * 5, [0] * 5]
    left_of_zero = rasterised(np.array([[-0.5, 0], [1, 0], [1, 1], [-0.5, 1]]), width=3, height=2)
    assert left_of_zero.astype(int).tolist() == [[1, 1, 0], [1, 1, 0]]


def test_the_tip_of_a_diamond_stays_empty_as_in_the_published_code() -> None:
    mask = rasterised(np.array([[2.0, 0], [4, 2], [2, 4], [0, 2]]), width=5, height=5)
    rows = ["".join("#" if filled else "." for filled in row) for row in mask]
    assert rows[1] == rows[3] == ".###."
    assert rows[2] == "#####"


def test_what_lies_outside_the_picture_does_not_count() -> None:
    truth, prediction = np.array([90.0, 0, 20, 10]), np.array([90.0, 0, 10, 10])
    assert overlap(polygon_of_box(prediction), polygon_of_box(truth)) == pytest.approx(0.5)
    assert overlap(polygon_of_box(prediction), polygon_of_box(truth), right=99, bottom=79) == 1
    # One column more, as pysot bounds it for the accuracy.
    assert overlap(polygon_of_box(prediction), polygon_of_box(truth), right=100, bottom=80) == pytest.approx(10 / 11)


@given(loose_boxes)
def test_a_box_becomes_a_polygon_and_a_box_again(box: Floats) -> None:
    assert box_of_polygon(polygon_of_box(box)) == pytest.approx(box)


def test_a_turned_rectangle_becomes_a_box_of_its_area() -> None:
    polygon = turned(math.atan2(3, 4), width=40, height=30, cx=50, cy=60)
    extent = np.ptp(polygon, axis=0)
    x, y, width, height = box_of_polygon(polygon)
    assert (width - 1) * (height - 1) == pytest.approx(1200)
    assert (width - 1) / (height - 1) == pytest.approx(extent[0] / extent[1])
    assert (x + (width - 1) / 2, y + (height - 1) / 2) == pytest.approx((50, 60))


def test_other_polygons_become_boxes_of_their_area_too() -> None:
    x, _, width, height = box_of_polygon(np.array([[0.0, 0], [8, 0], [0, 8]]))
    assert (width - 1) * (height - 1) == pytest.approx(32)
    assert x + (width - 1) / 2 == pytest.approx(8 / 3)
    assert box_of_polygon(np.array([[1.0, 5], [4, 5], [7, 5]])).tolist() == [1, 5, 7, 1]
