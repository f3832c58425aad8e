"""Small SiamRPN networks with random weights, and their tensors under the published names."""

from __future__ import annotations

import torch
from torch import Tensor

from tests.support.networks import with_statistics
from tracker_core.trackers.siamrpn import NetworkConfig, SiamRPNNetwork

TINY = NetworkConfig(width=0.1, head_channels=8)
TINY_RESIDUAL = NetworkConfig(
    backbone="residual", stem=8, middle=8, channels=16, blocks=1, head_channels=8, instance_size=255
)
PUBLISHED_PLACES = {1: (0, 1), 2: (4, 5), 3: (8, 9), 4: (11, 12), 5: (14, 15)}
"""Of convolution and batch norm of each layer in the published sequence; the rest has no weights."""


def random_siamrpn(config: NetworkConfig = TINY, *, seed: int = 1) -> SiamRPNNetwork:
    """Weights and statistics by the seed, in evaluation mode. Its scores lie between 0 and 1, not all near a half."""
    torch.manual_seed(seed)
    network = with_statistics(SiamRPNNetwork(config)).eval()
    with torch.no_grad():
        next(network.parameters()).mul_(1 / 64)  # pictures come as 0..255
        network.conv_cls1.weight.mul_(20)
        network.conv_r1.weight.mul_(3)
        for raised in (network.conv_cls1, network.conv_r1):
            assert raised.bias is not None
            raised.bias.uniform_(-0.02, 0.02)
    return network


def published_state(network: SiamRPNNetwork) -> dict[str, Tensor]:
    """What DaSiamRPN's file of this network would hold."""
    renamed = {}
    for name, value in network.state_dict().items():
        if name.startswith("backbone."):
            _, layer, place, part = name.split(".")
            name = f"featureExtract.{PUBLISHED_PLACES[int(layer[-1])][int(place)]}.{part}"
        if not name.endswith("num_batches_tracked"):
            renamed[name] = value.clone()
    return renamed
