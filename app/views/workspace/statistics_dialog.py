"""Plots of a workspace's annotation: boxes by label, video and size, and lengths of tracks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from app.language import tr, tr_counted
from app.views.style.button_box import button_box
from app.views.style.plotting import pyqtgraph
from app.views.style.theme import SPACING
from app.workspace.entries import VideoEntry
from app.workspace.figures import LENGTH_STEPS, SIZE_STEPS, ProjectFigures, together

if TYPE_CHECKING:
    import pyqtgraph as pg

MOST_BARS = 12
LONGEST_NAME = 18  # characters beside a bar
FIRST_SIZE = 860, 620
BAR_WIDTH = 0.7


class StatisticsDialog(QDialog):
    def __init__(self, entries: Sequence[VideoEntry], parent: QWidget | None = None) -> None:
        """``entries`` with known figures are counted; the dialog says how many others are missing."""
        super().__init__(parent)
        self.setWindowTitle(tr("Statistics of the workspace"))
        self.resize(*FIRST_SIZE)
        known = [entry for entry in entries if entry.figures is not None]
        total = together(entry.figures for entry in known if entry.figures is not None)
        self.headline = QLabel(headline(total, videos=len(entries), known=len(known)))
        self.headline.setWordWrap(True)
        colours = dict(total.labels)
        self.plots = {
            tr("Boxes by label"): _horizontal_bars(self, total.boxes, colours),
            tr("Boxes by video"): _horizontal_bars(
                self, {e.name: e.figures.box_count for e in known if e.figures is not None}, {}
            ),
            tr("Size of boxes (root of the area, pixels)"): _histogram(self, total.sizes, SIZE_STEPS),
            tr("Length of tracks (frames with a box)"): _histogram(self, total.lengths, LENGTH_STEPS),
        }
        grid = QGridLayout()
        grid.setSpacing(2 * SPACING)
        for number, (title, plot) in enumerate(self.plots.items()):
            plot.setTitle(title, size="10pt")
            grid.addWidget(plot, number // 2, number % 2)
        buttons = button_box(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(2 * SPACING)
        column.addWidget(self.headline)
        column.addLayout(grid, 1)
        column.addWidget(buttons)


def headline(total: ProjectFigures, *, videos: int, known: int) -> str:
    """The totals in a sentence."""
    boxes, tracks = tr_counted(total.box_count, "box", "boxes"), tr_counted(total.track_count, "track")
    reviewed = f"{total.reviewed_share:.0%}".replace("%", " %")
    told = tr(
        "{boxes} of {tracks} in {videos}; {reviewed} reviewed, {doubts} left.",
        boxes=boxes,
        tracks=tracks,
        videos=tr_counted(known, "video"),
        reviewed=reviewed,
        doubts=tr_counted(total.doubts, "doubt"),
    )
    missing = videos - known
    return told + (tr(" {videos} could not be counted.", videos=tr_counted(missing, "video")) if missing else "")


def _plot(parent: QWidget) -> pg.PlotWidget:
    plot = pyqtgraph().PlotWidget(parent)
    palette = parent.palette()
    plot.setBackground(palette.color(QPalette.ColorRole.Base))
    plot.setMouseEnabled(x=False, y=False)
    plot.setMenuEnabled(False)
    plot.hideButtons()
    plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    for side in ("left", "bottom"):
        axis = plot.getAxis(side)
        axis.setPen(palette.color(QPalette.ColorRole.Mid))
        axis.setTextPen(palette.color(QPalette.ColorRole.Text))
    return plot


def _horizontal_bars(parent: QWidget, counts: Mapping[str, int], colours: Mapping[str, str]) -> pg.PlotWidget:
    """A plot of horizontal bars, one for each name, the largest on top; names beyond ``MOST_BARS`` share one bar."""
    plot = _plot(parent)
    ordered = sorted(((name, count) for name, count in counts.items() if count), key=lambda pair: (-pair[1], pair[0]))
    shown = ordered[:MOST_BARS]
    if rest := ordered[MOST_BARS:]:
        shown.append((tr("{rest} more", rest=len(rest)), sum(count for _, count in rest)))
    accent = parent.palette().color(QPalette.ColorRole.Accent)
    rows = list(range(len(shown), 0, -1))
    brushes = [QColor(colours[name]) if name in colours else accent for name, _ in shown]
    bars = pyqtgraph().BarGraphItem(
        x0=0, y=rows, height=BAR_WIDTH, width=[count for _, count in shown], brushes=brushes, pen=None
    )
    plot.addItem(bars)
    plot.getAxis("left").setTicks([[(row, _short(name)) for row, (name, _) in zip(rows, shown, strict=True)]])
    _write_counts(plot, parent, [(count, row) for row, (_, count) in zip(rows, shown, strict=True)], anchor=(0, 0.5))
    most = max((count for _, count in shown), default=1)
    plot.setXRange(0, most * 1.15, padding=0)
    plot.setYRange(0.4, max(len(shown), 3) + 0.6, padding=0)
    plot.getAxis("bottom").setStyle(maxTickLevel=0)
    return plot


def _histogram(parent: QWidget, counts: Sequence[int], steps: Sequence[int]) -> pg.PlotWidget:
    """A histogram, from the first non-empty class to the last."""
    plot = _plot(parent)
    filled = [place for place, count in enumerate(counts) if count]
    first, last = (filled[0], filled[-1]) if filled else (0, 0)
    places = list(range(first, last + 1))
    accent = parent.palette().color(QPalette.ColorRole.Accent)
    bars = pyqtgraph().BarGraphItem(
        x=places, height=[counts[place] for place in places], width=BAR_WIDTH, brush=accent, pen=None
    )
    plot.addItem(bars)
    names = [f"≤ {step:,}" for step in steps] + [f"> {steps[-1]:,}"]
    every = -(-len(places) // 8)
    plot.getAxis("bottom").setTicks([[(place, names[place]) for place in places[::every]]])
    _write_counts(plot, parent, [(place, counts[place]) for place in places if counts[place]], anchor=(0.5, 1))
    most = max((counts[place] for place in places), default=1) or 1
    plot.setYRange(0, most * 1.15, padding=0)
    plot.setXRange(first - 0.6, max(last, first + 2) + 0.6, padding=0)
    return plot


def _write_counts(
    plot: pg.PlotWidget, parent: QWidget, places: Sequence[tuple[float, float]], *, anchor: tuple[float, float]
) -> None:
    colour = parent.palette().color(QPalette.ColorRole.Text)
    for x, y in places:
        count = x if anchor[0] == 0 else y
        text = pyqtgraph().TextItem(f"{int(count):,}", color=colour, anchor=anchor)
        text.setPos(x, y)
        plot.addItem(text)


def _short(name: str) -> str:
    """Shorten a long path from the front, because its end identifies it."""
    name = name or tr("no label")
    return name if len(name) <= LONGEST_NAME else f"…{name[1 - LONGEST_NAME :]}"
