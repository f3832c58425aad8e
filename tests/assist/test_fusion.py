from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assist.fusion import Fused, Ingredients, Side, as_place, bent, from_place, fuse, ious
from tracker_core.geometry import Box

FIRST, LAST = Box(100, 100, 40, 40), Box(200, 100, 40, 40)
BETWEEN = 9


def truth(share: float) -> Box:
    return FIRST.lerp(LAST, share)


def side(*, drift: float = 0.0, backward: bool = False, steps: int = BETWEEN + 1, score: float = 0.9) -> Side:
    """A run that follows the truth and drifts downward by so many pixels with the square of the way gone."""
    found = []
    for step in range(1, steps + 1):
        gone = step / (BETWEEN + 1)
        found.append((truth(1 - gone if backward else gone).translated(dx=0, dy=drift * gone**2), score))
    return Side.of(found)


def fused(forward: Side, backward: Side, use: Ingredients | None = None) -> Fused:
    return fuse(forward, backward, first=FIRST, last=LAST, frames_between=BETWEEN, use=use)


def overlaps(result: Fused) -> list[float]:
    shares = [i / (BETWEEN + 1) for i in range(1, BETWEEN + 1)]
    return [Box(*row).iou(truth(share)) for row, share in zip(result.boxes.tolist(), shares, strict=True)]


def test_runs_that_drift_apart_are_bent_to_the_truth() -> None:
    result = fused(side(drift=15), side(drift=-15, backward=True))
    assert min(overlaps(result)) > 0.999
    assert result.accords == pytest.approx(1.0, abs=1e-6)
    assert result.scores == pytest.approx(0.9)


def test_unbent_they_meet_half_way() -> None:
    result = fused(side(drift=15), side(drift=-15, backward=True), Ingredients(bend=False))
    assert 0.6 < min(overlaps(result)) < 0.97


def test_a_run_that_does_not_arrive_is_not_bent() -> None:
    lost = side(drift=300).boxes
    assert bent(lost, LAST) is lost


def test_where_the_forward_run_goes_astray_the_backward_one_takes_over() -> None:
    astray = side()
    astray.boxes[4:] += [0, 200, 0, 0]
    astray.scores[4:] = 0.1
    result = fused(astray, side(backward=True))
    assert min(overlaps(result)) > 0.999
    assert (result.accords[4:] == 0).all()
    assert result.accords[:4] == pytest.approx(1.0)
    assert min(overlaps(fused(astray, side(backward=True), Ingredients(switch=False)))) < 0.5


def test_each_run_alone_is_taken_where_the_other_has_lost_its_target() -> None:
    result = fused(side(steps=3), side(backward=True, steps=3))
    assert np.isnan(result.scores).tolist() == [False] * 3 + [True] * 3 + [False] * 3
    assert np.isnan(result.accords).all()
    known = [overlap for overlap, score in zip(overlaps_of_known(result), result.scores, strict=True) if score == score]
    assert min(known) > 0.999


def overlaps_of_known(result: Fused) -> list[float]:
    shares = [i / (BETWEEN + 1) for i in range(1, BETWEEN + 1)]
    rows = zip(result.boxes.tolist(), shares, strict=True)
    return [0.0 if row[0] != row[0] else Box(*row).iou(truth(share)) for row, share in rows]


def test_without_fusion_the_forward_run_is_all() -> None:
    forward = side(drift=10)
    result = fused(forward, side(backward=True), Ingredients(bend=False, fuse=False, line=False))
    assert result.boxes == pytest.approx(forward.boxes[:BETWEEN])


@given(st.lists(st.tuples(*[st.floats(-500, 500)] * 2, *[st.floats(0.1, 500)] * 2), min_size=1, max_size=5))
def test_places_and_back(rows: list[tuple[float, float, float, float]]) -> None:
    boxes = np.array(rows)
    assert from_place(as_place(boxes)) == pytest.approx(boxes, rel=1e-9, abs=1e-6)


@given(st.floats(0, 300), st.floats(0, 300), st.floats(1, 200))
def test_ious_are_those_of_boxes(x: float, y: float, size: float) -> None:
    one, other = Box(100, 100, 50, 60), Box(x, y, size, size)
    found = ious(np.array([one.as_tuple()]), np.array([other.as_tuple()]))
    assert found[0] == pytest.approx(one.iou(other))


def test_near_keyframes_draw_the_boxes_to_the_line_between_them_unless_a_run_leaves_it() -> None:
    """A steady target: the jitter of a tracker counts for less than the line."""
    jitter = side()
    jitter.boxes[::2] += [0, 6, 0, 0]
    drawn, free = (fused(jitter, side(backward=True), Ingredients(line=line)) for line in (True, False))
    assert min(overlaps(drawn)) > min(overlaps(free))
    leaps = side()
    leaps.boxes[2:6] += [0, 30, 0, 0]
    both = [fused(leaps, leaps_back(), Ingredients(line=line)).boxes for line in (True, False)]
    assert both[0] == pytest.approx(both[1])


def leaps_back() -> Side:
    back = side(backward=True)
    back.boxes[3:7] += [0, 30, 0, 0]
    return back
