"""The commands of ``siamark bench``. Each prints a table, and writes a file if ``--out`` is given."""

from __future__ import annotations

import json
import os
from collections.abc import Collection
from dataclasses import asdict
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer
from rich.table import Table

from app.cli.help_page import Command, Group
from app.cli.options import DataOption, DeviceOption, OutOption, TrackerOption
from app.cli.output import print_table, progress_bar, refuse
from app.cli.trackers import loaded_tracker
from app.exchange.errors import ExchangeError
from app.exchange.export import refuse_precious
from app.model.doubt import TARGET_IOUS
from tracker_core.evaluation.effort import Effort, boxes_per_100_frames, measure_effort
from tracker_core.evaluation.folders import read_sequences
from tracker_core.evaluation.sequences import SequenceError
from tracker_core.tracker import DeviceName
from tracker_core.weights.catalog import CatalogError, load_tracker, model_named, models

if TYPE_CHECKING:
    from benchmarks.people import PersonName
    from tracker_core.tracker import Tracker

Row: TypeAlias = dict[str, object]


class EffortPerson(StrEnum):
    """Who draws in ``bench effort``."""

    FIRST_WRONG = "first-wrong"
    SUGGESTED = "suggested"
    QUEUE = "queue"
    SPANS = "spans"


class Ingredient(StrEnum):
    """What ``bench effort`` can switch off (``app.assist.fusion.Ingredients``)."""

    BEND = "bend"
    FUSE = "fuse"
    SWITCH = "switch"
    LINE = "line"


bench_app = typer.Typer(cls=Group, help="Benchmark Siamark on this machine.", no_args_is_help=False)


