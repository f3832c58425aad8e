from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.support.moving_square import moving_square
from tests.support.networks import CONSTANTS, random_tracker
from tracker_core.crops import Crop
from tracker_core.decision.evidence import CANDIDATES, OVERLAPPING, conclude, redecide
from tracker_core.decision.score_map import SMALLEST_SIDE, Response, TrackingConstants
from tracker_core.geometry import Box
from tracker_core.tracker import Evidence, Prediction

CROP = Crop.of(np.zeros((255, 255, 3), np.uint8), Box(100, 50, 510, 510))  # two picture pixels are one crop pixel
PICTURE = (640, 480)
FREE = TrackingConstants(penalty_k=0, window_influence=0, size_lr=1)


def one_winner(cx: float, cy: float, width: float, height: float, *, score: float = 1.0) -> Response:
    scores = np.zeros((5, 25, 25), np.float32)
    scores[2, 7, 9] = score
    boxes = np.full((4, 5, 25, 25), 30, np.float32)
    boxes[:, 2, 7, 9] = (cx, cy, width, height)
    return Response(scores, boxes)


def concluded(response: Response, constants: TrackingConstants, last_box: Box) -> Box:
    return conclude(response, CROP, constants, last_box=last_box, image_size=PICTURE)[0].box


def explained_frame() -> tuple[Prediction, Evidence]:
    images, truth = moving_square(20)
    target = random_tracker().init(images[0], truth[0])
    target.update(images[1])
    prediction = target.update(images[2], with_evidence=True)
    assert prediction.evidence is not None
    return prediction, prediction.evidence


def test_the_winner_is_taken_back_to_the_picture() -> None:
    # 10 crop pixels right of the crop's centre, which is (355, 305) of the picture
    box = concluded(one_winner(10, -5, 20, 40), FREE, Box(300, 250, 40, 80))
    assert (box.cx, box.cy, box.width, box.height) == pytest.approx((375, 295, 40, 80))


def test_the_size_follows_as_fast_as_the_winner_is_sure_and_the_centre_at_once() -> None:
    constants = TrackingConstants(penalty_k=0, window_influence=0, size_lr=0.5)
    box = concluded(one_winner(0, 0, 50, 100, score=0.8), constants, Box(300, 250, 60, 120))
    assert (box.cx, box.cy) == pytest.approx((355, 305))
    assert (box.width, box.height) == pytest.approx((60 * 0.6 + 100 * 0.4, 120 * 0.6 + 200 * 0.4))


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ((1000, 0, 50, 50), (640, 305, 100, 100)),
        ((-1000, -1000, 50, 50), (0, 0, 100, 100)),
        ((0, 1000, 50, 50), (355, 480, 100, 100)),
        ((0, 0, 0.1, 900), (355, 305, SMALLEST_SIDE, 480)),
        ((0, 0, 900, 50), (355, 305, 640, 100)),
    ],
)
def test_the_centre_stays_in_the_picture_and_the_size_is_no_larger(
    answer: tuple[float, float, float, float], expected: tuple[float, float, float, float]
) -> None:
    box = concluded(one_winner(*answer), FREE, Box(300, 250, 100, 100))
    assert (box.cx, box.cy, box.width, box.height) == pytest.approx(expected)


def test_each_cell_shows_the_anchor_that_decided() -> None:
    _, evidence = explained_frame()
    response = evidence.response
    assert response is not None
    assert evidence.raw.shape == evidence.window.shape == evidence.penalised.shape == evidence.decided.shape == (25, 25)
    influence = CONSTANTS.window_influence
    np.testing.assert_allclose(
        evidence.decided, evidence.penalised * (1 - influence) + evidence.window * influence, atol=1e-6
    )
    assert evidence.decided[evidence.cell] == evidence.decided.max()
    for row, column in ((0, 0), (3, 20), evidence.cell):
        assert evidence.raw[row, column] in response.scores[:, row, column]
    assert (evidence.penalised <= evidence.raw + 1e-6).all()


