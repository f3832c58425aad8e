"""The folder of the person's models: checks names, adds a model completely or not at all, removes one. Imports no
torch.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tracker_core.weights.catalog import BUILT_IN, SUFFIX, look_through

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class ModelError(ValueError):
    """A model cannot be fetched, added or removed; the text is one sentence for the person."""


def free_name(name: str, *, folder: Path, built_in: Path = BUILT_IN) -> str:
    """Check that a new model in ``folder`` may have this name, and return it.

    Raises:
        ModelError: if it is taken, or is not a possible file name.
    """
    if not NAME.fullmatch(name) or name.endswith(SUFFIX):
        raise ModelError(
            f"'{name}' is not a possible name for a model; use up to 64 letters, digits, dots, dashes and underscores"
        )
    taken = {path.stem.casefold() for place in (built_in, folder) for path in place.glob(f"*{SUFFIX}")}
    if name.casefold() in taken:
        raise ModelError(f"there is a model '{name}' already; give this one another name, or remove that one first")
    return name


@contextmanager
def all_or_nothing(folder: Path) -> Iterator[Path]:
    """A temporary folder beside the models; its files are moved there only if nothing went wrong."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".adding-", dir=folder) as room:
        yield Path(room)
        for file in sorted(Path(room).iterdir()):  # the card first: a model exists when its weights do
            os.replace(file, folder / file.name)


def remove_model(name: str, *, folder: Path, built_in: Path = BUILT_IN) -> None:
    """Delete one of the person's models and its card.

    Raises:
        ModelError: if it comes with Siamark, or is not there.
    """
    usable, damaged = look_through(built_in=built_in, added=folder)
    plugged = {model.name: model.plugin for model in usable if model.plugin}
    added = {model.name: model.path for model in usable if not model.is_built_in and not model.plugin}
    added |= {model.name: model.path for model in damaged if not model.plugin}
    if name not in added:
        if name in plugged:
            raise ModelError(f"{name} is a plug-in of the package {plugged[name]}; uninstall that to be rid of it")
        if (built_in / f"{name}{SUFFIX}").is_file():
            raise ModelError(f"{name} comes with Siamark and stays; only models that you have added can be removed")
        raise ModelError(f"you have added no model '{name}'; added are: {', '.join(sorted(added)) or 'none'}")
    try:
        added[name].unlink()
        added[name].with_suffix(".md").unlink(missing_ok=True)
    except OSError as error:
        raise ModelError(f"{added[name]} cannot be removed ({error.strerror})") from error
