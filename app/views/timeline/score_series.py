"""The score of a track as a curve, pixel column by pixel column. No widgets here."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.views.timeline.time_axis import TimeAxis


class ScoreColumns(NamedTuple):
    """The visible curve: one entry a pixel column, NaN without a score."""

    lows: NDArray[np.float32]  # (width,)
    highs: NDArray[np.float32]  # (width,)


def score_columns(scores: NDArray[np.float32], axis: TimeAxis) -> ScoreColumns:
    """The lowest and the highest score in each column, so that a single bad frame among a hundred stays visible.

    Args:
        scores: (frames,), NaN where there is none.
    """
    return ScoreColumns(axis.by_column(scores, np.fmin, beyond=np.nan), axis.by_column(scores, np.fmax, beyond=np.nan))


def dip_near(scores: NDArray[np.float32], axis: TimeAxis, x: float, *, reach: int, threshold: float) -> int | None:
    """The frame of the lowest score within ``reach`` pixels of ``x``, or None if none is below the threshold.

    In a zoomed-out view a dip is one frame among hundreds in its column; this lets a click find it.
    """
    first, stop = axis.frame_at(x - reach), axis.frame_at(x + reach) + 1
    near = np.nan_to_num(scores[first:stop], nan=np.inf)
    lowest = int(near.argmin())
    return first + lowest if near[lowest] < threshold else None
