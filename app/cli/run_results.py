"""Writes the records of a headless run: to a project file while it runs, to exports and CSV when it has ended."""

from __future__ import annotations

from pathlib import Path
from typing import Self

import typer

from app.assist.tracking_run import Records
from app.cli.options import Output
from app.exchange.export import export
from app.model.project import Project
from app.model.words import counted
from app.store.project_store import ProjectStore

CSV_HEADER = "frame,track,x,y,w,h,score"


class RunResults:
    """A context manager for the run; call ``hand_out`` afterwards. The project file is made with the first records, so
    a run without results leaves none. From then on it is always a complete project: a crash leaves the results so far.
    """

    def __init__(self, project: Project, path: Path | None, exports: list[Output]) -> None:
        """``project``: the run puts its records there before it calls ``take``. ``path``: of the project file."""
        self._project = project
        self._path = path
        self._exports = exports
        self._store: ProjectStore | None = None
        self._unwritten: Records = {}
        self.has_any = False  # whether there are results

    def take(self, records: Records) -> None:
        """Write the results since the last call.

        Raises:
            StoreError: if the project file cannot be written; the next call tries again.
        """
        if self._path is None:
            self.has_any = True
            return
        if self._store is None:
            self._store = _created(self._path, self._project)  # with these records
            self.has_any = True
            return
        for track_id, of_track in records.items():
            self._unwritten.setdefault(track_id, {}).update(of_track)
        self._follow_file(self._store)
        with self._store.transaction():
            for track_id, unwritten in self._unwritten.items():
                self._store.put_records(track_id, unwritten)
        self._unwritten = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        """Close the project file."""
        if self._store is not None:
            self._follow_file(self._store)
            self._store.close()

    def _follow_file(self, store: ProjectStore) -> None:
        """Follow the file if another program has moved it, or write it anew if one has damaged it."""
        told = store.follow_file(self._project)
        if told:
            self._path = store.path
            typer.echo(told, err=True)

    @property
    def project_path(self) -> Path | None:
        """The project file, if one was made."""
        return None if self._store is None else self._path

    @property
    def places(self) -> list[str]:
        """The names of everything that holds the results after ``hand_out``."""
        made = [self._path] if self._store is not None else []
        return [str(path) for path in (*made, *(output.path for output in self._exports))] or ["the lines printed"]

    def hand_out(self) -> None:
        """Write the exports and say what was written; print CSV if nothing else was asked for.

        Raises:
            ExchangeError: if an export cannot be written.
        """
        if self._path is None and not self._exports:
            _print_csv(self._project)
        if self._store is not None:
            typer.echo(f"{self._path}: {counted(len(self._project.tracks), 'track')}.")
        for output in self._exports:
            report = export(self._project, output.format_name, output.path)
            boxes, tracks = counted(report.boxes, "box", "boxes"), counted(report.tracks, "track")
            typer.echo(f"{output.path}: {boxes} of {tracks}.")


def _created(path: Path, project: Project) -> ProjectStore:
    """Write a project file with the whole project, all or nothing."""
    store = ProjectStore.create(path, project.video)
    try:
        store.put_project(project)
    except BaseException:
        store.close()
        path.unlink()
        raise
    return store


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
