"""The command ``prepare``: from data sets and projects to training pictures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from app.cli.output import one_line, progress_bar, refuse
from app.cli.project_source import find_projects
from app.model.words import counted
from tracker_core.training.pictures.prepared import PreparedDataError
from tracker_core.training.sources.finding import FORMS, find_sources
from tracker_core.training.sources.naming import distinct
from tracker_core.training.sources.prepare import SourceReport, prepare
from tracker_core.training.sources.reader import SourceReader


def prepare_command(
    places: Annotated[
        list[Path],
        typer.Argument(metavar="FOLDER...", help="Folders with annotated data or with projects, or project files."),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the training pictures go.")],
    workers: Annotated[
        int, typer.Option(metavar="N", min=1, max=64, help="Sources that are prepared at the same time.")
    ] = 1,
) -> None:
    """Make training pictures from annotated videos and images.

    Sources already in the folder are kept, so a stopped command continues where it was.
    """
    if out.exists() and not out.is_dir():
        refuse(f"{out} is a file; --out needs a folder")
    readers = _found(places)
    done: list[SourceReport] = []

    def on_done(report: SourceReport) -> None:
        done.append(report)
        show(len(done))
        typer.echo(_told(report))

    with progress_bar("preparing", total=len(readers)) as show:
        try:
            prepare(readers, out, workers=workers, on_done=on_done)
        except PreparedDataError as error:
            refuse(error)
    if not any(report.skipped or report.pictures for report in done):
        refuse(f"no picture of {counted(len(done), 'source')} could be used, so there is nothing to train on in {out}")
    pictures, boxes = sum(report.pictures for report in done), sum(report.boxes for report in done)
    new = counted(sum(report.pictures > 0 for report in done), "new source")
    typer.echo(f"{out}: {new}, {counted(pictures, 'picture')}, {counted(boxes, 'box', 'boxes')}.")


def _found(places: list[Path]) -> list[SourceReader]:
    """The sources in all places. A place without any is reported; the others are still used."""
    readers: list[SourceReader] = []
    empty: list[Path] = []
    for place in places:
        try:
            found = [*find_projects(place), *([] if place.is_file() else find_sources(place))]
        except OSError as error:
            refuse(error)
        readers += found
        if not found:
            empty.append(place)
    told = [f"{place} holds nothing to learn from: no {FORMS}, no video folder and no project" for place in empty]
    if not readers:
        refuse("; ".join(told))
    for line in told:
        typer.echo(line)
    return distinct(readers)


def _told(report: SourceReport) -> str:
    remark = f" ({report.remark})" if report.remark else ""
    if report.skipped:
        return f"{report.name}: there already{remark}"
    kept = f"{counted(report.pictures, 'picture')}, {counted(report.boxes, 'box', 'boxes')}"
    return f"{report.name}{remark}: {', '.join([kept, *_problems(report)])}"


def _problems(report: SourceReport) -> Iterator[str]:
    """Why sources were left out: each reason with its count and its first source."""
    for problem, count in sorted(report.problems.items()):
        where = report.first.get(problem)
        yield one_line(f"{count} x {problem}{f' ({where})' if where else ''}").removesuffix(".")
