from __future__ import annotations

import pytest

from tests.support.moving_square import moving_square
from tests.support.trackers import IdentityTracker
from tracker_core.geometry import Box
from tracker_core.track import propagate

IMAGE = moving_square(1)[0][0]
A, B = Box(10, 10, 20, 20), Box(50, 50, 30, 10)


def test_each_frame_is_followed_from_the_keyframe_before_it() -> None:
    frames = [(frame, IMAGE) for frame in range(3, 9)]
    steps = list(propagate(IdentityTracker(), frames, {3: A, 6: B}))
    assert [(step.frame, step.prediction.box) for step in steps] == [(4, A), (5, A), (7, B), (8, B)]


def test_frames_in_falling_order_go_backward() -> None:
    frames = [(frame, IMAGE) for frame in range(6, 1, -1)]
    steps = list(propagate(IdentityTracker(), frames, {6: B, 4: A}))
    assert [(step.frame, step.prediction.box) for step in steps] == [(5, B), (3, A), (2, A)]


def test_evidence_comes_for_the_frames_that_asked() -> None:
    frames = [(frame, IMAGE) for frame in range(5)]
    steps = list(propagate(IdentityTracker(), frames, {0: A}, with_evidence=lambda frame: frame % 2 == 0))
    assert [step.frame for step in steps if step.prediction.evidence is not None] == [2, 4]


def test_frames_are_taken_one_by_one() -> None:
    frames = iter([(frame, IMAGE) for frame in range(5)])
    steps = propagate(IdentityTracker(), frames, {0: A})
    assert next(steps).frame == 1
    assert next(frames)[0] == 2


def test_a_first_frame_without_a_keyframe_is_refused() -> None:
    with pytest.raises(ValueError, match="frame 2 comes before the first keyframe"):
        list(propagate(IdentityTracker(), [(2, IMAGE)], {3: A}))
