"""The anchor grid of a region proposal network: k boxes on every cell of the score map.

Coordinates are pixels of the search-region crop, relative to the centre of the crop. The flat order is that of the
published code, anchor slowest: ``k * S * S + row * S + column``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from tracker_core.images import FloatArray

RATIOS = (0.33, 0.5, 1.0, 2.0, 3.0)  # height / width
SCALE = 8


@dataclass(frozen=True)
class AnchorGrid:
    """``len(ratios)`` anchors on each of ``size x size`` cells, ``stride`` pixels apart (SiamRPN, section 3.2)."""

    size: int
    stride: int = 8
    ratios: tuple[float, ...] = RATIOS
    scale: int = SCALE

    @property
    def count(self) -> int:
        """Anchors a cell: k."""
        return len(self.ratios)

    @cached_property
    def sides(self) -> FloatArray:
        """(k, 2): width and height. Truncated as in the published code, whose weights expect that."""
        area = self.stride * self.stride
        widths = [int(math.sqrt(area / ratio)) for ratio in self.ratios]
        heights = [int(width * ratio) for width, ratio in zip(widths, self.ratios, strict=True)]
        return np.array([widths, heights], np.float32).T * self.scale

    @cached_property
    def centres(self) -> FloatArray:
        """(S,): offsets of the cells from the centre of the crop, the same for rows and columns."""
        return (np.arange(self.size, dtype=np.float32) - self.size // 2) * self.stride

    @cached_property
    def boxes(self) -> FloatArray:
        """(4, k, S, S): cx, cy, width, height of every anchor."""
        shape = (self.count, self.size, self.size)
        cx = np.broadcast_to(self.centres[None, None, :], shape)
        cy = np.broadcast_to(self.centres[None, :, None], shape)
        width = np.broadcast_to(self.sides[:, 0, None, None], shape)
        height = np.broadcast_to(self.sides[:, 1, None, None], shape)
        return np.ascontiguousarray(np.stack([cx, cy, width, height]))

    def decode(self, deltas: FloatArray) -> FloatArray:
        """(4, k, S, S) network deltas to cx, cy, width, height: ``cx = dx * aw + ax``, ``w = exp(dw) * aw``."""
        cx, cy, width, height = self.boxes
        # An untrained network may ask for e^1000; no real target changes its size by more than e^6 from an anchor.
        growth = np.exp(np.clip(deltas[2:], -6.0, 6.0))
        return np.stack([deltas[0] * width + cx, deltas[1] * height + cy, growth[0] * width, growth[1] * height])


@lru_cache(maxsize=32)
def anchor_grid(size: int, scale: int = SCALE) -> AnchorGrid:
    """The grid for a score map of that size. Cached: there are only a few sizes of search regions."""
    return AnchorGrid(size, scale=scale)
