from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.support.training_data import outline_of, picture_with, seen
from tracker_core.geometry import Box
from tracker_core.training.pictures.prepared import Instance
from tracker_core.training.pictures.views import Jitter, View, draw_view

STILL = Jitter(0, 0, 0, 0)
STRAIGHT = Jitter(shift=64, scale=0.2, aspect=0.15, rotation=0)
BOX = Box(120, 90, 70, 50)


def view_of(box: Box, *, seed: int, jitter: Jitter, flip: bool = False) -> View:
    return draw_view(box, size=255, jitter=jitter, flip=flip, rng=np.random.default_rng(seed))


@pytest.mark.parametrize("flip", [False, True])
@pytest.mark.parametrize("seed", range(8))
def test_the_target_is_in_the_crop_where_the_view_says(seed: int, flip: bool) -> None:
    view = view_of(BOX, seed=seed, jitter=STRAIGHT, flip=flip)
    shown = seen(view.warp(picture_with(BOX)))
    assert shown is not None
    assert shown.as_tuple() == pytest.approx(view.box.as_tuple(), abs=1.2)


def test_without_jitter_the_exemplar_window_is_127_pixels_in_the_middle() -> None:
    view = view_of(BOX, seed=0, jitter=STILL)
    scale = 127 / math.sqrt((70 + 60) * (50 + 60))
    expected = Box.from_centre(127.5, 127.5, width=70 * scale, height=50 * scale)
    assert view.box.as_tuple() == pytest.approx(expected.as_tuple())


@given(st.integers(0, 10_000))
def test_a_view_strays_no_further_than_its_jitter(seed: int) -> None:
    plain = view_of(BOX, seed=seed, jitter=STILL).box
    box = view_of(BOX, seed=seed, jitter=STRAIGHT).box
    assert max(abs(box.cx - 127.5), abs(box.cy - 127.5)) <= 64
    assert 0.8 <= math.sqrt(box.area / plain.area) <= 1.2
    stretch = (box.width / box.height) / (plain.width / plain.height)
    assert abs(math.log(stretch)) <= 0.15 + 1e-9


def test_shifts_use_their_whole_range_evenly() -> None:
    offsets = [view_of(BOX, seed=seed, jitter=STRAIGHT).box.cx - 127.5 for seed in range(400)]
    counts, _ = np.histogram(offsets, bins=4, range=(-64, 64))
    assert counts.min() > 70


@pytest.mark.parametrize("seed", range(12))
def test_a_small_rotation_turns_around_the_target(seed: int) -> None:
    square = Box(130, 90, 50, 50)
    view = view_of(square, seed=seed, jitter=Jitter(shift=64, scale=0.2, aspect=0, rotation=8))
    shown = seen(view.warp(picture_with(square)))
    assert shown is not None
    assert (shown.cx, shown.cy) == pytest.approx((view.box.cx, view.box.cy), abs=1.5)
    assert shown.width <= view.box.width * (math.cos(math.radians(8)) + math.sin(math.radians(8))) + 2


def test_flipping_mirrors_the_picture_about_the_target() -> None:
    image = picture_with(BOX)
    plain = view_of(BOX, seed=0, jitter=STILL).warp(image)
    flipped = view_of(BOX, seed=0, jitter=STILL, flip=True).warp(image)
    assert np.abs(flipped[:, ::-1].astype(int) - plain).mean() < 1


@pytest.mark.parametrize("flip", [False, True])
def test_any_box_of_the_picture_is_shown_where_the_view_says(flip: bool) -> None:
    other = Box(150, 70, 40, 60)
    for seed in range(6):
        view = view_of(BOX, seed=seed, jitter=Jitter(shift=20, scale=0.2, aspect=0.15, rotation=0), flip=flip)
        assert view.shown(BOX).as_tuple() == pytest.approx(view.box.as_tuple())
        shown = seen(view.warp(picture_with(other)))
        assert shown is not None
        assert shown.as_tuple() == pytest.approx(view.shown(other).as_tuple(), abs=1.2)


def test_the_place_of_the_target_can_be_asked_for() -> None:
    view = draw_view(BOX, size=255, jitter=STRAIGHT, flip=False, rng=np.random.default_rng(0), at=(30, -20))
    assert (view.box.cx, view.box.cy) == pytest.approx((157.5, 107.5))


def test_outside_the_picture_is_the_fill_and_known_to_be_outside() -> None:
    corner = Box(0, 0, 60, 60)
    view = view_of(corner, seed=0, jitter=STILL)
    image = picture_with(corner)
    crop, inside = view.warp(image, fill=(1, 2, 3)), view.inside(image)
    assert not inside[:90, :].any()
    assert inside[100:, 100:].all()
    assert (crop[:90] == (1, 2, 3)).all()
    assert not (crop[110:, 110:] == (1, 2, 3)).all(axis=2).any()


def test_the_mask_covers_what_the_outline_surrounds() -> None:
    offsets = []
    for seed in range(12):
        view = view_of(BOX, seed=seed, jitter=Jitter(shift=40, scale=0.2, aspect=0.15, rotation=20))
        mask = view.mask(Instance(0, "", BOX, outline_of(BOX)))
        assert mask.shape == (255, 255)
        assert 0 <= mask.min() <= mask.max() <= 1
        crop = view.warp(picture_with(BOX)).astype(int)
        red = crop[:, :, 0] - crop[:, :, 1:].max(axis=2) > 115
        assert np.logical_xor(red, mask > 0.5).sum() < 0.07 * red.sum()  # a soft edge, a little beyond the outline
        offsets.append([middle_of(mask.sum(axis=axis)) - middle_of(red.sum(axis=axis)) for axis in (0, 1)])
    assert np.mean(offsets, axis=0).tolist() == pytest.approx([0, 0], abs=0.2)


def middle_of(weights: NDArray[np.floating | np.integer]) -> float:
    return float(np.average(np.arange(len(weights)), weights=weights))
