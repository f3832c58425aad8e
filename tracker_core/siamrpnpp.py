"""SiamRPN++ (Li et al., CVPR 2019): a Siamese region proposal network with depthwise cross-correlation.

The exemplar (127 x 127, the target with context) and the search region (255 x 255) go through one backbone. Two heads
correlate them channel by channel and say, for k anchors on each of S x S cells, how likely the target is there and how
its box differs from the anchor. ``SiamRPNPP.init`` takes the exemplar, ``RPNTarget.update`` is one tracking step of the
paper.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

import torch
from torch import Tensor, nn

from tracker_core.anchors import AnchorGrid
from tracker_core.backbones.alexnet import AlexNet
from tracker_core.backbones.residual import ResidualBackbone
from tracker_core.correlation import xcorr_depthwise
from tracker_core.geometry import Box
from tracker_core.images import Image
from tracker_core.region_proposal import RPNTarget
from tracker_core.runtime import Placement, optimise, to_input
from tracker_core.score_map import Constants, Response, TrackingConstants
from tracker_core.target import EXEMPLAR_SIZE, Engine
from tracker_core.weights.files import WeightsFile

Backbone = Literal["alexnet", "residual"]
Kernels: TypeAlias = tuple[Tensor, ...]
"""What the exemplar became: the correlation kernels of the class head and of the box head."""

EXEMPLAR_CELLS = 7
"""A padded backbone's exemplar map is cut to its centre: the outer cells have mostly seen padding."""


@dataclass(frozen=True, slots=True)
class NetworkConfig:
    """What the layers are. Stored in the weights file, so that a file alone makes its network."""

    backbone: Backbone = "residual"
    width: float = 1.0  # of the AlexNet
    stem: int = 32
    middle: int = 64
    channels: int = 128
    blocks: int = 3
    head_channels: int = 128
    instance_size: int = 255

    def __post_init__(self) -> None:
        if self.backbone not in get_args(Backbone):
            raise ValueError(f"there is no backbone '{self.backbone}'; known are {', '.join(get_args(Backbone))}")

    @property
    def score_size(self) -> int:
        """S: cells a side of the score map."""
        unpadded = (self.instance_size - EXEMPLAR_SIZE) // 8 + 1
        return unpadded if self.backbone == "alexnet" else unpadded + 8


class DepthwiseHead(nn.Module):
    """One branch of the region proposal network: adjust both maps, correlate them, read the result (section 3.3)."""

    def __init__(self, channels: int, hidden: int, outputs: int) -> None:
        super().__init__()
        self.conv_kernel = nn.Sequential(
            nn.Conv2d(channels, hidden, 3, bias=False), nn.BatchNorm2d(hidden), nn.ReLU(inplace=True)
        )
        self.conv_search = nn.Sequential(
            nn.Conv2d(channels, hidden, 3, bias=False), nn.BatchNorm2d(hidden), nn.ReLU(inplace=True)
        )
        self.head = nn.Sequential(
            nn.Conv2d(hidden, hidden, 1, bias=False),
            nn.BatchNorm2d(hidden),
            nn.ReLU(inplace=True),
            nn.Conv2d(hidden, outputs, 1),
        )

    def forward(self, kernel: Tensor, search: Tensor) -> Tensor:
        """``kernel`` is what ``conv_kernel`` made of the exemplar: it is computed once a target, not once a frame."""
        result: Tensor = self.head(xcorr_depthwise(self.conv_search(search), kernel))
        return result


