"""What a run leaves behind to go on from: the whole state of it in one file."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch

from tracker_core.training.processes import Processes

NAME = "checkpoint.pt"


def write_checkpoint(folder: Path, state: Mapping[str, Any]) -> None:
    """A kill in the middle leaves the one before."""
    torch.save(dict(state), folder / "checkpoint.partial")
    os.replace(folder / "checkpoint.partial", folder / NAME)


def read_checkpoint(folder: Path, processes: Processes) -> dict[str, Any] | None:
    """The state that the first process finds in ``folder``, for all of them; None where there is none.

    Raises:
        Exception: of many kinds, all of them about the file.
    """
    path = folder / NAME
    content: bytes | None = processes.from_first(path.read_bytes() if processes.is_first and path.is_file() else None)
    if content is None:
        return None
    state: dict[str, Any] = torch.load(io.BytesIO(content), map_location=processes.device, weights_only=True)
    return state
