"""MobileNetV2 as in SiamRPN++: the stride stays 8 and later stages are dilated. Paddings and names are those of the
published ``siamrpn_mobilev2`` network.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from torch import Tensor, nn


class _Stage(NamedTuple):
    expansion: int
    channels: int  # at width 1
    blocks: int
    stride: int
    dilation: int


STEM = 32
STAGES = (
    _Stage(1, 16, 1, 1, 1),
    _Stage(6, 24, 2, 2, 1),
    _Stage(6, 32, 3, 2, 1),
    _Stage(6, 64, 4, 1, 2),
    _Stage(6, 96, 3, 1, 2),
    _Stage(6, 160, 3, 1, 4),
    _Stage(6, 320, 1, 1, 4),
)
"""``layer1`` to ``layer7``. From the fourth on, the strides of the original become 1 and the dilation grows instead."""


class InvertedResidual(nn.Module):
    """Widen, filter each channel, narrow without a rectifier; the result is added to the input if the shapes agree."""

    def __init__(self, inputs: int, outputs: int, *, expansion: int, stride: int, dilation: int) -> None:
        super().__init__()
        inner = inputs * expansion
        padding = dilation if stride == 1 else 0
        self.is_residual = stride == 1 and inputs == outputs
        self.conv = nn.Sequential(
            nn.Conv2d(inputs, inner, 1, bias=False), nn.BatchNorm2d(inner), nn.ReLU6(inplace=True),
            nn.Conv2d(inner, inner, 3, stride, padding, dilation, groups=inner, bias=False),
            nn.BatchNorm2d(inner), nn.ReLU6(inplace=True),
            nn.Conv2d(inner, outputs, 1, bias=False), nn.BatchNorm2d(outputs),
        )  # fmt: skip

    def forward(self, features: Tensor) -> Tensor:
        changed: Tensor = self.conv(features)
        return features + changed if self.is_residual else changed


class MobileNetV2(nn.Module):
    """Sizes of every level from stage 3 on: 127 -> 15, 255 -> 31, 831 -> 103.

    Args:
        levels: the stages whose maps to return, from 3 to 7 in rising order. Later stages are not built. At ``width``
            1.4 stages 3, 5 and 7 have 44, 134 and 448 channels.
        width: factor of all channels; the published network has 1.4.
    """

    first_cell = 7.0  # pixel on which cell 0 is centred

    def __init__(self, levels: Sequence[int] = (3, 5, 7), *, width: float = 1.4) -> None:
        super().__init__()
        stages = STAGES[: levels[-1]]
        self.levels = tuple(levels)
        self.channels = tuple(int(STAGES[level - 1].channels * width) for level in levels)
        inputs = int(STEM * width)
        self.layer0 = nn.Sequential(
            nn.Conv2d(3, inputs, 3, stride=2, bias=False), nn.BatchNorm2d(inputs), nn.ReLU6(inplace=True)
        )
        dilation = 1
        for number, stage in enumerate(stages, 1):
            outputs = int(stage.channels * width)
            # a stage begins with a dilation between the previous stage's and its own
            first = stage.dilation if stage.dilation == dilation else max(1, stage.dilation // 2)
            self.add_module(
                f"layer{number}",
                nn.Sequential(
                    InvertedResidual(inputs, outputs, expansion=stage.expansion, stride=stage.stride, dilation=first),
                    *(
                        InvertedResidual(outputs, outputs, expansion=stage.expansion, stride=1, dilation=stage.dilation)
                        for _ in range(stage.blocks - 1)
                    ),
                ),
            )
            inputs, dilation = outputs, stage.dilation

    @property
    def linear_end(self) -> nn.Sequential | None:
        """The layers of the last block, if nothing non-linear follows them and nothing is added to their output; None
        otherwise. Their last convolution can be merged with a linear layer after the backbone.
        """
        last = self.get_submodule(f"layer{self.levels[-1]}")[-1]  # type: ignore[index]
        return None if last.is_residual else last.conv

    def forward(self, image: Tensor) -> tuple[Tensor, ...]:
        """(N, 3, H, W) -> the maps of the levels."""
        features = image
        maps = []
        for level in range(self.levels[-1] + 1):
            features = self.get_submodule(f"layer{level}")(features)
            if level in self.levels:
                maps.append(features)
        return tuple(maps)
