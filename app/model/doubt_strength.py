"""Computes how likely a box is wrong. All fitted numbers are here.

``benchmarks.doubt_fit`` measures them on videos whose truth is known and prints the table below. All functions take and
return arrays with one entry a frame.
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
"""Scores are clipped this far from 0 and 1, so that one frame cannot outweigh all other signs."""


@dataclass(frozen=True, slots=True)
class Weights:
    """``logit(box is wrong) = intercept + the sum of each weight times its sign``; see ``TrackedSigns``."""

    intercept: float
    score: float
    nearby_score: float
    accord: float
    distance: float
    shape_since: float


@dataclass(frozen=True, slots=True)
class TrackedSigns:
    """Signs that tracked boxes may be wrong, (N,) each."""

    score: Floats  # logit of the record's score
    nearby_score: Floats  # its mean over neighbouring frames
    accord: Floats  # IoU of the boxes from both directions; NaN where there is only one
    distance: Floats  # log(1 + frames to the nearest box that a person drew or reviewed), at most ``FURTHEST``
    shape_since: Floats  # change of the logarithm of width over height since that box, at most 1


# Fitted with NanoTrack v3, its score calibrated, on 17 videos (33,000 boxes), each video counting the same. Fitted on
# 16 of them, it orders the boxes of the 17th with a mean area under ROC of .74 and .68 (one side, IoU .5 and .7) and of
# .84 and .76 (two sides). Jumps of place, size and shape, and the share outside the picture, add nothing.
_ONE_SIDED = {
    0.5: Weights(0.588, -0.208, -1.212, 0.0, 0.050, 0.512),
    0.7: Weights(1.009, -0.462, -0.255, 0.0, 0.0, 2.054),
}
_TWO_SIDED = {
    0.5: Weights(-0.294, -0.400, -0.704, -2.280, 0.399, 0.0),
    0.7: Weights(2.866, -0.205, -0.811, -3.041, 0.080, 0.539),
}
# Of lines between true boxes of the same videos: intercept + weight * log(1 + frames to the nearest stored box).
_INTERPOLATED = {0.5: (-3.313, 1.314), 0.7: (-2.688, 1.441)}


PARTED_BELOW: Final = 0.3
"""IoU of the two directions. Below it they follow two different things, and a person should see which one was
chosen.
"""

_PARTED = 0.25  # one in six such boxes is wrong at IoU .5, one in two at .7; doubtful by the default rules


def tracked_strength(signs: TrackedSigns, target_iou: float) -> Floats:
    """(N,) how likely each tracked box overlaps its target by less than ``target_iou``."""
    two_sided = np.maximum(_weighed(signs, _TWO_SIDED[target_iou]), np.where(signs.accord < PARTED_BELOW, _PARTED, 0))
    one_sided = _weighed(signs, _ONE_SIDED[target_iou])
    return np.where(np.isnan(signs.accord), one_sided, two_sided).astype(np.float32)


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
        + weights.shape_since * signs.shape_since
    )
    return logistic(sums)
