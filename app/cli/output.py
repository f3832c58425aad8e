"""The output of all commands: problems in one line on standard error, tables, and progress on a terminal only."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import NoReturn, Protocol

import typer
from rich.console import Console
from rich.markup import escape
from rich.measure import Measurement
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

FAULTS_FOUND = 1  # the work was done but something is wrong: a faulty file, a run that ended early
BAD_INPUT = 2
INTERRUPTED = 130
LONGEST_LINE = 600  # characters of a problem; long enough for paths
ENDLESS = 10_000  # characters


class ShowProgress(Protocol):
    def __call__(self, done: int, name: str = ...) -> None: ...


def print_any_text() -> None:
    """Print bytes that are not text as ``\\udc80`` instead of failing: a file name need not be text."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def one_line(problem: object) -> str:
    """A problem as one sentence on one line. A library's text may have several lines or quote a whole file."""
    text = " ".join("".join(map(_shown, str(problem))).split()).rstrip(".")
    if len(text) > LONGEST_LINE:
        half = LONGEST_LINE // 2
        text = f"{text[:half]} [{len(text) - 2 * half} characters left out] {text[-half:]}"
    return f"{text}."


def _shown(character: str) -> str:
    """Escape control characters, which could move a terminal's cursor or change its colours."""
    if character.isprintable() or character.isspace():
        return character
    return character.encode("unicode_escape", "backslashreplace").decode("ascii")


def complain(problem: object) -> None:
    """Print what is wrong, in one line on standard error."""
    typer.echo(one_line(problem), err=True)


def refuse(problem: object) -> NoReturn:
    """Print what is wrong, and exit with code 2."""
    complain(problem)
    raise typer.Exit(BAD_INPUT)


def show_notes(notes: Iterable[str]) -> None:
    """Print notes, one per line, indented."""
    for note in notes:
        typer.echo(f"  {note}")


def print_table(*layouts: Table) -> None:
    """Print the first layout that fits the terminal, or else the last one, folded. If standard output is not a
    terminal, print the first layout unchanged.
    """
    console = Console()
    endless = console.options.update(width=ENDLESS)
    if not console.is_terminal:
        console.width = ENDLESS
    fitting = (table for table in layouts if Measurement.get(console, endless, table).maximum <= console.width)
    console.print(next(fitting, layouts[-1]))


@contextmanager
def progress_bar(description: str, *, total: int) -> Iterator[ShowProgress]:
    """A progress bar on standard error, and the function that updates it. Not drawn if standard error is not a
    terminal.
    """
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(
        *columns,
        console=console,
        transient=True,
        disable=not console.is_terminal,
        redirect_stdout=sys.stdout.isatty(),  # so that piped lines arrive in full
    ) as progress:
        task = progress.add_task(description, total=total)
        yield lambda done, name=description: progress.update(task, completed=done, description=name)


@contextmanager
def step_shown() -> Iterator[Callable[[str], None]]:
    """Show the current step in place of the previous one, on a terminal only."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda what: None
        return
    with console.status("") as status:
        yield lambda what: status.update(escape(what))
