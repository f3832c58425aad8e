"""The commands ``export``, ``import`` and ``check``: the same code as the window's, without a window."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from app.cli_output import refuse
from app.exchange.annotations import ExportOptions, ImportOptions, counted
from app.exchange.errors import ExchangeError
from app.exchange.export import export
from app.exchange.formats import FORMATS, check
from app.exchange.importing import ImportedTracks, fitted_to, import_tracks, new_labels
from app.model.project import Project
from app.store.project_store import ProjectStore, StoreError

FAULTS_FOUND = 1

ProjectArgument = Annotated[Path, typer.Argument(metavar="PROJECT", help="A project file.", show_default=False)]
FormatOption = Annotated[
    str, typer.Option("--format", help=f"One of {', '.join(entry.name for entry in FORMATS)}.", show_default=False)
]
ZeroBasedOption = Annotated[bool, typer.Option("--zero-based", help="MOT only: pixels are counted from 0, not from 1.")]


def export_command(
    project: ProjectArgument,
    format_name: FormatOption,
    out: Annotated[
        Path, typer.Option("--out", help="File to write; for mot also a sequence folder.", show_default=False)
    ],
    keyframes_only: Annotated[bool, typer.Option("--keyframes-only", help="A person's boxes only.")] = False,
    minimum_score: Annotated[
        float | None,
        typer.Option("--minimum-score", help="Leave out tracked boxes below this score that nobody has reviewed."),
    ] = None,
    single_class: Annotated[
        bool, typer.Option("--single-class", help="Every track as class 1, as TrackEval scores MOT.")
    ] = False,
    zero_based: ZeroBasedOption = False,
) -> None:
    """Write the tracks of a project in a format of the field, read back and checked before it is put in place."""
    options = ExportOptions(
        keyframes_only=keyframes_only,
        minimum_score=minimum_score,
        single_class=single_class,
        first_pixel=0 if zero_based else 1,
    )
    with _errors_in_one_line(), _opened(project) as (_, loaded):
        report = export(loaded, format_name, out, options)
    boxes, tracks = counted(report.boxes, "box", "boxes"), counted(report.tracks, "track")
    typer.echo(f"{out}: {boxes} of {tracks} in {counted(report.frames, 'frame')}.")
    _show_notes(report.notes)


def import_command(
    project: ProjectArgument,
    format_name: FormatOption,
    source: Annotated[Path, typer.Option("--from", help="File or sequence folder to read.", show_default=False)],
    zero_based: ZeroBasedOption = False,
) -> None:
    """Add the tracks of a file to a project."""
    with _errors_in_one_line(), _opened(project) as (store, loaded):
        options = ImportOptions(label_names=tuple(loaded.labels), first_pixel=0 if zero_based else 1)
        imported = fitted_to(loaded, import_tracks(format_name, source, loaded.video, options))
        _add(store, loaded, imported)
    typer.echo(f"{project}: {counted(len(imported.tracks), 'track')} added from {source}.")
    _show_notes(imported.notes)


def check_command(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="An exported file or folder.", show_default=False)],
    format_name: FormatOption,
) -> None:
    """Read a file as its consumers do and list what is wrong with it; exit code 1 where something is."""
    with _errors_in_one_line():
        faults = check(path, format_name)
    for fault in faults:
        typer.echo(fault)
    if faults:
        raise typer.Exit(FAULTS_FOUND)
    typer.echo(f"{path}: nothing wrong.")


def _add(store: ProjectStore, project: Project, imported: ImportedTracks) -> None:
    with store.transaction():  # all of the file or nothing of it
        for label in new_labels(project, imported):
            store.put_label(label)
        for track in imported.tracks:
            store.put_track(track)
            store.put_records(track.id, dict(track.items()))


@contextmanager
def _opened(path: Path) -> Iterator[tuple[ProjectStore, Project]]:
    store = ProjectStore.open(path)
    try:
        yield store, store.load()
    finally:
        store.close()


@contextmanager
def _errors_in_one_line() -> Iterator[None]:
    try:
        yield
    except (ExchangeError, StoreError) as error:
        refuse(error)


def _show_notes(notes: Iterable[str]) -> None:
    for note in notes:
        typer.echo(f"  {note}")
