from __future__ import annotations

import numpy as np

from tests.support.training_data import BLUE, picture_with, seen
from tracker_core.geometry import Box
from tracker_core.training.pairs.composites import cover_part, paste_over

BOX = Box(100, 80, 60, 40)


def mask_of(box: Box) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    mask = np.zeros((240, 320), np.float32)
    mask[int(box.y) : int(box.bottom), int(box.x) : int(box.right)] = 1
    return mask


def test_the_cut_out_lies_on_the_canvas_and_nothing_else_of_its_picture() -> None:
    canvas, cutting = picture_with(None, seed=1), picture_with(BOX, seed=2)
    pasted, box = paste_over(canvas, cutting, mask_of(BOX))
    assert box == BOX == seen(pasted)
    outside = mask_of(BOX) == 0
    np.testing.assert_array_equal(pasted[outside], canvas[outside])


def test_a_half_covered_edge_is_mixed() -> None:
    canvas, cutting = np.zeros((240, 320, 3), np.uint8), np.full((240, 320, 3), 200, np.uint8)
    pasted, _ = paste_over(canvas, cutting, mask_of(BOX) * np.float32(0.75))
    assert (pasted[100, 120] == 150).all()


def test_a_cut_out_that_left_the_canvas_is_no_target_and_leaves_it_as_it_was() -> None:
    canvas = picture_with(None)
    pasted, box = paste_over(canvas, picture_with(BOX), mask_of(BOX) * 0)
    assert box is None
    np.testing.assert_array_equal(pasted, canvas)


def test_a_cut_out_at_the_border_has_the_box_of_what_is_seen() -> None:
    part = Box(290, 220, 30, 20)
    assert paste_over(picture_with(None), picture_with(BOX), mask_of(part))[1] == part


def test_a_cover_hides_a_part_and_never_all() -> None:
    image, texture = picture_with(BOX), picture_with(Box(0, 0, 320, 240), BLUE)
    shares = []
    for seed in range(100):
        patch = cover_part(image, BOX, texture, np.random.default_rng(seed))[80:120, 100:160]
        hidden = (patch == BLUE).all(axis=2)
        np.testing.assert_array_equal(patch[~hidden], image[80:120, 100:160][~hidden])
        shares.append(hidden.mean())
    assert max(shares) < 0.95
    assert np.mean([share > 0 for share in shares]) > 0.9
    assert 0.1 < np.mean(shares) < 0.5


def test_a_cover_leaves_the_given_picture_alone() -> None:
    image = picture_with(BOX)
    cover_part(image, BOX, picture_with(None, seed=9), np.random.default_rng(0))
    assert seen(image) == BOX
