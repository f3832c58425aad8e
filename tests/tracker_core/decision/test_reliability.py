from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.moving_square import moving_square
from tests.support.networks import CONSTANTS, random_network, random_tracker
from tests.support.siamfc_networks import random_siamfc
from tests.support.siamrpn_networks import random_siamrpn
from tracker_core.decision.distractors import DistractorConstants
from tracker_core.decision.evidence import redecide
from tracker_core.decision.reliability import (
    AS_IT_IS,
    RIGHT_IOU,
    UNVERIFIED,
    ScoreCalibration,
    Signs,
    VerifiedCalibration,
    logit,
    score_calibration,
    smoothed,
    verified_calibration,
)
from tracker_core.decision.score_map import TrackingConstants
from tracker_core.decision.search_growth import LongTermConstants
from tracker_core.geometry import Box
from tracker_core.group import update_all
from tracker_core.images import Image
from tracker_core.runtime.placement import place
from tracker_core.tracker import Prediction, Target
from tracker_core.trackers.dasiamrpn import DaSiamRPN, DaSiamRPNEngine
from tracker_core.trackers.siamrpn import SiamRPN, SiamRPNEngine
from tracker_core.trackers.siamrpnpp import SiamRPNPPEngine
from tracker_core.trackers.siamrpnpp_longterm import SiamRPNPPLongTerm
from tracker_core.trackers.verification import backward_agreement

FITTED = ScoreCalibration(slope=0.6, agreement=2.5, intercept=-1.4)
SHARE = st.floats(0, 1)


@given(SHARE, SHARE)
def test_what_nobody_has_measured_stays_as_it_is(raw: float, agreement: float) -> None:
    assert AS_IT_IS.score(Signs(raw, agreement)) == raw
    assert score_calibration({}) == AS_IT_IS


def test_a_fitted_score_is_the_logistic_of_its_line() -> None:
    """By hand: logit(0.8) = log 4; 0.6 log 4 + 2.5 * 0.5 - 1.4 = 0.6818."""
    assert FITTED.score(Signs(0.8, 0.5)) == pytest.approx(1 / (1 + np.exp(-(0.6 * np.log(4) - 0.15))))


@given(SHARE, SHARE, SHARE)
def test_no_score_is_over_a_first_overlap_that_is_not_right(raw: float, agreement: float, overlap: float) -> None:
    for calibration in (FITTED, AS_IT_IS):
        free, score = (calibration.score(Signs(raw, agreement, first)) for first in (1.0, overlap))
        assert score == (min(free, overlap) if overlap < RIGHT_IOU else free)


@given(st.lists(SHARE, min_size=2, max_size=9), SHARE)
def test_a_higher_raw_score_never_gives_a_lower_score(raws: list[float], agreement: float) -> None:
    scores = [FITTED.score(Signs(raw, agreement)) for raw in sorted(raws)]
    assert scores == sorted(scores)
    assert all(0 < score < 1 for score in scores)


@given(st.lists(st.tuples(SHARE, SHARE, SHARE), min_size=1, max_size=5))
def test_many_scores_are_those_of_each(rows: list[tuple[float, float, float]]) -> None:
    each = [FITTED.score(Signs(*row)) for row in rows]
    np.testing.assert_allclose(FITTED.scores(*np.array(rows).T), each)


def test_the_logit_is_finite_at_both_ends() -> None:
    assert np.isfinite(logit([0.0, 1.0])).all()
    np.testing.assert_allclose(logit([0.5, 0.8]), [0, np.log(4)])


