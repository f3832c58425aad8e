from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker_core.decision.fit import AS_SEEN, SAME_THING, Fit
from tracker_core.geometry import Box
from tracker_core.images import FloatArray

SEEN = Box(100, 50, 40, 80)

boxes = st.builds(
    Box.from_centre, st.floats(116, 124), st.floats(82, 98), width=st.floats(32, 50), height=st.floats(64, 100)
)


def centred(box: Box) -> FloatArray:
    return np.array([box.cx, box.cy, box.width, box.height], np.float32)


@given(boxes)
def test_all_of_the_difference_makes_the_network_s_box_the_drawn_one(drawn: Box) -> None:
    assert drawn.iou(SEEN) >= SAME_THING
    fit = Fit.between(drawn, SEEN, share=1)
    assert fit.drawn(centred(SEEN)) == pytest.approx(centred(drawn), rel=1e-4, abs=1e-3)
    assert fit.seen_size(drawn) == pytest.approx((SEEN.width, SEEN.height), rel=1e-6)


@given(boxes, st.floats(0, 1))
def test_a_share_of_it_lies_between_the_two(drawn: Box, share: float) -> None:
    assert drawn.iou(SEEN) >= SAME_THING
    found = Fit.between(drawn, SEEN, share=share).drawn(centred(SEEN))
    low, high = np.minimum(centred(drawn), centred(SEEN)), np.maximum(centred(drawn), centred(SEEN))
    assert (found >= low - 1e-2).all()
    assert (found <= high + 1e-2).all()


def test_the_difference_goes_along_with_the_target_s_size() -> None:
    """A margin of a quarter at each side, and nothing below."""
    fit = Fit.between(Box(90, 50, 60, 80), SEEN, share=1)
    assert fit.drawn(np.array([300, 300, 20, 40], np.float32)) == pytest.approx([300, 300, 30, 40])


def test_a_box_of_something_else_says_nothing() -> None:
    assert Fit.between(Box(400, 50, 40, 80), SEEN, share=1) == replace(AS_SEEN, overlap=0.0)


@pytest.mark.parametrize("empty", [Box(100, 50, 0, 80), Box(100, 50, 40, 0)])
def test_a_box_without_an_area_is_refused(empty: Box) -> None:
    for drawn, seen in ((empty, SEEN), (SEEN, empty)):
        with pytest.raises(ValueError, match="without an area"):
            Fit.between(drawn, seen, share=0.5)
