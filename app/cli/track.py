"""The command ``track``: boxes in, tracks out, without a window."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from app.assist.headless_run import carry_out, project_of_boxes
from app.assist.run_plan import Until, is_too_large, plan_run
from app.assist.runs import damage_sentence, new_run
from app.assist.tracking_run import TrackEnd
from app.cli.options import (
    DeviceOption,
    Output,
    PrecisionOption,
    TrackerOption,
    parsed_box,
    parsed_label,
    parsed_output,
)
from app.cli.output import FAULTS_FOUND, complain, progress_bar, refuse
from app.cli.run_results import RunResults
from app.cli.trackers import loaded_tracker
from app.exchange.errors import ExchangeError
from app.exchange.export import check_goal
from app.model.direction import BACKWARD, FORWARD, Direction
from app.model.words import counted
from app.store.errors import StoreError
from app.store.unfinished import check_goal as check_new_project
from app.video.source import VideoError, VideoInfo, open_source
from tracker_core.geometry import Box


def track_command(
    video: Annotated[Path, typer.Argument(metavar="VIDEO", help="A video file or a folder of images.")],
    boxes: Annotated[
        list[Box],
        typer.Option(
            "--box", metavar="X,Y,W,H", parser=parsed_box, help="What to track, in the first frame; may be repeated."
        ),
    ],
    tracker: TrackerOption,
    labels: Annotated[
        list[str] | None,
        typer.Option(
            "--label",
            metavar="NAME",
            parser=parsed_label,
            help="What the boxes show: once for all of them, or once for each, in their order. Left out: no label.",
        ),
    ] = None,
    film: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=0, help="The stream to take of a file with several films. Left out: the main one."
        ),
    ] = None,
    start: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=0,
            help="The frame of the boxes, counted from 0. Left out: the first; with --backward, the last.",
        ),
    ] = None,
    end: Annotated[
        int | None,
        typer.Option(metavar="N", min=0, help="The last frame to track. Left out: as far as the video goes."),
    ] = None,
    backward: Annotated[bool, typer.Option("--backward", help="Track towards the beginning.")] = False,
    device: DeviceOption = "auto",
    precision: PrecisionOption = "auto",
    project: Annotated[Path | None, typer.Option(metavar="FILE", help="A project file to make.")] = None,
    exports: Annotated[
        list[Output] | None,
        typer.Option(
            "--export", metavar="FORMAT:PATH", parser=parsed_output, help="A file to export to; may be repeated."
        ),
    ] = None,
) -> None:
    """Track boxes through a video.

    Frames are counted from 0; boxes are left, top, width, height in pixels. If no output is named, the tracks are
    printed as CSV. A run that fails keeps what it has found until then; the exit code is then 1.
    """
    exports, labels = exports or [], labels or []
    if len(labels) not in (0, 1, len(boxes)):
        named, drawn = counted(len(labels), "label"), counted(len(boxes), "box", "boxes")
        refuse(f"{named} for {drawn}; give one for all, or one for each")
    _refuse_bad_places(video, project, exports)
    info = _looked_at(video, film)
    span = _span(info, start=start, end=end, backward=backward)
    _refuse_bad_boxes(boxes, info)
    loaded = loaded_tracker(tracker, device=device, precision=precision)
    made = project_of_boxes(boxes, info, span.start, labels=labels)
    plan = plan_run(made, made.tracks, span.start, span.direction, until=span.until)
    if plan.refusals:
        refuse(" ".join(plan.refusals))
    run = new_run(made.next_run_id(), plan, loaded)
    made.runs[run.id] = run
    results = RunResults(made, project, exports)
    ends: tuple[TrackEnd, ...] = ()
    damaged: set[int] = set()
    problem, seen, began = "", 1, time.perf_counter()
    with progress_bar("tracking", total=len(plan.frames) + 1) as show:

        def on_frame(done: int) -> None:
            nonlocal seen
            seen = done + 1  # including the frame of the boxes
            show(seen)

        try:
            with results:
                ends = carry_out(run, plan, made, loaded, on_frame=on_frame, on_records=results.take, damaged=damaged)
        except KeyboardInterrupt:
            if results.project_path is not None:
                complain(f"{results.project_path} keeps the {counted(seen, 'frame')} tracked so far")
            raise
        except (VideoError, StoreError) as error:
            problem = str(error)
        except Exception as error:
            problem = f"tracking failed ({type(error).__name__}: {error})"
    seconds = time.perf_counter() - began
    if problem and not results.has_any:
        refuse(problem)
    _hand_out(results, problem)
    if damaged:
        complain(damage_sentence(damaged))
    for ended in ends:
        if ended.reason == "lost":
            complain(f"Track {ended.track_id} was lost in frame {ended.frame}")
    if problem:
        kept = " and ".join(results.places)
        complain(f"{problem.rstrip('.')}; the {counted(seen, 'frame')} until then are kept in {kept}")
        raise typer.Exit(FAULTS_FOUND)
    speed = f"{seen / seconds:.0f} frames/s on {loaded.tracker.place}"
    typer.echo(f"{counted(seen, 'frame')} in {seconds:.1f} s, {speed}.", err=True)


def _hand_out(results: RunResults, problem: str) -> None:
    try:
        results.hand_out()
    except ExchangeError as error:
        if problem:
            complain(problem)
        refuse(error)


def _refuse_bad_places(video: Path, project: Path | None, exports: list[Output]) -> None:
    """Refuse bad outputs before the work begins."""
    if project is not None:
        try:
            check_new_project(project)
        except StoreError as error:
            refuse(error)
        if project.exists():
            refuse(f"{project} exists already; choose another name")
        if not project.absolute().parent.is_dir():
            refuse(f"the folder {project.parent} does not exist; make it first")
        if not os.access(project.absolute().parent, os.W_OK):
            refuse(f"the folder {project.parent} cannot be written to; choose another")
    places = [video, *([project] if project else []), *(output.path for output in exports)]
    resolved = [place.resolve() for place in places]
    for place, real in zip(places, resolved, strict=True):
        if resolved.count(real) > 1:
            refuse(f"{place} is named twice; the video and every output need a place of their own")
    for output in exports:
        try:
            check_goal(output.format_name, output.path)
        except ExchangeError as error:
            refuse(error)


def _looked_at(video: Path, film: int | None) -> VideoInfo:
    try:
        with progress_bar("looking through the video", total=100) as show:
            source = open_source(
                video, on_progress=lambda fraction: show(round(100 * fraction)), film=film, is_proven=True
            )
    except VideoError as error:
        refuse(error)
    source.close()
    for note in source.info.notes:
        complain(note)
    return source.info


@dataclass(frozen=True, slots=True)
class _Span:
    """The frame of the boxes, and how far to track from there."""

    start: int
    direction: Direction
    until: Until | int


def _span(info: VideoInfo, *, start: int | None, end: int | None, backward: bool) -> _Span:
    last = info.frame_count - 1
    if last == 0:
        refuse(f"{info.path} is a single picture, so there is nothing to track; give a video or a folder of pictures")
    for option, frame in (("--start", start), ("--end", end)):
        if frame is not None and frame > last:
            refuse(f"{option} {frame} is beyond the end: the last frame of {info.path} is {last}")
    direction: Direction = BACKWARD if backward else FORWARD
    first_tracked, last_tracked = (last, 0) if backward else (0, last)
    start = first_tracked if start is None else start
    length = ((last_tracked if end is None else end) - start) * direction
    if length <= 0:
        side = "before" if backward else "after"
        last_wanted = start + length * direction
        refuse(f"there is nothing to track: frame {last_wanted}, where it would end, is not {side} frame {start}")
    return _Span(start, direction, Until.END if end is None else length)


def _refuse_bad_boxes(boxes: list[Box], info: VideoInfo) -> None:
    for box in boxes:
        numbers = ",".join(f"{value:g}" for value in box.as_tuple())
        if box.clipped(width=info.width, height=info.height).area == 0:
            refuse(f"the box {numbers} lies outside the picture of {info.width} x {info.height} pixels")
        if is_too_large(box, width=info.width, height=info.height):
            refuse(f"the box {numbers} is far larger than the picture of {info.width} x {info.height} pixels")
