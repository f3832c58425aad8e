"""The command ``evaluate``: how good a tracker is on annotated sequences, by a protocol of the field."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from tracker_core.evaluation.protocols import PROTOCOLS, EvaluationProtocol
from tracker_core.evaluation.report import Report
from tracker_core.evaluation.runner import SequenceRun
from tracker_core.evaluation.sequences import Sequence, SequenceError, read_sequences
from tracker_core.tracker import Tracker

BAD_INPUT = 2


def evaluate_command(
    tracker: Annotated[str, typer.Option(help="A tracker of `models list`.", show_default=False)],
    data: Annotated[Path, typer.Option(help="A folder of sequences, or one sequence.", show_default=False)],
    protocol: Annotated[str, typer.Option(help=f"One of {', '.join(PROTOCOLS)}.")] = "otb",
    out: Annotated[Path | None, typer.Option(help="Folder for summary.json, raw results and plots.")] = None,
    device: Annotated[str, typer.Option(help="auto, cpu, cuda or mps.")] = "auto",
) -> None:
    """Run a tracker over annotated sequences and print its figures."""
    if protocol not in PROTOCOLS:
        _refuse(f"there is no protocol {protocol!r}; choose one of {', '.join(PROTOCOLS)}")
    if out is not None and out.exists() and not out.is_dir():
        _refuse(f"{out} is a file; --out needs a folder")
    chosen = PROTOCOLS[protocol]
    try:
        sequences = read_sequences(data)
        runs = _run(chosen, _load(tracker, device=device), sequences)
    except SequenceError as error:
        _refuse(str(error))
    report = chosen.report(tracker, runs)
    if out is not None:
        try:
            _write(chosen, report, runs, out)
        except OSError as error:
            _refuse(f"the results cannot be written to {out}: {error.strerror}")
    Console().print(report.table())


def _load(name: str, *, device: str) -> Tracker:
    # Imported here: torch comes with them, and a mistake in the data is told before that.
    from tracker_core.weights.catalog import load_tracker
    from tracker_core.weights.files import WeightsError

    try:
        return load_tracker(name, device=device)
    except WeightsError as error:
        _refuse(str(error))


def _run(protocol: EvaluationProtocol, tracker: Tracker, sequences: list[Sequence]) -> list[SequenceRun]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=sum(map(len, sequences)))
        return protocol.run(
            tracker, sequences, lambda name, done: progress.update(task, description=name, completed=done)
        )


def _write(protocol: EvaluationProtocol, report: Report, runs: list[SequenceRun], out: Path) -> None:
    raw = out / "results"
    raw.mkdir(parents=True, exist_ok=True)
    protocol.write_raw_results(runs, raw)
    report.write(out)


def _refuse(problem: str) -> NoReturn:
    typer.echo(f"evaluate: {problem.rstrip('.')}.", err=True)
    raise typer.Exit(BAD_INPUT)
