from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker_core.decision.score_map import AGREEING, Response, TrackingConstants, cosine_window, decide, size_penalty

SIZE = 5
positive = st.floats(2, 200)


def response(seed: int = 0) -> Response:
    rng = np.random.default_rng(seed)
    scores = rng.random((5, SIZE, SIZE), np.float32)
    boxes = np.concatenate([rng.normal(0, 30, (2, 5, SIZE, SIZE)), rng.uniform(10, 100, (2, 5, SIZE, SIZE))])
    return Response(scores, boxes.astype(np.float32))


def slow_penalty(w: float, h: float, last_w: float, last_h: float, k: float) -> float:
    def change(r: float) -> float:
        return max(r, 1 / r)

    def padded(a: float, b: float) -> float:
        return math.sqrt((a + (a + b) / 2) * (b + (a + b) / 2))

    s_c = change(padded(w, h) / padded(last_w, last_h))
    r_c = change((last_w / last_h) / (w / h))
    return math.exp(-(r_c * s_c - 1) * k)


def test_the_window_is_one_in_the_middle_and_nothing_at_the_border() -> None:
    window = cosine_window(25)
    assert window[12, 12] == 1
    assert window.sum() == pytest.approx(144)  # a Hann window of n sums to (n - 1) / 2
    assert np.abs(window[[0, -1]]).max() < 1e-7
    assert np.array_equal(window, window.T)


def test_nobody_can_change_the_window_for_the_others() -> None:
    with pytest.raises(ValueError, match="read-only"):
        cosine_window(25)[0, 0] = 1


@given(positive, positive, positive, positive, st.floats(0, 0.5))
def test_the_penalty_is_the_formula_of_the_paper(w: float, h: float, last_w: float, last_h: float, k: float) -> None:
    boxes = np.array([0, 0, w, h], np.float32).reshape(4, 1, 1, 1)
    penalty = size_penalty(boxes, width=last_w, height=last_h, penalty_k=k)
    assert float(penalty[0, 0, 0]) == pytest.approx(slow_penalty(w, h, last_w, last_h, k), rel=1e-3, abs=1e-6)


def test_a_box_of_the_last_size_is_not_penalised_and_no_other_is_rewarded() -> None:
    boxes = np.ones((4, 1, 1, 3), np.float32)
    boxes[2, 0, 0] = (40, 80, 20)
    boxes[3, 0, 0] = (20, 40, 40)
    penalty = size_penalty(boxes, width=40, height=20, penalty_k=0.1)[0, 0]
    assert penalty[0] == pytest.approx(1)
    assert penalty[1] == pytest.approx(math.exp(-0.1))  # twice the size
    assert penalty[2] < math.exp(-0.3 + 1e-6)  # four times narrower than it was high


@pytest.mark.parametrize("influence", [0.0, 0.42, 1.0])
def test_the_decision_is_the_first_maximum_of_penalised_scores_and_window(influence: float) -> None:
    said = response()
    decision = decide(said, TrackingConstants(0.05, influence, 0.3), width=50, height=30)
    hann = [0.5 - 0.5 * math.cos(2 * math.pi * n / (SIZE - 1)) for n in range(SIZE)]
    best, winner = -math.inf, None
    for k, row, column in np.ndindex(5, SIZE, SIZE):
        _, _, w, h = (float(v) for v in said.boxes[:, k, row, column])
        penalised = float(said.scores[k, row, column]) * slow_penalty(w, h, 50, 30, 0.05)
        value = penalised * (1 - influence) + hann[row] * hann[column] * influence
        assert float(decision.decided[k, row, column]) == pytest.approx(value, abs=1e-5)
        assert float(decision.penalised[k, row, column]) == pytest.approx(penalised, abs=1e-5)
        if value > best + 1e-9:
            best, winner = value, (k, row, column)
    assert decision.index == winner
    assert decision.score == float(said.scores[decision.index])
    assert decision.penalty == pytest.approx(float(decision.penalised[decision.index]) / decision.score, rel=1e-5)


def slow_iou(one: list[float], other: list[float]) -> float:
    def side(i: int) -> float:
        low = max(one[i] - one[i + 2] / 2, other[i] - other[i + 2] / 2)
        return max(min(one[i] + one[i + 2] / 2, other[i] + other[i + 2] / 2) - low, 0.0)

    overlap = side(0) * side(1)
    return overlap / (one[2] * one[3] + other[2] * other[3] - overlap)


@given(st.integers(0, 1000), st.floats(0.05, 0.95))
def test_the_best_anchors_that_overlap_the_winner_vote_for_its_box(seed: int, voting: float) -> None:
    """All boxes alike, so that many vote."""
    said = response(seed)
    rng = np.random.default_rng(seed)
    said.boxes[:] = np.array([5, -8, 60, 40])[:, None, None, None] + rng.normal(0, 8, said.boxes.shape)
    decision = decide(said, TrackingConstants(0.05, 0.3, 0.3, voting=voting), width=60, height=40)
    own: list[float] = said.boxes[(slice(None), *decision.index)].tolist()
    weight, sides = 0.0, np.zeros(4)
    for place in np.argsort(-decision.decided.ravel())[:AGREEING]:
        box: list[float] = said.boxes.reshape(4, -1)[:, place].tolist()
        overlap = slow_iou(own, box)
        if overlap >= voting:
            share = overlap * float(said.scores.ravel()[place])
            weight += share
            sides += share * np.array(
                [box[0] - box[2] / 2, box[1] - box[3] / 2, box[0] + box[2] / 2, box[1] + box[3] / 2]
            )
    left, top, right, bottom = sides / weight
    expected = (left + right) / 2, (top + bottom) / 2, right - left, bottom - top
    assert decision.box == pytest.approx(expected, rel=1e-3, abs=1e-2)


def test_without_a_vote_the_box_is_the_winners_as_published() -> None:
    said = response()
    decision = decide(said, TrackingConstants(), width=50, height=30)
    assert np.array_equal(decision.box, said.boxes[(slice(None), *decision.index)])


def test_a_box_without_extent_is_no_division_by_zero() -> None:
    said = response()
    said.boxes[2:, 0, 0, 0] = 0
    decision = decide(said, TrackingConstants(0.05, 0.4, 0.3), width=50, height=30)
    assert np.isfinite(decision.decided).all()


@pytest.mark.parametrize("values", [(-0.1, 0.4, 0.3), (0.1, 1.1, 0.3), (0.1, -0.1, 0.3), (0.1, 0.4, 1.5)])
def test_constants_out_of_their_range_are_refused(values: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="must be"):
        TrackingConstants(*values)
