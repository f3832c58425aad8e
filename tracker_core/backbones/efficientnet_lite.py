"""EfficientNet-Lite0 up to its tenth block, read at strides 8 and 16 and combined at stride 8.

The layers are those of Tan and Le, "EfficientNet" (ICML 2019), in the Lite form: no squeeze-and-excitation, ReLU6
instead of swish. Block 4 (stride 8, 40 channels) says where things are, block 10 (stride 16, 112 channels) what they
are. A 1 x 1 convolution brings each to the same number of channels, and the output is their sum (Lin et al., "Feature
Pyramid Networks", CVPR 2017, section 3).

Sizes: 127 -> 15, 223 -> 27, 255 -> 31, like ``ResidualBackbone``. Cell i is centred on pixel ``8 i + 7``.
"""

from __future__ import annotations

from typing import NamedTuple, Self

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class _Stage(NamedTuple):
    kernel: int
    stride: int
    expansion: int
    channels: int
    blocks: int


STEM = 32
STAGES = (
    _Stage(3, 1, 1, 16, 1),
    _Stage(3, 2, 6, 24, 2),
    _Stage(5, 2, 6, 40, 2),
    _Stage(3, 2, 6, 80, 3),
    _Stage(5, 1, 6, 112, 3),
)
"""The first five of seven stages. The rest have stride 32, too coarse to place a box."""
FINE = 4  # the last block of stride 8
MEAN, SPREAD = 127.0, 128.0  # the ImageNet weights expect (byte - 127) / 128


class ConvNorm(nn.Sequential):
    """A convolution without bias, and batch norm with the epsilon of the published weights.

    The norm never uses the statistics of a batch, so it is a factor on the weights and an offset. Computed that way,
    large maps are written once instead of twice, forward and backward, which saves a fifth of a training step.
    """

    def __init__(self, inputs: int, outputs: int, kernel: int, *, stride: int = 1, groups: int = 1) -> None:
        # The published stride-2 layers pad on the right and below only. On our sizes (127, 223, 255, and what they
        # shrink to) the extra column is never reached, so half a kernel less one on both sides does the same.
        padding = kernel // 2 if stride == 1 else kernel // 2 - 1
        super().__init__(
            nn.Conv2d(inputs, outputs, kernel, stride, padding, groups=groups, bias=False),
            nn.BatchNorm2d(outputs, eps=1e-3),
        )

    def forward(self, features: Tensor) -> Tensor:
        convolution, norm = self
        if not isinstance(norm, nn.BatchNorm2d):  # folded into the convolution: see ``fold_batch_norm``
            return convolution(features)  # type: ignore[no-any-return]
        assert isinstance(convolution, nn.Conv2d)
        assert norm.running_mean is not None
        assert norm.running_var is not None
        factor = norm.weight * torch.rsqrt(norm.running_var + norm.eps)
        return F.conv2d(
            features, convolution.weight * factor[:, None, None, None], norm.bias - norm.running_mean * factor,
            convolution.stride, convolution.padding, groups=convolution.groups,
        )  # fmt: skip


class InvertedResidual(nn.Module):
    """Widen, filter each channel, narrow; the result is added to the input if the shapes agree (MobileNetV2, section
    3.3).
    """

    def __init__(self, inputs: int, outputs: int, *, kernel: int, stride: int, expansion: int) -> None:
        super().__init__()
        inner = inputs * expansion
        self.expand = ConvNorm(inputs, inner, 1) if expansion != 1 else None
        self.depth = ConvNorm(inner, inner, kernel, stride=stride, groups=inner)
        self.project = ConvNorm(inner, outputs, 1)
        self.is_residual = stride == 1 and inputs == outputs

    def forward(self, features: Tensor) -> Tensor:
        inner: Tensor = features if self.expand is None else F.relu6(self.expand(features), inplace=True)
        inner = self.project(F.relu6(self.depth(inner), inplace=True))
        return features + inner if self.is_residual else inner


class EfficientNetLite(nn.Module):
    """(N, 3, H, W) in 0..255 -> (N, channels, h, w) of stride 8, for sides of 127 + 32 n.

    Its batch norms keep the statistics of ImageNet in training, because a few hundred thousand pairs would spoil them.
    """

    first_cell = 7.0  # pixel on which cell 0 is centred

    def __init__(self, *, channels: int = 128) -> None:
        super().__init__()
        self.channels = channels
        self._spread = SPREAD  # 1 once the stem's weights include it
        self.stem = ConvNorm(3, STEM, 3, stride=2)
        blocks: list[nn.Module] = []
        inputs = STEM
        for stage in STAGES:
            for number in range(stage.blocks):
                stride = stage.stride if number == 0 else 1
                blocks.append(
                    InvertedResidual(
                        inputs, stage.channels, kernel=stage.kernel, stride=stride, expansion=stage.expansion
                    )
                )
                inputs = stage.channels
        self.blocks = nn.ModuleList(blocks)
        self.lateral8 = nn.Conv2d(STAGES[2].channels, channels, 1)
        self.lateral16 = nn.Conv2d(STAGES[4].channels, channels, 1)

    def train(self, mode: bool = True) -> Self:
        super().train(mode)
        for part in (self.stem, self.blocks):
            part.eval()
        return self

    def fold_spread(self) -> None:
        """Divide the stem's weights instead of each picture, in place. This is exact, because the spread is a power of
        two. Fold the norms first.
        """
        convolution, _ = self.stem
        assert isinstance(convolution, nn.Conv2d)
        convolution.weight.data.div_(self._spread)
        self._spread = 1.0

    @property
    def takes_centred(self) -> bool:
        """Whether the stem takes a picture minus the mean, not divided by the spread."""
        return self._spread == 1

    def forward(self, image: Tensor) -> Tensor:
        centred = image - MEAN
        features = F.relu6(self.stem(centred if self.takes_centred else centred / self._spread), inplace=True)
        fine = features
        for number, block in enumerate(self.blocks):
            features = block(features)
            if number == FINE:
                fine = features
        result: Tensor = self.lateral8(fine) + _to_stride_8(self.lateral16(features))
        return result


def _to_stride_8(coarse: Tensor) -> Tensor:
    """(N, C, n, n) of stride 16 -> (N, C, 2 n + 1, 2 n + 1) of stride 8: linear between cells, constant beyond the
    outer ones.

    Coarse cell i lies on pixel ``16 i + 15``, fine cell ``2 i + 1``; so the fine map begins half a coarse cell earlier.
    """
    padded = F.pad(coarse, (1, 1, 1, 1), mode="replicate")
    height, width = (2 * side - 1 for side in padded.shape[-2:])
    fine = F.interpolate(padded, size=(height, width), mode="bilinear", align_corners=True)
    return fine[..., 1:-1, 1:-1]
