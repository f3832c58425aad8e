"""Our weights files: safetensors, with everything in the header that is needed to make a tracker.

A safetensors file cannot run code. Its header holds one JSON text under the key ``siamark``: the family, the network's
layers, the tracking constants and whatever the card says.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from tracker_core.weights.header import (
    HEADER_KEY,
    DamagedHeaderError,
    HeaderError,
    MissingHeaderError,
    read_header,
)
from tracker_core.weights.sentences import in_short

UNREADABLE = (HeaderError, SafetensorError, OSError, KeyError, TypeError, ValueError, RuntimeError)
"""The errors of reading tensors from a file that is not what its header says."""


class WeightsError(Exception):
    """The weights file cannot be used; the text names the file and the reason."""


@dataclass(frozen=True, slots=True)
class WeightsFile:
    """The content of a weights file: family, layers, constants, and tensors by name."""

    family: str
    network: Mapping[str, Any]
    tensors: dict[str, Tensor]
    constants: Mapping[str, float] = field(default_factory=dict)
    source: Mapping[str, str] = field(default_factory=dict)  # of a converted checkpoint
    reliability: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """What its score means, as measured (``tracker_core.decision.reliability``). Empty if nobody has measured it."""

    def save(self, path: Path) -> None:
        """Write the file; see ``save_weights``."""
        save_weights(
            path, self.tensors,
            family=self.family, network=self.network, constants=self.constants, source=self.source,
            reliability=self.reliability,
        )  # fmt: skip


def save_weights(
    path: Path,
    tensors: Mapping[str, Tensor],
    *,
    family: str,
    network: Mapping[str, Any],
    constants: Mapping[str, float] | None = None,
    source: Mapping[str, str] | None = None,
    reliability: Mapping[str, Mapping[str, float]] | None = None,
) -> None:
    """Write a weights file. An existing file is replaced only when the new one is complete. ``source`` says where
    converted or learnt weights come from, ``reliability`` what their score means.
    """
    description: dict[str, Any] = {"family": family, "network": dict(network), "constants": dict(constants or {})}
    if source:
        description["source"] = dict(source)
    if reliability:
        description["reliability"] = {name: dict(values) for name, values in reliability.items()}
    header = json.dumps(description)
    partial = path.with_suffix(".partial")
    contiguous = {
        name: tensor.contiguous() for name, tensor in tensors.items() if not name.endswith("num_batches_tracked")
    }
    try:
        save_file(contiguous, str(partial), metadata={HEADER_KEY: header})
        os.replace(partial, path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def read_weights(path: Path) -> WeightsFile:
    """Read a weights file.

    Raises:
        WeightsError: if it is missing, truncated, or not one of ours.
    """
    if not path.is_file():
        raise WeightsError(f"{path} is not there")
    try:
        header = read_header(path)
        with safe_open(str(path), framework="pt") as file:
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    except MissingHeaderError as error:
        raise WeightsError(
            f"{path} is a safetensors file without Siamark's header, so its layers are not known"
        ) from error
    except DamagedHeaderError as error:
        raise WeightsError(f"{path} has a damaged header ({error}); it is not a weights file of Siamark") from error
    except UNREADABLE as error:
        raise WeightsError(
            f"{path} cannot be read as a weights file ({in_short(error)}); it may be truncated"
        ) from error
    parts = {name: header[name] for name in ("constants", "source", "reliability")}
    return WeightsFile(header["family"], header["network"], tensors, **parts)
