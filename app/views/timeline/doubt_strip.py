"""A strip below the ruler that shows where tracks are doubtful. The more tracks, the stronger its colour."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from app.views.style.colours import DOUBT
from app.views.timeline.pixels import image_of, packed, premultiplied
from app.views.timeline.time_axis import TimeAxis

SHADES = 4
"""From this many doubtful tracks in a column on, the colour is at its strongest."""


def paint_doubt_strip(painter: QPainter, rect: QRect, axis: TimeAxis, counts: NDArray[np.uint16]) -> None:
    """``counts``: (frames,) the number of doubtful tracks at each frame."""
    seen = axis.by_column(counts, np.maximum, beyond=np.uint16(0))
    share = (np.minimum(seen, SHADES) / SHADES * 0.6 + 0.4) * (seen > 0)
    line = packed(premultiplied(DOUBT) * share[:, np.newaxis].astype(np.float32))
    painter.drawImage(rect, image_of(line[np.newaxis, :]))
