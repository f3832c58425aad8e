from __future__ import annotations

import pytest

from tests.support.moving_square import moving_square
from tests.support.trackers import IdentityTracker
from tracker_core.geometry import Box
from tracker_core.tracking import track
from tracker_core.weights.catalog import load_tracker

IMAGE = moving_square(1)[0][0]
BOX = Box(10, 10, 20, 20)


def test_there_is_a_step_for_each_frame_after_the_first() -> None:
    steps = list(track([IMAGE] * 4, BOX, tracker=IdentityTracker()))
    assert [(step.frame, step.box, step.score) for step in steps] == [(1, BOX, 1.0), (2, BOX, 1.0), (3, BOX, 1.0)]


def test_evidence_comes_if_asked_for() -> None:
    for asked in (True, False):
        (step,) = track([IMAGE] * 2, BOX, tracker=IdentityTracker(), with_evidence=asked)
        assert (step.prediction.evidence is not None) == asked


def test_frames_are_taken_one_by_one() -> None:
    numbers = iter(range(5))
    steps = track((IMAGE for _ in numbers), BOX, tracker=IdentityTracker())
    assert next(steps).frame == 1
    assert next(numbers) == 2


def test_no_frames_are_no_steps() -> None:
    assert list(track([], BOX, tracker=IdentityTracker())) == []


def test_a_box_outside_the_first_frame_is_refused() -> None:
    with pytest.raises(ValueError, match="no area inside the picture"):
        list(track([IMAGE] * 2, Box(-50, -50, 20, 20), tracker=IdentityTracker()))


def test_without_a_tracker_the_default_one_follows() -> None:
    images, truth = moving_square(4)
    target = load_tracker().init(images[0], truth[0])
    assert [step.prediction for step in track(images, truth[0])] == [target.update(image) for image in images[1:]]
