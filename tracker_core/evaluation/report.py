"""The report of an evaluation: figures as JSON, a table for the terminal, curves as plots."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.box import SIMPLE_HEAD
from rich.table import Table

from tracker_core.evaluation.plot import Plot, can_draw, draw

Figures = Mapping[str, float]
"""By name. NaN if a sequence has no such figure, because it is too short or the target is never in view."""

WHOLE_NUMBERS = frozenset({"fps", "failures", "eao_low", "eao_high"})


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """A plot, with the one number that is usually quoted of it."""

    name: str
    plot: Plot
    headline: float | None = None

    @property
    def title(self) -> str:
        return self.name.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Report:
    """Figures by name: of the data set, and the same ones of each sequence."""

    tracker: str
    protocol: str
    mean: Figures
    sequences: Mapping[str, Figures]
    curves: tuple[Curve, ...]
    mean_over: str = "sequences"  # what the data set's figures are averaged over
    columns: tuple[str, ...] = ()  # the figures to show in the table, if there are too many for a terminal
    definitions: Mapping[str, str] = field(default_factory=dict)  # of each figure, in a sentence
    notes: tuple[str, ...] = ()  # what a reader of the figures must know
    tags: Mapping[str, Figures] = field(default_factory=dict)  # figures of the frames with a tag (VOT)

    def summary(self) -> dict[str, object]:
        """The content of ``summary.json``; a missing figure is null."""
        return {
            "tracker": self.tracker,
            "protocol": self.protocol,
            "mean": _without_nan(self.mean),
            "sequences": {name: _without_nan(figures) for name, figures in self.sequences.items()},
        }

    def table(self) -> Table:
        """A row for each sequence, and the data set last. Shares have three digits; speed is a whole number."""
        table = Table(title=f"{self.tracker}, {self.protocol} protocol", box=SIMPLE_HEAD, pad_edge=False)
        columns = self.columns or tuple(self.mean)
        table.add_column("sequence")
        for key in columns:
            table.add_column(key.replace("_", "\n"), justify="right")
        for name, figures in self.sequences.items():
            table.add_row(name, *cells({key: figures[key] for key in columns}))
        table.add_section()
        mean = {key: self.mean[key] for key in columns}
        table.add_row("mean" if self.mean_over == "sequences" else f"over {self.mean_over}", *cells(mean), style="bold")
        return table

    def write(self, folder: Path) -> None:
        """``CURVE.png`` for each curve (needs matplotlib), ``tags.json`` if there are tags, then ``summary.json``."""
        for curve in self.curves if can_draw() else ():
            quoted = "" if curve.headline is None or math.isnan(curve.headline) else f" {curve.headline:.3f}"
            (folder / f"{curve.name}.png").write_bytes(draw(curve.plot, title=f"{self.tracker}: {curve.title}{quoted}"))
        if self.tags:
            _write_json({name: _without_nan(figures) for name, figures in self.tags.items()}, folder / "tags.json")
        _write_json(self.summary(), folder / "summary.json")


def cells(figures: Figures) -> list[str]:
    """The figures as texts."""
    return [
        "-" if math.isnan(value) else f"{value:.0f}" if key in WHOLE_NUMBERS else f"{value:.3f}"
        for key, value in figures.items()
    ]


def mean_of(figures: Iterable[Figures]) -> dict[str, float]:
    """The plain mean of each figure over those that have it."""
    figures = list(figures)
    return {key: mean_known([one[key] for one in figures]) for key in figures[0]}


def mean_known(values: Iterable[float] | NDArray[np.float64]) -> float:
    """The mean of what is not NaN; NaN if nothing is."""
    known = np.asarray(list(values), dtype=np.float64)
    known = known[~np.isnan(known)]
    return float(known.mean()) if known.size else math.nan


def _without_nan(figures: Figures) -> dict[str, float | None]:
    return {key: None if math.isnan(value) else value for key, value in figures.items()}


def _write_json(content: object, path: Path) -> None:
    path.write_text(json.dumps(content, indent=2, allow_nan=False) + "\n", encoding="utf-8")
