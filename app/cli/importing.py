"""The command ``import``: add the tracks of a file to a project."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.options import (
    ColumnsOption,
    FormatOption,
    FramesOption,
    ProjectArgument,
    ZeroBasedOption,
    parsed_frames,
)
from app.cli.output import show_notes
from app.cli.project_file import exchange_errors_refused, opened_project
from app.exchange.annotations import ImportOptions
from app.exchange.importing import ImportedTracks, fitted_to, import_tracks, new_labels
from app.exchange.linking import LEAST_IOU, linked
from app.exchange.match_rules import Match
from app.exchange.mot import MOT17_CLASSES
from app.model.project import Project
from app.model.words import counted
from app.store.project_store import ProjectStore


def import_command(
    project: ProjectArgument,
    format_name: FormatOption,
    source: Annotated[
        Path, typer.Option("--from", metavar="PATH", help="File or sequence folder to read.", show_default=False)
    ],
    match: Annotated[
        str | None,
        typer.Option(
            "--match",
            metavar="RULE",
            help="How pictures are matched with frames: name, number, frame-id or order. Add :0 or :1 to number and "
            "frame-id to say what the first frame is called.",
            show_default="derived from the whole file",
        ),
    ] = None,
    frames: FramesOption = None,
    least_iou: Annotated[
        float,
        typer.Option(
            "--link",
            metavar="IOU",
            min=0.01,
            max=1.0,
            help="Boxes that name no track are one where they overlap so much from frame to frame.",
        ),
    ] = LEAST_IOU,
    mot17: Annotated[bool, typer.Option("--mot17", help="Classes by number are those of MOT17.")] = False,
    columns: ColumnsOption = "",
    zero_based: ZeroBasedOption = False,
) -> None:
    """Add the tracks of a file to a project.

    Says by which rule the pictures of the file were matched with frames. Where two rules disagree nothing is added
    until one is chosen with --match. --frames says which frames of the video the frames of the file are, where the file
    begins elsewhere.
    """
    with exchange_errors_refused(), opened_project(project) as (store, loaded):
        options = ImportOptions(
            label_names=MOT17_CLASSES if mot17 else tuple(loaded.labels),
            first_pixel=0 if zero_based else 1,
            match=None if match is None else Match.parse(match),
            frames=parsed_frames(frames),
            columns=columns,
        )
        read = import_tracks(format_name, source, loaded.video, options)
        imported = fitted_to(loaded, linked(read, least_iou=least_iou))
        _add(store, loaded, imported)
    typer.echo(f"{project}: {counted(len(imported.tracks), 'track')} added from {source}.")
    show_notes(filter(None, (imported.matched, *imported.notes)))


def _add(store: ProjectStore, project: Project, imported: ImportedTracks) -> None:
    with store.transaction():  # all or nothing
        for label in new_labels(project, imported):
            store.put_label(label)
        for track in imported.tracks:
            store.insert_track(track)
