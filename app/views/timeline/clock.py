"""The time of a frame, and its text."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from app.model.words import time_text


@dataclass(frozen=True, eq=False)
class Clock:
    """The time of a frame in seconds: its measured time if known, or else by the nominal rate."""

    frame_rate: Fraction = Fraction(25)
    times: NDArray[np.float64] | None = None  # (frames,), seconds from 0

    def seconds(self, frame: int) -> float:
        if self.times is not None and frame < len(self.times):
            return float(self.times[frame])
        return float(frame / self.frame_rate)

    def text(self, frame: int) -> str:
        return time_text(self.seconds(frame))
