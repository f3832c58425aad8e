"""What is in a matplotlib figure, as numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def values_of(line: Any) -> NDArray[np.float64]:
    """(T, 2) x and y of a line."""
    return np.asarray(line.get_xydata(), np.float64)


def points_of(scatter: Any) -> NDArray[np.float64]:
    """(N, 2) x and y of scattered points."""
    return np.asarray(scatter.get_offsets(), np.float64)
