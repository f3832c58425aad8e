from __future__ import annotations

from dataclasses import asdict, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker_core.decision.distractors import (
    PROPOSALS,
    SAME_OBJECT,
    DistractorConstants,
    DistractorResponse,
    IncrementalMean,
    proposals,
)
from tracker_core.decision.score_map import Response, TrackingConstants, decide, logistic
from tracker_core.geometry import Box
from tracker_core.images import FloatArray

K, S = 2, 5
FREE = DistractorConstants(penalty_k=0, window_influence=0, size_lr=1)


def random_response(seed: int, *, known: bool = True) -> DistractorResponse:
    rng = np.random.default_rng(seed)
    similarity = rng.normal(0, 2, (K, S, S)).astype(np.float32)
    distraction = rng.normal(0, 2, (K, S, S)).astype(np.float32) if known else None
    centres, sides = rng.uniform(-20, 20, (2, K, S, S)), rng.uniform(4, 20, (2, K, S, S))
    boxes = np.concatenate([centres, sides]).astype(np.float32)
    return DistractorResponse(logistic(similarity), boxes, similarity, distraction)


def box_at(response: Response, place: int) -> Box:
    cx, cy, width, height = (float(value) for value in response.boxes.reshape(4, -1)[:, place])
    return Box.from_centre(cx, cy, width=width, height=height)


def naive_proposals(response: Response, count: int, overlap: float, above: float) -> list[int]:
    order = sorted(range(response.scores.size), key=lambda place: -response.scores.flat[place])
    kept: list[int] = []
    for place in order:
        alone = all(box_at(response, place).iou(box_at(response, other)) <= overlap for other in kept)
        if alone and response.scores.flat[place] > above and len(kept) < count:
            kept.append(place)
    return kept


@given(st.integers(0, 1000), st.integers(1, 12), st.sampled_from([0.1, 0.3, 0.7]), st.sampled_from([0.0, 0.5]))
@settings(max_examples=30, deadline=None)
def test_proposals_are_the_best_boxes_that_show_different_objects(
    seed: int, count: int, overlap: float, above: float
) -> None:
    response = random_response(seed)
    found = proposals(response, count=count, overlap=overlap, above=above)
    assert list(found.places) == naive_proposals(response, count, overlap, above)
    for place, owner in enumerate(found.owner.ravel()):
        likes = [
            number
            for number, other in enumerate(found.places)
            if box_at(response, place).iou(box_at(response, int(other))) > overlap
            and response.scores.flat[place] > above
        ]
        assert owner == (likes[0] if likes else -1)


def test_nothing_over_the_threshold_is_no_proposal() -> None:
    found = proposals(random_response(0), above=1.0)
    assert found.places.size == 0
    assert (found.owner == -1).all()


def f(response: FloatArray | None, place: int) -> float:
    assert response is not None
    return float(response.flat[place])


@given(st.integers(0, 1000), st.sampled_from([0.0, 0.3, 0.5, 1.0]))
@settings(max_examples=30, deadline=None)
def test_the_choice_among_the_proposals_is_the_papers(seed: int, weight: float) -> None:
    """A loop over all anchors of the best proposals, with the formula written out."""
    response = random_response(seed)
    kept = [box_at(response, place) for place in naive_proposals(response, PROPOSALS, SAME_OBJECT, 0)]
    members = [
        place
        for place in range(response.scores.size)
        if any(box_at(response, place).iou(box) > SAME_OBJECT for box in kept)
    ]
    best, highest = -1, -np.inf
    for place in members:
        objective = f(response.similarity, place) - weight * f(response.distraction, place)
        if objective > highest:
            best, highest = place, objective
    decision = decide(response, replace(FREE, distractor_weight=weight), width=10, height=10)
    assert np.ravel_multi_index(decision.index, response.scores.shape) == best
    assert decision.ranked.flat[best] == pytest.approx(1 / (1 + np.exp(-highest)), abs=1e-5)
    assert decision.score == response.scores.flat[best]  # what is told stays the network's own
    outside = [place for place in range(response.scores.size) if place not in members]
    assert not decision.ranked.flat[outside].any()