@pytest.mark.parametrize("damaged", [{"score": {"slop": 1.0}}, {"score": {"slope": "steep"}}, {"score": 3}])
def test_another_description_is_refused(damaged: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        score_calibration(damaged)


def test_a_mean_over_neighbours_by_hand() -> None:
    """The fourth of twelve frames hears frames 0 to 8, the seventh 1 to 11, the last 6 to 11."""
    found = smoothed(np.arange(12.0))
    assert (found[3], found[6], found[11]) == pytest.approx((4.0, 6.0, 8.5))
    assert len(smoothed([])) == 0


def test_score_and_verifier_say_together_what_their_line_says() -> None:
    verified = VerifiedCalibration(score=0.8, distance=-2.0, backward=4.0, intercept=-1.0)
    found = verified.of_run([0.7] * 20, distances=[0.5] * 20, backward=[0.5] * 20)
    np.testing.assert_allclose(found, 1 / (1 + np.exp(-0.8 * np.log(0.7 / 0.3))))
    farther = verified.of_run([0.7] * 20, distances=[0.5] * 10 + [0.9] * 10, backward=[0.5] * 20)
    assert (np.diff(farther) <= 1e-12).all()
    assert farther[-1] < farther[0] == pytest.approx(found[0])
    surer = verified.of_run([0.7] * 20, distances=[0.5] * 20, backward=[0.5] * 10 + [0.9] * 10)
    assert surer[-1] > surer[0] == pytest.approx(found[0])
    with pytest.raises(ValueError, match="backward must be given"):
        verified.of_run([0.7] * 20, distances=[0.5] * 20)


def test_without_a_verifier_a_steady_run_keeps_its_score() -> None:
    assert verified_calibration({}) == UNVERIFIED
    np.testing.assert_allclose(UNVERIFIED.of_run([0.6] * 9), 0.6)


class LooksBack:
    """A tracker whose target says how far it is, in the exemplar's frame, from where it was made."""

    def init(self, image: Image, box: Box) -> Target:
        return LooksBackTarget(box)  # type: ignore[return-value]


class LooksBackTarget:
    def __init__(self, box: Box) -> None:
        self.made_at = box
        self.now = box

    def move_to(self, box: Box) -> None:
        self.now = box

    def update(self, image: Image) -> Prediction:
        return Prediction(self.now, 1.0, signs=Signs(1.0, agreement=float(image.mean()) + self.now.iou(self.made_at)))


def test_a_look_back_starts_at_the_box_and_asks_in_the_frame_of_the_exemplar() -> None:
    first, later = np.full((20, 40, 3), 2, np.uint8), np.zeros((20, 40, 3), np.uint8)
    exemplar, found = Box(2, 2, 8, 8), Box(6, 2, 8, 8)
    tracker: Any = LooksBack()
    assert backward_agreement(tracker, (first, exemplar), later, found) == pytest.approx(2 + 1 / 3)
    assert backward_agreement(tracker, (first, exemplar), later, Box(50, 2, 8, 8)) == 0


def siamrpn(constants: TrackingConstants = CONSTANTS) -> SiamRPN:
    return SiamRPN("random", SiamRPNEngine(random_siamrpn(), place("cpu", "float32")), constants)


def dasiamrpn() -> DaSiamRPN:
    constants = DistractorConstants(**CONSTANTS.as_mapping(), distractor_threshold=0.6, lost_below=0.3, found_above=0.5)
    return DaSiamRPN("random", DaSiamRPNEngine(random_siamrpn(), place("cpu", "float32")), constants)


def long_term() -> SiamRPNPPLongTerm:
    constants = LongTermConstants(**CONSTANTS.as_mapping(), lost_below=0.4, found_above=0.6)
    return SiamRPNPPLongTerm("random", SiamRPNPPEngine(random_network(), place("cpu", "float32")), constants)


def calibrated(tracker: Any) -> Any:
    return type(tracker)(tracker.name, tracker.engine, tracker.constants, FITTED)


@pytest.mark.parametrize("make", [random_siamfc, siamrpn, dasiamrpn, random_tracker, long_term])
@pytest.mark.parametrize("by_device", [False, True])
def test_a_calibration_changes_the_score_and_nothing_else(make: Callable[[], Any], by_device: bool) -> None:
    """By host and by device, alone and in a group; a search that goes by the score goes by the raw one."""
    images, truth = moving_square(5)
    raw = make()
    raw.engine.takes_frames = by_device
    fitted = calibrated(raw)
    starts = [truth[0], truth[0].translated(dx=9, dy=-4)]
    plain, told = ([tracker.init(images[0], box) for box in starts] for tracker in (raw, fitted))
    alone = fitted.init(images[0], starts[0])
    for image in images[1:]:
        expected, found = update_all(plain, image), update_all(told, image)
        for one, other in zip(found, expected, strict=True):
            assert one.box == other.box
            assert one.signs is not None
            assert one.signs == other.signs
            assert other.score == one.signs.raw_score
            assert one.score == FITTED.score(one.signs) != other.score
        assert alone.update(image).score == pytest.approx(found[0].score, abs=1e-4)


@pytest.mark.parametrize("make", [random_siamfc, siamrpn, random_tracker])
def test_host_and_device_tell_the_same_score(make: Callable[[], Any]) -> None:
    images, truth = moving_square(4)
    tracker = calibrated(make())
    target = tracker.init(images[0], truth[0])
    for image in images[1:]:
        twin = deepcopy(target, {id(tracker.engine): tracker.engine})  # so that both start from the same state
        tracker.engine.takes_frames = True
        one = twin.update(image)
        tracker.engine.takes_frames = False
        other = target.update(image)
        assert one.score == pytest.approx(other.score, abs=0.02)
        assert one.signs == pytest.approx(other.signs, abs=0.02)


@pytest.mark.parametrize("make", [random_siamfc, siamrpn, dasiamrpn, random_tracker])
def test_a_frame_decided_anew_has_a_score_of_the_same_kind(make: Callable[[], Any]) -> None:
    images, truth = moving_square(2)
    tracker = calibrated(make())
    prediction = tracker.init(images[0], truth[0]).update(images[1], with_evidence=True)
    assert prediction.evidence is not None
    assert prediction.evidence.score == prediction.score
    again = redecide(prediction.evidence, tracker.constants)
    assert (again.box, again.score, again.signs) == (prediction.box, prediction.score, prediction.signs)
    assert again.evidence is not None
    assert again.evidence.score == prediction.score


def test_other_constants_keep_the_calibration() -> None:
    tracker = calibrated(random_tracker())
    assert tracker.with_constants(CONSTANTS).calibration == FITTED
