"""Measures a shipped tracker on annotated videos and writes the figures into its card.

    python -m benchmarks.card NAME --data VALIDATION

This replaces the section "Video by video" of ``resources/weights/NAME.md`` and leaves everything else as it is. A test
runs one of the videos again and compares (``tests/tracker_core/weights/test_shipped_weights.py``).
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from tracker_core.evaluation.effort import THRESHOLDS, measure_effort
from tracker_core.evaluation.folders import read_sequences
from tracker_core.evaluation.otb import measure
from tracker_core.evaluation.runner import run_one_pass
from tracker_core.evaluation.sequences import Sequence
from tracker_core.tracker import Tracker
from tracker_core.weights.catalog import load_tracker, model_named

HEADING = "## Video by video"


@dataclass(frozen=True, slots=True)
class CardRow:
    """One video in a card: its figures when only the box of frame 0 is given, and the boxes that a person draws until
    all are good.
    """

    video: str
    frames: int
    auc: float
    boxes_50: int
    boxes_70: int


def main() -> None:
    arguments = _arguments()
    torch.set_num_threads(arguments.threads)
    model = model_named(arguments.name)
    rows = measured_rows(load_tracker(arguments.name, device="cpu"), read_sequences(arguments.data))
    path = model.path.with_suffix(".md")
    path.write_text(with_section(path.read_text(), section(arguments.name, rows)))
    print(section(arguments.name, rows))


def measured_rows(tracker: Tracker, sequences: list[Sequence]) -> list[CardRow]:
    """A row for each video, in the given order."""
    rows = []
    for sequence in sequences:
        (run,) = run_one_pass(tracker, [sequence])
        boxes = {effort.threshold: effort.boxes for effort in measure_effort(tracker, sequence)}
        rows.append(CardRow(sequence.name, len(sequence), measure(run)["auc"], *(boxes[t] for t in THRESHOLDS)))
    return rows


def section(name: str, rows: list[CardRow]) -> str:
    """The section as Markdown: a row for each video, and one for all."""
    frames = sum(row.frames for row in rows)
    lines = [
        HEADING,
        "",
        f"`python -m benchmarks.card {name} --data VALIDATION`, 2 CPU cores. Boxes: how many a person draws until",
        "every box overlaps the truth by 0.5, by 0.7; in the last row for 100 frames.",
        "",
        "| video | frames | success AUC | boxes, 0.5 | boxes, 0.7 |",
        "|---|---|---|---|---|",
        *(f"| {row.video} | {row.frames} | {row.auc:.3f} | {row.boxes_50} | {row.boxes_70} |" for row in rows),
        f"| mean; per 100 frames | {frames} | {np.mean([row.auc for row in rows]):.3f} "
        f"| {100 * sum(row.boxes_50 for row in rows) / frames:.2f} "
        f"| {100 * sum(row.boxes_70 for row in rows) / frames:.2f} |",
    ]
    return "\n".join(lines) + "\n"


def with_section(card: str, section: str) -> str:
    """The card with this section in place of the one with the same heading; if there is none, before "What it saw"."""
    before, found, rest = card.partition(section.partition("\n")[0] + "\n")
    if not found:
        before, found, rest = card.partition("## What it saw\n")
        return f"{before}{section}\n{found}{rest}"
    _, following, tail = rest.partition("\n## ")
    return f"{before}{section}{following}{tail}"


def read_rows(card: str) -> list[CardRow]:
    """The rows that ``section`` wrote, without the last; empty if the card has no such section."""
    part = card.partition(HEADING + "\n")[2].partition("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [CardRow(row[0], int(row[1]), float(row[2]), int(row[3]), int(row[4])) for row in cells[2:-1]]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    main()
