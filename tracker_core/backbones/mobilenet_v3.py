"""MobileNetV3-Small as in NanoTrack: the stride stays 16. Layers and names are those of the published files."""

from __future__ import annotations

from typing import NamedTuple

import torch.nn.functional as F
from torch import Tensor, nn


class _Block(NamedTuple):
    inner: int  # channels between the first and the last 1 x 1 convolution
    channels: int
    kernel: int
    stride: int
    squeezes: bool
    is_hard: bool  # hard swish; a plain rectifier otherwise


STEM = 16
BLOCKS = (
    _Block(16, 16, 3, 2, True, False),
    _Block(72, 24, 3, 2, False, False),
    _Block(88, 24, 3, 1, False, False),
    _Block(96, 40, 5, 2, True, True),
    _Block(240, 40, 5, 1, True, True),
    _Block(240, 40, 5, 1, True, True),
    _Block(120, 48, 5, 1, True, True),
    _Block(144, 48, 5, 1, True, True),
    _Block(288, 96, 5, 1, True, True),
)
"""``features.1`` to ``features.9``. The stride of the last one is 1 instead of the original 2."""


class SqueezeExcitation(nn.Module):
    """Multiply each channel by a factor that depends on the averages of all channels."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        squeezed = max(8, (channels // 4 + 4) // 8 * 8)
        self.fc = nn.Sequential(nn.Linear(channels, squeezed), nn.ReLU(inplace=True), nn.Linear(squeezed, channels))

    def forward(self, features: Tensor) -> Tensor:
        weights: Tensor = self.fc(features.mean(dim=(2, 3)))
        return features * F.hardsigmoid(weights)[:, :, None, None]


class Bottleneck(nn.Module):
    """Widen, filter each channel, weigh the channels, narrow; the result is added to the input if the shapes agree."""

    def __init__(self, inputs: int, block: _Block) -> None:
        super().__init__()
        self.is_residual = block.stride == 1 and inputs == block.channels
        inner = block.inner
        padding = block.kernel // 2
        bend = nn.Hardswish if block.is_hard else nn.ReLU
        weigh = SqueezeExcitation(inner) if block.squeezes else nn.Identity()
        around = (
            nn.Conv2d(inner, inner, block.kernel, block.stride, padding, groups=inner, bias=False),
            nn.BatchNorm2d(inner),
        )
        narrow = nn.Conv2d(inner, block.channels, 1, bias=False), nn.BatchNorm2d(block.channels)
        if inputs == inner:  # the published names count the layers of this short form without a gap
            self.conv = nn.Sequential(*around, bend(inplace=True), weigh, *narrow)
        else:
            widen = nn.Conv2d(inputs, inner, 1, bias=False), nn.BatchNorm2d(inner), bend(inplace=True)
            self.conv = nn.Sequential(*widen, *around, weigh, bend(inplace=True), *narrow)

    def forward(self, features: Tensor) -> Tensor:
        changed: Tensor = self.conv(features)
        return features + changed if self.is_residual else changed


class MobileNetV3(nn.Module):
    """Sizes: 127 -> 8, 223 -> 14, 255 -> 16, 287 -> 18 cells a side, of stride 16.

    Args:
        blocks: how many of the nine blocks to build. After 8 the map has 48 channels, after 9 it has 96.
    """

    def __init__(self, blocks: int = 9) -> None:
        super().__init__()
        self.channels = BLOCKS[blocks - 1].channels
        stem = nn.Sequential(
            nn.Conv2d(3, STEM, 3, stride=2, padding=1, bias=False), nn.BatchNorm2d(STEM), nn.Hardswish(inplace=True)
        )
        inputs = STEM, *(block.channels for block in BLOCKS)
        self.features = nn.Sequential(stem, *map(Bottleneck, inputs, BLOCKS[:blocks]))

    def forward(self, image: Tensor) -> Tensor:
        """(N, 3, H, W) -> (N, C, H / 16, W / 16), rounded up."""
        features: Tensor = self.features(image)
        return features
