"""Small networks with random weights: what they find means nothing, how they compute is that of the large ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import torch
from torch import nn

from tracker_core.decision.score_map import Response, TrackingConstants
from tracker_core.images import Image
from tracker_core.runtime.placement import place
from tracker_core.trackers.siamrpnpp import Kernels, NetworkConfig, SiamRPNPP, SiamRPNPPEngine, SiamRPNPPNetwork

AnyModule = TypeVar("AnyModule", bound=nn.Module)

SMALL = NetworkConfig(stem=8, middle=8, channels=16, blocks=1, head_channels=16)
CONSTANTS = TrackingConstants(penalty_k=0.05, window_influence=0.4, size_lr=0.3)
PUBLISHED_CONSTANTS = {name: getattr(CONSTANTS, name) for name in ("penalty_k", "window_influence", "size_lr")}
"""What published code decides with."""


def with_statistics(network: AnyModule) -> AnyModule:
    """The same network with random statistics in its batch norms; otherwise folding them would change nothing."""
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.running_mean = torch.randn(module.num_features) * 0.2
            module.running_var = torch.rand(module.num_features) + 0.5
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.uniform_(module.bias, -0.2, 0.2)
    return network


def random_network(config: NetworkConfig = SMALL, *, seed: int = 1) -> SiamRPNPPNetwork:
    """Weights and statistics by the seed, in evaluation mode."""
    torch.manual_seed(seed)
    network = with_statistics(SiamRPNPPNetwork(config)).eval()
    # Pictures come as 0..255: brought to about 1 here, as training would, so that scores are not all 0 or 1.
    with torch.no_grad():
        next(network.parameters()).mul_(1 / 64)
    return network


def random_tracker(config: NetworkConfig = SMALL, *, seed: int = 1) -> SiamRPNPP:
    """A float32 tracker on the CPU."""
    return SiamRPNPP("random", SiamRPNPPEngine(random_network(config, seed=seed), place("cpu", "float32")), CONSTANTS)


class CountingEngine(SiamRPNPPEngine):
    """Records how many search regions each call had."""

    def __init__(self) -> None:
        super().__init__(random_network(), place("cpu", "float32"))
        self.calls: list[int] = []

    def respond(self, kernels: Sequence[Kernels], regions: Sequence[Image]) -> list[Response]:
        self.calls.append(len(regions))
        return super().respond(kernels, regions)
