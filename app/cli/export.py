"""The command ``export``: what File > Export does, without a window."""

from __future__ import annotations

from contextlib import closing
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from app.assist.review_queue import doubts_of_project
from app.cli.options import (
    ColumnsOption,
    ExportOption,
    FramesOption,
    ProjectArgument,
    VideoOption,
    ZeroBasedOption,
    parsed_frames,
    parsed_pair,
)
from app.cli.output import show_notes, step_shown
from app.cli.project_file import exchange_errors_refused, place_video
from app.exchange.annotations import LARGEST_MARGIN, ExportOptions
from app.exchange.export import export
from app.exchange.format import Rendering
from app.exchange.formats import export_named
from app.model.class_numbers import class_numbers
from app.model.doubt_words import tally
from app.model.project import Project
from app.store.errors import StoreError
from app.store.looking import is_of_this_version, look_at_project
from app.store.project_store import ProjectStore


class PictureType(StrEnum):
    JPG = "jpg"
    PNG = "png"


def export_command(
    project: ProjectArgument,
    format_name: ExportOption,
    out: Annotated[
        Path,
        typer.Option(
            "--out", metavar="PATH", help="File or folder to write, depending on the format.", show_default=False
        ),
    ],
    keyframes_only: Annotated[bool, typer.Option("--keyframes-only", help="Only boxes that a person made.")] = False,
    reviewed_only: Annotated[
        bool, typer.Option("--reviewed-only", help="Only boxes that a person has drawn or reviewed.")
    ] = False,
    minimum_score: Annotated[
        float | None,
        typer.Option(
            "--minimum-score",
            metavar="SCORE",
            min=0.0,
            max=1.0,
            help="Leave out tracked boxes below this score that nobody has reviewed.",
        ),
    ] = None,
    frames: FramesOption = None,
    label: Annotated[
        list[str] | None,
        typer.Option(
            "--label",
            metavar="OLD=NEW",
            help="Write a label under another name; OLD= leaves its tracks out, =NEW is for tracks without "
            "a label. May be given several times.",
        ),
    ] = None,
    class_order: Annotated[
        str,
        typer.Option("--class-order", metavar="LABELS", help="The labels of the first classes, separated by commas."),
    ] = "",
    pictures: Annotated[
        PictureType | None,
        typer.Option("--pictures", help="Also write the frames; for crops, the type of picture.", show_default=False),
    ] = None,
    margin: Annotated[
        float,
        typer.Option(
            "--margin",
            metavar="SHARE",
            min=0.0,
            max=LARGEST_MARGIN,
            help="Crops: margin around each box, as a share of its size.",
        ),
    ] = 0.0,
    single_class: Annotated[
        bool, typer.Option("--single-class", help="Write every track as class 1, which TrackEval scores in MOT.")
    ] = False,
    mot17: Annotated[bool, typer.Option("--mot17", help="Use the classes of MOT17.")] = False,
    polygons: Annotated[bool, typer.Option("--polygons", help="Write VOT regions as polygons.")] = False,
    columns: ColumnsOption = "",
    zero_based: ZeroBasedOption = False,
    video: VideoOption = None,
) -> None:
    """Write the tracks of a project in another format, as a video with the boxes drawn in, or as crops.

    The file is read back and checked before it is put in place.
    """
    with exchange_errors_refused():
        options = ExportOptions(
            keyframes_only=keyframes_only,
            reviewed_only=reviewed_only,
            minimum_score=minimum_score,
            frames=parsed_frames(frames),
            label_map=dict(map(parsed_pair, label or ())),
            class_order=tuple(filter(None, (name.strip() for name in class_order.split(",")))),
            pictures=pictures or "",
            single_class=single_class,
            mot17=mot17,
            polygons=polygons,
            columns=columns,
            margin=margin,
            first_pixel=0 if zero_based else 1,
        )
        loaded = look_at_project(project)
        place_video(loaded, video, needed=bool(pictures) or isinstance(export_named(format_name), Rendering))
        doubts = tally(doubts_of_project(loaded))
        with step_shown() as on_step:
            report = export(loaded, format_name, out, options, on_step=on_step)
        kept = _numbers_kept(project, loaded) if report.classes else ""
    typer.echo(f"{out}: {report.amount}.")
    classes = f"Classes: {report.numbered_classes}." if report.numbered_classes else ""
    unreviewed = f"Not reviewed to the end: {doubts}." if doubts else ""
    show_notes(filter(None, (classes, *report.notes, kept, unreviewed)))


def _numbers_kept(path: Path, project: Project) -> str:
    """Keep the exported class numbers in the project. Returns a sentence if that fails."""
    numbers = class_numbers(project)
    if numbers == project.class_numbers:
        return ""
    try:
        if not is_of_this_version(path):
            return "The class numbers may change: the project is of an older version and notes them once it was opened."
        with closing(ProjectStore.open(path)) as store:
            store.put_class_numbers(numbers)
            store.settle()
    except StoreError as error:
        return f"The class numbers may change, because the project could not note them: {error}"
    return ""
