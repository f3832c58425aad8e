"""What an evaluation leaves: figures as JSON, a table for the terminal, curves for a plot."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.table import Table

from tracker_core.evaluation.plot import draw_curve


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """A figure over a threshold: y in [0, 1]. ``headline`` is the one number that the field quotes of it."""

    name: str
    threshold: str
    x: NDArray[np.float64]  # (T,)
    y: NDArray[np.float64]  # (T,)
    headline: float


@dataclass(frozen=True, slots=True)
class Report:
    """Figures by name: their mean over the data set, and for each sequence the same ones."""

    tracker: str
    protocol: str
    mean: Mapping[str, float]
    sequences: Mapping[str, Mapping[str, float]]
    curves: tuple[Curve, ...]

    def summary(self) -> dict[str, object]:
        """The content of ``summary.json``."""
        return {
            "tracker": self.tracker,
            "protocol": self.protocol,
            "mean": dict(self.mean),
            "sequences": {name: dict(figures) for name, figures in self.sequences.items()},
        }

    def table(self) -> Table:
        """A row for each sequence, the mean last. Shares with three digits, speed as a whole number."""
        table = Table(title=f"{self.tracker}, {self.protocol} protocol")
        table.add_column("sequence")
        for key in self.mean:
            table.add_column(key, justify="right")
        for name, figures in self.sequences.items():
            table.add_row(name, *_cells(figures))
        table.add_section()
        table.add_row("mean", *_cells(self.mean), style="bold")
        return table

    def write(self, folder: Path) -> None:
        """``CURVE.png`` for each curve, then ``summary.json``."""
        for curve in self.curves:
            picture = draw_curve(
                curve.x,
                curve.y,
                title=f"{self.tracker}: {curve.name} {curve.headline:.3f}",
                x_label=curve.threshold,
                y_label="share of frames",
            )
            (folder / f"{curve.name}.png").write_bytes(picture)
        summary = json.dumps(self.summary(), indent=2, allow_nan=False)
        (folder / "summary.json").write_text(summary + "\n", encoding="utf-8")


def _cells(figures: Mapping[str, float]) -> list[str]:
    return [f"{value:.0f}" if key == "fps" else f"{value:.3f}" for key, value in figures.items()]
