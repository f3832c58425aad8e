"""The command ``recover``: copies a damaged project, or one of its earlier states."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from app.cli.options import ProjectArgument
from app.cli.output import FAULTS_FOUND, refuse
from app.model.words import counted
from app.store.autosave import autosave_folder
from app.store.backups import Backups
from app.store.errors import DamagedProjectError, StoreError
from app.store.looking import look_at_project
from app.store.salvage import beside, salvage


def recover_command(
    project: ProjectArgument,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="PROJECT", help="The new project.", show_default='"NAME recovered" beside it'),
    ] = None,
    is_list: Annotated[
        bool, typer.Option("--list", help="List the states kept when the project was opened, the newest first.")
    ] = False,
    earlier: Annotated[
        int | None, typer.Option("--earlier", metavar="N", min=1, help="Copy the Nth state of that list.")
    ] = None,
) -> None:
    """Copy what can be read of a damaged project, or one of its earlier states, into a new one.

    The project itself is not changed. Exits with 1 if something could not be read.
    """
    path = Path(os.path.abspath(project))
    if is_list or earlier is not None:
        _recover_earlier(path, out, earlier)
        return
    try:
        look_at_project(path)
    except DamagedProjectError:
        pass
    except StoreError as error:
        refuse(error)
    else:
        typer.echo(f"{project}: all of it can be read, so there is nothing to recover.")
        return
    try:
        salvaged = salvage(path, out or beside(path))
    except StoreError as error:
        refuse(error)
    typer.echo(salvaged.sentence)
    if salvaged.unreadable:
        raise typer.Exit(FAULTS_FOUND)


def _recover_earlier(path: Path, out: Path | None, number: int | None) -> None:
    backups = Backups.of_person(autosave_folder())
    states = backups.states_of(path)
    if not states:
        refuse(f"no earlier state of {path} is kept; one is kept each time that it is opened in the window")
    if number is None:
        for place, state in enumerate(states, start=1):
            when = datetime.fromtimestamp(state.changed_at).strftime("%Y-%m-%d %H:%M:%S")
            held = "cannot be read" if state.tracks is None else counted(state.tracks, "track")
            typer.echo(f"{place}  {when}  {held}")
        return
    if number > len(states):
        refuse(f"only {counted(len(states), 'earlier state')} of {path} {'is' if len(states) == 1 else 'are'} kept")
    goal = Path(os.path.abspath(out or beside(path)))
    try:
        backups.copy_to(states[number - 1].path, goal)
    except StoreError as error:
        refuse(error)
    typer.echo(f"{goal}: state {number} of {path}.")
