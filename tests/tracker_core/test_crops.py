from __future__ import annotations

import math

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker_core.crops import MOST_STRETCHED, PLAIN, Crop, Stretch, crop_square, exemplar_side, mean_colour
from tracker_core.geometry import Box
from tracker_core.images import Image

FILL = (10, 20, 30)


def picture(width: int = 40, height: int = 30) -> Image:
    """Every pixel tells its place: red is the column, green the row."""
    image = np.full((height, width, 3), 200, np.uint8)
    image[:, :, 0] = np.arange(width)
    image[:, :, 1] = np.arange(height)[:, None]
    return image


def padded_whole(image: Image, *, left: int, top: int, side: int) -> Image:
    """Slow oracle: pixel by pixel."""
    height, width = image.shape[:2]
    patch = np.empty((side, side, 3), np.uint8)
    for row in range(side):
        for column in range(side):
            i, j = left + column, top + row
            patch[row, column] = image[j, i] if 0 <= i < width and 0 <= j < height else FILL
    return patch


def test_the_exemplar_window_has_the_area_of_the_box_with_half_its_sides_around() -> None:
    assert exemplar_side(Box(3, 4, 30, 30)) == pytest.approx(60)
    assert exemplar_side(Box(0, 0, 10, 40)) == pytest.approx(math.sqrt((10 + 25) * (40 + 25)))
    assert exemplar_side(Box(0, 0, 10, 40), context_amount=0) == pytest.approx(20)


@given(st.floats(-30, 70), st.floats(-30, 60), st.integers(1, 50))
def test_a_crop_shows_the_pixels_of_its_window_and_the_fill_elsewhere(cx: float, cy: float, side: int) -> None:
    crop = crop_square(picture(), cx=cx, cy=cy, side=side, size=side, fill=FILL)
    window = crop.window
    assert (window.width, window.height, window.x, window.y) == (side, side, int(window.x), int(window.y))
    assert abs(window.cx - cx) <= 0.5 + 1e-9
    assert abs(window.cy - cy) <= 0.5 + 1e-9
    np.testing.assert_array_equal(crop.image, padded_whole(picture(), left=int(window.x), top=int(window.y), side=side))


@given(st.floats(-30, 70), st.floats(-30, 60), st.floats(0.2, 80))
def test_a_resized_crop_is_the_padded_window_resized(cx: float, cy: float, side: float) -> None:
    crop = crop_square(picture(), cx=cx, cy=cy, side=side, size=64, fill=FILL)
    window = crop.window
    assert window.width == max(1, round(side))
    cut = padded_whole(picture(), left=int(window.x), top=int(window.y), side=int(window.width))
    np.testing.assert_array_equal(crop.image, cv2.resize(cut, (64, 64), interpolation=cv2.INTER_LINEAR))
    assert crop.image.flags.c_contiguous


def test_a_window_wholly_outside_is_all_fill() -> None:
    crop = crop_square(picture(), cx=500, cy=-200, side=20, size=127, fill=FILL)
    assert (crop.image == FILL).all()


@given(
    st.floats(-30, 70), st.floats(-30, 60), st.floats(1, 80),
    st.builds(Box, st.floats(-50, 50), st.floats(-50, 50), st.floats(0, 60), st.floats(0, 60)),
)  # fmt: skip
def test_a_box_goes_into_the_crop_and_back(cx: float, cy: float, side: float, box: Box) -> None:
    crop = crop_square(picture(), cx=cx, cy=cy, side=side, size=255, fill=FILL)
    assert crop.to_image(crop.from_image(box)).as_tuple() == pytest.approx(box.as_tuple(), abs=1e-9)


def test_a_thing_in_the_picture_is_where_the_crop_says() -> None:
    image = np.zeros((200, 300, 3), np.uint8)
    image[80:120, 140:200] = 255
    crop = crop_square(image, cx=160.3, cy=95.8, side=127, size=254, fill=(0, 0, 0))
    rows, columns = np.nonzero(crop.image[:, :, 0] > 127)
    seen = Box.from_corners(columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    assert seen == crop.from_image(Box(140, 80, 60, 40))


def test_the_window_is_the_whole_crop() -> None:
    crop = Crop.of(np.zeros((255, 255, 3), np.uint8), Box(-7, 12, 100, 100))
    assert crop.scales == (2.55, 2.55)
    assert crop.to_image(Box(0, 0, 255, 255)).as_tuple() == pytest.approx((-7, 12, 100, 100))


def test_the_mean_colour_is_rounded_not_cut() -> None:
    image = np.zeros((2, 2, 3), np.uint8)
    image[0, :, 0] = image[1, 0, 0] = 1  # mean 0.75
    image[:, :, 1] = 9
    image[0, 0, 2] = 1  # mean 0.25
    assert mean_colour(image) == (1, 9, 0)


@given(st.floats(1, 400), st.floats(1, 400), st.floats(1, 20))
def test_only_what_is_thinner_than_allowed_is_stretched_and_only_so_far(
    width: float, height: float, slender: float
) -> None:
    box = Box(7, 9, width, height)
    stretch, ratio = Stretch.of(box, slender=slender), max(width / height, height / width)
    seen = stretch.applied(box)
    left = max(seen.width / seen.height, seen.height / seen.width)
    assert stretch.across * stretch.down == pytest.approx(1)
    assert left == pytest.approx(max(min(ratio, slender), ratio / MOST_STRETCHED))
    assert (seen.width > seen.height) == (width > height) or left == pytest.approx(1)
    assert (seen.cx, seen.cy) == pytest.approx((box.cx, box.cy))
    assert Stretch.of(box, slender=0) == PLAIN


def test_a_stretched_crop_shows_a_pole_thicker_and_knows_where_it_is() -> None:
    image = np.zeros((300, 300, 3), np.uint8)
    pole = Box(140, 60, 6, 180)
    image[60:240, 140:146] = 255
    stretch = Stretch.of(pole, slender=4)
    crop = crop_square(
        image, cx=pole.cx, cy=pole.cy, side=exemplar_side(stretch.applied(pole)) * 2, size=254, fill=FILL,
        stretch=stretch,
    )  # fmt: skip
    rows, columns = np.nonzero(crop.image[:, :, 0] > 127)
    seen = Box.from_corners(columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    assert seen.height / seen.width == pytest.approx(4, rel=0.05)
    assert crop.to_image(seen).as_tuple() == pytest.approx(pole.as_tuple(), abs=1)
