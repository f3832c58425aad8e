"""The layers of SiamRPN++ as they are trained: backbone, neck, and the two heads, at one level or at several.

``siamrpnpp_inference.py`` turns them into the form that tracks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeAlias, get_args

import torch
from torch import Tensor, nn

from tracker_core.backbones.alexnet import AlexNet
from tracker_core.backbones.correlation import xcorr_depthwise
from tracker_core.backbones.efficientnet_lite import EfficientNetLite
from tracker_core.backbones.mobilenet_v2 import MobileNetV2
from tracker_core.backbones.neck import adjust_layer, exemplar_cells
from tracker_core.backbones.residual import ResidualBackbone
from tracker_core.backbones.resnet50 import ResNet50
from tracker_core.decision.anchors import SCALE, AnchorGrid
from tracker_core.target import EXEMPLAR_SIZE

Backbone = Literal["alexnet", "residual", "lite0", "mobilenet_v2", "resnet50"]
DEEP = {"mobilenet_v2": range(3, 8), "resnet50": range(2, 5)}
"""Backbones that are read at several levels, and their stages of stride 8, any of which can be a level."""

Features: TypeAlias = Tensor | tuple[Tensor, ...]
"""The output of a backbone: one map (N, C, H, W), or one for each level."""
Kernels: TypeAlias = tuple[Tensor, ...]
"""The exemplar as correlation kernels: of the class head and of the box head, level after level; then the same for a
second exemplar, if there is one.
"""
Shares: TypeAlias = Tensor | tuple[float, ...]
"""A number for each level, in [0, 1]."""


@dataclass(frozen=True, slots=True)
class NetworkConfig:
    """What the layers are. Stored in the weights file, so that a file alone makes its network.

    Raises:
        ValueError: if the backbone is unknown, or its levels and their channels do not belong together.
    """

    backbone: Backbone = "residual"
    width: float = 1.0  # for published backbones; the published MobileNetV2 has 1.4
    stem: int = 32  # for "residual" alone, like `middle` and `blocks`
    middle: int = 64
    channels: int = 128  # for "residual" and "lite0"
    blocks: int = 3
    head_channels: int = 128  # if there is one level
    instance_size: int = 255
    levels: tuple[int, ...] = ()  # for deep backbones: the stages to read
    neck_channels: tuple[int, ...] = ()  # of neck and heads, for each level
    weighted: bool = False  # with several levels: learn a share for each, instead of the plain mean
    exemplars: int = 1  # 2: the heads can join the answers for two exemplars of one target
    target_cells: int = SCALE  # cells a square target is wide; fewer show it coarser, in a smaller search region

    def __post_init__(self) -> None:
        if self.backbone not in get_args(Backbone):
            raise ValueError(f"there is no backbone '{self.backbone}'; known are {', '.join(get_args(Backbone))}")
        if self.exemplars not in (1, 2):
            raise ValueError(f"a network takes 1 or 2 exemplars, not {self.exemplars}")
        # a file's header has lists
        object.__setattr__(self, "levels", tuple(self.levels))
        object.__setattr__(self, "neck_channels", tuple(self.neck_channels))
        if self.backbone not in DEEP:
            if self.levels or self.neck_channels or self.weighted:
                raise ValueError(f"the backbone '{self.backbone}' has one level: levels and neck_channels stay empty")
            return
        stages = DEEP[self.backbone]
        rising = sorted(set(self.levels) & set(stages))
        if len(rising) < 2 or list(self.levels) != rising:
            raise ValueError(
                f"levels of the backbone '{self.backbone}' are two or more of the stages {stages[0]} to {stages[-1]} "
                f"in rising order, not {list(self.levels)}"
            )
        if len(self.neck_channels) != len(self.levels):
            raise ValueError(f"neck_channels needs a number for each of the {len(self.levels)} levels")

    @property
    def window(self) -> float:
        """Pixels of a crop that are twice a square target's width; for eight cells the whole exemplar."""
        return EXEMPLAR_SIZE * self.target_cells / SCALE

    @property
    def score_size(self) -> int:
        """S: cells a side of the score map."""
        unpadded = (self.instance_size - EXEMPLAR_SIZE) // 8 + 1
        return unpadded if self.backbone == "alexnet" else unpadded + 8