class SiamRPNPPNetwork(nn.Module):
    """Backbone, neck (1 x 1 adjust layer, for the padded backbone) and the two heads."""

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
        channels = self.backbone.channels
        self.cls = DepthwiseHead(channels, config.head_channels, 2 * self.anchors.count)
        self.loc = DepthwiseHead(channels, config.head_channels, 4 * self.anchors.count)

    def template(self, exemplar: Tensor) -> Kernels:
        """(N, 3, 127, 127) -> the correlation kernels of the two heads, (N, C, 5, 5) each (4 x 4 for the AlexNet)."""
        return self.kernels(self.backbone(exemplar))

    def kernels(self, features: Tensor) -> Kernels:
        """The same from backbone features of the exemplar."""
        features = self.neck(features)
        if features.shape[-1] >= 2 * EXEMPLAR_CELLS:
            margin = (features.shape[-1] - EXEMPLAR_CELLS) // 2
            features = features[:, :, margin : margin + EXEMPLAR_CELLS, margin : margin + EXEMPLAR_CELLS]
        return self.cls.conv_kernel(features), self.loc.conv_kernel(features)

    def forward(self, kernels: Kernels, search: Tensor) -> tuple[Tensor, Tensor]:
        """(N, 3, H, W) search regions -> class logits (N, 2, k, S, S), background first, and deltas (N, 4, k, S, S)."""
        return self.respond(kernels, self.backbone(search))

    def respond(self, kernels: Kernels, features: Tensor) -> tuple[Tensor, Tensor]:
        """The same from backbone features of the search region."""
        features = self.neck(features)
        logits = self.cls(kernels[0], features)
        deltas = self.loc(kernels[1], features)
        size = logits.shape[-1]
        k = self.anchors.count
        return logits.reshape(-1, 2, k, size, size), deltas.reshape(-1, 4, k, size, size)


def foreground(logits: Tensor) -> Tensor:
    """(N, 2, k, S, S) -> (N, k, S, S) probability of foreground."""
    return torch.softmax(logits.float(), dim=1)[:, 1]


class SiamRPNPPEngine:
    """The network in its place, batch norm folded."""

    def __init__(self, network: SiamRPNPPNetwork, placement: Placement) -> None:
        optimise(network, placement)
        self._network = network
        self._placement = placement
        self._anchors = network.anchors
        self.instance_size = network.config.instance_size

    @property
    def device_text(self) -> str:
        return str(self._placement)

    @torch.inference_mode()
    def template(self, exemplar: Image) -> Kernels:
        kernels: Kernels = self._network.template(to_input([exemplar], self._placement))
        return kernels

    @torch.inference_mode()
    def respond(self, kernels: Sequence[Kernels], regions: Sequence[Image]) -> list[Response]:
        together = kernels[0] if len(kernels) == 1 else tuple(map(torch.cat, zip(*kernels, strict=True)))
        logits, deltas = self._network(together, to_input(regions, self._placement))
        # One copy back: class and box of each anchor together.
        answers = torch.cat([foreground(logits)[:, None], deltas.float()], dim=1).cpu().numpy()  # (N, 1 + 4, k, S, S)
        return [Response(answer[0], self._anchors.decode(answer[1:])) for answer in answers]


class SiamRPNPP:
    """The tracker: a network, its constants, and a name."""

    def __init__(self, name: str, engine: Engine[Kernels, Response], constants: TrackingConstants) -> None:
        self.name = name
        self.constants = constants
        self.engine = engine

    @property
    def device_text(self) -> str:
        return self.engine.device_text

    def with_constants(self, constants: Constants) -> SiamRPNPP:
        if not isinstance(constants, TrackingConstants):
            raise TypeError(f"SiamRPN++ decides with TrackingConstants, not with {type(constants).__name__}")
        return SiamRPNPP(self.name, self.engine, constants)

    def init(self, image: Image, box: Box) -> RPNTarget[Kernels]:
        """Take the exemplar at ``box``: all that is learnt of a target."""
        return RPNTarget(self.engine, self.constants, image, box)


def network_from(network: Mapping[str, Any]) -> SiamRPNPPNetwork:
    """The network of a weights file's description.

    Raises:
        TypeError, ValueError: if it describes none.
    """
    return SiamRPNPPNetwork(NetworkConfig(**network))


def tracker_from(name: str, file: WeightsFile, placement: Placement, constants: Constants) -> SiamRPNPP:
    """The tracker of a weights file.

    Raises:
        TypeError, ValueError, RuntimeError: if the tensors do not fit the description.
    """
    network = network_from(file.network)
    network.load_state_dict(file.tensors)
    assert isinstance(constants, TrackingConstants)
    return SiamRPNPP(name, SiamRPNPPEngine(network, placement), constants)
