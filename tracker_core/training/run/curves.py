"""Draws the curves of a run in one picture: losses, validation, learning rate and speed over the steps.

Losses have a logarithmic scale because they fall by factors. Noisy curves are drawn faintly, with their running mean on
top.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tracker_core.evaluation.plot import DPI, GRID, LINE, MARK, png_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SIZE = 12.8, 8.0  # inches: 1280 x 800 pixels
LOSSES = {"loss": LINE, "classification": MARK, "box": "#16a34a", "distillation": "#9333ea"}
SMOOTHING = 0.04  # width of a running mean, as a share of all steps
FEWEST_SMOOTHED = 20  # fewer logged values get no running mean
FAINT = 0.28  # opacity of a curve that has a running mean on top

Floats = NDArray[np.float64]
Rows = Sequence[Mapping[str, Any]]


def draw_curves(steps: Rows, validations: Rows) -> bytes:
    """A PNG of 1280 x 800. Rows are those of ``run_log.StepLog`` and ``run_log.ValidationLog``.

    Args:
        steps: at least one row.

    Raises:
        ImportError: if matplotlib is not installed; see ``plot.can_draw``.
    """
    return png_of(figure_of(steps, validations))


def figure_of(steps: Rows, validations: Rows) -> Figure:
    """The same as a matplotlib figure, with axes titled Loss, Validation (if there is one), Rate, Pairs a second."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=SIZE, dpi=DPI, layout="constrained")
    grid = figure.add_gridspec(2, 2)
    every = [figure.add_subplot(grid[0, 0] if validations else grid[0, :])]
    _draw_losses(every[0], steps)
    if validations:
        every.append(figure.add_subplot(grid[0, 1]))
        _draw_validation(every[1], validations)
    rate, speed = figure.add_subplot(grid[1, 0]), figure.add_subplot(grid[1, 1])
    every += [rate, speed]
    at = _values(steps, "step")
    rate.set_title("Rate", loc="left")
    rate.plot(at, _values(steps, "rate"), color=LINE)
    speed.set_title("Pairs a second", loc="left")
    _plot(speed, at, _values(steps, "pairs_per_second"), color=LINE)
    for axes in (rate, speed):
        axes.set_ylim(bottom=0)
    last = max(float(row["step"]) for row in (*steps[-1:], *validations[-1:]))
    for axes in every:
        axes.set_xlim(0, last)
        axes.set_xlabel("steps", loc="right")
        axes.grid(color=GRID)
        axes.spines[["top", "right"]].set_visible(False)
    return figure


def _draw_losses(axes: Axes, steps: Rows) -> None:
    from matplotlib.ticker import LogLocator, NullFormatter

    at = _values(steps, "step")
    axes.set_title("Loss", loc="left")
    axes.set_yscale("log")
    axes.yaxis.set_major_locator(LogLocator(subs=(1, 1.5, 2, 3, 5, 7)))
    axes.yaxis.set_major_formatter("{x:g}")  # 0.2, not 2 x 10^-1
    axes.yaxis.set_minor_formatter(NullFormatter())
    shown = [name for name in LOSSES if any(row[name] for row in steps)]
    if len(shown) == 2:  # the loss has a single part, and its curve would repeat the total's
        shown = shown[:1]
    for name in shown:
        values = _values(steps, name)
        _plot(axes, at, np.where(values > 0, values, np.nan), color=LOSSES[name], label=name)
    if len(shown) > 1:
        axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=len(shown), frameon=False)


def _draw_validation(axes: Axes, validations: Rows) -> None:
    last = validations[-1]
    step, best = float(last["best_step"]), float(last["best"])
    axes.set_title(f"Validation: {last['figure']}", loc="left")
    axes.plot(_values(validations, "step"), _values(validations, "value"), color=LINE, marker=".")
    axes.plot([step], [best], "o", color=MARK, clip_on=False, label=f"best {best:.3f} at step {step:.0f}")
    axes.legend(loc="lower right", bbox_to_anchor=(1, 1), frameon=False)


def _plot(axes: Axes, steps: Floats, values: Floats, *, color: str, label: str | None = None) -> None:
    """A curve as logged, and its running mean if there are enough values."""
    if len(steps) < FEWEST_SMOOTHED:
        axes.plot(steps, values, color=color, label=label, marker=".", markersize=3)
        return
    axes.plot(steps, values, color=color, alpha=FAINT)
    width = SMOOTHING * float(steps[-1] - steps[0])
    axes.plot(steps, running_mean(steps, values, width), color=color, label=label, linewidth=2)


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


def _values(rows: Rows, name: str) -> Floats:
    return np.array([row[name] for row in rows], dtype=np.float64)
