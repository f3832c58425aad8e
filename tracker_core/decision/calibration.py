"""From a number to a probability. Plain numpy.

A score or a distance orders frames; a calibration says how likely "yes" is at each value, as fitted on frames whose
truth is known (``benchmarks.fitting``). It assumes the same share of "yes" as in those frames: a fit on equally many of
both gives the probability for data with equally many of both.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tracker_core.decision.score_map import Constants, logistic

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Calibration(Constants):
    """``probability = 1 / (1 + exp(-(slope * value + intercept)))`` (Platt, "Probabilistic outputs for support vector
    machines", 1999). The slope is negative if small values mean "yes", as distances do. Unfitted it always says one
    half.
    """

    slope: float = 0.0
    intercept: float = 0.0

    def probability(self, values: ArrayLike) -> Floats:
        """The probability of "yes", in [0, 1], for each value; the shape stays."""
        return logistic(self.slope * np.asarray(values, np.float64) + self.intercept)
