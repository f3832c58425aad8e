from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker_core.geometry import Box
from tracker_core.training.pairs.verifier_boxes import beside, drifted, resized

WIDTH, HEIGHT = 320.0, 240.0
BOXES = st.builds(
    Box.from_centre, st.floats(0, 319), st.floats(0, 239), width=st.floats(6, 400), height=st.floats(6, 400)
)


@pytest.mark.parametrize("leave", [drifted, resized, beside])
@given(box=BOXES, seed=st.integers(0, 1000))
def test_none_of_them_is_the_object_any_more(leave: Callable[..., Box], box: Box, seed: int) -> None:
    moved = leave(box, width=WIDTH, height=HEIGHT, rng=np.random.default_rng(seed))
    assert moved.iou(box) < 0.3
    assert moved.clipped(width=WIDTH, height=HEIGHT).area > 0


def drawn(leave: Callable[..., Box], box: Box) -> list[Box]:
    rng = np.random.default_rng(1)
    return [leave(box, width=WIDTH, height=HEIGHT, rng=rng) for _ in range(100)]


def test_each_leaves_it_in_its_own_way() -> None:
    box = Box(140, 100, 40, 30)
    for moved in drawn(drifted, box):
        assert 0.25 < moved.area / box.area < 6 or moved.iou(box) == 0
        assert abs(moved.cx - box.cx) <= 1.3 * box.width
    for moved in drawn(resized, box):
        assert moved.iou(box) > 0
        assert moved.area / box.area < 0.4 or moved.area / box.area > 2.8
    assert {moved.area > box.area for moved in drawn(resized, box)} == {True, False}
    for moved in drawn(beside, box):
        assert moved.iou(box) == 0
        assert moved.area == pytest.approx(box.area)
        assert abs(moved.cx - box.cx) <= 3 * box.width


def test_where_the_object_fills_the_picture_the_corner_is_left() -> None:
    corner = beside(Box(-40, -40, 400, 320), width=WIDTH, height=HEIGHT, rng=np.random.default_rng(0))
    assert corner.iou(Box(-40, -40, 400, 320)) < 0.3
