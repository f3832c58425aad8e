"""The command ``track``: boxes in, tracks out, without a window."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from app.assist.exemplar import BACKWARD, FORWARD, Direction
from app.assist.run_plan import plan_run
from app.assist.tracking_run import TrackEnd, TrackingRun
from app.cli.options import DeviceOption, Output, PrecisionOption, TrackerOption, parsed_box, parsed_output
from app.cli.output import progress_bar, refuse
from app.cli.trackers import Origin, loaded_tracker, made_of
from app.exchange.annotations import counted
from app.exchange.errors import ExchangeError
from app.exchange.export import check_goal, export
from app.model.box_record import keyframe
from app.model.project import LABEL_COLOURS, Label, Project, Run, VideoReference
from app.model.track import Track
from app.store.project_store import ProjectStore, StoreError
from app.video.read_ahead import reading_ahead
from app.video.source import VideoError, VideoInfo, open_source
from tracker_core.geometry import Box
from tracker_core.tracker import Tracker

RUN_ID = 1
LABEL = "target"  # as the window names a first track
CSV_HEADER = "frame,track,x,y,w,h,score"


def track_command(
    video: Annotated[Path, typer.Argument(metavar="VIDEO", help="A video file or a folder of images.")],
    boxes: Annotated[
        list[Box],
        typer.Option(
            "--box", metavar="X,Y,W,H", parser=parsed_box, help="What to track, in the first frame; may be repeated."
        ),
    ],
    tracker: TrackerOption,
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

    Frames are counted from 0, boxes are left, top, width, height in pixels. Where no output is named, the tracks are
    printed as CSV.
    """
    exports = exports or []
    _refuse_bad_places(video, project, exports)
    info = _looked_at(video)
    frames = _frames(info, start=start, end=end, backward=backward)
    _refuse_boxes_outside(boxes, info)
    loaded = loaded_tracker(tracker, device=device, precision=precision)
    made = project_with(boxes, info, frames, loaded, made_of=made_of(tracker))
    began, tracked = time.perf_counter(), 1
    with progress_bar("tracking", total=len(frames)) as show:

        def on_frame(done: int) -> None:
            nonlocal tracked
            tracked = done
            show(done)

        try:
            ends = track_through(made, frames, loaded, on_frame=on_frame)
        except VideoError as error:
            refuse(error)
    seconds = time.perf_counter() - began
    if project is None and not exports:
        _print_csv(made)
    if project is not None:
        _save(made, project)
    for output in exports:
        try:
            report = export(made, output.format_name, output.path)
        except ExchangeError as error:
            refuse(error)
        typer.echo(f"{output.path}: {counted(report.boxes, 'box', 'boxes')} of {counted(report.tracks, 'track')}.")
    for ended in ends:
        if ended.reason == "lost":
            typer.echo(f"Track {ended.track_id} was lost in frame {ended.frame}.", err=True)
    speed = f"{tracked / seconds:.0f} frames/s on {loaded.device_text}"
    typer.echo(f"{counted(tracked, 'frame')} in {seconds:.1f} s, {speed}.", err=True)


def _refuse_bad_places(video: Path, project: Path | None, exports: list[Output]) -> None:
    """Everything that is wrong with the outputs, before the work rather than after it."""
    if project is not None:
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


def _looked_at(video: Path) -> VideoInfo:
    try:
        with progress_bar("looking through the video", total=100) as show:
            source = open_source(video, on_progress=lambda fraction: show(round(100 * fraction)))
    except VideoError as error:
        refuse(error)
    source.close()
    return source.info


def _frames(info: VideoInfo, *, start: int | None, end: int | None, backward: bool) -> range:
    """The frames in the order of tracking; the boxes are in the first of them."""
    last = info.frame_count - 1
    for option, frame in (("--start", start), ("--end", end)):
        if frame is not None and frame > last:
            refuse(f"{option} {frame} is beyond the end: the last frame of {info.path} is {last}")
    first_tracked, last_tracked = (last, 0) if backward else (0, last)
    start = first_tracked if start is None else start
    end = last_tracked if end is None else end
    step = -1 if backward else 1
    if (end - start) * step <= 0:
        direction = "before" if backward else "after"
        refuse(f"there is nothing to track: frame {end} is where it would end, which is not {direction} frame {start}")
    return range(start, end + step, step)


