"""Fuses two runs between two keyframes, one from each. Each is first bent so that it ends in the other keyframe.

Arrays of boxes are (N, 4): x, y, width, height, one row for each frame between the keyframes, in order of time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tracker_core.geometry import Box

Floats = NDArray[np.float64]

ARRIVED_FROM: Final = 0.3
"""IoU with the other keyframe below which a run has lost the target on the way and is not bent."""

SAME_FROM: Final = 0.4
"""IoU below which the two runs follow different things, so that one of them must be chosen."""

LINE_SHARE: Final = 0.7
"""The largest weight of the straight line between two keyframes, which is steadier than a tracker if they are close.
The weight falls with their distance, and is 0 where a run is far from the line.
"""

LINE_FRAMES: Final = 30.0  # at this distance of keyframes the line has a third of that weight
ON_LINE: Final = (0.4, 0.6)
"""IoU of a box with the line: below the first value the line has no weight, above the second its full weight."""

LEAST_SCORE: Final = 1e-3  # a score of 0 proves nothing


@dataclass(frozen=True, slots=True)
class Ingredients:
    """The parts of fusion. Each can be switched off, so that ``bench effort`` can measure what it contributes."""

    bend: bool = True
    fuse: bool = True  # else only the forward run counts
    switch: bool = True  # else the runs are always averaged
    line: bool = True  # else the straight line has no weight


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """The result of one run, in tracking order, from the frame next to its keyframe: ``boxes`` (N, 4) and ``scores``
    (N,). A complete run reaches and includes the other keyframe; a run that lost its target is shorter.
    """

    boxes: Floats
    scores: Floats

    @classmethod
    def of(cls, predictions: Sequence[tuple[Box, float]]) -> Side:
        boxes = np.array([box.as_tuple() for box, _ in predictions], np.float64).reshape(-1, 4)
        return cls(boxes, np.array([score for _, score in predictions], np.float64))

    def __len__(self) -> int:
        return len(self.scores)


@dataclass(frozen=True, slots=True, eq=False)
class Fused:
    """``boxes`` (N, 4), ``scores`` (N,) and ``accords`` (N,): the IoU of both runs, NaN where one has no box."""

    boxes: Floats
    scores: Floats
    accords: Floats


def fuse(
    forward: Side, backward: Side, *, first: Box, last: Box, frames_between: int, use: Ingredients | None = None
) -> Fused:
    """The fused boxes of the frames between two keyframes.

    Args:
        first, last: the boxes of the keyframes before and after.
        frames_between: the number of frames between the two.
    """
    use = use or Ingredients()
    count = frames_between
    ahead, ahead_scores = _laid_out(forward, count, meets=last, bend=use.bend)
    back, back_scores = (values[::-1] for values in _laid_out(backward, count, meets=first, bend=use.bend))
    if not use.fuse:
        back = np.full_like(back, np.nan)
    accords = ious(ahead, back)
    share = (np.arange(1, count + 1) / (count + 1))[:, None]
    mean = from_place(as_place(ahead) * (1 - share) + as_place(back) * share)
    has_ahead, has_back = ~np.isnan(ahead[:, 0]), ~np.isnan(back[:, 0])
    takes_ahead = has_ahead & ~has_back
    both = has_ahead & has_back
    if use.switch and (accords[both] < SAME_FROM).any():
        chosen = np.arange(count) < _switch(ahead, back, ahead_scores, back_scores)
        takes_ahead |= both & chosen & (accords < SAME_FROM)
        takes_back = (has_back & ~has_ahead) | (both & ~chosen & (accords < SAME_FROM))
    else:
        takes_back = has_back & ~has_ahead
    boxes = np.where(takes_ahead[:, None], ahead, np.where(takes_back[:, None], back, mean))
    if use.line:
        boxes = _drawn_to_line(boxes, first, last)
    mean_scores = ahead_scores * (1 - share[:, 0]) + back_scores * share[:, 0]
    scores = np.where(takes_ahead, ahead_scores, np.where(takes_back, back_scores, mean_scores))
    return Fused(boxes, scores, accords)


def bent(boxes: Floats, meets: Box) -> Floats:
    """A complete run, (N, 4) -> (N, 4), bent to end in the other keyframe's box. Drift accumulates, so the correction
    grows with the square of the distance from the run's start.
    """
    if len(boxes) == 0 or ious(boxes[-1:], np.array([meets.as_tuple()]))[0] <= ARRIVED_FROM:
        return boxes
    places = as_place(boxes)
    missed = as_place(np.array([meets.as_tuple()])) - places[-1:]
    gone = (np.arange(1, len(boxes) + 1) / len(boxes))[:, None]
    return from_place(places + missed * gone**2)


def ious(one: Floats, other: Floats) -> Floats:
    """(N, 4) and (N, 4) -> (N,); NaN where a box is missing."""
    low = np.maximum(one[:, :2], other[:, :2])
    high = np.minimum(one[:, :2] + one[:, 2:], other[:, :2] + other[:, 2:])
    overlap = np.maximum(high - low, 0).prod(axis=1)
    union = one[:, 2:].prod(axis=1) + other[:, 2:].prod(axis=1) - overlap
    return np.asarray(np.minimum(overlap / np.maximum(union, 1e-12), 1), np.float64)


def as_place(boxes: Floats) -> Floats:
    """(N, 4) -> (N, 4): centre x, centre y, log width, log height. Logarithms, so that sizes are averaged as ratios."""
    sides = np.log(np.maximum(boxes[:, 2:], 1e-3))
    return np.concatenate([boxes[:, :2] + boxes[:, 2:] / 2, sides], axis=1)


def from_place(places: Floats) -> Floats:
    """The inverse of ``as_place``, (N, 4) -> (N, 4)."""
    sides = np.exp(places[:, 2:])
    return np.concatenate([places[:, :2] - sides / 2, sides], axis=1)


def _drawn_to_line(boxes: Floats, first: Box, last: Box) -> Floats:
    """Boxes between two keyframes, pulled towards the straight line between them."""
    if len(boxes) == 0 or np.isnan(boxes).any():
        return boxes
    share = (np.arange(1, len(boxes) + 1) / (len(boxes) + 1))[:, None]
    ends = as_place(np.array([first.as_tuple(), last.as_tuple()]))
    line = ends[:1] * (1 - share) + ends[1:] * share
    least, fully = ON_LINE
    closeness = np.clip((ious(boxes, from_place(line)).min() - least) / (fully - least), 0, 1)
    weight = LINE_SHARE * np.exp(-(len(boxes) + 1) / LINE_FRAMES) * closeness
    return from_place(as_place(boxes) * (1 - weight) + line * weight)


def _laid_out(side: Side, count: int, *, meets: Box, bend: bool) -> tuple[Floats, Floats]:
    """(count, 4) boxes and (count,) scores of a run in tracking order; NaN for frames that it did not reach."""
    boxes, scores = np.full((count, 4), np.nan), np.full(count, np.nan)
    is_whole = len(side) > count
    known = bent(side.boxes[: count + 1], meets) if bend and is_whole else side.boxes
    reached = min(len(side), count)
    boxes[:reached], scores[:reached] = known[:reached], side.scores[:reached]
    return boxes, scores


def _switch(ahead: Floats, back: Floats, ahead_scores: Floats, back_scores: Floats) -> int:
    """After how many frames the backward run should replace the forward one."""
    lost_ahead, lost_back = (_unlikely(scores) for scores in (ahead_scores, back_scores))
    cost = np.concatenate([[0.0], np.cumsum(lost_ahead)]) + np.concatenate([np.cumsum(lost_back[::-1])[::-1], [0.0]])
    apart = np.hypot(*(as_place(ahead) - as_place(back))[:, :2].T) / np.sqrt(ahead[:, 2] * ahead[:, 3])
    apart = np.nan_to_num(apart)
    leap = np.concatenate([apart[:1], (apart[1:] + apart[:-1]) / 2, apart[-1:]])
    return int(np.argmin(cost + leap))


def _unlikely(scores: Floats) -> Floats:
    """The cost of each box; highest for frames that the run did not reach."""
    return -np.log(np.clip(np.nan_to_num(scores), LEAST_SCORE, 1))
