"""Curves and points as a PNG, drawn by matplotlib (extra ``evaluation``), which is imported when the
first one is drawn.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DPI = 100
SIZE = 6.4, 4.8  # inches: 640 x 480 pixels
INK, GRID, LINE, MARK, FAINT = "#282828", "#e1e1e1", "#3b82f6", "#ea580c", "#a0a0a0"

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


def can_draw() -> bool:
    """Whether matplotlib is installed."""
    return find_spec("matplotlib") is not None


def draw(plot: Plot, *, title: str) -> bytes:
    """A PNG of 640 x 480.

    Raises:
        ImportError: if matplotlib is not installed; see ``can_draw``.
    """
    return png_of(figure_of(plot, title=title))


def figure_of(plot: Plot, *, title: str) -> Figure:
    """The plot as a matplotlib figure."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=SIZE, dpi=DPI, layout="constrained")
    axes = figure.subplots()
    x_end = max(float(plot.x[-1]) if plot.x_end is None else plot.x_end, 1e-9)
    axes.set(xlim=(0, x_end), ylim=(0, 1), xlabel=plot.x_label, ylabel=plot.y_label)
    axes.set_title(title.encode("utf-8", "replace").decode(), parse_math=False)  # a folder's name need not be text
    axes.grid(color=GRID)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    for place in plot.verticals:
        axes.axvline(place, color=MARK, linewidth=1.5)
    if plot.diagonal:
        axes.plot([0, x_end], [0, 1], color=FAINT, linewidth=1.5)
        axes.plot(plot.x, plot.y, color=LINE, linewidth=2, marker="o", markersize=6, clip_on=False)
    elif plot.points:
        axes.scatter(plot.x[:-1], plot.y[:-1], s=20, color=FAINT, clip_on=False)
        axes.scatter(plot.x[-1:], plot.y[-1:], s=80, color=LINE, clip_on=False)
    else:
        axes.plot(plot.x, plot.y, color=LINE, linewidth=2, marker=".", markersize=2)  # one value between gaps is a dot
    return figure


def png_of(figure: Figure) -> bytes:
    """The figure in its own size."""
    png = io.BytesIO()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph", category=UserWarning)  # a foreign name shows empty boxes
        figure.savefig(png, format="png")
    return png.getvalue()
