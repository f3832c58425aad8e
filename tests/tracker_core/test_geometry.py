from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker_core.geometry import Box

corner = st.integers(-20, 20)
side = st.integers(0, 25)
boxes = st.builds(Box, corner, corner, side, side)


def pixels(box: Box) -> set[tuple[int, int]]:
    return {
        (i, j)
        for i in range(int(box.x), int(box.x + box.width))
        for j in range(int(box.y), int(box.y + box.height))
    }  # fmt: skip


@given(boxes, boxes)
def test_iou_counts_pixels(one: Box, other: Box) -> None:
    union = pixels(one) | pixels(other)
    expected = len(pixels(one) & pixels(other)) / len(union) if union else 0.0
    assert one.iou(other) == pytest.approx(expected)
    assert one.iou(other) == other.iou(one)


@given(boxes, side, side)
def test_a_clipped_box_holds_the_pixels_that_the_picture_has(box: Box, width: int, height: int) -> None:
    inside = {(i, j) for i, j in pixels(box) if 0 <= i < width and 0 <= j < height}
    clipped = box.clipped(width=width, height=height)
    assert clipped.area == len(inside)
    assert pixels(clipped) == inside


@given(boxes)
def test_centre_and_corners_lead_back_to_the_box(box: Box) -> None:
    assert Box.from_centre(box.cx, box.cy, width=box.width, height=box.height) == box
    assert Box.from_corners(box.right, box.bottom, box.x, box.y) == box
    assert Box.from_corners(box.x, box.bottom, box.right, box.y) == box
    assert Box(*box.as_tuple()) == box


def test_the_centre_of_a_whole_picture_is_half_its_size() -> None:
    picture = Box(0, 0, 640, 480)
    assert (picture.cx, picture.cy, picture.right, picture.bottom, picture.area) == (320, 240, 640, 480, 307200)


@given(boxes, corner, corner)
def test_a_translated_box_keeps_its_size(box: Box, dx: int, dy: int) -> None:
    assert box.translated(dx=dx, dy=dy) == Box(box.x + dx, box.y + dy, box.width, box.height)


def test_lerp_meets_both_ends_exactly_and_the_middle() -> None:
    one, other = Box(0.1, 0.2, 10, 20), Box(100.7, 50, 30, 0.3)
    assert one.lerp(other, 0) == one
    assert one.lerp(other, 1) == other
    assert one.lerp(other, 0.5).as_tuple() == pytest.approx((50.4, 25.1, 20, 10.15))


@pytest.mark.parametrize(
    "values", [(math.nan, 0, 1, 1), (0, math.inf, 1, 1), (0, 0, -0.1, 1), (0, 0, 1, -3), (0, 0, math.inf, 1)]
)
def test_what_is_no_rectangle_is_no_box(values: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="a box needs"):
        Box(*values)
