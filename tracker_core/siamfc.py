"""SiamFC (Bertinetto et al., ECCV workshops 2016): where in the search region does it look like the exemplar?

The exemplar (127 x 127, the target with context) and the search region (255 x 255) go through one backbone. The
exemplar's features, slid over those of the search region, give one number a cell: the score map. The target's size is
found by looking at several scales.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

import torch
from torch import Tensor, nn

from tracker_core.backbones.alexnet import AlexNet
from tracker_core.backbones.alexnet_v1 import AlexNetV1
from tracker_core.backbones.residual import ResidualBackbone
from tracker_core.correlation import xcorr
from tracker_core.target import EXEMPLAR_SIZE

Backbone = Literal["alexnet_v1", "alexnet", "residual"]

EXEMPLAR_CELLS = 7
"""A padded backbone's exemplar map is cut to its centre: the outer cells have mostly seen padding."""

RESPONSE_SCALE = 1e-3
"""Brings a sum over some thousand products to where the logistic function is not flat (published: adjust layer, 1e-3).
The network learns a gain beside it, 1 at first, so that an optimiser whose steps know no unit can turn it.
"""


@dataclass(frozen=True, slots=True)
class NetworkConfig:
    """What the layers are. Stored in the weights file, so that a file alone makes its network."""

    backbone: Backbone = "residual"
    width: float = 1.0  # of "alexnet"
    stem: int = 32  # this and the next three: of "residual"
    middle: int = 64
    channels: int = 128
    blocks: int = 3
    instance_size: int = 255

    def __post_init__(self) -> None:
        if self.backbone not in get_args(Backbone):
            raise ValueError(f"there is no backbone '{self.backbone}'; known are {', '.join(get_args(Backbone))}")

    @property
    def score_size(self) -> int:
        """S: cells a side of the score map."""
        unpadded = (self.instance_size - EXEMPLAR_SIZE) // 8 + 1
        return unpadded + 8 if self.backbone == "residual" else unpadded


class SiamFCNetwork(nn.Module):
    """Backbone, neck (1 x 1 adjust layer, for the padded backbone), correlation, and the adjustment of its scale."""

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        self.config = config
        self.backbone: AlexNetV1 | AlexNet | ResidualBackbone
        self.neck: nn.Module = nn.Identity()
        if config.backbone == "alexnet_v1":
            self.backbone = AlexNetV1()
        elif config.backbone == "alexnet":
            self.backbone = AlexNet(config.width)
        else:
            self.backbone = ResidualBackbone(
                stem=config.stem, middle=config.middle, channels=config.channels, blocks=config.blocks
            )
            channels = self.backbone.channels
            self.neck = nn.Sequential(nn.Conv2d(channels, channels, 1, bias=False), nn.BatchNorm2d(channels))
        self.gain = nn.Parameter(torch.ones(()))
        self.bias = nn.Parameter(torch.zeros(()))

    def template(self, exemplar: Tensor) -> Tensor:
        """(N, 3, 127, 127) -> the correlation kernels, (N, C, 6, 6); (N, C, 7, 7) for the padded backbone."""
        return self.kernels(self.backbone(exemplar))

    def kernels(self, features: Tensor) -> Tensor:
        """The same from backbone features of the exemplar."""
        features = self.neck(features)
        if features.shape[-1] >= 2 * EXEMPLAR_CELLS:
            margin = (features.shape[-1] - EXEMPLAR_CELLS) // 2
            features = features[:, :, margin : margin + EXEMPLAR_CELLS, margin : margin + EXEMPLAR_CELLS]
        return features

    def forward(self, kernels: Tensor, search: Tensor) -> Tensor:
        """(N, 3, H, W) search regions -> (N, S, S) logits: over 0 where it is rather the target than not."""
        return self.respond(kernels, self.backbone(search))

    def respond(self, kernels: Tensor, features: Tensor) -> Tensor:
        """The same from backbone features of the search region."""
        return xcorr(self.neck(features), kernels) * (RESPONSE_SCALE * self.gain.float()) + self.bias.float()


def network_from(network: Mapping[str, Any]) -> SiamFCNetwork:
    """The network of a weights file's description.

    Raises:
        TypeError, ValueError: if it describes none.
    """
    return SiamFCNetwork(NetworkConfig(**network))
