"""Many targets in one forward pass: as if each were alone."""

from __future__ import annotations

import pytest

from tests.support.moving_square import moving_square
from tests.support.networks import CONSTANTS, CountingEngine, random_tracker
from tests.support.trackers import IdentityTracker
from tracker_core.group import MOST_AT_ONCE, update_all
from tracker_core.trackers.siamrpnpp import SiamRPNPP


def test_a_target_among_others_goes_where_it_goes_alone() -> None:
    images, truth = moving_square(6)
    tracker = random_tracker()
    starts = [truth[0], truth[0].translated(dx=9, dy=-4), truth[2]]
    together = [tracker.init(images[0], box) for box in starts]
    alone = [tracker.init(images[0], box) for box in starts]
    for image in images[1:]:
        found = update_all(together, image)
        for prediction, target in zip(found, alone, strict=True):
            assert prediction.box.as_tuple() == pytest.approx(target.update(image).box.as_tuple(), abs=1e-2)
            assert prediction.evidence is None


def test_targets_of_one_network_share_one_call() -> None:
    images, truth = moving_square(2)
    engine, other = CountingEngine(), CountingEngine()
    tracker, stranger = SiamRPNPP("a", engine, CONSTANTS), SiamRPNPP("b", other, CONSTANTS)
    targets = [tracker.init(images[0], truth[0]), stranger.init(images[0], truth[0]), tracker.init(images[0], truth[1])]
    update_all(targets, images[1])
    assert (engine.calls, other.calls) == ([2], [1])


def test_a_crowd_goes_through_in_parts_and_everybody_gets_its_own_answer() -> None:
    images, truth = moving_square(2)
    engine = CountingEngine()
    tracker = SiamRPNPP("a", engine, CONSTANTS)
    starts = [truth[0].translated(dx=i % 5, dy=-(i % 3)) for i in range(2 * MOST_AT_ONCE + 3)]
    found = update_all([tracker.init(images[0], box) for box in starts], images[1])
    assert engine.calls == [MOST_AT_ONCE, MOST_AT_ONCE, 3]
    for prediction, box in zip(found, starts, strict=True):
        alone = tracker.init(images[0], box).update(images[1])
        assert prediction.box.as_tuple() == pytest.approx(alone.box.as_tuple(), abs=1e-2)


def test_only_the_chosen_one_says_why() -> None:
    images, truth = moving_square(2)
    tracker = random_tracker()
    targets = [tracker.init(images[0], box) for box in truth]
    first, second = update_all(targets, images[1], evidence_of=targets[1])
    assert first.evidence is None
    assert second.evidence is not None


def test_a_target_without_a_network_is_updated_by_itself() -> None:
    images, truth = moving_square(2)
    still, moving = IdentityTracker().init(images[0], truth[0]), random_tracker().init(images[0], truth[0])
    predictions = update_all([still, moving], images[1])
    assert predictions[0].box == truth[0]
    assert predictions[1].box == moving.box


def test_nobody_to_follow_is_no_work() -> None:
    assert update_all([], moving_square(1)[0][0]) == []
