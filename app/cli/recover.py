"""The command ``recover``: what the window offers for a damaged project."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from app.cli.options import ProjectArgument
from app.cli.output import FAULTS_FOUND, refuse
from app.store.errors import DamagedProjectError, StoreError
from app.store.looking import look_at_project
from app.store.salvage import beside, salvage


def recover_command(
    project: ProjectArgument,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="PROJECT", help="The new project.", show_default='"NAME recovered" beside it'),
    ] = None,
) -> None:
    """Copy what can be read of a damaged project into a new one. The damaged file is not changed.

    Exits with 1 if something could not be read.
    """
    path = Path(os.path.abspath(project))
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
