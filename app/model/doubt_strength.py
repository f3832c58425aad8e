"""How likely a box is wrong, from what is known about it: the fitted numbers, and the only place that has them.

``benchmarks.doubt_fit`` measures them on videos whose truth is known and prints the table below. All functions take and
give arrays, an entry a frame.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

FURTHEST: Final = 300
"""Frames. A keyframe farther away than this tells nothing more about a box."""

SUREST: Final = 1e-3
"""No score counts as nearer to 0 or 1, so that one frame cannot outweigh all other signs."""


@dataclass(frozen=True, slots=True)
class Weights:
    """``logit(box is wrong) = intercept + the sum of each weight times its sign``; see ``TrackedSigns``."""

    intercept: float
    score: float
    nearby_score: float
    accord: float
    distance: float
    jump: float
    size_jump: float
    shape_jump: float
    outside: float


@dataclass(frozen=True, slots=True)
class TrackedSigns:
    """What is known of tracked boxes, (N,) each."""

    score: Floats  # logit of the record's score
    nearby_score: Floats  # its mean over the frames around
    accord: Floats  # IoU of what both directions say; NaN where only one direction came by
    distance: Floats  # log(1 + frames to the nearest keyframe), at most ``FURTHEST``
    jump: Floats  # change of motion since the frame before, as a share of the box's side, at most 1
    size_jump: Floats  # change of the logarithm of the side, at most 1
    shape_jump: Floats  # change of the logarithm of width over height, at most 1
    outside: Floats  # share of the box outside the picture


# FITTED: do not edit by hand.
_ONE_SIDED = {
    0.5: Weights(-1.0, -0.7, -0.4, 0.0, 0.2, 1.0, 1.0, 1.0, 1.0),
    0.7: Weights(0.0, -0.6, -0.4, 0.0, 0.3, 1.0, 1.0, 1.0, 1.0),
}
_TWO_SIDED = {
    0.5: Weights(2.5, -0.5, -0.3, -5.0, 0.1, 1.0, 1.0, 1.0, 1.0),
    0.7: Weights(4.0, -0.4, -0.3, -5.5, 0.2, 1.0, 1.0, 1.0, 1.0),
}
# logit = intercept + weight * log(1 + frames to the nearest stored box)
_INTERPOLATED = {0.5: (-4.0, 1.3), 0.7: (-3.0, 1.4)}


def tracked_strength(signs: TrackedSigns, target_iou: float) -> Floats:
    """(N,) how likely each tracked box overlaps its target by less than ``target_iou``."""
    is_one_sided = np.isnan(signs.accord)
    return np.where(
        is_one_sided, _weighed(signs, _ONE_SIDED[target_iou]), _weighed(signs, _TWO_SIDED[target_iou])
    ).astype(np.float32)


def interpolated_strength(frames_away: NDArray[np.int64], target_iou: float) -> Floats:
    """(N,) the same for interpolated boxes, that many frames from the nearest stored one."""
    intercept, weight = _INTERPOLATED[target_iou]
    return logistic(intercept + weight * np.log1p(np.minimum(frames_away, FURTHEST))).astype(np.float32)


def logit(probabilities: Floats) -> Floats:
    """The logarithm of the odds; NaN stays."""
    inside = np.clip(probabilities, SUREST, 1 - SUREST)
    return np.asarray(np.log(inside) - np.log1p(-inside), np.float32)


def logistic(sums: NDArray[np.float64] | Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(np.clip(np.negative(sums), -30, 30))), np.float32)


def _weighed(signs: TrackedSigns, weights: Weights) -> Floats:
    sums = (
        weights.intercept
        + weights.score * signs.score
        + weights.nearby_score * signs.nearby_score
        + weights.accord * np.nan_to_num(signs.accord)
        + weights.distance * signs.distance
        + weights.jump * signs.jump
        + weights.size_jump * signs.size_jump
        + weights.shape_jump * signs.shape_jump
        + weights.outside * signs.outside
    )
    return logistic(sums)
