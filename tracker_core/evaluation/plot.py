"""Curves and points as a PNG, drawn with OpenCV: plots need no plotting library at run time."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from tracker_core.images import Image

WIDTH, HEIGHT = 640, 480
LEFT, TOP, RIGHT, BOTTOM = 76, 64, 616, 416
SUPERSAMPLING = 4

INK, GRID, LINE = (40, 40, 40), (225, 225, 225), (59, 130, 246)  # RGB
MARK, FAINT_POINT = (234, 88, 12), (160, 160, 160)

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Plot:
    """y in [0, 1] over x from 0 to ``x_end``. A NaN in y breaks the line."""

    x: Floats  # (T,)
    y: Floats  # (T,)
    x_label: str
    y_label: str = "share of frames"
    x_end: float | None = None  # without: the last x
    verticals: tuple[float, ...] = ()  # places on x to mark
    points: bool = False  # points in place of a line: the last one large, the others faint
    diagonal: bool = False  # a faint line from 0, 0 to the far corner, to compare with; the curve gets dots


def draw(plot: Plot, *, title: str) -> bytes:
    """A PNG of 640 x 480."""
    canvas: Image = np.full((HEIGHT * SUPERSAMPLING, WIDTH * SUPERSAMPLING, 3), 255, dtype=np.uint8)
    x_end = max(float(plot.x[-1]) if plot.x_end is None else plot.x_end, 1e-9)
    for x in ticks(x_end):
        column, _ = _place(x / x_end, 0)
        draw_line(canvas, [(column, TOP), (column, BOTTOM)], GRID, 1)
        draw_text(canvas, f"{x:g}", (column, BOTTOM + 22), 0.45)
    for y in ticks(1.0):
        _, row = _place(0, y)
        draw_line(canvas, [(LEFT, row), (RIGHT, row)], GRID, 1)
        draw_text(canvas, f"{y:.1f}", (LEFT - 24, row + 5), 0.45)
    for place in plot.verticals:
        if place <= x_end:
            draw_line(canvas, [_place(place / x_end, 0), _place(place / x_end, 1)], MARK, 1.5)
    draw_line(canvas, [(LEFT, TOP), (LEFT, BOTTOM), (RIGHT, BOTTOM)], INK, 1.5)
    if plot.diagonal:
        draw_line(canvas, [_place(0, 0), _place(1, 1)], FAINT_POINT, 1.5)
        for a, b in zip(plot.x / x_end, plot.y, strict=True):
            draw_dot(canvas, _place(a, b), LINE, 4)
    if plot.points:
        _draw_points(canvas, plot, x_end)
    else:
        _draw_curve(canvas, plot, x_end)
    draw_text(canvas, title, (WIDTH / 2, 26), 0.6)
    draw_text(canvas, plot.x_label, ((LEFT + RIGHT) / 2, HEIGHT - 18), 0.5)
    draw_text(canvas, plot.y_label, (LEFT - 32, TOP - 12), 0.45, centred=False)
    return encoded(np.asarray(cv2.resize(canvas, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA), dtype=np.uint8))


def ticks(end: float) -> list[float]:
    """Round numbers from 0 to ``end``, four to ten of them besides 0."""
    size = 10.0 ** math.floor(math.log10(end))
    step = next(part * size for part in (0.1, 0.2, 0.5, 1.0) if end / (part * size) <= 10)
    return [count * step for count in range(int(end / step + 1e-9) + 1)]


def encoded(picture: Image) -> bytes:
    """A PNG of an RGB picture."""
    done, png = cv2.imencode(".png", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))
    assert done
    return png.tobytes()


def _draw_curve(canvas: Image, plot: Plot, x_end: float) -> None:
    places = [_place(a, b) for a, b in zip(plot.x / x_end, plot.y, strict=True)]
    known = np.flatnonzero(~np.isnan(plot.y))
    for part in np.split(known, np.flatnonzero(np.diff(known) > 1) + 1):
        if len(part) == 1:
            draw_dot(canvas, places[part[0]], LINE, 1.25)
        elif len(part):
            draw_line(canvas, [places[index] for index in part], LINE, 2.5)


def _draw_points(canvas: Image, plot: Plot, x_end: float) -> None:
    for index, (a, b) in enumerate(zip(plot.x / x_end, plot.y, strict=True)):
        is_last = index == len(plot.x) - 1
        if not np.isnan(a + b):
            draw_dot(canvas, _place(a, b), LINE if is_last else FAINT_POINT, 6 if is_last else 3)


def _place(across: float, up: float) -> tuple[float, float]:
    return LEFT + across * (RIGHT - LEFT), BOTTOM - up * (BOTTOM - TOP)


def draw_line(canvas: Image, points: list[tuple[float, float]], colour: tuple[int, int, int], width: float) -> None:
    corners = np.rint(np.array(points) * SUPERSAMPLING).astype(np.int32)
    cv2.polylines(canvas, [corners], isClosed=False, color=colour, thickness=round(width * SUPERSAMPLING))


def draw_dot(canvas: Image, at: tuple[float, float], colour: tuple[int, int, int], radius: float) -> None:
    centre = (round(at[0] * SUPERSAMPLING), round(at[1] * SUPERSAMPLING))
    cv2.circle(canvas, centre, round(radius * SUPERSAMPLING), colour, cv2.FILLED, cv2.LINE_AA)


def text_width(text: str, size: float) -> float:
    """Of a text as ``draw_text`` draws it, in pixels of the finished picture."""
    (width, _), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, size * SUPERSAMPLING, SUPERSAMPLING)
    return float(width) / SUPERSAMPLING


def draw_text(canvas: Image, text: str, at: tuple[float, float], size: float, *, centred: bool = True) -> None:
    """``at`` is the middle of the baseline, or its left end."""
    scale, thickness = size * SUPERSAMPLING, SUPERSAMPLING
    left = at[0] - (text_width(text, size) / 2 if centred else 0)
    place = (round(left * SUPERSAMPLING), round(at[1] * SUPERSAMPLING))
    cv2.putText(canvas, text, place, cv2.FONT_HERSHEY_SIMPLEX, scale, INK, thickness, cv2.LINE_AA)
