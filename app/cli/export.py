"""The command ``export``: what File > Export does, without a window."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.options import FormatOption, ProjectArgument, ZeroBasedOption
from app.cli.output import show_notes
from app.cli.project_file import exchange_errors_refused, opened_project
from app.exchange.annotations import ExportOptions, counted
from app.exchange.export import export


def export_command(
    project: ProjectArgument,
    format_name: FormatOption,
    out: Annotated[
        Path,
        typer.Option(
            "--out", metavar="PATH", help="File to write; for mot also a sequence folder.", show_default=False
        ),
    ],
    keyframes_only: Annotated[bool, typer.Option("--keyframes-only", help="A person's boxes only.")] = False,
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
    single_class: Annotated[
        bool, typer.Option("--single-class", help="Every track as class 1, as TrackEval scores MOT.")
    ] = False,
    zero_based: ZeroBasedOption = False,
) -> None:
    """Write the tracks of a project in another format.

    The file is read back and checked before it is put in place.
    """
    options = ExportOptions(
        keyframes_only=keyframes_only,
        minimum_score=minimum_score,
        single_class=single_class,
        first_pixel=0 if zero_based else 1,
    )
    with exchange_errors_refused(), opened_project(project) as (_, loaded):
        report = export(loaded, format_name, out, options)
    boxes, tracks = counted(report.boxes, "box", "boxes"), counted(report.tracks, "track")
    typer.echo(f"{out}: {boxes} of {tracks} in {counted(report.frames, 'frame')}.")
    classes = f"Classes: {report.numbered_classes}." if report.numbered_classes else ""
    show_notes(filter(None, (classes, *report.notes)))
