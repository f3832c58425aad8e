"""The commands ``bench speed`` and ``bench effort``: a table to read, and with ``--out`` a file to keep."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, TypeAlias

import typer
from rich.console import Console
from rich.table import Table

from app.cli_models import DeviceOption, TrackerOption, loaded_tracker
from app.cli_output import progress_bar, refuse
from tracker_core.evaluation.effort import Effort, boxes_per_100_frames, measure_effort
from tracker_core.evaluation.folders import read_sequences
from tracker_core.evaluation.sequences import SequenceError
from tracker_core.weights.catalog import DEFAULT_TRACKER

Row: TypeAlias = dict[str, object]

OutOption = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="JSON: the machine, and a row a line.")]

bench_app = typer.Typer(help="Measure this program on this machine.", no_args_is_help=False)


@bench_app.command("speed")
def speed_command(
    tracker: TrackerOption = DEFAULT_TRACKER,
    frames: Annotated[int, typer.Option(min=20, help="Frames of the 720p video that is made for it.")] = 300,
    out: OutOption = None,
) -> None:
    """Milliseconds a frame for decoding, crop, network and decision, on each device and in each precision."""
    _refuse_bad_out(out)
    loaded_tracker(tracker, device="auto")
    from benchmarks.speed import measure_speed, placements  # torch comes with it

    rows: list[Row] = []
    with progress_bar("measuring", total=len(list(placements()))) as show:
        for row in measure_speed(tracker, frames=frames):
            rows.append(asdict(row))
            show(len(rows))
    _tell(rows, out)


@bench_app.command("effort")
def effort_command(
    data: Annotated[Path, typer.Option(help="A folder of annotated sequences, or one sequence.")],
    tracker: TrackerOption = DEFAULT_TRACKER,
    device: DeviceOption = "auto",
    out: OutOption = None,
) -> None:
    """How many boxes a person draws for 100 frames until every box overlaps the truth by the threshold."""
    _refuse_bad_out(out)
    try:
        sequences = read_sequences(data)
        loaded = loaded_tracker(tracker, device=device)
        efforts: list[Effort] = []
        with progress_bar("tracking", total=len(sequences)) as show:
            for done, sequence in enumerate(sequences, start=1):
                efforts += measure_effort(loaded, sequence)
                show(done)
    except SequenceError as error:
        refuse(error)
    _tell(_effort_rows(efforts), out)


def _effort_rows(efforts: list[Effort]) -> list[Row]:
    """A row a video and threshold, and one for all videos together."""
    rows = [_effort_row(effort.sequence, [effort]) for effort in efforts]
    for threshold in sorted({effort.threshold for effort in efforts}):
        rows.append(_effort_row("all", [effort for effort in efforts if effort.threshold == threshold]))
    return rows


def _effort_row(name: str, efforts: list[Effort]) -> Row:
    return {
        "sequence": name,
        "threshold": efforts[0].threshold,
        "frames": sum(effort.frame_count for effort in efforts),
        "boxes": sum(effort.boxes for effort in efforts),
        "boxes_per_100_frames": boxes_per_100_frames(efforts),
    }


def _refuse_bad_out(out: Path | None) -> None:
    if out is None:
        return
    folder = out.absolute().parent
    if out.is_dir():
        refuse(f"{out} is a folder; --out needs a file")
    if not folder.is_dir():
        refuse(f"the folder {folder} does not exist; make it first")
    if not os.access(folder, os.W_OK):
        refuse(f"the folder {folder} cannot be written to; choose another")


def _tell(rows: list[Row], out: Path | None) -> None:
    from benchmarks.machine import describe_machine  # torch comes with it

    machine = describe_machine()
    typer.echo(", ".join(f"{key} {value}" for key, value in machine.items()))
    table = Table(box=None, pad_edge=False)
    for key, value in rows[0].items():
        table.add_column(key.replace("_", "\n"), justify="left" if isinstance(value, str) else "right", overflow="fold")
    for row in rows:
        table.add_row(*(f"{value:.2f}" if isinstance(value, float) else str(value) for value in row.values()))
    Console().print(table)
    if out is None:
        return
    draft = out.with_name(f".{out.name}.{os.getpid()}.partial")
    try:
        draft.write_text(json.dumps({"machine": machine, "rows": rows}, indent=1) + "\n")
        os.replace(draft, out)
    except OSError as error:
        refuse(f"{out} could not be written ({error.strerror}); choose another place")
    finally:
        draft.unlink(missing_ok=True)
