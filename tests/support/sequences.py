"""Annotated sequences without files."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np

from tracker_core.evaluation import sequences
from tracker_core.tracker import Image

ABSENT = (math.nan,) * 4


def black_sequence(
    truth: Sequence[Sequence[float]], *, name: str = "black", first_pixel: int = 0
) -> sequences.Sequence:
    """Black pictures, 100 wide and 80 high, with the given truth rows."""

    def frames() -> Iterator[Image]:
        for _ in truth:
            yield np.zeros((80, 100, 3), dtype=np.uint8)

    return sequences.Sequence(
        name=name, truth=np.array(truth, dtype=np.float64), open_frames=frames, first_pixel=first_pixel
    )
