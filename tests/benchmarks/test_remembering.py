"""A remembering tracker gives the same predictions, and computes each only once."""

from __future__ import annotations

from benchmarks.remembering import RememberingTracker
from tests.benchmarks.test_people import SlippingTracker
from tests.support.moving_square import moving_square
from tracker_core.geometry import Box
from tracker_core.images import Image
from tracker_core.tracker import Tracker

IMAGES, BOXES = moving_square(20)


def boxes_of(tracker: Tracker, images: list[Image], start: Box = BOXES[0]) -> list[Box]:
    target = tracker.init(images[0], start)
    return [target.update(image).box for image in images[1:]]


def test_what_was_asked_before_is_not_tracked_again() -> None:
    plain = boxes_of(SlippingTracker(), IMAGES)
    remembering = RememberingTracker(SlippingTracker())
    assert boxes_of(remembering, IMAGES[:10]) == plain[:9]
    assert remembering.steps == 9
    assert boxes_of(remembering, IMAGES) == plain
    assert remembering.steps == 19


def test_another_way_from_the_same_box_is_another_run() -> None:
    remembering = RememberingTracker(SlippingTracker())
    boxes_of(remembering, IMAGES[:10])
    skipping = IMAGES[:5] + IMAGES[8:]
    assert boxes_of(remembering, skipping) == boxes_of(SlippingTracker(), skipping)
    assert remembering.steps == 9 + 4 + 12  # the way to the fork is gone again: the target had gone on


def test_another_box_is_another_target() -> None:
    remembering = RememberingTracker(SlippingTracker())
    boxes_of(remembering, IMAGES[:3])
    boxes_of(remembering, IMAGES[:3], BOXES[0].translated(dx=1, dy=0))
    assert remembering.steps == 4


def test_a_moved_target_goes_on_from_there() -> None:
    remembering, plain = RememberingTracker(SlippingTracker()), SlippingTracker()
    for tracker in (remembering, plain):
        target = tracker.init(IMAGES[0], BOXES[0])
        target.update(IMAGES[1])
        target.move_to(BOXES[2])
        assert target.box == BOXES[2]
        assert target.update(IMAGES[3]).score > 0.9
