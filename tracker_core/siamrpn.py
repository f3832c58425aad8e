"""SiamRPN (Li et al., CVPR 2018): a Siamese region proposal network with up-channel cross-correlation.

One convolution raises the exemplar's features to as many kernels as there are anchors to judge: the exemplar becomes
the weights of a detector (one-shot detection, section 3.3), made once when a target starts. A frame then costs the
search branch and one convolution with those weights. Layers are those of the published DaSiamRPN code (``SiamRPNvot``,
``SiamRPNotb``, ``SiamRPNBIG``), which has no layers beyond SiamRPN's.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

from torch import Tensor, nn

from tracker_core.anchors import AnchorGrid
from tracker_core.backbones.alexnet import AlexNet
from tracker_core.backbones.residual import ResidualBackbone
from tracker_core.correlation import xcorr_upchannel
from tracker_core.target import EXEMPLAR_SIZE

Backbone = Literal["alexnet", "residual"]
Kernels: TypeAlias = tuple[Tensor, Tensor]
"""What the exemplar became: the detector's weights, for the classes and for the boxes."""

EXEMPLAR_CELLS = 7
"""A padded backbone's exemplar map is cut to its centre: the outer cells have mostly seen padding."""


@dataclass(frozen=True, slots=True)
class NetworkConfig:
    """What the layers are. Stored in the weights file, so that a file alone makes its network.

    The published networks are ``NetworkConfig()`` and, for ``SiamRPNBIG``, ``NetworkConfig(width=2,
    head_channels=512)``.
    """

    backbone: Backbone = "alexnet"
    width: float = 1.0  # of the AlexNet
    stem: int = 32  # from here on of the residual backbone
    middle: int = 64
    channels: int = 128
    blocks: int = 3
    head_channels: int = 256
    instance_size: int = 271

    def __post_init__(self) -> None:
        if self.backbone not in get_args(Backbone):
            raise ValueError(f"there is no backbone '{self.backbone}'; known are {', '.join(get_args(Backbone))}")

    @property
    def score_size(self) -> int:
        """S: cells a side of the score map."""
        unpadded = (self.instance_size - EXEMPLAR_SIZE) // 8 + 1
        return unpadded if self.backbone == "alexnet" else unpadded + 8


class SiamRPNNetwork(nn.Module):
    """Backbone, neck (1 x 1 adjust layer, for the padded backbone) and the head. The head's layers have the published
    names: ``r`` is for regression, ``1`` for the exemplar, ``2`` for the search region.
    """

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        self.config = config
        self.anchors = AnchorGrid(config.score_size)
        self.backbone: AlexNet | ResidualBackbone
        if config.backbone == "alexnet":
            self.backbone = AlexNet(config.width)
            self.neck: nn.Module = nn.Identity()
        else:
            self.backbone = ResidualBackbone(
                stem=config.stem, middle=config.middle, channels=config.channels, blocks=config.blocks
            )
            channels = self.backbone.channels
            self.neck = nn.Sequential(nn.Conv2d(channels, channels, 1, bias=False), nn.BatchNorm2d(channels))
        channels, hidden, k = self.backbone.channels, config.head_channels, self.anchors.count
        self.conv_r1 = nn.Conv2d(channels, hidden * 4 * k, 3)
        self.conv_r2 = nn.Conv2d(channels, hidden, 3)
        self.conv_cls1 = nn.Conv2d(channels, hidden * 2 * k, 3)
        self.conv_cls2 = nn.Conv2d(channels, hidden, 3)
        self.regress_adjust = nn.Conv2d(4 * k, 4 * k, 1)
        # A correlation sums thousands of products: without this an untrained network is sure of nonsense.
        for raised in (self.conv_r1, self.conv_cls1):
            nn.init.normal_(raised.weight, std=1 / (3 * math.sqrt(channels) * 5 * math.sqrt(hidden)))
            nn.init.zeros_(raised.bias)  # type: ignore[arg-type]  # there is one

    def template(self, exemplar: Tensor) -> Kernels:
        """(N, 3, 127, 127) -> the kernels of the classes (N, 2k, C, 4, 4) and of the boxes (N, 4k, C, 4, 4); 5 x 5 for
        the padded backbone. C is ``head_channels``.
        """
        return self.kernels(self.backbone(exemplar))

    def kernels(self, features: Tensor) -> Kernels:
        """The same from backbone features of the exemplar."""
        features = self.neck(features)
        if features.shape[-1] >= 2 * EXEMPLAR_CELLS:
            margin = (features.shape[-1] - EXEMPLAR_CELLS) // 2
            features = features[:, :, margin : margin + EXEMPLAR_CELLS, margin : margin + EXEMPLAR_CELLS]
        hidden = self.config.head_channels
        classes, boxes = self.conv_cls1(features), self.conv_r1(features)
        return classes.unflatten(1, (-1, hidden)), boxes.unflatten(1, (-1, hidden))

    def forward(self, kernels: Kernels, search: Tensor) -> tuple[Tensor, Tensor]:
        """(N, 3, H, W) search regions -> class logits (N, 2, k, S, S), background first, and deltas (N, 4, k, S, S)."""
        return self.respond(kernels, self.backbone(search))

    def respond(self, kernels: Kernels, features: Tensor) -> tuple[Tensor, Tensor]:
        """The same from backbone features of the search region."""
        features = self.neck(features)
        classes, boxes = kernels
        logits = xcorr_upchannel(self.conv_cls2(features), classes)
        deltas = self.regress_adjust(xcorr_upchannel(self.conv_r2(features), boxes))
        k, size = self.anchors.count, logits.shape[-1]
        return logits.reshape(-1, 2, k, size, size), deltas.reshape(-1, 4, k, size, size)


def network_from(network: Mapping[str, Any]) -> SiamRPNNetwork:
    """The network of a weights file's description.

    Raises:
        TypeError, ValueError: if it describes none.
    """
    return SiamRPNNetwork(NetworkConfig(**network))
