"""Checkpoints: the whole state of a run in one file, from which it can be resumed."""

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
    """Write a checkpoint. If the process is killed meanwhile, the previous one stays."""
    torch.save(dict(state), folder / "checkpoint.partial")
    os.replace(folder / "checkpoint.partial", folder / NAME)


def read_checkpoint(folder: Path, processes: Processes) -> dict[str, Any] | None:
    """Read the state in ``folder``, in the first process for all. None if there is no checkpoint.

    Raises:
        Exception: torch raises many kinds for a damaged file.
    """
    path = folder / NAME
    content: bytes | None = processes.from_first(path.read_bytes() if processes.is_first and path.is_file() else None)
    if content is None:
        return None
    state: dict[str, Any] = torch.load(io.BytesIO(content), map_location=processes.device, weights_only=True)
    return state
