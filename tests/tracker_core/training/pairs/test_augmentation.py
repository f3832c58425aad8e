from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from tests.support.training_data import picture_with, seen
from tracker_core.geometry import Box
from tracker_core.images import Image
from tracker_core.training.pairs.augmentation import Photometry, degrade, from_afar, grey, recolour

BOX = Box(120, 80, 80, 60)
ALWAYS = Photometry(fade=1, blur=1, soften=1, noise=1)
OFF = Photometry(light=0, contrast=0, tint=0, fade=0, blur=0, soften=0, noise=0)
Change = Callable[[Image, Photometry, np.random.Generator], Image]


def bright_square() -> Image:
    image = np.full((255, 255, 3), 40, np.uint8)
    image[80:140, 120:200] = 200
    return image


@pytest.mark.parametrize("change", [recolour, degrade])
def test_a_changed_picture_is_a_picture_of_the_same_size_and_the_old_one_stays(change: Change) -> None:
    for seed in range(8):
        image = bright_square()
        changed = change(image, ALWAYS, np.random.default_rng(seed))
        assert changed.shape == (255, 255, 3)
        assert changed.dtype == np.uint8
        np.testing.assert_array_equal(image, bright_square())
        assert (changed != image).any()


@pytest.mark.parametrize("change", [recolour, degrade])
def test_nothing_moves(change: Change) -> None:
    for seed in range(12):
        changed = change(bright_square(), ALWAYS, np.random.default_rng(seed)).mean(axis=2)
        outside, inside = np.median(changed[:60, :]), np.median(changed[90:130, 130:190])
        if inside - outside < 40:
            continue  # too dark or too pale to say where
        rows, columns = np.nonzero(changed > (inside + outside) / 2 + 10)
        # left, top, right, bottom of nearly all of it: noise and blur reach a little further
        edges = *np.percentile(columns, (3, 97)), *np.percentile(rows, (3, 97))
        assert edges == pytest.approx((122, 198, 82, 138), abs=5)


@pytest.mark.parametrize("change", [recolour, degrade])
def test_what_is_switched_off_changes_nothing(change: Change) -> None:
    for seed in range(10):
        np.testing.assert_array_equal(change(bright_square(), OFF, np.random.default_rng(seed)), bright_square())


@pytest.mark.parametrize("change", [recolour, degrade])
def test_the_same_seed_gives_the_same_picture(change: Change) -> None:
    one, other = (change(bright_square(), ALWAYS, np.random.default_rng(7)) for _ in range(2))
    np.testing.assert_array_equal(one, other)


def test_grey_has_one_value_a_pixel_and_three_channels() -> None:
    image = picture_with(BOX)
    assert seen(image) == BOX
    plain = grey(image)
    assert plain.shape == image.shape
    assert (plain == plain[:, :, :1]).all()
    assert plain[0, 0, 0] == pytest.approx(image[0, 0] @ np.array([0.299, 0.587, 0.114]), abs=1)


def test_from_afar_both_crops_lose_their_detail_and_nothing_moves() -> None:
    stripes = np.zeros((255, 255, 3), np.uint8)
    stripes[:, ::2] = 255
    for seed in range(6):
        exemplar, search = from_afar(stripes[:127, :127], stripes, np.random.default_rng(seed))
        assert exemplar.shape == (127, 127, 3)
        assert search.shape == (255, 255, 3)
        assert max(float(exemplar.std()), float(search.std())) < 90  # 127 before
        box = seen(from_afar(stripes[:127, :127], picture_with(BOX)[:, :240], np.random.default_rng(seed))[1])
        assert box is not None
        assert (box.cx, box.cy) == pytest.approx((BOX.cx, BOX.cy), abs=3)  # blurred edges are cut by the threshold
