"""When a frame is shown, and how that is written."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray


def format_time(seconds: float) -> str:
    """``0:08.56``, and ``1:02:03.45`` from an hour on."""
    hundredths = round(seconds * 100)
    minutes, rest = divmod(hundredths, 6000)
    hours, minutes = divmod(minutes, 60)
    tail = f"{rest // 100:02d}.{rest % 100:02d}"
    return f"{hours}:{minutes:02d}:{tail}" if hours else f"{minutes}:{tail}"


@dataclass(frozen=True, eq=False)
class Clock:
    """Seconds of a frame: as measured where the times are known, else by the nominal rate."""

    frame_rate: Fraction = Fraction(25)
    times: NDArray[np.float64] | None = None  # (frames,), seconds from 0

    def seconds(self, frame: int) -> float:
        if self.times is not None and frame < len(self.times):
            return float(self.times[frame])
        return float(frame / self.frame_rate)

    def text(self, frame: int) -> str:
        return format_time(self.seconds(frame))