def test_the_map_covers_eight_crop_pixels_a_cell_around_the_middle_of_the_search_region() -> None:
    _, evidence = explained_frame()
    region, covered = evidence.search_region_box, evidence.map_box
    assert (covered.cx, covered.cy) == pytest.approx((region.cx, region.cy))
    assert (covered.width, covered.height) == pytest.approx((region.width * 200 / 255,) * 2)


def test_candidates_are_different_answers_best_first_and_the_winner_leads() -> None:
    prediction, evidence = explained_frame()
    candidates = evidence.candidates
    assert 1 < len(candidates) <= CANDIDATES
    decided = [candidate.decided_score for candidate in candidates]
    assert decided == sorted(decided, reverse=True)
    assert decided[0] == evidence.decided.max()
    assert candidates[0].score == prediction.score
    assert (candidates[0].box.cx, candidates[0].box.cy) == pytest.approx((prediction.box.cx, prediction.box.cy))
    for number, one in enumerate(candidates):
        assert all(one.box.iou(other.box) < OVERLAPPING for other in candidates[:number])


def test_the_same_constants_decide_the_same_again() -> None:
    prediction, evidence = explained_frame()
    again = redecide(evidence, CONSTANTS)
    assert (again.box, again.score) == (prediction.box, prediction.score)
    assert again.evidence is not None
    np.testing.assert_array_equal(again.evidence.decided, evidence.decided)
    assert again.evidence.candidates == evidence.candidates


def test_other_constants_decide_what_the_tracker_would_have_with_them() -> None:
    images, truth = moving_square(20)
    tracker = random_tracker()
    others = TrackingConstants(penalty_k=0.3, window_influence=0.9, size_lr=0.8)
    first = tracker.init(images[0], truth[0]).update(images[5], with_evidence=True)
    expected = tracker.with_constants(others).init(images[0], truth[0]).update(images[5])
    assert first.evidence is not None
    again = redecide(first.evidence, others)
    assert (again.box, again.score) == (expected.box, expected.score)
    assert again.box != first.box


def test_evidence_without_the_networks_answer_cannot_be_decided_anew() -> None:
    _, evidence = explained_frame()
    with pytest.raises(ValueError, match="cannot be decided again"):
        redecide(replace(evidence, response=None), CONSTANTS)


def far_and_near() -> Response:
    """Surer at the border of the search region than in its middle."""
    scores = np.zeros((5, 25, 25), np.float32)
    scores[2, 12, 12], scores[2, 2, 2] = 0.6, 0.9
    boxes = np.full((4, 5, 25, 25), 40, np.float32)
    boxes[:2, 2, 12, 12], boxes[:2, 2, 2, 2] = 0, -80
    return Response(scores, boxes)


def test_a_lost_target_is_as_likely_anywhere() -> None:
    constants = TrackingConstants(penalty_k=0, window_influence=0.6, size_lr=1)
    last_box = Box(315, 265, 80, 80)
    near, _ = conclude(far_and_near(), CROP, constants, last_box=last_box, image_size=PICTURE)
    assert (near.box.cx, near.box.cy) == pytest.approx((355, 305))
    far, _ = conclude(far_and_near(), CROP, constants, last_box=last_box, image_size=PICTURE, is_searching=True)
    assert (far.box.cx, far.box.cy) == pytest.approx((195, 145))


def test_what_is_not_believed_leaves_the_box_where_it_was() -> None:
    last_box = Box(315, 265, 80, 80)
    for lost_below, is_believed in ((0.89, True), (0.91, False)):
        prediction, _ = conclude(
            far_and_near(), CROP, FREE, last_box=last_box, image_size=PICTURE, lost_below=lost_below
        )
        assert prediction.score == pytest.approx(0.9)
        assert (prediction.box != last_box) is is_believed
