"""The command ``import``: add the tracks of a file to a project."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from app.cli.options import (
    ColumnsOption,
    FormatOption,
    FramesOption,
    ProjectArgument,
    VideoOption,
    ZeroBasedOption,
    parsed_frames,
)
from app.cli.output import show_notes
from app.cli.project_file import exchange_errors_refused, opened_project, place_video
from app.exchange.annotations import ImportOptions
from app.exchange.importing import ImportedTracks, fitted_to, import_tracks, new_attributes, new_labels
from app.exchange.linking import LEAST_IOU, as_detections, linked
from app.exchange.match_rules import Match
from app.exchange.mot import MOT17_CLASSES
from app.model.linking import LONGEST_GAP, LinkRules
from app.model.project import Project
from app.model.words import counted
from app.store.project_store import ProjectStore


class TakeAs(StrEnum):
    TRACKS = "tracks"
    DETECTIONS = "detections"


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
            "frame-id to give the number of the first frame.",
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
            help="Link boxes without a track if they overlap this much from frame to frame.",
        ),
    ] = LEAST_IOU,
    take_as: Annotated[
        TakeAs,
        typer.Option(
            "--as",
            help="Boxes become tracks, or all become detections for a person to take in the window.",
        ),
    ] = TakeAs.TRACKS,
    gap: Annotated[
        int,
        typer.Option("--gap", min=0, max=LONGEST_GAP, help="Link across this many frames without a box."),
    ] = 0,
    shortest: Annotated[int, typer.Option("--shortest", min=1, help="Leave out linked tracks with fewer boxes.")] = 1,
    least_score: Annotated[
        float, typer.Option("--least-score", min=0.0, max=1.0, help="Boxes below this score are not linked.")
    ] = 0.0,
    mot17: Annotated[bool, typer.Option("--mot17", help="Class numbers are those of MOT17.")] = False,
    columns: ColumnsOption = "",
    zero_based: ZeroBasedOption = False,
    video: VideoOption = None,
) -> None:
    """Add the tracks of a file to a project.

    Prints the rule by which pictures of the file were matched with frames. If two rules disagree, nothing is added
    until you choose one with --match. Use --frames if the file does not begin with the video's first frame. --video
    also changes the place that the project names.
    """
    with exchange_errors_refused(), opened_project(project) as (store, loaded):
        if video is not None:
            place_video(loaded, video)
            store.put_video(loaded.video)
        options = ImportOptions(
            label_names=MOT17_CLASSES if mot17 else tuple(loaded.labels),
            first_pixel=0 if zero_based else 1,
            match=None if match is None else Match.parse(match),
            frames=parsed_frames(frames),
            columns=columns,
        )
        read = import_tracks(format_name, source, loaded.video, options)
        if take_as is TakeAs.DETECTIONS:
            imported, detections = read, as_detections(read, loaded)
            store.add_detections(detections)
            added = counted(len(detections), "detection")
        else:
            rules = LinkRules(least_iou, gap, shortest, least_score)
            imported = fitted_to(loaded, linked(read, rules))
            _add(store, loaded, imported)
            added = counted(len(imported.tracks), "track")
    typer.echo(f"{project}: {added} added from {source}.")
    show_notes(filter(None, (imported.matched, *imported.notes)))


def _add(store: ProjectStore, project: Project, imported: ImportedTracks) -> None:
    with store.transaction():  # all or nothing
        for label in new_labels(project, imported):
            store.put_label(label)
        more = new_attributes(project, imported)
        if more:
            store.put_attributes((*project.attributes.values(), *more))
        for track in imported.tracks:
            store.insert_track(track)