class ExemplarFusion(nn.Module):
    """Joins the correlations with two exemplars: the first one's moves towards the second one's, by a learnt gate for
    each channel and place.

    If both are the same, so is the answer, whatever was learnt; so a single exemplar loses nothing. An untrained gate
    gives the mean.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.gate = nn.Conv2d(2 * channels, channels, 1)
        nn.init.zeros_(self.gate.weight)
        nn.init.zeros_(self.gate.bias)  # type: ignore[arg-type]  # there is one

    def forward(self, first: Tensor, second: Tensor) -> Tensor:
        """(N, C, S, S) each -> (N, C, S, S)."""
        return first + torch.sigmoid(self.gate(torch.cat([first, second], dim=1))) * (second - first)


class DepthwiseHead(nn.Module):
    """One branch of the region proposal network: adjust both maps, correlate them, read the result (section 3.3)."""

    def __init__(self, channels: int, hidden: int, outputs: int, *, exemplars: int = 1) -> None:
        super().__init__()
        self.hidden = hidden
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
        if exemplars == 2:
            self.fusion = ExemplarFusion(hidden)

    def forward(self, kernel: Tensor, search: Tensor, second: Tensor | None = None) -> Tensor:
        """``kernel`` is the output of ``conv_kernel`` for the exemplar, ``second`` that for another one. Both are
        computed once a target, not once a frame.
        """
        adjusted = self.conv_search(search)
        correlated = xcorr_depthwise(adjusted, kernel)
        if second is not None:
            correlated = self.fusion(correlated, xcorr_depthwise(adjusted, second))
        result: Tensor = self.head(correlated)
        return result


class Level(NamedTuple):
    """A region proposal network on one map of the backbone."""

    neck: nn.Module
    cls: DepthwiseHead
    loc: DepthwiseHead


class SiamRPNPPNetwork(nn.Module):
    """Backbone, neck (1 x 1 adjust layers, for padded backbones) and the heads.

    With several levels ``neck``, ``cls`` and ``loc`` are lists, and the answer is the weighted sum of all levels'
    answers (layer-wise aggregation, section 3.2).
    """

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        self.config = config
        self.anchors = AnchorGrid(config.score_size, scale=config.target_cells)
        self.backbone = _backbone(config)
        answers = 2 * self.anchors.count, 4 * self.anchors.count
        channels = self.backbone.channels
        if isinstance(channels, tuple):
            hidden = config.neck_channels
            self.neck: Any = nn.ModuleList(map(adjust_layer, channels, hidden))
            self.cls: Any = nn.ModuleList(DepthwiseHead(n, n, answers[0], exemplars=config.exemplars) for n in hidden)
            self.loc: Any = nn.ModuleList(DepthwiseHead(n, n, answers[1], exemplars=config.exemplars) for n in hidden)
            if config.weighted:
                self.cls_weight = nn.Parameter(torch.ones(len(hidden)))
                self.loc_weight = nn.Parameter(torch.ones(len(hidden)))
        else:
            self.neck = nn.Identity() if config.backbone == "alexnet" else adjust_layer(channels, channels)
            self.cls = DepthwiseHead(channels, config.head_channels, answers[0], exemplars=config.exemplars)
            self.loc = DepthwiseHead(channels, config.head_channels, answers[1], exemplars=config.exemplars)

    @property
    def levels(self) -> tuple[Level, ...]:
        """The region proposal networks, the earliest stage first."""
        if isinstance(self.neck, nn.ModuleList):
            return tuple(map(Level, self.neck, self.cls, self.loc))
        return (Level(self.neck, self.cls, self.loc),)

    @property
    def shares(self) -> tuple[Shares, Shares]:
        """The weight of each level in the class and in the box; both add up to 1."""
        if self.config.weighted:
            return torch.softmax(self.cls_weight, 0), torch.softmax(self.loc_weight, 0)
        equal = (1 / len(self.levels),) * len(self.levels)
        return equal, equal

    def template(self, exemplar: Tensor) -> Kernels:
        """(N, 3, 127, 127) -> two correlation kernels a level, (N, C, 5, 5) each (4 x 4 for the AlexNet)."""
        return self.kernels(self.backbone(exemplar))

    def kernels(self, features: Features) -> Kernels:
        """The same from backbone features of the exemplar."""
        made: list[Tensor] = []
        for level, feature in zip(self.levels, maps(features), strict=True):
            adjusted = exemplar_cells(level.neck(feature))
            made += level.cls.conv_kernel(adjusted), level.loc.conv_kernel(adjusted)
        return tuple(made)

    def forward(self, kernels: Kernels, search: Tensor) -> tuple[Tensor, Tensor]:
        """(N, 3, H, W) search regions -> class logits (N, 2, k, S, S), background first, and deltas (N, 4, k, S, S)."""
        return self.respond(kernels, self.backbone(search))

    def respond(self, kernels: Kernels, features: Features) -> tuple[Tensor, Tensor]:
        """The same from backbone features of the search region."""
        logits, deltas = [], []
        first, second = kernels_by_exemplar(kernels, 2 * len(self.levels))
        for number, (level, feature) in enumerate(zip(self.levels, maps(features), strict=True)):
            adjusted = level.neck(feature)
            of_cls, of_loc = 2 * number, 2 * number + 1
            logits.append(level.cls(first[of_cls], adjusted, second and second[of_cls]))
            deltas.append(level.loc(first[of_loc], adjusted, second and second[of_loc]))
        cls_shares, loc_shares = self.shares
        return by_anchor(_weighted(logits, cls_shares), _weighted(deltas, loc_shares), self.anchors.count)


def kernels_by_exemplar(kernels: Kernels, count: int) -> tuple[Kernels, Kernels | None]:
    """The ``count`` kernels of the first exemplar, and those of the second if there is one.

    Raises:
        ValueError: if they are not of one or two exemplars.
    """
    if len(kernels) not in (count, 2 * count):
        raise ValueError(f"{count} or {2 * count} kernels are needed, not {len(kernels)}")
    return kernels[:count], kernels[count:] or None


def maps(features: Features) -> tuple[Tensor, ...]:
    """The maps as a tuple, even if there is only one level."""
    return features if isinstance(features, tuple) else (features,)


def by_anchor(logits: Tensor, deltas: Tensor, count: int) -> tuple[Tensor, Tensor]:
    """(N, 2k, S, S) and (N, 4k, S, S) -> (N, 2, k, S, S) and (N, 4, k, S, S)."""
    size = logits.shape[-1]
    return logits.reshape(-1, 2, count, size, size), deltas.reshape(-1, 4, count, size, size)


def foreground(logits: Tensor) -> Tensor:
    """(N, 2, k, S, S) -> (N, k, S, S) probability of foreground."""
    return torch.softmax(logits.float(), dim=1)[:, 1]


def _backbone(config: NetworkConfig) -> AlexNet | ResidualBackbone | EfficientNetLite | MobileNetV2 | ResNet50:
    match config.backbone:
        case "alexnet":
            return AlexNet(config.width)
        case "residual":
            return ResidualBackbone(
                stem=config.stem, middle=config.middle, channels=config.channels, blocks=config.blocks
            )
        case "lite0":
            return EfficientNetLite(channels=config.channels)
        case "mobilenet_v2":
            return MobileNetV2(config.levels, width=config.width)
        case "resnet50":
            return ResNet50(config.levels, width=config.width)


def _weighted(answers: Sequence[Tensor], shares: Shares) -> Tensor:
    if len(answers) == 1:
        return answers[0]
    return torch.stack([share * answer for share, answer in zip(shares, answers, strict=True)]).sum(dim=0)
