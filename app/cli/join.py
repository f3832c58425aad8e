"""The command ``join``: joins separately tracked parts of one video into one project."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from app.batch.joining import LEAST_IOU, joined
from app.cli.output import FAULTS_FOUND, complain, refuse, show_notes
from app.exchange.errors import ExchangeError
from app.exchange.export import refuse_precious
from app.model.words import counted
from app.store.errors import StoreError
from app.store.looking import look_at_project
from app.store.project_store import ProjectStore


def join_command(
    parts: Annotated[
        list[Path], typer.Argument(metavar="PART...", help="Projects of one video, in the order of their frames.")
    ],
    out: Annotated[
        Path, typer.Option("--out", metavar="PROJECT", help="The project file to write.", show_default=False)
    ],
    least_iou: Annotated[
        float,
        typer.Option("--iou", metavar="IOU", min=0.01, max=1.0, help="Join tracks that overlap at least this much."),
    ] = LEAST_IOU,
    report_path: Annotated[
        Path | None, typer.Option("--report", metavar="FILE", help="Write the whole report as JSON.")
    ] = None,
) -> None:
    """Join the tracks of overlapping parts of one video. Tracks whose boxes overlap become one."""
    if len(parts) < 2:
        refuse("there is nothing to join: name two projects or more")
    if report_path is not None:
        _refuse_bad_place(report_path)
    try:
        whole, report = joined([look_at_project(part) for part in parts], least_iou=least_iou)
        store = ProjectStore.create(out, whole.video)
        try:
            store.put_project(whole)
            store.settle()
        finally:
            store.close()
    except (StoreError, ValueError) as error:
        refuse(error)
    if report_path is not None:
        try:
            report_path.write_text(json.dumps(asdict(report), indent=2) + "\n", encoding="utf-8")
        except OSError as error:
            complain(f"{out} is made, but its report could not be written to {report_path} ({error.strerror})")
            raise typer.Exit(FAULTS_FOUND) from None
    typer.echo(f"{out}: {counted(len(whole.tracks), 'track')} of {counted(len(parts), 'part')}.")
    show_notes(report.lines)


def _refuse_bad_place(report_path: Path) -> None:
    """Refuse a report that cannot be written or would overwrite a project, before the work."""
    try:
        refuse_precious(report_path, is_text=True)
    except ExchangeError as error:
        refuse(error)
    if report_path.is_dir() or not report_path.absolute().parent.is_dir():
        refuse(f"no report can be written to {report_path}; name a file in a folder that exists")
