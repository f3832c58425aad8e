"""The types of the arrays that modules pass to each other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
"""RGB, (height, width, 3)."""

FloatArray = NDArray[np.float32]
