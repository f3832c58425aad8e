"""The command ``evaluate``: how good a tracker is on annotated sequences, by a protocol of the field."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from app.cli_models import DeviceOption, TrackerOption, loaded_tracker
from app.cli_output import progress_bar, refuse
from tracker_core.evaluation.protocols import PROTOCOLS, EvaluationProtocol
from tracker_core.evaluation.report import Report
from tracker_core.evaluation.runner import SequenceRun
from tracker_core.evaluation.sequences import Sequence, SequenceError, read_sequences
from tracker_core.tracker import Tracker
from tracker_core.weights.catalog import DEFAULT_TRACKER


def evaluate_command(
    data: Annotated[Path, typer.Option(help="A folder of sequences, or one sequence.", show_default=False)],
    tracker: TrackerOption = DEFAULT_TRACKER,
    protocol: Annotated[str, typer.Option(help=f"One of {', '.join(PROTOCOLS)}.")] = "otb",
    out: Annotated[Path | None, typer.Option(help="Folder for summary.json, raw results and plots.")] = None,
    device: DeviceOption = "auto",
) -> None:
    """Run a tracker over annotated sequences and print its figures."""
    if protocol not in PROTOCOLS:
        refuse(f"there is no protocol {protocol!r}; choose one of {', '.join(PROTOCOLS)}")
    if out is not None and out.exists() and not out.is_dir():
        refuse(f"{out} is a file; --out needs a folder")
    chosen = PROTOCOLS[protocol]
    try:
        sequences = read_sequences(data)
        runs = _run(chosen, loaded_tracker(tracker, device=device), sequences)
    except SequenceError as error:
        refuse(error)
    report = chosen.report(tracker, runs)
    if out is not None:
        try:
            _write(chosen, report, runs, out)
        except OSError as error:
            refuse(f"the results cannot be written to {out}: {error.strerror}")
    Console().print(report.table())


def _run(protocol: EvaluationProtocol, tracker: Tracker, sequences: list[Sequence]) -> list[SequenceRun]:
    with progress_bar("tracking", total=sum(map(len, sequences))) as show:
        return protocol.run(tracker, sequences, lambda name, done: show(done, name))


def _write(protocol: EvaluationProtocol, report: Report, runs: list[SequenceRun], out: Path) -> None:
    raw = out / "results"
    raw.mkdir(parents=True, exist_ok=True)
    protocol.write_raw_results(runs, raw)
    report.write(out)
