"""Two stories: a look-alike drives by, and the target leaves and comes back elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.support.coloured_cars import LIME, RED, ColourEngine, scene, square
from tracker_core.decision.distractors import DistractorConstants
from tracker_core.decision.evidence import redecide
from tracker_core.decision.score_map import TrackingConstants
from tracker_core.geometry import Box
from tracker_core.images import Image
from tracker_core.trackers.dasiamrpn import DaSiamRPN
from tracker_core.trackers.region_proposal import RPNTarget

PLAIN = TrackingConstants(penalty_k=0.05, window_influence=0.02, size_lr=0.3)
AWARE = DistractorConstants(**PLAIN.as_mapping(), lost_below=0.6, found_above=0.7)


def target_at(number: int) -> tuple[float, float]:
    return 120 + number, 140


def driving_by(number: int) -> Image:
    """The look-alike comes from the right, in the shade until it is near, then in full light; and drives on."""
    x, y = target_at(number)
    ahead = 52 - 2 * number
    return scene((x, y, RED, 1.0), (x + ahead, y - 34, LIME, 1.0 if ahead < 20 else 0.85))


def distance(box: Box, place: tuple[float, float]) -> float:
    return max(abs(box.cx - place[0]), abs(box.cy - place[1]))


FRAMES = range(1, 45)


def test_the_plain_tracker_goes_with_the_look_alike() -> None:
    target = RPNTarget(ColourEngine(), PLAIN, driving_by(0), square(*target_at(0)))
    ends = [distance(target.update(driving_by(number)).box, target_at(number)) for number in FRAMES]
    assert max(ends[:12]) < 8  # until the light falls on it
    assert ends[-1] > 32


def test_the_distractor_aware_tracker_stays() -> None:
    engine = ColourEngine()
    target = DaSiamRPN("colours", engine, AWARE).init(driving_by(0), square(*target_at(0)))
    overtaken = False
    for number in FRAMES:
        prediction = target.update(driving_by(number), with_evidence=True)
        assert distance(prediction.box, target_at(number)) < 8
        assert prediction.score == pytest.approx(0.92, abs=0.02)  # still the network's own
        evidence = prediction.evidence
        assert evidence is not None
        # where the look-alike would have been taken, the ranking is what prevents it
        overtaken |= distance(redecide(evidence, with_weight(0)).box, target_at(number)) > 32
        for distractor in evidence.distractors:
            assert distance(distractor.box, target_at(number)) > 12
    assert overtaken
    assert 1 < len(engine.exemplars) <= 1 + len(FRAMES)


def with_weight(weight: float) -> DistractorConstants:
    return DistractorConstants(**AWARE.as_mapping() | {"distractor_weight": weight})


def test_a_person_who_points_at_the_look_alike_is_believed_at_once() -> None:
    """Without a look at it in the shade: it stands beside the target, in full light, from the first frame."""

    def first(number: int) -> Image:
        x, y = target_at(number)
        return scene((x, y, RED, 1.0), (x, y - 34, LIME, 1.0))

    deaf = DistractorConstants(**AWARE.as_mapping() | {"distractor_threshold": 1.0})
    ends = {}
    for is_told in (False, True):
        target = DaSiamRPN("colours", ColourEngine(), deaf).init(first(0), square(*target_at(0)))
        if is_told:
            x, y = target_at(0)
            target.add_distractor(first(0), square(x, y - 34))
        for number in range(1, 5):
            ends[is_told] = distance(target.update(first(number)).box, target_at(number))
    assert ends[False] > 24
    assert ends[True] < 8


def leaving(number: int) -> Image:
    """Gone from the tenth frame; from the twentieth on again, 130 pixels to the right: outside the local region."""
    if 10 <= number < 20:
        return scene()
    return scene((120 + (130 if number >= 20 else 0), 120, RED, 1.0))


def followed(frames: range, on_frame: Callable[[int, Box, bool], None]) -> ColourEngine:
    engine = ColourEngine()
    target = DaSiamRPN("colours", engine, AWARE).init(leaving(0), square(120, 120))
    for number in frames:
        prediction = target.update(leaving(number), with_evidence=True)
        assert prediction.evidence is not None
        again = redecide(prediction.evidence, AWARE)
        assert (again.box, again.score) == (prediction.box, prediction.score)
        on_frame(number, prediction.box, prediction.evidence.is_searching)
    return engine


def test_a_lost_target_is_looked_for_ever_farther_and_found_elsewhere() -> None:
    boxes, searching = {}, {}

    def note(number: int, box: Box, is_searching: bool) -> None:
        boxes[number], searching[number] = box, is_searching

    engine = followed(range(1, 24), note)
    assert engine.sizes[:10] == [271] * 10  # the tenth frame shows nothing where it was
    assert engine.sizes[10:15] == [399, 527, 655, 783, 783]
    assert set(engine.sizes[15:20]) == {783}
    assert engine.sizes[20:] == [271] * 3
    assert all(boxes[number] == boxes[9] for number in range(10, 20))
    assert all(distance(boxes[number], (250, 120)) < 8 for number in range(20, 24))
    assert [number for number, is_searching in searching.items() if is_searching] == list(range(11, 21))


def test_a_new_target_knows_nothing_of_one_that_was_lost() -> None:
    engine = ColourEngine()
    tracker = DaSiamRPN("colours", engine, AWARE)
    lost = tracker.init(leaving(0), square(120, 120))
    for number in range(10, 13):
        lost.update(leaving(number))
    assert lost.look(leaving(13))[0].image.shape[0] == 655
    assert tracker.init(leaving(0), square(120, 120)).look(leaving(1))[0].image.shape[0] == 271
    lost.move_to(square(250, 120))  # a person has put it there
    assert lost.look(leaving(20))[0].image.shape[0] == 271
    evidence = lost.update(leaving(20), with_evidence=True).evidence
    assert evidence is not None
    assert not evidence.is_searching


def test_a_search_is_not_ended_by_something_that_is_only_somewhat_like_the_target() -> None:
    """In the shade it scores between ``lost_below`` and ``found_above``: by one not lost it would be believed."""
    constants = replace(AWARE, lost_below=0.3)
    target = DaSiamRPN("colours", ColourEngine(), constants).init(scene((120, 120, RED, 1.0)), square(120, 120))
    assert target.update(scene()).score < constants.lost_below
    shaded = scene((160, 120, RED, 0.8))
    found = target.update(shaded)
    assert constants.lost_below < found.score < constants.found_above
    assert found.box == square(120, 120)
    attentive = DaSiamRPN("colours", ColourEngine(), constants).init(scene((120, 120, RED, 1.0)), square(120, 120))
    assert distance(attentive.update(shaded).box, (160, 120)) < 8
