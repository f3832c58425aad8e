"""The page of an evaluation: one HTML file with the figures, their definitions, the plots, and the worst sequences."""

from __future__ import annotations

import os
from collections.abc import Iterable
from html import escape
from pathlib import Path
from urllib.parse import quote

from tracker_core.evaluation.pictures import contact_sheet, overlap_plot, worst_first
from tracker_core.evaluation.plot import can_draw
from tracker_core.evaluation.report import Report, cells
from tracker_core.evaluation.runner import SequenceRun

SHOWN_SEQUENCES = 5
PICTURE_FOLDER = "worst"

STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; max-width: 1000px; margin: 2em auto; padding: 0 1em; color: #222; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; display: block; overflow-x: auto; }
th, td { padding: 3px 10px; text-align: right; border-bottom: 1px solid #ddd; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; }
tr.all { font-weight: bold; }
img { max-width: 100%; }
dt { font-family: monospace; }
.truth { color: #15803d; } .prediction { color: #c2410c; }
"""


def write_page(report: Report, runs: list[SequenceRun], folder: Path) -> None:
    """Write ``index.html`` beside the plots of ``report.write``, and pictures of the worst sequences into ``worst/``.

    Raises:
        SequenceError: if frames cannot be read.
        OSError: if it cannot be written.
    """
    pictures = folder / PICTURE_FOLDER
    pictures.mkdir(exist_ok=True)
    worst = worst_first(runs)[:SHOWN_SEQUENCES]
    for run in worst:
        (pictures / f"{run.sequence.name}.png").write_bytes(contact_sheet(run))
        if can_draw():
            (pictures / f"{run.sequence.name}_overlap.png").write_bytes(overlap_plot(run))
    text = page(report, [run.sequence.name for run in worst], with_plots=can_draw())
    (folder / "index.html").write_text(text, encoding="utf-8", errors="replace")  # a folder's name need not be text


def page(report: Report, worst: list[str], *, with_plots: bool = True) -> str:
    """The HTML; ``worst`` are names of sequences, the worst first."""
    title = escape(f"{report.tracker}, {report.protocol} protocol")
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>{STYLE}</style></head><body>',
            f"<h1>{title}</h1>",
            *(f"<p>{escape(note)}</p>" for note in report.notes),
            _table(report),
            "<h2>What the figures are</h2>",
            "<dl>",
            *(f"<dt>{escape(key)}</dt><dd>{escape(text)}</dd>" for key, text in report.definitions.items()),
            "</dl>",
            *(_plots(report) if with_plots else ["<p>Without matplotlib there are no plots.</p>"]),
            "<h2>The worst sequences</h2>",
            '<p>By mean overlap of upright boxes. <span class="truth">Green</span>: truth. '
            '<span class="prediction">Orange</span>: prediction. A vertical line in a plot is a failure.</p>',
            *(_worst(name, with_plots=with_plots) for name in worst),
            "</body></html>",
            "",
        ]
    )


def _table(report: Report) -> str:
    rows = [_row("th", ["sequence", *report.mean])]
    rows += [_row("td", [name, *cells(figures)]) for name, figures in report.sequences.items()]
    rows.append(_row("td", [f"over {report.mean_over}", *cells(report.mean)], attributes=' class="all"'))
    return "\n".join(["<table>", *rows, "</table>"])


def _row(kind: str, texts: Iterable[str], *, attributes: str = "") -> str:
    return f"<tr{attributes}>" + "".join(f"<{kind}>{escape(text)}</{kind}>" for text in texts) + "</tr>"


def _plots(report: Report) -> list[str]:
    images = (f'<img src="{escape(curve.name)}.png" alt="{escape(curve.name)}">' for curve in report.curves)
    return ["<h2>Plots</h2>", *images]


def _worst(name: str, *, with_plots: bool) -> str:
    shown, file = escape(name), f"{PICTURE_FOLDER}/{quote(os.fsencode(name))}"
    frames = f'<h3>{shown}</h3><img src="{file}.png" alt="frames of {shown}">'
    plot = f'<img src="{file}_overlap.png" alt="overlap over time in {shown}">'
    return frames + plot if with_plots else frames
