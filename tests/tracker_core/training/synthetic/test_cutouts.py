from __future__ import annotations

import numpy as np
import pytest

from tests.support.training_data import RED, outline_of, picture_with, seen
from tracker_core.geometry import Box
from tracker_core.training.synthetic.cutouts import LONGEST_SIDE, cut_out, lay_over, placed, shade, shadow_of, smeared

BOX = Box(100, 80, 60, 40)


def canvas() -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.full((120, 160, 3), 100, np.uint8)


def test_a_cut_out_lies_where_its_middle_is_placed_and_takes_nothing_of_its_picture_along() -> None:
    thing, drawn = cut_out(picture_with(BOX), outline_of(BOX)), canvas()
    lay_over(drawn, thing, placed(np.eye(2), thing.middle, (70, 50)), smear=(0, 0))
    shown = seen(drawn)
    assert shown is not None
    assert shown.as_tuple() == pytest.approx((40, 30, 60, 40), abs=0.6)
    assert (drawn[:26] == 100).all()
    assert (drawn[:, :36] == 100).all()


def test_what_leaves_the_canvas_is_cut_off_and_what_is_outside_changes_nothing() -> None:
    thing, drawn = cut_out(picture_with(BOX), outline_of(BOX)), canvas()
    lay_over(drawn, thing, placed(np.eye(2), thing.middle, (-300, 50)), smear=(4, 0))
    assert (drawn == 100).all()
    lay_over(drawn, thing, placed(np.eye(2), thing.middle, (160, 120)), smear=(0, 0))
    shown = seen(drawn)
    assert shown is not None
    assert shown.as_tuple() == pytest.approx((130, 100, 30, 20), abs=0.6)


def test_a_large_thing_becomes_a_small_cut_out_of_the_same_shape() -> None:
    large = Box(10, 20, 300, 150)
    thing = cut_out(picture_with(large), outline_of(large))
    assert max(thing.texture.shape[:2]) <= LONGEST_SIDE
    low, high = thing.outline[0].min(axis=0), thing.outline[0].max(axis=0)
    assert (high - low)[0] / (high - low)[1] == pytest.approx(2, rel=0.03)
    assert thing.covers(thing.inside).all()
    assert not thing.covers(np.array([[-3.0, 5.0], [5.0, 1e4]])).any()


def test_a_mirrored_cut_out_is_the_mirror_of_what_it_was() -> None:
    image = picture_with(BOX)
    image[80:120, 100:120] = (20, 20, 250)  # the left third is blue
    thing = cut_out(image, outline_of(BOX))
    drawn, mirrored = canvas(), canvas()
    lay_over(drawn, thing, placed(np.eye(2), thing.middle, (80, 60)), smear=(0, 0))
    lay_over(mirrored, thing.mirrored(), placed(np.eye(2), thing.mirrored().middle, (80, 60)), smear=(0, 0))
    assert np.abs(drawn[:, ::-1].astype(int) - mirrored).max() <= 1
    assert thing.covers(thing.inside).all()


def test_other_colours_keep_the_shape() -> None:
    thing = cut_out(picture_with(BOX), outline_of(BOX))
    drawn = canvas()
    turned = thing.coloured(np.array([[0, 0, 1], [1, 0, 0], [0, 1, 0]], np.float64))
    lay_over(drawn, turned, placed(np.eye(2), turned.middle, (80, 60)), smear=(0, 0))
    assert seen(drawn, RED) is None
    assert seen(drawn, (20, 250, 20)) is not None
    np.testing.assert_array_equal(turned.texture[:, :, 3], thing.texture[:, :, 3])


def test_a_movement_draws_a_point_out_along_itself_and_around_where_it_was() -> None:
    dot = np.zeros((41, 41, 3), np.uint8)
    dot[20, 20] = 240
    for along, rows, columns in (((8.0, 0.0), (20, 20), (16, 24)), ((0.0, -6.0), (17, 23), (20, 20))):
        drawn = smeared(dot, along)
        ys, xs = np.nonzero(drawn[:, :, 0] > 3)
        assert (ys.min(), ys.max()) == rows
        assert (xs.min(), xs.max()) == columns
        assert drawn[:, :, 0].sum() == pytest.approx(240, abs=16)
    assert smeared(dot, (0.5, 0.5)) is dot


def test_a_shadow_darkens_what_is_under_it_softly_and_nothing_far_off() -> None:
    thing, drawn = cut_out(picture_with(BOX), outline_of(BOX)), canvas()
    shade(drawn, shadow_of(thing, depth=0.5), placed(np.eye(2), thing.middle, (80, 60)))
    assert drawn[60, 80, 0] == pytest.approx(50, abs=3)
    row = drawn[60, :, 0].astype(int)
    assert (np.abs(np.diff(row)) < 12).all()
    assert row[45] < 100
    assert (drawn[:20] == 100).all()
