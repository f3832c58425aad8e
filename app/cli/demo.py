"""The command ``demo``: opens the built-in clip, or does the whole job on it without a screen."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.output import refuse
from resources import DEMO_VIDEO


def demo_command(
    offscreen: Annotated[
        Path | None,
        typer.Option(
            "--offscreen", metavar="DIR", help="Track it in an invisible window; write pictures and exports to DIR."
        ),
    ] = None,
    film: Annotated[
        Path | None,
        typer.Option("--film", metavar="FILE", help="With --offscreen: also write an animation (.webp)."),
    ] = None,
    films: Annotated[
        bool, typer.Option("--films", help="With --offscreen: write a small animation of each part into DIR.")
    ] = False,
) -> None:
    """Open the built-in clip."""
    if offscreen is None:
        if film is not None or films:
            refuse("--film goes with --offscreen: only there the window acts by itself")
        from app.application import run_window  # imports Qt

        raise typer.Exit(run_window(DEMO_VIDEO))
    if film is not None and films:
        refuse("either --film or --films")
    if film is not None and film.suffix.lower() != ".webp":
        refuse(f"{film} must end in .webp")
    if offscreen.exists() and not offscreen.is_dir():
        refuse(f"{offscreen} is a file; --offscreen needs a folder")
    from app.demo.offscreen import run_offscreen  # imports Qt

    raise typer.Exit(run_offscreen(offscreen, film=film, by_part=films))
