"""Weights files of tiny networks that have learnt nothing, for tests of what is done with weights."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

SMALL = {"stem": 4, "middle": 8, "channels": 8, "blocks": 1, "head_channels": 8}


def write_small_network(path: Path) -> Path:
    """A SiamRPN++ of a few thousand weights. Imports torch."""
    import torch

    from tracker_core.trackers.siamrpnpp import NetworkConfig, SiamRPNPPNetwork
    from tracker_core.weights.files import save_weights

    torch.manual_seed(1)
    config = NetworkConfig(**SMALL)  # type: ignore[arg-type]  # all of them are whole numbers
    constants = {"penalty_k": 0.1, "window_influence": 0.4, "size_lr": 0.3}
    tensors = SiamRPNPPNetwork(config).state_dict()
    save_weights(path, tensors, family="siamrpnpp", network=asdict(config), constants=constants)
    return path
