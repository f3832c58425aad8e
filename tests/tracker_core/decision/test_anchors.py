from __future__ import annotations

import math

import numpy as np
import pytest

from tracker_core.decision.anchors import AnchorGrid


def test_the_five_anchors_have_the_published_sides() -> None:
    assert AnchorGrid(25).sides.tolist() == [[104, 32], [88, 40], [64, 64], [40, 80], [32, 96]]


@pytest.mark.parametrize(("size", "outermost"), [(17, 64), (19, 72), (21, 80), (25, 96)])
def test_the_centres_lie_eight_pixels_apart_around_the_middle(size: int, outermost: int) -> None:
    centres = AnchorGrid(size).centres
    assert centres.tolist() == list(range(-outermost, outermost + 1, 8))


def test_boxes_are_ordered_anchor_row_column() -> None:
    grid = AnchorGrid(5)
    assert grid.boxes.shape == (4, 5, 5, 5)
    flat = grid.boxes.reshape(4, -1)
    for k in range(5):
        for row in range(5):
            for column in range(5):
                expected = [(column - 2) * 8, (row - 2) * 8, *grid.sides[k]]
                assert flat[:, k * 25 + row * 5 + column].tolist() == expected


def test_decode_is_the_formula_of_the_paper() -> None:
    grid = AnchorGrid(3)
    deltas = np.random.default_rng(0).normal(0, 0.7, (4, 5, 3, 3)).astype(np.float32)
    decoded = grid.decode(deltas)
    for place in np.ndindex(5, 3, 3):
        dx, dy, dw, dh = (float(v) for v in deltas[(slice(None), *place)])
        ax, ay, aw, ah = (float(v) for v in grid.boxes[(slice(None), *place)])
        expected = (dx * aw + ax, dy * ah + ay, math.exp(dw) * aw, math.exp(dh) * ah)
        assert decoded[(slice(None), *place)].tolist() == pytest.approx(expected, rel=1e-5, abs=1e-4)


def test_a_wild_network_still_asks_for_a_finite_box() -> None:
    grid = AnchorGrid(3)
    for extreme in (1e4, -1e4):
        decoded = grid.decode(np.full((4, 5, 3, 3), extreme, np.float32))
        assert np.isfinite(decoded).all()
        assert (decoded[2:] > 0).all()
