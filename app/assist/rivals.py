"""Tells the targets of a run about each other: another track's target is a distractor, however similar it looks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker_core.decision.distractors import SAME_OBJECT
from tracker_core.geometry import Box
from tracker_core.tracker import Image, LearnsDistractors, Target


@dataclass(frozen=True, slots=True)
class Shown:
    """A new target, and the box that it was made from."""

    track_id: int
    target: Target
    box: Box


def introduce(shown: Sequence[Shown], image: Image) -> None:
    """Targets from the same picture learn each other's boxes as distractors, if their tracker can use them."""
    for one in shown:
        others = {other.track_id: other.box for other in shown if other.track_id != one.track_id}
        learn_others(one.target, one.box, others.values(), image)


def learn_others(target: Target, box: Box, others: Iterable[Box], image: Image) -> None:
    """Teach a target the other boxes of its picture as distractors. A box that overlaps its own is left out: it may
    show the same object, or its exemplar would show the target too.
    """
    if not isinstance(target, LearnsDistractors):
        return
    height, width = image.shape[:2]
    for other in others:
        if other.iou(box) <= SAME_OBJECT and other.clipped(width=width, height=height).area > 0:
            target.add_distractor(image, other)
