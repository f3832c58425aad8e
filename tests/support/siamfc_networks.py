"""Small SiamFC networks with random weights: what they find means nothing, how they compute is that of large ones."""

from __future__ import annotations

import torch

from tests.support.networks import with_statistics
from tracker_core.decision.scale_pyramid import ScaleConstants
from tracker_core.runtime.placement import place
from tracker_core.trackers.siamfc import NetworkConfig, SiamFC, SiamFCEngine, SiamFCNetwork

SMALL = NetworkConfig(stem=8, middle=8, channels=16, blocks=1)
CONSTANTS = ScaleConstants()
FIVE_SCALES = ScaleConstants(
    window_influence=0.168, scale_penalty=0.962, scale_lr=0.34, scale_step=1.0255, scale_count=5
)
"""The published ones of SiamFC with five scales (bertinetto/siamese-fc ``params-5s.txt``)."""


def random_siamfc_network(config: NetworkConfig = SMALL, *, seed: int = 1) -> SiamFCNetwork:
    """Weights and statistics by the seed, in evaluation mode."""
    torch.manual_seed(seed)
    network = with_statistics(SiamFCNetwork(config)).eval()
    # Pictures come as 0..255: brought to about 1 here, as training would, so that scores are not all 0 or 1.
    with torch.no_grad():
        next(network.backbone.parameters()).mul_(1 / 64)
    return network


def random_siamfc(config: NetworkConfig = SMALL, constants: ScaleConstants = CONSTANTS, *, seed: int = 1) -> SiamFC:
    """A float32 tracker on the CPU."""
    return SiamFC("random", SiamFCEngine(random_siamfc_network(config, seed=seed), place("cpu", "float32")), constants)
