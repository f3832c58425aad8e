"""Compares two trackers on a person's boxes that neither was taught.

Each held-back box is reached by tracking from the nearest teaching keyframe, from both sides if there are keyframes on
both, and is judged by overlap. A better mean over a few boxes may be luck, so it is not enough: see ``Comparison``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from statistics import fmean

import numpy as np

from app.assist.learning_plan import Leg, places_of
from app.video.read_ahead import reading_ahead
from tracker_core.tracker import Tracker

LEAST_GAIN = 0.01
"""Of mean overlap; a smaller gain is not worth another model."""
MOST_CHANCE = 0.1
EXACT_UP_TO = 12  # places; with more, signs are drawn at random
DRAWS = 5000


@dataclass(frozen=True, slots=True)
class Quality:
    """How well a tracker follows: mean overlap (IoU) with the held-back boxes, and the share of overlaps from 0.5."""

    overlap: float
    share_half: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """``before`` is the original tracker, ``after`` the learnt one. ``boxes`` and ``places`` count what they were
    judged on. Boxes of one track without a teaching keyframe between them are one place: they succeed or fail together.
    """

    before: Quality
    after: Quality
    boxes: int
    places: int
    chance: float

    @property
    def is_clear(self) -> bool:
        """Whether the learnt tracker gains enough, and by more than luck.

        If both were equally good, each place would favour one or the other like a coin toss. ``chance`` is how often
        coin tosses alone give so large a mean gain; it must be at most 0.1. With four places: better at each.
        """
        return self.after.overlap - self.before.overlap >= LEAST_GAIN and self.chance <= MOST_CHANCE

    @property
    def loses_more(self) -> bool:
        """Whether the learnt one lost more targets. A higher mean overlap does not make up for that."""
        return self.after.share_half < self.before.share_half

    @property
    def is_better(self) -> bool:
        return self.is_clear and not self.loses_more


def compare(
    before: Tracker, after: Tracker, legs: Sequence[Leg], video: Path, *, on_frame: Callable[[], None] = lambda: None
) -> Comparison:
    """Track all legs with both trackers. ``on_frame`` is called after each frame, and may raise to stop.

    Raises:
        VideoError: if a frame cannot be read.
    """
    found: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for leg in legs:
        goals = dict(leg.goals)
        with reading_ahead(video, leg.frames) as pictures:
            _, image = next(pictures)
            targets = [tracker.init(image, leg.start_box) for tracker in (before, after)]
            on_frame()
            for frame, image in pictures:
                boxes = [target.update(image).box for target in targets]
                if frame in goals:
                    overlaps = goals[frame].iou(boxes[0]), goals[frame].iou(boxes[1])
                    found.setdefault((leg.track_id, frame), []).append(overlaps)
                on_frame()
    overlaps_of = {goal: (fmean(b for b, _ in ways), fmean(a for _, a in ways)) for goal, ways in found.items()}
    ways = [way for of_goal in found.values() for way in of_goal]
    gains = _gains(overlaps_of, legs)
    return Comparison(
        before=Quality(fmean(b for b, _ in overlaps_of.values()), fmean(b >= 0.5 for b, _ in ways)),
        after=Quality(fmean(a for _, a in overlaps_of.values()), fmean(a >= 0.5 for _, a in ways)),
        boxes=len(overlaps_of),
        places=len(gains),
        chance=chance_of(gains),
    )


def chance_of(gains: Sequence[float]) -> float:
    """The share of all choices of signs for which the mean of these numbers is at least as large. In (0, 1]."""
    values = np.asarray(gains, np.float64)
    if len(values) <= EXACT_UP_TO:
        signs = np.array(list(product((-1.0, 1.0), repeat=len(values))))
    else:
        signs = np.random.default_rng(0).choice((-1.0, 1.0), size=(DRAWS, len(values)))
        signs[0] = 1.0
    return float((signs @ values >= values.sum() - 1e-9).mean())


def _gains(overlaps: Mapping[tuple[int, int], tuple[float, float]], legs: Sequence[Leg]) -> list[float]:
    """The mean gain of each place."""
    of_place: dict[tuple[int, int], list[float]] = {}
    places = places_of(legs)
    for goal, (before, after) in overlaps.items():
        of_place.setdefault(places[goal], []).append(after - before)
    return [fmean(gains) for gains in of_place.values()]
