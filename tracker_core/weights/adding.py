"""Adds a model to the person's own, from a published checkpoint or a weights file of Siamark."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from torch import Tensor

from tracker_core.trackers.families import FAMILIES, check_fit, parts_of
from tracker_core.weights.catalog import BUILT_IN, SUFFIX, CatalogError, Model, model_named
from tracker_core.weights.checkpoint import Checkpoint, CheckpointError, open_checkpoint
from tracker_core.weights.files import WeightsError, read_weights, save_weights
from tracker_core.weights.keeping import ModelError, all_or_nothing, free_name
from tracker_core.weights.layouts import nanotrack
from tracker_core.weights.layouts.layout import Layout
from tracker_core.weights.layouts.recognise import UnknownLayoutError, recognise
from tracker_core.weights.onnx_file import OnnxError, read_onnx
from tracker_core.weights.onnx_pair import both_halves, is_onnx
from tracker_core.weights.sentences import in_short, shown


def add_model(
    path: Path,
    *,
    folder: Path,
    other: Path | None = None,
    name: str | None = None,
    layout: str | None = None,
    built_in: Path = BUILT_IN,
) -> Model:
    """Add a file to the person's models: recognise it, convert it and write its card. If anything fails, nothing is
    added.

    Args:
        path: a torch checkpoint in a published layout, a weights file of Siamark, or one of the two ONNX files of a
            NanoTrack.
        other: the other ONNX file; by default the one beside it with "head" in its name instead of "backbone", or the
            reverse.
        folder: the folder of the person's models; created if necessary.
        name: the model's name; by default that of the layout, or of the file if it is a weights file of Siamark.
        layout: the name of the layout that the file must have; recognised by default.
        built_in: the folder of Siamark's own models, whose names are taken.

    Raises:
        ModelError: if the name is taken or not allowed, or the file is not a tracker that Siamark knows.
    """
    try:
        if other is not None and not is_onnx(path):
            raise ModelError(f"{path} is a whole model; leave {other} out")
        if path.suffix == SUFFIX and path.is_file():
            return _added_as_it_is(path, free_name(name or path.stem, folder=folder, built_in=built_in), folder)
        read = _read_onnx(path, other, wanted=layout) if is_onnx(path) else _read_checkpoint(path, wanted=layout)
        return _converted(read, name, folder, built_in)
    except (CheckpointError, WeightsError) as error:
        raise ModelError(str(error)) from error
    except OSError as error:
        raise ModelError(f"{error.filename or path} cannot be read or written ({error.strerror})") from error


class _Read(NamedTuple):
    """The recognised files of a published model; ``tensors`` reads the numbers (slow) and returns them in our form."""

    paths: tuple[Path, ...]
    layout: Layout
    tensors: Callable[[], Mapping[str, Tensor]]


def _read_checkpoint(path: Path, *, wanted: str | None) -> _Read:
    checkpoint, layout = _recognised(open_checkpoint(path), wanted)

    def tensors() -> Mapping[str, Tensor]:
        found = checkpoint.tensors(layout.shapes)
        _check_finite(path, found)
        return layout.to_ours(found)

    return _Read((path,), layout, tensors)


def _recognised(checkpoint: Checkpoint, wanted: str | None) -> tuple[Checkpoint, Layout]:
    """The first group of tensors in a file that fits a layout. If none fits, the error is about the likeliest group."""
    problem = None
    for reading in checkpoint.readings:
        try:
            return reading, recognise(reading.shapes, file_name=checkpoint.path.name, wanted=wanted)
        except UnknownLayoutError as error:
            problem = problem or error
    raise ModelError(f"{checkpoint.path} {problem}") from problem


def _read_onnx(path: Path, other: Path | None, *, wanted: str | None) -> _Read:
    backbone, head = both_halves(path, other)
    try:
        layout, tensors = nanotrack.of_graphs(_weights(backbone), _weights(head))
    except nanotrack.UnknownGraphError as error:
        raise ModelError(f"{backbone} and {head.name} {error}") from error
    if wanted not in (None, layout.name):
        raise ModelError(f"{backbone} and {head.name} have the layout {layout.name}, not {wanted}")
    _check_finite(backbone, tensors)
    return _Read((backbone, head), layout, lambda: tensors)


def _weights(path: Path) -> list[nanotrack.Weights]:
    try:
        return read_onnx(path)
    except OnnxError as error:
        raise ModelError(f"{path} {error}") from error


def _check_finite(path: Path, tensors: Mapping[str, Tensor]) -> None:
    if spoilt := next((key for key, tensor in tensors.items() if not tensor.isfinite().all()), None):
        raise ModelError(f"{path} cannot track: its '{shown(spoilt)}' holds numbers that are not finite")


def _converted(read: _Read, name: str | None, folder: Path, built_in: Path) -> Model:
    layout = read.layout
    name = free_name(name or layout.name, folder=folder, built_in=built_in)  # before the numbers are read
    tensors = read.tensors()
    _check_fit(read.paths[0], layout.family, layout.network, tensors)
    source = {
        "file": ", ".join(path.name for path in read.paths),
        "sha256": ", ".join(map(sha256, read.paths)),
        "layout": layout.name,
        "title": layout.title,
        "licence": layout.licence,
        "page": layout.page,
    }
    with all_or_nothing(folder) as room:
        save_weights(
            room / f"{name}{SUFFIX}",
            tensors,
            family=layout.family,
            network=layout.network,
            constants=layout.constants,
            source=source,
        )
        (room / f"{name}.md").write_text(_card(name, layout, source), encoding="utf-8")
    return model_named(str(folder / f"{name}{SUFFIX}"))


def _added_as_it_is(path: Path, name: str, folder: Path) -> Model:
    try:
        model = model_named(str(path))
    except CatalogError as error:
        raise ModelError(str(error)) from error
    tensors = read_weights(path).tensors
    _check_fit(path, model.family.name, model.network, tensors)
    _check_finite(path, tensors)
    with all_or_nothing(folder) as room:
        shutil.copyfile(path, room / f"{name}{SUFFIX}")
        card = model.card or f"# {name}\n\nAdded from {path.name}.\n"
        (room / f"{name}.md").write_text(card, encoding="utf-8")
    return model_named(str(folder / f"{name}{SUFFIX}"))


def _check_fit(path: Path, family: str, network: Mapping[str, Any], tensors: Mapping[str, Tensor]) -> None:
    try:
        check_fit(parts_of(FAMILIES[family]), network, tensors)
    except (TypeError, ValueError, RuntimeError) as error:
        raise ModelError(f"{path} does not fit its own description: {in_short(error)}") from error


def sha256(path: Path) -> str:
    """The sha256 of a file, as 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _card(name: str, layout: Layout, source: Mapping[str, str]) -> str:
    constants = "\n".join(f"- {key}: {value:g}" for key, value in layout.constants.items())
    return f"""# {name}

{layout.title}: {FAMILIES[layout.family].title} with {layout.parameters / 1e6:.1f} million parameters.

- licence of the weights: {source["licence"]}
- published at: {source["page"]}
- converted from: {source["file"]}
- sha256: {source["sha256"]}
- recognised as: {source["layout"]}

Published tracking constants:

{constants}
"""