def test_before_a_distractor_is_known_the_networks_own_scores_decide() -> None:
    response = random_response(3, known=False)
    assert response.ranked(FREE) is response.scores


def test_a_response_with_distractors_needs_constants_that_weigh_them() -> None:
    for known in (True, False):
        with pytest.raises(TypeError, match="decided with DistractorConstants and cannot be with TrackingConstants"):
            random_response(1, known=known).ranked(TrackingConstants())


def scene(*objects: tuple[float, float, float, float, float]) -> DistractorResponse:
    """(x, y, width, height, score) of one anchor each, in the first cells; all else is nothing."""
    scores, boxes = np.full((1, 5, 5), 0.01, np.float32), np.full((4, 1, 5, 5), 0.5, np.float32)
    boxes[0] = 1000 + 10 * np.arange(25).reshape(1, 5, 5)
    for column, (x, y, width, height, score) in enumerate(objects):
        boxes[:, 0, 0, column], scores[0, 0, column] = (x, y, width, height), score
    return DistractorResponse(scores, boxes, scores, None)


def test_distractors_are_the_other_objects_that_score_over_the_threshold() -> None:
    response = scene(
        (0, 0, 20, 20, 0.9),  # the target,
        (2, 1, 22, 20, 0.8),  # itself again,
        (40, 0, 20, 20, 0.6),  # one that resembles it,
        (-40, 0, 20, 20, 0.7),  # another,
        (0, 40, 20, 20, 0.4),  # and one that does not
    )
    assert response.distractors((0, 0, 0), FREE) == [(0, 0, 3), (0, 0, 2)]
    assert response.distractors((0, 0, 0), replace(FREE, distractor_threshold=0.65)) == [(0, 0, 3)]
    # chosen by the window, not by the score: the better one is a distractor all the same
    assert response.distractors((0, 0, 2), FREE) == [(0, 0, 0), (0, 0, 3)]


def test_a_part_of_the_target_is_no_distractor() -> None:
    response = scene((0, 0, 40, 40, 0.9), (9, 9, 8, 8, 0.8), (23, 0, 8, 8, 0.7))
    assert response.distractors((0, 0, 0), FREE) == [(0, 0, 2)]


def test_there_is_no_mean_of_nothing() -> None:
    assert IncrementalMean[FloatArray](0.01).mean is None


@pytest.mark.parametrize("learning_rate", [0.0, 0.01, 0.3, 0.5])
def test_the_incremental_mean_is_the_papers(learning_rate: float) -> None:
    rng = np.random.default_rng(0)
    steps = [[rng.normal(size=(2, 3)) for _ in range(count)] for count in (1, 2, 1, 4, 1, 1)]
    mean: IncrementalMean[FloatArray] = IncrementalMean(learning_rate)
    total, weight = np.zeros((2, 3)), 0.0
    for t, values in enumerate(steps, 1):
        mean.add([np.asarray(value) for value in values])
        found = mean.mean
        beta = sum((learning_rate / (1 - learning_rate)) ** i for i in range(t))
        for value in values:
            total, weight = total + beta * value, weight + beta
        assert found is not None
        np.testing.assert_allclose(found, total / weight, rtol=1e-12)


def test_constants_go_into_a_weights_file_and_come_back() -> None:
    constants = DistractorConstants(distractor_weight=0.25, small_target=0.004)
    assert DistractorConstants(**constants.as_mapping()) == constants
    assert {tunable.name for tunable in DistractorConstants.tunables} <= asdict(constants).keys()
    assert set(TrackingConstants.tunables) < set(DistractorConstants.tunables)


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("distractor_weight", 1.5, "distractor_weight must be between 0 and 1, not 1.5"),
        ("small_target", -0.1, "small_target must be between 0 and 1"),
        ("learning_rate", 0.6, "at most 0.5"),
        ("lost_below", 0.99, "lost below 0.99 and found above 0.95: impossible"),
        ("penalty_k", -1, "penalty_k must be at least 0"),
    ],
)
def test_impossible_constants_are_refused(name: str, value: float, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        DistractorConstants(**{name: value})