def _refuse_boxes_outside(boxes: list[Box], info: VideoInfo) -> None:
    for box in boxes:
        if box.clipped(width=info.width, height=info.height).area == 0:
            numbers = ",".join(f"{value:g}" for value in box.as_tuple())
            refuse(f"the box {numbers} lies outside the picture of {info.width} x {info.height} pixels")


def project_with(
    boxes: list[Box], info: VideoInfo, frames: range, tracker: Tracker, *, made_of: Origin | None = None
) -> Project:
    """The project before the run: each box is a keyframe of a track of its own, as if drawn in the window.

    ``made_of`` is for the project to remember.
    """
    project = Project(VideoReference(info.path, info.frame_count, info.width, info.height, info.frame_rate))
    for box in boxes:
        track = Track(project.next_track_id(), LABEL, project.next_colour())
        track.put({frames[0]: keyframe(box)})
        project.tracks[track.id] = track
    project.labels[LABEL] = Label(LABEL, LABEL_COLOURS[0])
    device, _, precision = tracker.device_text.partition(" ")
    project.runs[RUN_ID] = Run(
        id=RUN_ID,
        tracker=tracker.name,
        started_at=datetime.now(UTC).isoformat(timespec="seconds"),
        first_frame=min(frames[1], frames[-1]),
        last_frame=max(frames[1], frames[-1]),
        device=device,
        constants=tracker.constants.as_mapping(),
        family=made_of.family if made_of else "",
        weights=made_of.weights if made_of else "",
        precision=precision,
    )
    return project


def track_through(
    project: Project, frames: range, tracker: Tracker, *, on_frame: Callable[[int], None]
) -> tuple[TrackEnd, ...]:
    """Carry every track of the project from the first of the frames to the last, in one pass.

    ``on_frame`` hears how many frames are done.

    Raises:
        VideoError: if a frame cannot be read; no track has changed then.
    """
    from tracker_core.runtime.placement import share_cores  # torch, which came with the tracker

    share_cores(len(project.tracks))
    direction: Direction = FORWARD if frames.step > 0 else BACKWARD
    plan = plan_run(project, project.tracks, frames[0], direction, until=len(frames) - 1)
    run = TrackingRun(plan, tracker, run_id=RUN_ID)
    with reading_ahead(project.video.path, frames) as pictures:
        _, first_image = next(pictures)
        run.start(lambda frame: first_image)
        for done, (frame, image) in enumerate(pictures, start=2):
            run.step(frame, image)
            on_frame(done)
            if run.is_over:
                break
    for track_id, records in run.take_records().items():
        project.tracks[track_id].put(records)
    return run.ends


def _save(project: Project, path: Path) -> None:
    """Write the project file beside its place, and put it there when it is whole."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        store = ProjectStore.create(draft, project.video)
        try:
            store.put_project(project)
        finally:
            store.close()
        os.replace(draft, path)
    except StoreError as error:
        refuse(error)
    except OSError as error:
        refuse(f"{path} could not be written ({error.strerror}); choose another place")
    finally:
        for leftover in draft.parent.glob(f"{draft.name}*"):  # its WAL too
            leftover.unlink()
    typer.echo(f"{path}: {counted(len(project.tracks), 'track')}.")


def _print_csv(project: Project) -> None:
    typer.echo(CSV_HEADER)
    rows = (
        (frame, track.id, record)
        for track in project.tracks.values()
        for frame, record in track.items()
        if record.box is not None
    )
    for frame, track_id, record in sorted(rows, key=lambda row: row[:2]):
        assert record.box is not None
        numbers = ",".join(f"{value:.2f}" for value in record.box.as_tuple())
        score = "" if record.score is None else f"{record.score:.4f}"
        typer.echo(f"{frame},{track_id},{numbers},{score}")
