"""The commands ``models list``, ``info``, ``add``, ``remove`` and ``default``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from app.cli.help_page import Command, Group
from app.cli.options import NameArgument
from app.cli.output import print_table, refuse
from app.cli.trackers import default_tracker
from app.settings.schema import TRACKER
from app.settings.store import SettingsError, SettingsStore, settings_path
from app.settings.tracker_choice import give_up_choice
from tracker_core.weights.catalog import (
    CatalogError,
    Model,
    damaged_models,
    model_named,
    models,
    models_folder,
)
from tracker_core.weights.keeping import ModelError, remove_model
from tracker_core.weights.published import PUBLISHED, OnProgress, PublishedModel, fetch_model, published_named

models_app = typer.Typer(cls=Group, help="List, add and remove trackers.", no_args_is_help=False)


@models_app.command("list", cls=Command)
def list_command() -> None:
    """List the trackers that are installed, and published ones that can be added."""
    try:
        known, default = models(), default_tracker()
    except CatalogError as error:
        refuse(error)
    table = Table(box=None, pad_edge=False)
    for heading in ("name", "family", "size", "", "description"):
        table.add_column(heading, justify="right" if heading == "size" else "left", overflow="fold")
    for model in known:
        marks = [
            mark
            for mark, holds in (
                ("default", model.name == default),
                ("added", not model.is_built_in and not model.plugin),
                ("plug-in", bool(model.plugin)),
            )
            if holds
        ]
        row = (
            model.family.name,
            "" if model.plugin else _megabytes(model),
            ", ".join(marks),
            model.plugin or _first_paragraph(model.card),
        )
        table.add_row(model.name, *row)
    for damaged in damaged_models():
        table.add_row(damaged.name, "", "", "damaged", damaged.problem)
    print_table(table)
    _tell_published({model.name for model in known})


@models_app.command("info", cls=Command)
def info_command(name: NameArgument) -> None:
    """Show what a tracker is: layers, constants, origin and model card."""
    published = published_named(name)
    try:
        model = model_named(name)
    except CatalogError as error:
        if published is None:
            refuse(error)
        _tell(f"{name} (published, not added)", _published_facts(published))
        return
    if model.plugin:
        _tell(name, {"family": model.family.name, "package": model.plugin})
        return
    facts: dict[str, object] = {"family": model.family.name, "file": model.path, "size": _megabytes(model)}
    facts |= {f"network {key}": value for key, value in model.network.items()}
    facts |= model.constants.as_mapping()
    if model.family.is_tracker:
        facts |= {f"score {key}": value for key, value in model.calibration.as_mapping().items()}
    facts |= {f"source {key}": value for key, value in model.source.items()}
    card = model.path.with_suffix(".md")
    facts["card"] = card if card.is_file() else "none"
    _tell(f"{model.name}{' (the default)' if model.name == default_tracker() else ''}", facts)
    if summary := _first_paragraph(model.card):
        typer.echo(f"\n{summary}")


@models_app.command("add", cls=Command)
def add_command(
    what: Annotated[
        str,
        typer.Argument(metavar="FILE|NAME", help="A file, or the name of a published model that can be downloaded."),
    ],
    other: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE]",
            help="The second of two ONNX files; by default the one beside it with head for backbone in its name.",
            show_default=False,
        ),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option("--name", metavar="NAME", help="Its name; by default that of its layout or file."),
    ] = None,
    layout: Annotated[
        str | None,
        typer.Option("--layout", metavar="LAYOUT", help="The layout of the checkpoint, if its shapes fit several."),
    ] = None,
) -> None:
    """Add a published checkpoint or a weights file of Siamark to your models."""
    path, published = Path(what), published_named(what)
    if published is None or path.exists():
        if not path.exists():
            refuse(f"there is neither a file {what!r} nor a published model of that name; see models list")
        from tracker_core.weights.adding import add_model  # imports torch

        try:
            model = add_model(path, folder=models_folder(), other=other, name=name, layout=layout)
        except ModelError as error:
            refuse(error)
    else:
        if other is not None:
            refuse(f"{what} is fetched by its name; leave {other} out")
        if layout not in (None, published.layout):
            refuse(f"{published.name} has the layout {published.layout}, not {layout}")
        try:
            with _download_bar(published.name) as on_progress:
                model = fetch_model(published, folder=models_folder(), name=name, on_progress=on_progress)
        except ModelError as error:
            refuse(error)
        typer.echo(published.checked_by)
    origin = f", recognised as {model.source['layout']}" if "layout" in model.source else ""
    typer.echo(f"Added {model.name}: {model.family.title}{origin}. Licence of the weights: {_licence(model)}.")


@models_app.command("remove", cls=Command)
def remove_command(name: NameArgument) -> None:
    """Delete a model that you have added."""
    try:
        remove_model(name, folder=models_folder())
    except (ModelError, CatalogError) as error:
        refuse(error)
    typer.echo(f"Removed {name}.")
    try:
        was_default = give_up_choice(SettingsStore(settings_path()), name)
    except SettingsError as error:
        refuse(error)
    if was_default:
        typer.echo(f"The default is {TRACKER.default} again.")


@models_app.command("default", cls=Command)
def default_command(name: NameArgument) -> None:
    """Choose the tracker that the window and all commands use if none is named."""
    try:
        model = model_named(name)
    except CatalogError as error:
        refuse(error)
    if not model.family.is_tracker:
        refuse(f"{name} is a {model.family.title}, which follows nothing by itself; choose a tracker")
    _set_default(name)
    typer.echo(f"The default is {name}.")


def _set_default(name: str) -> None:
    try:
        SettingsStore(settings_path()).set(TRACKER, name)
    except SettingsError as error:
        refuse(error)


def _tell(title: str, facts: Mapping[str, object]) -> None:
    typer.echo(title)
    width = max(map(len, facts))
    for key, value in facts.items():
        typer.echo(f"  {key:<{width}}  {value}")


def _tell_published(there: set[str]) -> None:
    """List the published models that are not installed. Not a table, because a narrow terminal would fold the
    addresses.
    """
    missing = [model for model in PUBLISHED if model.name not in there]
    for is_plain, heading in (
        (True, "Published, and fetched by `models add NAME`:"),
        (False, "Published behind a page; fetch with a browser, then `models add FILE`:"),
    ):
        if shown := [model for model in missing if model.is_plain_download == is_plain]:
            typer.echo(f"\n{heading}")
            for model in shown:
                size = f"{model.parameters / 1e6:.1f} M"
                typer.echo(
                    f"  {model.name:<23} {model.family:<13} {size:>7}  {model.licence.split(';')[0]}, {model.page}"
                )


def _published_facts(model: PublishedModel) -> dict[str, object]:
    how = f"models add {model.name}" if model.is_plain_download else "with a browser, then models add FILE"
    return {
        "title": model.title,
        "family": model.family,
        "parameters": f"{model.parameters:,}",
        "licence": model.licence,
        "page": model.page,
        "layout": model.layout,
        "fetch": how,
    }


@contextmanager
def _download_bar(name: str) -> Iterator[OnProgress]:
    """A progress bar on standard error; not drawn if that is no terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(f"fetching {name}", total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total or None)


def _licence(model: Model) -> str:
    return model.source.get("licence", "that of whoever made them")


def _megabytes(model: Model) -> str:
    return f"{model.size / 1e6:.1f} MB"


def _first_paragraph(card: str) -> str:
    """The first paragraph of a model card that is not a heading, on one line."""
    paragraphs = (" ".join(block.split()) for block in card.split("\n\n"))
    return next((text for text in paragraphs if text and not text.startswith("#")), "")
