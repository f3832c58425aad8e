"""The layers of NanoTrack in its three versions: a MobileNetV3 of stride 16, a correlation of each cell with each cell,
and two towers. One says how likely the target's centre is at a place, the other how far away the sides of its box are.

Names and layers are those of the published files, so their tensors fit unchanged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from tracker_core.backbones.correlation import xcorr_depthwise
from tracker_core.backbones.mobilenet_v3 import MobileNetV3

STRIDE = 16
EXEMPLAR_CELLS = 8
"""Cells a side of the exemplar's map, whose 64 cells are the channels of the correlation."""
CENTRE_CELLS = slice(2, 6)
"""The part of the exemplar's map that version 3 also slides over the search region."""

Kernels: TypeAlias = tuple[Tensor, ...]
"""The exemplar as the head of a version takes it."""


@dataclass(frozen=True, slots=True)
class NanoTrackConfig:
    """What the layers are. Stored in the weights file, so that a file alone makes its network.

    Raises:
        ValueError: if there is no such version.
    """

    version: int = 3
    instance_size: int = 255

    def __post_init__(self) -> None:
        if self.version not in (1, 2, 3):
            raise ValueError(f"there is no NanoTrack version {self.version}; known are 1, 2 and 3")

    @property
    def score_size(self) -> int:
        """S: cells a side of the score map, 15 in version 3 and 16 before."""
        cells = -(-self.instance_size // STRIDE)
        return cells - 1 if self.version == 3 else cells


class NanoTrackNetwork(nn.Module):
    """Backbone and head. Images are in 0..255: BGR with the tensors of a published file, RGB once they are converted.

    Cell (i, j) stands for the point at pixel ``16 j + 15, 16 i + 15`` of the search region in version 3, and at
    ``16 j - 1, 16 i - 1`` before: symmetric about the middle of a region of 255 pixels, or one cell left of it.
    """

    def __init__(self, config: NanoTrackConfig) -> None:
        super().__init__()
        self.config = config
        self.backbone = MobileNetV3(blocks=9 if config.version == 3 else 8)
        self.ban_head = _head(config.version, self.backbone.channels)

    def template(self, exemplar: Tensor) -> Kernels:
        """(N, 3, 127, 127) -> what the head correlates with; see ``kernels`` of the heads."""
        return self.ban_head.kernels(self.backbone(exemplar))

    def forward(self, kernels: Kernels, search: Tensor) -> tuple[Tensor, Tensor]:
        """(N, 3, H, W) search regions -> class logits (N, 2, S, S), background first, and the distances (N, 4, S, S)
        from a cell's point to the left, top, right and bottom side of the box, in pixels of the search region, over 0.
        """
        logits, distances = self.ban_head(kernels, self.backbone(search))
        return logits, torch.exp(distances)


class ChannelAttention(nn.Module):
    """Weigh each channel by a factor that depends on the averages of all channels."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.fc1 = nn.Conv2d(channels, channels, 1)
        self.fc2 = nn.Conv2d(channels, channels, 1)

    def forward(self, features: Tensor) -> Tensor:
        weights = self.fc2(F.relu(self.fc1(features.mean(dim=(2, 3), keepdim=True))))
        return features * torch.sigmoid(weights)


class PointwiseCorrelation(nn.Module):
    """How much each cell of the search region resembles each of the 64 cells of the exemplar."""

    def __init__(self) -> None:
        super().__init__()
        self.CA_layer = ChannelAttention(EXEMPLAR_CELLS**2)

    def forward(self, kernel: Tensor, search: Tensor) -> Tensor:
        """(N, C, 8, 8) and (N, C, h, w) -> (N, 64, h, w)."""
        cells = torch.bmm(kernel.flatten(2).transpose(1, 2), search.flatten(2))
        weighed: Tensor = self.CA_layer(cells.reshape(*cells.shape[:2], *search.shape[2:]))
        return weighed


class AdjustedPointwise(PointwiseCorrelation):
    """The same after a convolution for each side."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv_kernel = _adjust(channels)
        self.conv_search = _adjust(channels)

    def forward(self, kernel: Tensor, search: Tensor) -> Tensor:
        """``kernel`` is the output of ``conv_kernel`` for the exemplar, computed once a target, not once a frame."""
        return super().forward(kernel, self.conv_search(search))


class HalvedPointwise(AdjustedPointwise):
    """The same, moved from the cells to the corners between them, on which the depthwise correlation is centred."""

    def __init__(self, channels: int) -> None:
        super().__init__(channels)
        cells = EXEMPLAR_CELLS**2
        self.conv = nn.Sequential(
            nn.Conv2d(cells, cells, 2, groups=cells, bias=False), nn.BatchNorm2d(cells), nn.ReLU6(inplace=True),
            nn.Conv2d(cells, cells, 1), nn.BatchNorm2d(cells),
        )  # fmt: skip

    def forward(self, kernel: Tensor, search: Tensor) -> Tensor:
        """(N, C, 8, 8) and (N, C, h, w) -> (N, 64, h - 1, w - 1)."""
        between: Tensor = self.conv(super().forward(kernel, search))
        return between


class AdjustedDepthwise(nn.Module):
    """Each channel of the exemplar's centre slid over its own channel of the search region."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv_kernel = _adjust(channels)
        self.conv_search = _adjust(channels)

    def forward(self, kernel: Tensor, search: Tensor) -> Tensor:
        """(N, C, 4, 4), from ``conv_kernel``, and (N, C, h, w) -> (N, C, h - 1, w - 1)."""
        return xcorr_depthwise(F.pad(self.conv_search(search), (1, 1, 1, 1)), kernel)


class HeadV1(nn.Module):
    """One correlation for both towers, which have some wide kernels."""

    def __init__(self) -> None:
        super().__init__()
        cells = EXEMPLAR_CELLS**2
        self.corr_pw = PointwiseCorrelation()
        self.cls_tower = _tower(cells, 128, (5, 5, 3))
        self.bbox_tower = _tower(cells, 96, (3, 3, 5, 5))
        self.cls_logits = _last(128, 2)
        self.bbox_pred = _last(96, 4)

    def kernels(self, features: Tensor) -> Kernels:
        """(N, C, 8, 8) features of the exemplar, as they are."""
        return (features,)

    def forward(self, kernels: Kernels, search: Tensor) -> tuple[Tensor, Tensor]:
        """Kernels and (N, C, h, w) -> class logits (N, 2, S, S) and logarithms of distances (N, 4, S, S)."""
        (kernel,) = kernels
        both = self.corr_pw(kernel, search)
        return self.cls_logits(self.cls_tower(both)), self.bbox_pred(self.bbox_tower(both))


class HeadV2(nn.Module):
    """A correlation for each tower."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        cells = EXEMPLAR_CELLS**2
        self.corr_pw_reg = AdjustedPointwise(channels)
        self.corr_pw_cls = AdjustedPointwise(channels)
        self.cls_pw_tower = _tower(cells, 96, (3,) * 6)
        self.bbox_pw_tower = _tower(cells, 96, (3,) * 6)
        self.cls_pred = _last(96, 2)
        self.bbox_pred = _last(96, 4)

    def kernels(self, features: Tensor) -> Kernels:
        """(N, C, 8, 8) -> one (N, C, 8, 8) for the class and one for the box."""
        return self.corr_pw_cls.conv_kernel(features), self.corr_pw_reg.conv_kernel(features)

    def forward(self, kernels: Kernels, search: Tensor) -> tuple[Tensor, Tensor]:
        """Kernels and (N, C, h, w) -> class logits (N, 2, S, S) and logarithms of distances (N, 4, S, S)."""
        of_cls, of_reg = kernels
        cls = self.cls_pw_tower(self.corr_pw_cls(of_cls, search))
        reg = self.bbox_pw_tower(self.corr_pw_reg(of_reg, search))
        return self.cls_pred(cls), self.bbox_pred(reg)


class HeadV3(nn.Module):
    """Two kinds of correlation for each tower: cell by cell, and channel by channel."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.corr_dw_reg = AdjustedDepthwise(channels)
        self.corr_pw_reg = HalvedPointwise(channels)
        self.corr_dw_cls = AdjustedDepthwise(channels)
        self.corr_pw_cls = HalvedPointwise(channels)
        both = channels + EXEMPLAR_CELLS**2
        self.cls_tower = _late_tower(channels, 6)
        self.bbox_tower = _late_tower(channels, 6)
        self.cls_logits = _last(channels, 2)
        self.bbox_pred = _last(channels, 4)
        self.down_reg = _last(both, channels)
        self.down_cls = _last(both, channels)

    def kernels(self, features: Tensor) -> Kernels:
        """(N, C, 8, 8) -> for the class and then for the box (N, C, 8, 8) and (N, C, 4, 4)."""
        centre = features[:, :, CENTRE_CELLS, CENTRE_CELLS]
        return (
            self.corr_pw_cls.conv_kernel(features),
            self.corr_dw_cls.conv_kernel(centre),
            self.corr_pw_reg.conv_kernel(features),
            self.corr_dw_reg.conv_kernel(centre),
        )

    def forward(self, kernels: Kernels, search: Tensor) -> tuple[Tensor, Tensor]:
        """Kernels and (N, C, h, w) -> class logits (N, 2, S, S) and logarithms of distances (N, 4, S, S)."""
        cells_cls, centre_cls, cells_reg, centre_reg = kernels
        cls = torch.cat([self.corr_pw_cls(cells_cls, search), self.corr_dw_cls(centre_cls, search)], dim=1)
        reg = torch.cat([self.corr_pw_reg(cells_reg, search), self.corr_dw_reg(centre_reg, search)], dim=1)
        cls = self.cls_tower(self.down_cls(cls))
        reg = self.bbox_tower(self.down_reg(reg))
        return self.cls_logits(cls), self.bbox_pred(reg)


def _head(version: int, channels: int) -> HeadV1 | HeadV2 | HeadV3:
    match version:
        case 1:
            return HeadV1()
        case 2:
            return HeadV2(channels)
        case _:
            return HeadV3(channels)


def _adjust(channels: int) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(channels, channels, 1), nn.BatchNorm2d(channels))


def _last(inputs: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(inputs, outputs, 1))


def _tower(inputs: int, channels: int, kernels: tuple[int, ...]) -> nn.Sequential:
    """Versions 1 and 2: a depthwise and a 1 x 1 convolution, then norm and rectifier."""
    layers: list[nn.Module] = []
    for kernel in kernels:
        layers += [
            nn.Conv2d(inputs, inputs, kernel, padding=kernel // 2, groups=inputs, bias=False),
            nn.Conv2d(inputs, channels, 1, bias=False), nn.BatchNorm2d(channels), nn.ReLU6(inplace=True),
        ]  # fmt: skip
        inputs = channels
    return nn.Sequential(*layers)


def _late_tower(channels: int, blocks: int) -> nn.Sequential:
    """Version 3: a depthwise convolution, norm and rectifier, then a 1 x 1 convolution and norm."""
    layers: list[nn.Module] = []
    for _ in range(blocks):
        layers += [
            nn.Conv2d(channels, channels, 3, padding=1, groups=channels, bias=False),
            nn.BatchNorm2d(channels), nn.ReLU6(inplace=True),
            nn.Conv2d(channels, channels, 1, bias=False), nn.BatchNorm2d(channels),
        ]  # fmt: skip
    return nn.Sequential(*layers)
