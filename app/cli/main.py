"""Starts the window or a command. A headless command loads no Qt."""

from __future__ import annotations

import faulthandler
import os
import sys
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from app import __version__
from app.cli.batch import batch_command
from app.cli.check import check_command
from app.cli.demo import demo_command
from app.cli.evaluate import evaluate_command
from app.cli.export import export_command
from app.cli.export_all import export_all_command
from app.cli.help_page import Command, Group
from app.cli.importing import import_command
from app.cli.join import join_command
from app.cli.learn import learn_command
from app.cli.models import models_app
from app.cli.output import BAD_INPUT, FAULTS_FOUND, INTERRUPTED, complain, print_any_text
from app.cli.prepare import prepare_command
from app.cli.recover import recover_command
from app.cli.track import track_command
from app.cli.train import train_command
from app.video.freed_memory import share_arenas

TRACEBACK = "SIAMARK_TRACEBACK"
"""The environment variable that asks for the traceback of a fault in the program itself."""

commands = typer.Typer(
    cls=Group,
    help="Turns one drawn box into a corrected track.",
    epilog="Without a command: opens the window, on a VIDEO, a FOLDER of images or a PROJECT if one is named.",
    no_args_is_help=False,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"Siamark {__version__}")
        raise typer.Exit


@commands.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_show_version, help="Show the version and exit.")
    ] = False,
) -> None: ...


COMMANDS: dict[str, Callable[..., None]] = {
    "track": track_command,
    "batch": batch_command,
    "join": join_command,
    "export": export_command,
    "export-all": export_all_command,
    "import": import_command,
    "check": check_command,
    "recover": recover_command,
    "evaluate": evaluate_command,
    "prepare": prepare_command,
    "train": train_command,
    "learn": learn_command,
    "demo": demo_command,
}
for _name, _command in COMMANDS.items():
    commands.command(_name, cls=Command)(_command)
commands.add_typer(models_app, name="models")
# By name, because benchmarks import app, so app must not import them (docs/adr/0011).
commands.add_typer(import_module("benchmarks.command").bench_app, name="bench")


def run() -> None:
    """Start the program and exit with its code. ``siamark`` and ``python main.py`` call this."""
    # Read once, when torch is loaded. Let idle OpenMP threads spin for about 20 µs, then sleep. libgomp's own choice,
    # milliseconds, takes the core that decodes; no spinning costs a third of the speed.
    os.environ.setdefault("GOMP_SPINCOUNT", "20000")
    share_arenas()
    faulthandler.enable()
    sys.exit(main())


def main(argv: list[str] | None = None) -> int:
    """Run the command line and return the exit code: 0, 1 for faults found, 2 for bad input, 130 after Ctrl+C."""
    print_any_text()
    words = sys.argv[1:] if argv is None else argv
    if not words or not (words[0].startswith("-") or _is_command(words[0])):
        return _open_named(words)
    try:
        code = _tree().main(words, prog_name=_program(), standalone_mode=False)
    except typer.TyperException as error:
        complain(error.format_message())
        return BAD_INPUT
    except OSError as error:  # a disk, a folder or a name that the system refuses
        complain(f"{error.filename}: {error.strerror}" if error.filename else error)
        return BAD_INPUT
    except Exception as error:
        if os.environ.get(TRACEBACK):
            raise
        complain(
            f"this is a fault in Siamark ({type(error).__name__}: {error}); "
            f"please report it with what the command prints if {TRACEBACK}=1 is set"
        )
        return FAULTS_FOUND
    if code == INTERRUPTED:
        complain("Interrupted; nothing is left half-written")
    return code or 0


def _open_named(words: list[str]) -> int:
    if len(words) > 1:
        problem = f"there is no command {words[0]!r}, and the window opens one video, folder or project at a time"
    elif words and not os.path.exists(words[0]):
        problem = f"there is neither a command nor a file {words[0]!r}; see {_program()} --help"
    else:
        from app.application import run_window  # imports Qt

        return run_window(Path(words[0]) if words else None)
    complain(problem)
    return BAD_INPUT


def _is_command(word: str) -> bool:
    return word in _tree().commands


@cache
def _tree() -> typer.core.TyperGroup:
    """All commands with their options. Cached, because reading them from the functions takes 25 ms."""
    return typer.main.get_group(commands)


def _program() -> str:
    """The name by which the program was started."""
    return "python main.py" if Path(sys.argv[0]).suffix == ".py" else "siamark"
