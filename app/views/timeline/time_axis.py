"""The time axis shared by ruler, rows and score curve. Converts frames to pixels and back. No widgets here."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Self, TypeVar

import numpy as np
from numpy.typing import NDArray

WIDEST_FRAME = 40.0  # pixels; zooming in further shows nothing more
PAGE_MARGIN = 0.1  # share of the width: the playhead's distance from the edge after a page turn
TICK_STEPS = (1, 2, 5)
ROUNDING = 1e-6  # pixels or frames: the tolerance for whole numbers


Value = TypeVar("Value", bound=np.generic)


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """A window of ``width`` pixels on a strip of ``frame_count`` frames, each ``scale`` pixels wide.

    ``offset`` is in whole pixels, so that panning never moves a frame from one pixel column to another.
    """

    frame_count: int
    width: int
    scale: float
    offset: int = 0

    @classmethod
    def fitted(cls, *, frame_count: int, width: int) -> Self:
        """The whole video in the available width."""
        width = max(width, 1)
        return cls(frame_count, width, width / max(frame_count, 1))

    @property
    def is_fitted(self) -> bool:
        return self.scale * self.frame_count <= self.width + ROUNDING

    @property
    def max_offset(self) -> int:
        return max(0, math.ceil(self.scale * self.frame_count - ROUNDING) - self.width)

    def x_of(self, frame: float) -> float:
        """The left edge of a frame; its centre is ``x_of(frame + 0.5)``."""
        return frame * self.scale - self.offset

    def frame_at(self, x: float) -> int:
        """The frame at this pixel; the first or last one beyond the ends."""
        return min(max(math.floor((x + self.offset) / self.scale), 0), max(self.frame_count - 1, 0))

    def resized(self, width: int) -> TimeAxis:
        """The axis with another width and the same zoom; a fitted axis stays fitted."""
        whole = TimeAxis.fitted(frame_count=self.frame_count, width=width)
        if self.is_fitted or self.scale < whole.scale:
            return whole
        return replace(self, width=whole.width).panned_to(self.offset)

    def zoomed(self, factor: float, *, at_x: float) -> TimeAxis:
        """The axis with frames ``factor`` times as wide; the frame under ``at_x`` stays there."""
        whole = TimeAxis.fitted(frame_count=self.frame_count, width=self.width)
        scale = min(max(self.scale * factor, whole.scale), max(WIDEST_FRAME, whole.scale))
        offset = round((at_x + self.offset) * scale / self.scale - at_x)
        return replace(self, scale=scale).panned_to(offset)

    def panned_to(self, offset: int) -> TimeAxis:
        return replace(self, offset=min(max(offset, 0), self.max_offset))

    def turned_to(self, frame: int) -> TimeAxis:
        """The axis at the page with this frame: unchanged if it is visible, or else with most of the page after it."""
        left, right = self.x_of(frame), self.x_of(frame + 1)
        if left >= 0 and right <= self.width:
            return self
        margin = self.width * PAGE_MARGIN
        x = margin if right > self.width else self.width - margin - self.scale
        return self.panned_to(round(frame * self.scale - x))

    def nudged_to(self, frame: int) -> TimeAxis:
        """The smallest move that shows this frame."""
        beyond_left, beyond_right = self.x_of(frame), self.x_of(frame + 1) - self.width
        if beyond_left < 0:
            return self.panned_to(self.offset + math.floor(beyond_left))
        return self.panned_to(self.offset + math.ceil(beyond_right)) if beyond_right > 0 else self

    def by_column(self, values: NDArray[Value], reduction: np.ufunc, *, beyond: float | np.generic) -> NDArray[Value]:
        """The value of each pixel column: that of its frame, or the values of its frames reduced to one.

        Args:
            values: (frames,)
            beyond: the value of columns after the last frame.

        Returns:
            (width,)
        """
        columns = np.full(self.width, beyond, dtype=values.dtype)
        starts, stop = _columns_in_view(self)
        if len(starts):
            seen = values[starts[0] : stop]
            columns[: len(starts)] = (
                seen[starts - starts[0]] if self.scale >= 1 else reduction.reduceat(seen, starts - starts[0])
            )
        return columns

    def tick_step(self, *, pixels: float) -> int:
        """The smallest 1, 2 or 5 times a power of ten, in frames, that is at least this many pixels wide."""
        power = 1
        while True:
            for step in TICK_STEPS:
                if step * power * self.scale >= pixels:
                    return step * power
            power *= 10


@lru_cache(maxsize=4)
def _columns_in_view(axis: TimeAxis) -> tuple[NDArray[np.int64], int]:
    """The first frame of each pixel column up to the last frame of the video, and where the frames in view stop.

    A frame wider than a pixel is in every column whose centre it covers; a narrower one is in the column of its left
    edge. Cached, because every row asks for the same.
    """
    columns = np.arange(axis.width) + axis.offset
    starts = np.floor((columns + 0.5) / axis.scale) if axis.scale >= 1 else np.ceil(columns / axis.scale - ROUNDING)
    starts = starts.astype(np.int64)
    stop = math.ceil((axis.offset + axis.width) / axis.scale - ROUNDING)
    return starts[starts < axis.frame_count], min(stop, axis.frame_count)
