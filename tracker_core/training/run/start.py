"""Starts a training from the weights of a trained network."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from torch import Tensor, nn

from tracker_core.trackers.families import Family
from tracker_core.training.run.config import ConfigError
from tracker_core.weights.files import read_weights


def begin_from(path: Path, network: nn.Module, *, family: Family) -> None:
    """Load all weights if the file is of the same family; otherwise the backbone, and the neck if there is one. The
    layers that join two exemplars may be missing, because untrained ones give the mean.

    Raises:
        WeightsError: if the file cannot be read.
        ConfigError: if its layers are not those of ``network``.
    """
    file = read_weights(path)
    layers = {name.partition(".")[0] for name in network.state_dict()}
    parts = (
        ("",) if file.family == family.name else tuple(f"{part}." for part in ("backbone", "neck") if part in layers)
    )

    def shared(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
        names = (name for name in tensors if name.startswith(parts) and not name.endswith("num_batches_tracked"))
        return {name: tensors[name] for name in names}

    given, own = shared(file.tensors), shared(network.state_dict())
    fusion = {name for name in own.keys() - given.keys() if ".fusion." in name}
    for name in sorted((given.keys() | own.keys()) - fusion):
        if name not in given or name not in own or given[name].shape != own[name].shape:
            raise ConfigError(f"`start` {path} has other layers than [network]: they differ first at {name}")
    network.load_state_dict(given, strict=False)
