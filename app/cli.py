"""The command line. Without a command it opens the window; a headless command makes no window and loads no Qt."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from app.cli_bench import bench_app
from app.cli_evaluate import evaluate_command
from app.cli_exchange import check_command, export_command, import_command
from app.cli_learn import learn_command
from app.cli_models import models_app
from app.cli_output import BAD_INPUT, INTERRUPTED, one_line, refuse
from app.cli_track import track_command
from app.cli_train import prepare_command, train_command
from app.demo import DEMO_VIDEO

commands = typer.Typer(
    help="Turns one drawn box into a corrected track.",
    epilog="Without a command: opens the window, on a VIDEO, a FOLDER of images or a PROJECT if one is named.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def demo_command(
    offscreen: Annotated[
        Path | None,
        typer.Option("--offscreen", metavar="DIR", help="In an invisible window; pictures and exports go to DIR."),
    ] = None,
) -> None:
    """Open the built-in clip."""
    if offscreen is None:
        raise typer.Exit(_open_window(DEMO_VIDEO))
    if offscreen.exists() and not offscreen.is_dir():
        refuse(f"{offscreen} is a file; --offscreen needs a folder")
    from app.demo_run import run_offscreen  # Qt comes with it

    raise typer.Exit(run_offscreen(offscreen))


commands.command("track")(track_command)
commands.command("export")(export_command)
commands.command("import")(import_command)
commands.command("check")(check_command)
commands.command("evaluate")(evaluate_command)
commands.command("prepare")(prepare_command)
commands.command("train")(train_command)
commands.command("learn")(learn_command)
commands.command("demo")(demo_command)
commands.add_typer(models_app, name="models")
commands.add_typer(bench_app, name="bench")


def main(argv: list[str] | None = None) -> int:
    """Do what the words say and return the exit code: 0, 2 for bad input, 130 after Ctrl+C, 1 for faults found."""
    words = sys.argv[1:] if argv is None else argv
    if not words or not (words[0].startswith("-") or _is_command(words[0])):
        return _open_named(words)
    try:
        code = typer.main.get_command(commands).main(words, prog_name="python main.py", standalone_mode=False)
    except typer.TyperException as error:
        typer.echo(one_line(error.format_message()), err=True)
        return BAD_INPUT
    if code == INTERRUPTED:
        typer.echo("Interrupted; nothing is left half-written.", err=True)
    return code or 0


def _open_named(words: list[str]) -> int:
    if len(words) > 1:
        problem = f"there is no command {words[0]!r}, and the window opens one video, folder or project at a time"
    elif words and not Path(words[0]).exists():
        problem = f"there is neither a command nor a file {words[0]!r}; see python main.py --help"
    else:
        return _open_window(Path(words[0]) if words else None)
    typer.echo(one_line(problem), err=True)
    return BAD_INPUT


def _is_command(word: str) -> bool:
    return word in typer.main.get_group(commands).commands


def _open_window(path: Path | None) -> int:
    from app.window_process import run_window  # Qt comes with it

    return run_window(path)
