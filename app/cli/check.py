"""The command ``check``: read an exported file as its consumers do."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.options import ColumnsOption, FormatOption
from app.cli.output import FAULTS_FOUND
from app.cli.project_file import exchange_errors_refused
from app.exchange.formats import check


def check_command(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="An exported file or folder.", show_default=False)],
    format_name: FormatOption,
    columns: ColumnsOption = "",
) -> None:
    """Check an exported file.

    Reads it as the programs that consume the format do, and lists what is wrong; the exit code is then 1.
    """
    with exchange_errors_refused():
        faults = check(path, format_name, columns=columns)
    for fault in faults:
        typer.echo(fault)
    if faults:
        raise typer.Exit(FAULTS_FOUND)
    typer.echo(f"{path}: nothing wrong.")
