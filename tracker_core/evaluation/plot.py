"""A curve over a threshold as a PNG, drawn with OpenCV: plots need no plotting library at run time."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from tracker_core.tracker import Image

WIDTH, HEIGHT = 640, 480
LEFT, TOP, RIGHT, BOTTOM = 76, 52, 616, 416
SUPERSAMPLING = 4

INK, GRID, LINE = (40, 40, 40), (225, 225, 225), (59, 130, 246)  # RGB


def draw_curve(x: NDArray[np.float64], y: NDArray[np.float64], *, title: str, x_label: str, y_label: str) -> bytes:
    """A PNG of 640 x 480: y in [0, 1] over x from 0 to its last value, both (T,)."""
    canvas: Image = np.full((HEIGHT * SUPERSAMPLING, WIDTH * SUPERSAMPLING, 3), 255, dtype=np.uint8)
    for step in range(11):
        fraction = step / 10
        column, row = _point(fraction, fraction)
        _line(canvas, [(column, TOP), (column, BOTTOM)], GRID, 1)
        _line(canvas, [(LEFT, row), (RIGHT, row)], GRID, 1)
        if step % 2 == 0:
            _text(canvas, f"{fraction * x[-1]:g}", (column, BOTTOM + 22), 0.45)
            _text(canvas, f"{fraction:.1f}", (LEFT - 24, row + 5), 0.45)
    _line(canvas, [(LEFT, TOP), (LEFT, BOTTOM), (RIGHT, BOTTOM)], INK, 1.5)
    _line(canvas, [_point(a, b) for a, b in zip(x / x[-1], y, strict=True)], LINE, 2.5)
    _text(canvas, title, (WIDTH / 2, 30), 0.6)
    _text(canvas, x_label, ((LEFT + RIGHT) / 2, HEIGHT - 18), 0.5)
    _text(canvas, y_label, (LEFT - 32, TOP - 14), 0.45, centred=False)
    small = cv2.resize(canvas, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    encoded, png = cv2.imencode(".png", cv2.cvtColor(small, cv2.COLOR_RGB2BGR))
    assert encoded
    return png.tobytes()


def _point(across: float, up: float) -> tuple[float, float]:
    return LEFT + across * (RIGHT - LEFT), BOTTOM - up * (BOTTOM - TOP)


def _line(canvas: Image, points: list[tuple[float, float]], colour: tuple[int, int, int], width: float) -> None:
    corners = np.rint(np.array(points) * SUPERSAMPLING).astype(np.int32)
    cv2.polylines(canvas, [corners], isClosed=False, color=colour, thickness=round(width * SUPERSAMPLING))


def _text(canvas: Image, text: str, at: tuple[float, float], size: float, *, centred: bool = True) -> None:
    """``at`` is the middle of the baseline, or its left end."""
    scale, thickness = size * SUPERSAMPLING, SUPERSAMPLING
    (width, _), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, scale, thickness)
    left = at[0] * SUPERSAMPLING - (width / 2 if centred else 0)
    place = (round(left), round(at[1] * SUPERSAMPLING))
    cv2.putText(canvas, text, place, cv2.FONT_HERSHEY_SIMPLEX, scale, INK, thickness, cv2.LINE_AA)
