"""Each target of a run knows the others as distractors, if its tracker can use them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from app.assist.known_sides import End
from app.assist.run_plan import RunPlan, TrackPlan
from app.assist.stretch import Stretch
from app.assist.tracking_run import TrackingRun
from app.assist.two_sided import TwoSidedRun
from app.model.direction import FORWARD
from tests.support.trackers import IdentityTracker
from tracker_core.geometry import Box
from tracker_core.tracker import Image, Prediction

LEFT, RIGHT, NEAR, OUTSIDE = Box(5, 5, 10, 10), Box(40, 5, 10, 10), Box(7, 5, 10, 10), Box(500, 5, 10, 10)


def picture(frame: int) -> Image:
    image = np.zeros((48, 64, 3), np.uint8)
    image[0, 0] = frame
    return image


@dataclass
class LearningTarget:
    box: Box
    learnt: list[tuple[int, Box]] = field(default_factory=list)  # the frame of the picture, and the box

    def update(self, image: Image, *, with_evidence: bool = False) -> Prediction:
        return Prediction(self.box, 1.0)

    def move_to(self, box: Box) -> None:
        self.box = box

    def add_distractor(self, image: Image, box: Box) -> None:
        self.learnt.append((int(image[0, 0, 0]), box))


class LearningTracker(IdentityTracker):
    def __init__(self) -> None:
        super().__init__()
        self.targets: list[LearningTarget] = []

    def init(self, image: Image, box: Box) -> LearningTarget:  # type: ignore[override]
        self.targets.append(LearningTarget(box))
        return self.targets[-1]


def plan(track_id: int, box: Box, *, frame: int = 3) -> TrackPlan:
    return TrackPlan(track_id, frame, box, frame, box, 9)


def test_targets_of_one_picture_learn_each_other() -> None:
    tracker = LearningTracker()
    plans = (plan(1, LEFT), plan(2, RIGHT), plan(3, NEAR), plan(4, OUTSIDE), plan(5, LEFT, frame=4))
    TrackingRun(RunPlan(plans, FORWARD, 4, 9), tracker, run_id=7).start(picture)
    left, right, near, outside, later = tracker.targets
    assert left.learnt == [(3, RIGHT)]  # not the one that overlaps it, nor the one outside the picture
    assert right.learnt == [(3, LEFT), (3, NEAR)]
    assert near.learnt == [(3, RIGHT)]
    assert outside.learnt == [(3, LEFT), (3, RIGHT), (3, NEAR)]
    assert later.learnt == []


def test_a_target_that_starts_anew_learns_where_the_others_are() -> None:
    tracker = LearningTracker()
    plans = (replace(plan(1, LEFT), keyframes=((5, NEAR),)), plan(2, RIGHT))
    run = TrackingRun(RunPlan(plans, FORWARD, 4, 9), tracker, run_id=7)
    run.start(picture)
    for frame in (4, 5, 6):
        run.step(frame, picture(frame))
    assert tracker.targets[2].box == NEAR
    assert tracker.targets[2].learnt == [(5, RIGHT)]


def test_both_sides_of_a_stretch_learn_the_other_tracks() -> None:
    tracker = LearningTracker()
    stretches = [
        Stretch(track_id, End(3, box, 3, box), End(9, box, 9, box)) for track_id, box in ((1, LEFT), (2, RIGHT))
    ]
    TwoSidedRun(stretches, tracker, run_id=7).start(picture)
    assert [(target.box, target.learnt) for target in tracker.targets] == [
        (LEFT, [(3, RIGHT)]),
        (RIGHT, [(3, LEFT)]),
        (LEFT, [(9, RIGHT)]),
        (RIGHT, [(9, LEFT)]),
    ]


def test_a_tracker_that_cannot_use_them_is_left_alone() -> None:
    run = TrackingRun(RunPlan((plan(1, LEFT), plan(2, RIGHT)), FORWARD, 4, 9), IdentityTracker(), run_id=7)
    run.start(picture)
    assert run.step(4, picture(4)) is None
