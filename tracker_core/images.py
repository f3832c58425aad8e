"""The arrays that travel between the parts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
"""RGB, (height, width, 3)."""

FloatArray = NDArray[np.float32]
