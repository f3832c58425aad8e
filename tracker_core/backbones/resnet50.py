"""ResNet-50 as in SiamRPN++ (section 3.2): the stride stays 8 and later stages are dilated. Paddings and names are
those of the published ``siamrpn_r50`` networks.

Stages 3 and 4 keep the 31 x 31 cells of stage 2 and see farther by dilation, so the cells of all three lie on the same
pixels. Torchvision's weights do not fit: shortcuts that change the number of channels are 3 x 3 from stage 2 on, and
layers that halve the map have no padding.
"""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor, nn
from torch.nn import functional as F

EXPANSION = 4


class Bottleneck(nn.Module):
    """A 1 x 1, a 3 x 3 and a 1 x 1 convolution, and a shortcut. ``shortcut`` is the side of its kernel, 0 for the
    identity.
    """

    def __init__(self, inputs: int, width: int, *, stride: int = 1, dilation: int = 1, shortcut: int = 0) -> None:
        super().__init__()
        outputs = EXPANSION * width
        padding = dilation if stride == 1 else 0
        self.conv1 = nn.Conv2d(inputs, width, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, stride, padding, dilation, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.conv3 = nn.Conv2d(width, outputs, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(outputs)
        self.downsample: nn.Module = nn.Identity()
        if shortcut:
            border = padding if shortcut == 3 else 0
            self.downsample = nn.Sequential(
                nn.Conv2d(inputs, outputs, shortcut, stride, border, dilation, bias=False), nn.BatchNorm2d(outputs)
            )

    def forward(self, features: Tensor) -> Tensor:
        inner = F.relu(self.bn1(self.conv1(features)), inplace=True)
        inner = F.relu(self.bn2(self.conv2(inner)), inplace=True)
        inner = self.bn3(self.conv3(inner))
        return F.relu(inner + self.downsample(features), inplace=True)


class ResNet50(nn.Module):
    """Sizes of every level from stage 2 on: 127 -> 15, 255 -> 31, 831 -> 103.

    Args:
        levels: the stages whose maps to return, from 2 to 4 in rising order. Later stages are not built. At ``width`` 1
            they have 512, 1024 and 2048 channels.
        width: factor of all channels; the published network has 1.
    """

    first_cell = 7.0  # pixel on which cell 0 is centred

    def __init__(self, levels: Sequence[int] = (2, 3, 4), *, width: float = 1.0) -> None:
        super().__init__()
        first, second, third, fourth = (round(channels * width) for channels in (64, 128, 256, 512))
        self.levels = tuple(levels)
        self.channels = tuple(EXPANSION * {2: second, 3: third, 4: fourth}[level] for level in levels)
        self.conv1 = nn.Conv2d(3, first, 7, stride=2, bias=False)
        self.bn1 = nn.BatchNorm2d(first)
        self.maxpool = nn.MaxPool2d(3, 2, padding=1)
        self.layer1 = _stage(first, first, blocks=3)
        self.layer2 = _stage(EXPANSION * first, second, blocks=4, stride=2)
        if self.levels[-1] >= 3:
            self.layer3 = _stage(EXPANSION * second, third, blocks=6, dilation=2)
        if self.levels[-1] >= 4:
            self.layer4 = _stage(EXPANSION * third, fourth, blocks=3, dilation=4)

    def forward(self, image: Tensor) -> tuple[Tensor, ...]:
        """(N, 3, H, W) -> the maps of the levels."""
        features = self.maxpool(F.relu(self.bn1(self.conv1(image)), inplace=True))
        features = self.layer1(features)
        maps = []
        for level in range(2, self.levels[-1] + 1):
            features = self.get_submodule(f"layer{level}")(features)
            if level in self.levels:
                maps.append(features)
        return tuple(maps)


def _stage(inputs: int, width: int, *, blocks: int, stride: int = 1, dilation: int = 1) -> nn.Sequential:
    """A stage: blocks of one width. The first one changes the width, and is dilated half as much as the others."""
    shortcut = 1 if stride == dilation == 1 else 3
    return nn.Sequential(
        Bottleneck(inputs, width, stride=stride, dilation=max(1, dilation // 2), shortcut=shortcut),
        *(Bottleneck(EXPANSION * width, width, dilation=dilation) for _ in range(blocks - 1)),
    )
