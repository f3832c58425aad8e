"""How every command speaks: problems in one line on standard error, progress on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NoReturn, Protocol

import typer
from rich.console import Console
from rich.measure import Measurement
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

FAULTS_FOUND = 1  # the work was done, and something is wrong: a faulty file, a run that ended early
BAD_INPUT = 2
INTERRUPTED = 130
ENDLESS = 10_000  # characters


class ShowProgress(Protocol):
    def __call__(self, done: int, name: str = ...) -> None: ...


def one_line(problem: object) -> str:
    """A problem as one sentence on one line, whatever it was: messages of libraries may have several."""
    return f"{' '.join(str(problem).split()).rstrip('.')}."


def complain(problem: object) -> None:
    """Say what is wrong, in one line on standard error."""
    typer.echo(one_line(problem), err=True)


def refuse(problem: object) -> NoReturn:
    """End the command: say what is wrong and leave with exit code 2."""
    complain(problem)
    raise typer.Exit(BAD_INPUT)


def print_table(*layouts: Table) -> None:
    """The first of the layouts that fits the terminal, else the last one, folded to fit. What is no terminal has no
    edge: there the first goes as it is.
    """
    console = Console()
    endless = console.options.update(width=ENDLESS)
    if not console.is_terminal:
        console.width = ENDLESS
    fitting = (table for table in layouts if Measurement.get(console, endless, table).maximum <= console.width)
    console.print(next(fitting, layouts[-1]))


@contextmanager
def progress_bar(description: str, *, total: int) -> Iterator[ShowProgress]:
    """A bar on standard error that hears how much is done, and of what; none is drawn where that is no terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(
        *columns,
        console=console,
        transient=True,
        disable=not console.is_terminal,
        redirect_stdout=sys.stdout.isatty(),  # lines that are piped elsewhere shall go there
    ) as progress:
        task = progress.add_task(description, total=total)
        yield lambda done, name=description: progress.update(task, completed=done, description=name)


def show_notes(notes: Iterable[str]) -> None:
    """Remarks on what was done, one a line, indented."""
    for note in notes:
        typer.echo(f"  {note}")
