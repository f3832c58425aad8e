"""Boxes without anchors: the network says how far the four sides are from the point of each cell of the score map."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from tracker_core.decision.score_map import TrackingConstants
from tracker_core.images import FloatArray

LONGEST = 8.0
"""Logarithms of distances are clipped to +- this: 3,000 pixels, where a search region has 255."""


@dataclass(frozen=True)
class NanoTrackConstants(TrackingConstants):
    """Of NanoTrack. The published program lets no side get shorter than 10 pixels.

    Raises:
        ValueError: if one is out of its range.
    """

    smallest_side: float = 10.0

    def __post_init__(self) -> None:
        super().__post_init__()
        if not 1 <= self.smallest_side <= 1000:
            raise ValueError(f"smallest_side must be between 1 and 1000 pixels; got {self.smallest_side}")

    @property
    def least_side(self) -> float:
        return self.smallest_side


@lru_cache(maxsize=16)
def points(size: int, stride: int) -> FloatArray:
    """(S,) offsets of the cells' points from the centre of the crop, the same for rows and columns."""
    return (np.arange(size, dtype=np.float32) - size // 2) * stride


def decode(logarithms: FloatArray, *, stride: int) -> FloatArray:
    """(4, S, S) logarithms of the distances to the left, top, right and bottom side -> (4, 1, S, S) cx, cy, width,
    height in pixels of the crop relative to its centre.
    """
    left, top, right, bottom = np.exp(np.clip(logarithms, -LONGEST, LONGEST))
    offsets = points(logarithms.shape[-1], stride)
    cx, cy = offsets[None, :] + (right - left) / 2, offsets[:, None] + (bottom - top) / 2
    return np.stack([cx, cy, left + right, top + bottom])[:, None]
