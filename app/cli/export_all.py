"""The command ``export-all``: exports every project of a workspace, separately or as one data set."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from app.cli.export import PictureType
from app.cli.options import ExportOption
from app.cli.output import FAULTS_FOUND, complain, refuse, show_notes
from app.cli.project_file import exchange_errors_refused
from app.exchange.annotations import ExportOptions
from app.model.words import counted
from app.store.autosave import autosave_folder
from app.store.errors import StoreError
from app.store.looking import look_at_project
from app.workspace.exporting import VideoToExport, export_all, videos_to_export, with_classes
from app.workspace.merging import MERGED, export_merged
from app.workspace.projects import projects_of_videos
from app.workspace.splits import Shares
from app.workspace.videos import WorkspaceError, find_videos


def export_all_command(
    workspace: Annotated[
        Path, typer.Argument(metavar="WORKSPACE", help="A folder of videos with projects.", show_default=False)
    ],
    format_name: ExportOption,
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="A new folder to write.", show_default=False)],
    merged: Annotated[
        bool,
        typer.Option("--merged", help=f"One data set with unique ids over all videos: {', '.join(MERGED)}."),
    ] = False,
    split: Annotated[
        str, typer.Option("--split", metavar="TRAIN/VAL/TEST", help="Shares of the videos, as in 80/10/10.")
    ] = "",
    seed: Annotated[int, typer.Option("--seed", min=0, help="The same seed gives the same split.")] = 0,
    reviewed_only: Annotated[
        bool, typer.Option("--reviewed-only", help="Only boxes that a person has drawn or reviewed.")
    ] = False,
    pictures: Annotated[
        PictureType | None, typer.Option("--pictures", help="Also write the frames.", show_default=False)
    ] = None,
    class_order: Annotated[
        str,
        typer.Option("--class-order", metavar="LABELS", help="The labels of the first classes, separated by commas."),
    ] = "",
) -> None:
    """Export the projects of all videos in a folder, with the same class numbers in all, optionally split by video.

    If a project cannot be written, the others still are, and the exit code is 1.
    """
    with exchange_errors_refused():
        shares = _shares(split, seed)
        videos = _videos(workspace)
        order = tuple(filter(None, (name.strip() for name in class_order.split(","))))
        options = ExportOptions(reviewed_only=reviewed_only, pictures=pictures or "", class_order=order)
        write = export_merged if merged else export_all
        report = write(videos, format_name, out, with_classes(options, _labels(videos)), shares=shares)
    boxes, tracks = counted(report.boxes, "box", "boxes"), counted(report.tracks, "track")
    parts = ", ".join(f"{count} {name}" for name, count in (report.parts or {}).items())
    typer.echo(f"{out}: {boxes} of {tracks} in {counted(report.videos, 'video')}{f' ({parts})' if parts else ''}.")
    show_notes(report.notes)
    for name, problem in report.failed:
        complain(f"{name}: {problem}")
    if report.failed:
        raise typer.Exit(FAULTS_FOUND)


def _shares(text: str, seed: int) -> Shares | None:
    if not text:
        return None
    try:
        train, val, test = map(float, text.split("/"))
        return Shares(train, val, test, seed)
    except ValueError:
        refuse(f"--split is three shares such as 80/10/10, not all 0, and not {text[:40]!r}")


def _videos(workspace: Path) -> list[VideoToExport]:
    folder = Path(os.path.abspath(workspace))
    try:
        found = find_videos(folder)
    except WorkspaceError as error:
        refuse(error)
    projects = projects_of_videos(found, folder=folder, autosaves=autosave_folder())
    if not projects:
        refuse(f"None of the {counted(len(found), 'video')} in {folder} has a project; draw boxes in the window first.")
    return videos_to_export({video: projects[video] for video in found if video in projects}, folder)


def _labels(videos: list[VideoToExport]) -> list[str]:
    """All labels that tracks have, in order of the projects. The export itself reports unreadable projects."""
    labels: dict[str, None] = {}
    for video in videos:
        try:
            project = look_at_project(video.project)
        except StoreError:
            continue
        worn = {track.label for track in project.tracks.values()}
        labels.update(dict.fromkeys(label for label in (*project.labels, *sorted(worn)) if label in worn))
    return list(labels)
