"""The command ``evaluate``: measure a tracker on annotated sequences by a published protocol."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.options import DataOption, DeviceOption, PrecisionOption, TrackerOption
from app.cli.output import print_table, progress_bar, refuse
from app.cli.trackers import loaded_tracker
from tracker_core.evaluation.folders import read_sequences
from tracker_core.evaluation.page import write_page
from tracker_core.evaluation.plot import can_draw
from tracker_core.evaluation.protocols import PROTOCOLS, EvaluationProtocol
from tracker_core.evaluation.runner import SequenceRun
from tracker_core.evaluation.sequences import Sequence, SequenceError
from tracker_core.tracker import Tracker

Found = list[SequenceRun | None]


def evaluate_command(
    data: DataOption,
    tracker: TrackerOption,
    protocol: Annotated[str, typer.Option(metavar="NAME", help=f"One of {', '.join(PROTOCOLS)}.")] = "otb",
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder for summary.json, a page, plots and raw results.")
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Run sequences again even if --out has their results.")
    ] = False,
    device: DeviceOption = "auto",
    precision: PrecisionOption = "auto",
) -> None:
    """Run a tracker over annotated sequences and print its figures."""
    if protocol not in PROTOCOLS:
        refuse(f"there is no protocol {protocol!r}; choose one of {', '.join(PROTOCOLS)}")
    if out is not None and out.exists() and not out.is_dir():
        refuse(f"{out} is a file; --out needs a folder")
    chosen = PROTOCOLS[protocol]
    raw = None if out is None else out / "results"
    try:
        sequences = read_sequences(data)
    except SequenceError as error:
        refuse(error)
    try:
        found = _found(chosen, sequences, None if again else raw, tracker)
        loaded = loaded_tracker(tracker, device=device, precision=precision).tracker
        runs = _completed(chosen, loaded, sequences, found, raw, name=tracker)
        report = chosen.report(tracker, runs)
        if out is not None:
            out.mkdir(parents=True, exist_ok=True)
            report.write(out)
            write_page(report, runs, out)
    except SequenceError as error:
        refuse(error)
    except OSError as error:
        refuse(f"the results cannot be written to {out}: {error.strerror}")
    print_table(report.table())
    for note in report.notes:
        typer.echo(note)
    if out is not None and not can_draw():
        typer.echo("The plots are left out, for matplotlib is not installed: pip install matplotlib.")
    if kept := sum(run is not None for run in found):
        typer.echo(f"{kept} of {len(runs)} sequences were taken from {raw}; --again runs them again.")


def _found(protocol: EvaluationProtocol, sequences: list[Sequence], raw: Path | None, tracker: str) -> Found:
    """The runs that an earlier command wrote; None for the others."""
    return [None if raw is None else protocol.layout.read(sequence, raw, tracker=tracker) for sequence in sequences]


def _completed(
    protocol: EvaluationProtocol,
    tracker: Tracker,
    sequences: list[Sequence],
    found: Found,
    raw: Path | None,
    *,
    name: str,
) -> list[SequenceRun]:
    """The runs of all sequences. Each is written, and read back, before the next begins."""
    runs: list[SequenceRun] = []
    done = 0
    with progress_bar("tracking", total=sum(map(len, sequences))) as show:
        for sequence, run in zip(sequences, found, strict=True):
            if run is None:
                run = protocol.track(
                    tracker, sequence, frames_before=done, on_progress=lambda name, done: show(done, name)
                )
                if raw is not None:
                    protocol.layout.write(run, raw, tracker=name)
                    run = protocol.layout.read(sequence, raw, tracker=name) or run
            runs.append(run)
            done += len(sequence)
    return runs