@bench_app.command("speed", cls=Command)
def speed_command(
    tracker: Annotated[
        list[str] | None,
        typer.Option("--tracker", metavar="NAME", help="Tracker to measure; may be repeated. Default: all."),
    ] = None,
    published: Annotated[
        bool, typer.Option("--published", help="Measure the published layouts too, with random weights.")
    ] = False,
    frames: Annotated[
        int, typer.Option(metavar="N", min=5, max=100_000, help="Length of the generated 720p video, in frames.")
    ] = 300,
    against: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", help="Compare with the public code instead: the folder of a checkout of STVIR/pysot."
        ),
    ] = None,
    nanotrack: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", help="Measure NanoTrack under ONNX Runtime too: the folder of its two .onnx files."
        ),
    ] = None,
    out: OutOption = None,
) -> None:
    """Measure the time a frame takes.

    Prints the milliseconds of each part of a step, on each device and in each precision; or, with --against, how many
    times faster Siamark is than the public code.
    """
    _refuse_bad_out(out)
    if against is not None:
        _tell(_rows_against(against, rounds=frames // 20), out)
        return
    names = tracker or [model.name for model in models() if model.family.is_tracker]
    for name in names:
        loaded_tracker(name, device="auto")  # ends with one line of text if there is no such tracker
    from benchmarks.published import LAYOUTS, untrained  # torch comes with it
    from benchmarks.speed import measure_speed, placements
    from tracker_core.runtime.placement import place

    places = list(placements())
    trackers = (
        load_tracker(name, device=device, precision=precision) for name in names for device, precision in places
    )
    layouts = LAYOUTS if published else ()
    peers = [] if nanotrack is None else [_nanotrack(nanotrack)]
    random = (untrained(layout, place(*chosen)) for layout in layouts for chosen in places)
    rows: list[Row] = []
    with progress_bar("measuring", total=len(places) * (len(names) + len(layouts)) + len(peers)) as show:
        for row in measure_speed(chain(trackers, random, peers), frames=frames):
            rows.append(asdict(row))
            show(len(rows))
    _tell(rows, out)


def _nanotrack(folder: Path) -> Tracker:
    import torch

    from benchmarks.nanotrack_onnx import PeerError, nanotrack_onnx  # torch comes with it

    try:
        return nanotrack_onnx(folder, threads=torch.get_num_threads())
    except PeerError as error:
        refuse(error)


def _rows_against(folder: Path, *, rounds: int) -> list[Row]:
    from benchmarks.against import PublicCodeError, measure_against  # torch comes with it

    try:
        return [asdict(row) for row in measure_against(folder, rounds=rounds)]
    except PublicCodeError as error:
        refuse(error)


@bench_app.command("precision", cls=Command)
def precision_command(
    data: DataOption,
    tracker: TrackerOption,
    frames: Annotated[
        int, typer.Option(metavar="N", min=2, max=1_000_000, help="How many frames of each sequence to use.")
    ] = 100,
    out: OutOption = None,
) -> None:
    """Measure how much bf16 changes the boxes.

    Prints the overlap of bf16's boxes with those of float32 on the CPU, frame by frame and in free tracking.
    """
    _refuse_bad_out(out)
    loaded_tracker(tracker, device="cpu")
    from benchmarks.precision import measure_precision  # torch comes with it

    try:
        sequences = read_sequences(data)
        exact, rough = (load_tracker(tracker, device="cpu", precision=precision) for precision in ("float32", "bf16"))
        with progress_bar("tracking", total=len(sequences)) as show:
            rows = [asdict(row) for row in measure_precision(exact, rough, sequences, frames=frames, on_done=show)]
    except SequenceError as error:
        refuse(error)
    _tell(rows, out)


@bench_app.command("effort", cls=Command)
def effort_command(
    data: DataOption,
    tracker: TrackerOption,
    device: DeviceOption = "auto",
    person: Annotated[
        EffortPerson,
        typer.Option(
            help="Who draws: one who looks through the video and redraws the first wrong box; one who looks where a "
            "box is suggested; one who looks only at the box that the review queue points to; one who looks at all "
            "boxes of each doubt of the queue."
        ),
    ] = EffortPerson.FIRST_WRONG,
    without: Annotated[
        list[Ingredient] | None,
        typer.Option(
            metavar="PART",
            help="Switch off a part of the fusion between keyframes, to measure what it contributes; may be repeated: "
            "bend, fuse, switch, line. With --person suggested, queue or spans.",
        ),
    ] = None,
    out: OutOption = None,
) -> None:
    """Measure how many boxes a person draws.

    Prints the boxes per 100 frames that are needed until every box overlaps the truth by the threshold.
    """
    _refuse_bad_out(out)
    if person is not EffortPerson.FIRST_WRONG:
        reviewer: dict[EffortPerson, PersonName] = {
            EffortPerson.SUGGESTED: "suggested", EffortPerson.QUEUE: "queue", EffortPerson.SPANS: "spans",
        }  # fmt: skip
        _tell(_review_rows(data, tracker, device, reviewer[person], [str(part) for part in without or ()]), out)
        return
    if without:
        refuse("--without needs --person suggested, queue or spans: the first-wrong person tracks forward only")
    try:
        sequences = read_sequences(data)
        loaded = loaded_tracker(tracker, device=device).tracker
        efforts: list[Effort] = []
        with progress_bar("tracking", total=len(sequences)) as show:
            for done, sequence in enumerate(sequences, start=1):
                efforts += measure_effort(loaded, sequence)
                show(done)
    except SequenceError as error:
        refuse(error)
    _tell(_effort_rows(efforts), out)


@bench_app.command("window", cls=Command)
def window_command(
    tracker: TrackerOption,
    frames: Annotated[
        int, typer.Option(metavar="N", min=20, max=100_000, help="Length of the generated 720p video, in frames.")
    ] = 200,
    runs: Annotated[
        int, typer.Option(metavar="N", min=0, max=1000, help="Track this many more times, to see whether memory grows.")
    ] = 0,
    targets: Annotated[int, typer.Option(metavar="N", min=2, max=50, help="How many targets are tracked at once.")] = 8,
    full_hd: Annotated[
        bool, typer.Option("--full-hd", help="Use 1080p in groups of 250 frames, where jumps take longest.")
    ] = False,
    out: OutOption = None,
) -> None:
    """Measure how long the window does not respond, and how much memory it uses.

    Runs the real window offscreen: it opens a video, steps through it and tracks.
    """
    _refuse_bad_out(out)
    try:
        model_named(tracker)
    except CatalogError as error:
        refuse(error)
    from app.demo.offscreen import DemoError  # Qt comes with it
    from benchmarks.window import DOINGS, measure_window

    rows: list[Row] = []
    try:
        with progress_bar("measuring", total=DOINGS + runs) as show:
            for row in measure_window(tracker=tracker, frames=frames, runs=runs, targets=targets, full_hd=full_hd):
                rows.append(asdict(row))
                show(len(rows), row.doing)
    except DemoError as error:
        refuse(error)
    _tell(rows, out)


@bench_app.command("timeline", cls=Command)
def timeline_command(
    tracks: Annotated[int, typer.Option(metavar="N", min=20, max=1000, help="Number of tracks in the project.")] = 200,
    frames: Annotated[
        int, typer.Option(metavar="N", min=1000, max=1_000_000, help="Number of frames of the video.")
    ] = 100_000,
    out: OutOption = None,
) -> None:
    """Measure how long the track list and the timeline do not respond, with many tracks on a long video."""
    _refuse_bad_out(out)
    from benchmarks.timeline import measure_timeline  # Qt comes with it

    _tell([asdict(row) for row in measure_timeline(tracks=tracks, frames=frames)], out)


def _review_rows(
    data: Path, tracker: str, device: DeviceName, person: PersonName, without: Collection[str]
) -> list[Row]:
    """A row for each video and threshold, and one for all videos together."""
    from benchmarks.people import Outcome, Reviews, totals

    outcomes: list[Outcome] = []
    try:
        sequences = read_sequences(data)
        loaded = loaded_tracker(tracker, device=device).tracker
        with progress_bar("reviewing", total=len(sequences)) as show:
            for done, sequence in enumerate(sequences, start=1):
                reviews = Reviews(sequence, loaded)
                for target_iou in TARGET_IOUS:
                    outcomes.append(reviews.review(person, target_iou=target_iou, without=without))
                show(done)
    except SequenceError as error:
        refuse(error)
    rows: list[Row] = [{"sequence": one.film, "threshold": one.threshold, **totals([one])} for one in outcomes]
    for target_iou in TARGET_IOUS:
        of_all = totals(one for one in outcomes if one.threshold == target_iou)
        rows.append({"sequence": "all", "threshold": target_iou, **of_all})
    return rows


def _effort_rows(efforts: list[Effort]) -> list[Row]:
    """A row for each video and threshold, and one for all videos together."""
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


def _cell(value: object) -> str:
    if value is None:
        return "–"  # not measured on this device
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def _tell(rows: list[Row], out: Path | None) -> None:
    from benchmarks.machine import describe_machine  # torch comes with it

    machine = describe_machine()
    typer.echo(", ".join(f"{key} {value}" for key, value in machine.items()))
    cells = [[_cell(value) for value in row.values()] for row in rows]
    wide, narrow = Table(box=None, pad_edge=False), Table(box=None, pad_edge=False, show_header=False)
    for key, value in rows[0].items():
        wide.add_column(key.replace("_", "\n"), justify="left" if isinstance(value, str) else "right", overflow="fold")
    narrow.add_column(no_wrap=True)
    for row in cells:
        wide.add_row(*row)
        narrow.add_column(justify="right", overflow="fold")
    for key, *values in zip(rows[0], *cells, strict=True):
        narrow.add_row(key.replace("_", " "), *values)
    print_table(wide, narrow)
    if out is None:
        return
    draft = out.with_name(f".{out.name}.{os.getpid()}.partial")
    try:
        refuse_precious(out, is_text=True)
        draft.write_text(json.dumps({"machine": machine, "rows": rows}, indent=1) + "\n")
        os.replace(draft, out)
    except ExchangeError as error:
        refuse(error)
    except OSError as error:
        refuse(f"{out} could not be written ({error.strerror}); choose another place")
    finally:
        draft.unlink(missing_ok=True)
