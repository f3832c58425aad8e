"""The commands ``models list`` and ``models info``, and the tracker of any command by its name."""

from __future__ import annotations

from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table

from app.cli_output import refuse
from tracker_core.tracker import Tracker
from tracker_core.weights.catalog import DEFAULT_TRACKER, CatalogError, Model, load_tracker, model_named, models

DeviceName = Literal["auto", "cpu", "cuda", "mps"]

TrackerOption = Annotated[str, typer.Option("--tracker", metavar="NAME", help="A tracker of `models list`.")]
DeviceOption = Annotated[DeviceName, typer.Option("--device", help="Where to compute; auto is the fastest there is.")]

models_app = typer.Typer(help="The trackers that there are.", no_args_is_help=False)


@models_app.command("list")
def list_command() -> None:
    """List the trackers that can be asked for by name."""
    table = Table(box=None, pad_edge=False)
    for heading in ("name", "family", "size", "", "description"):
        table.add_column(heading, justify="right" if heading == "size" else "left", overflow="fold")
    try:
        for model in models():
            mark = "default" if model.name == DEFAULT_TRACKER else ""
            table.add_row(model.name, model.family.title, _megabytes(model), mark, _first_paragraph(model.card))
    except CatalogError as error:
        refuse(error)
    Console().print(table)


@models_app.command("info")
def info_command(name: Annotated[str, typer.Argument(metavar="NAME", help="A tracker of `models list`.")]) -> None:
    """Say what a tracker is: its layers, its constants, and where its model card is."""
    try:
        model = model_named(name)
    except CatalogError as error:
        refuse(error)
    facts: dict[str, object] = {"family": model.family.title, "file": model.path, "size": _megabytes(model)}
    facts |= {f"network {key}": value for key, value in model.network.items()}
    facts |= model.constants.as_mapping()
    card = model.path.with_suffix(".md")
    facts["card"] = card if card.is_file() else "none"
    typer.echo(f"{model.name}{' (the default)' if model.name == DEFAULT_TRACKER else ''}")
    width = max(map(len, facts))
    for key, value in facts.items():
        typer.echo(f"  {key:<{width}}  {value}")
    if summary := _first_paragraph(model.card):
        typer.echo(f"\n{summary}")


def loaded_tracker(name: str, *, device: DeviceName) -> Tracker:
    """The tracker, ready to start; the command ends with one line where there is none. Imports torch."""
    try:
        model_named(name)  # before torch, which takes its time
    except CatalogError as error:
        refuse(error)
    from tracker_core.runtime import DeviceError
    from tracker_core.weights.files import WeightsError

    try:
        return load_tracker(name, device=device)
    except (CatalogError, DeviceError, WeightsError) as error:
        refuse(error)


def _megabytes(model: Model) -> str:
    return f"{model.size / 1e6:.1f} MB"


def _first_paragraph(card: str) -> str:
    """The first paragraph of a model card that is no heading, on one line."""
    paragraphs = (" ".join(block.split()) for block in card.split("\n\n"))
    return next((text for text in paragraphs if text and not text.startswith("#")), "")
