"""The curves of a run as one picture: losses, what the network is worth, the rate, and the speed.

A field each, over the steps. Losses are on a logarithmic scale, for they fall by factors; a line is faint as logged
and strong as its running mean.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from tracker_core.evaluation.plot import GRID, INK, SUPERSAMPLING, draw_dot, draw_line, draw_text, encoded, text_width
from tracker_core.images import Image

WIDTH, HEIGHT = 1280, 800
LEFT, TOP, RIGHT, BOTTOM = 76, 56, 24, 52  # margins of a field
BLUE, ORANGE, GREEN, VIOLET = (59, 130, 246), (234, 88, 12), (22, 163, 74), (147, 51, 234)
LOSSES = {"loss": BLUE, "classification": ORANGE, "box": GREEN, "distillation": VIOLET}
TEXT = 0.42
SMOOTHING = 0.04  # of all steps, the width of a running mean

Floats = NDArray[np.float64]
Colour = tuple[int, int, int]
Place = Callable[[float, float], tuple[float, float]]
"""Where a value of a step is in the picture: x and y in pixels."""


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """Values over steps; ``strong`` is drawn over them, or nothing."""

    name: str
    steps: Floats  # (T,)
    values: Floats  # (T,)
    colour: Colour
    strong: Floats | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """One plot of the picture. ``best`` is a place to mark, and what to write there."""

    title: str
    lines: tuple[Line, ...]
    is_logarithmic: bool = False
    from_zero: bool = False
    best: tuple[float, float, str] | None = None


def draw_curves(steps: Sequence[Mapping[str, Any]], validations: Sequence[Mapping[str, Any]]) -> bytes:
    """A PNG of 1280 x 800. Rows are those of ``run_log.StepLog`` and ``run_log.ValidationLog``.

    Args:
        steps: at least one row.
    """
    at = np.array([row["step"] for row in steps], dtype=np.float64)
    losses = [
        _line(name, at, _positive(_values(steps, name)), colour, is_smoothed=True)
        for name, colour in LOSSES.items()
        if any(row[name] for row in steps)
    ]
    if len(losses) == 2:  # the loss has but one part, and twice the same line says nothing
        losses = losses[:1]
    upper = [Field("Loss", tuple(losses), is_logarithmic=True)]
    if validations:
        upper.append(_worth(validations))
    lower = [
        Field("Rate", (_line("rate", at, _values(steps, "rate"), BLUE),), from_zero=True),
        Field(
            "Pairs a second",
            (_line("speed", at, _values(steps, "pairs_per_second"), BLUE, is_smoothed=True),),
            from_zero=True,
        ),
    ]
    canvas: Image = np.full((HEIGHT * SUPERSAMPLING, WIDTH * SUPERSAMPLING, 3), 255, dtype=np.uint8)
    end = max(float(at[-1]), float(validations[-1]["step"]) if validations else 0.0)
    for row, fields in enumerate((upper, lower)):
        for column, field in enumerate(fields):
            width = WIDTH / len(fields)
            _draw_field(canvas, field, x=column * width, y=row * HEIGHT / 2, width=width, end=end)
    return encoded(np.asarray(cv2.resize(canvas, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA), dtype=np.uint8))


def running_mean(steps: Floats, values: Floats, width: float) -> Floats:
    """(T,) mean of the values up to ``width / 2`` steps before and after each; non-finite ones are left out."""
    known = np.isfinite(values)
    sums = np.concatenate([[0.0], np.cumsum(np.where(known, values, 0.0))])
    counts = np.concatenate([[0], np.cumsum(known)])
    first = np.searchsorted(steps, steps - width / 2, side="left")
    last = np.searchsorted(steps, steps + width / 2, side="right")
    number = counts[last] - counts[first]
    means = (sums[last] - sums[first]) / np.maximum(number, 1)
    return np.where(number > 0, means, np.nan)


def ticks_between(low: float, high: float, *, most: int = 6) -> list[float]:
    """Round numbers from ``low`` to ``high``, both included if round: at most ``most`` of them."""
    size = 10.0 ** math.floor(math.log10(max(high - low, 1e-12)))
    step = next(part * size for part in (0.1, 0.2, 0.5, 1, 2, 5, 10) if (high - low) / (part * size) <= most - 1)
    first = math.ceil(low / step - 1e-9)
    return [count * step for count in range(first, math.floor(high / step + 1e-9) + 1)]


def logarithmic_ticks(low: float, high: float) -> list[float]:
    """1, 2 and 5 times the powers of ten between; only the powers over three decades, plain ones within half of one."""
    if high / low < 3:
        return ticks_between(low, high)
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    parts = (1, 2, 5) if high / low < 1000 else (1,)
    return [part * 10.0**power for power in powers for part in parts if low <= part * 10.0**power <= high]


def _values(rows: Sequence[Mapping[str, Any]], name: str) -> Floats:
    return np.array([row[name] for row in rows], dtype=np.float64)


def _positive(values: Floats) -> Floats:
    """NaN where a logarithmic scale has no place for a value."""
    return np.where(values > 0, values, np.nan)


def _line(name: str, steps: Floats, values: Floats, colour: Colour, *, is_smoothed: bool = False) -> Line:
    if not is_smoothed or len(steps) < 20:
        return Line(name, steps, values, colour)
    return Line(name, steps, values, colour, running_mean(steps, values, SMOOTHING * float(steps[-1] - steps[0])))


def _worth(validations: Sequence[Mapping[str, Any]]) -> Field:
    last = validations[-1]
    name, best = str(last["figure"]), float(last["best"])
    line = Line(name, _values(validations, "step"), _values(validations, "value"), BLUE)
    mark = (float(last["best_step"]), best, f"best {best:.3f} at step {last['best_step']}")
    return Field(f"Validation: {name}", (line,), best=mark)


def _draw_field(canvas: Image, field: Field, *, x: float, y: float, width: float, end: float) -> None:
    left, right, top, bottom = x + LEFT, x + width - RIGHT, y + TOP, y + HEIGHT / 2 - BOTTOM
    low, high = _range(field)

    def place(step: float, value: float) -> tuple[float, float]:
        up = math.log(value / low) / math.log(high / low) if field.is_logarithmic else (value - low) / (high - low)
        return left + step / end * (right - left), bottom - up * (bottom - top)

    for step in ticks_between(0, end, most=12 if width > WIDTH / 2 else 8):
        column, _ = place(step, low)
        draw_line(canvas, [(column, top), (column, bottom)], GRID, 1)
        draw_text(canvas, f"{step:g}", (column, bottom + 20), TEXT)
    for value in logarithmic_ticks(low, high) if field.is_logarithmic else ticks_between(low, high):
        _, row = place(0, value)
        draw_line(canvas, [(left, row), (right, row)], GRID, 1)
        _draw_text_to(canvas, f"{value:.4g}", left - 10, row + 5)
    draw_line(canvas, [(left, top), (left, bottom), (right, bottom)], INK, 1.5)
    for line in field.lines:
        faint = _mixed(line.colour) if line.strong is not None else line.colour
        _draw_values(canvas, line.steps, line.values, faint, 1.25 if line.strong is not None else 2, place)
    for line in field.lines:
        if line.strong is not None:
            _draw_values(canvas, line.steps, line.strong, line.colour, 2.25, place)
    draw_text(canvas, field.title, (left, top - 18), 0.55, centred=False)
    _draw_text_to(canvas, "steps", right, bottom + 40)
    if len(field.lines) > 1:
        _draw_legend(canvas, field.lines, right=right, y=top - 22)
    if field.best is not None:
        step, value, text = field.best
        draw_dot(canvas, place(step, value), ORANGE, 5)
        _draw_text_to(canvas, text, right, top - 17)


def _range(field: Field) -> tuple[float, float]:
    values = np.concatenate([line.values for line in field.lines])
    values = values[np.isfinite(values)]
    low, high = (float(values.min()), float(values.max())) if len(values) else (0.1, 1.0)
    if field.is_logarithmic:
        return low / 1.15, high * 1.15
    if field.from_zero:
        return 0.0, max(high, 1e-12) * 1.08
    border = max(0.08 * (high - low), 0.02 * abs(high), 1e-6)
    return low - border, high + border


def _draw_values(canvas: Image, steps: Floats, values: Floats, colour: Colour, width: float, place: Place) -> None:
    known = np.flatnonzero(np.isfinite(values))
    for part in np.split(known, np.flatnonzero(np.diff(known) > 1) + 1):
        points = [place(float(steps[index]), float(values[index])) for index in part]
        if len(points) == 1:
            draw_dot(canvas, points[0], colour, 2.5)
        elif points:
            draw_line(canvas, points, colour, width)


def _draw_legend(canvas: Image, lines: Sequence[Line], *, right: float, y: float) -> None:
    for line in reversed(lines):
        _draw_text_to(canvas, line.name, right, y + 5)
        right -= text_width(line.name, TEXT) + 28
        draw_line(canvas, [(right, y), (right + 20, y)], line.colour, 2.5)
        right -= 20


def _draw_text_to(canvas: Image, text: str, right: float, y: float) -> None:
    draw_text(canvas, text, (right - text_width(text, TEXT), y), TEXT, centred=False)


def _mixed(colour: Colour) -> Colour:
    """The colour thinned with white."""
    red, green, blue = (round(0.28 * part + 0.72 * 255) for part in colour)
    return red, green, blue
