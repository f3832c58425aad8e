"""Our own small backbone: a short residual network of stride 8, with most of its work at 31 x 31 cells.

Sizes: 127 -> 15, 255 -> 31, like ResNet-50's in SiamRPN++, with the same 7 x 7 centre crop of the exemplar and the same
25 x 25 score map. Cell i of the output is centred on pixel ``8 i + 7``. Inner layers are padded; uniform shifts in
training (SiamRPN++, section 3.1) keep the network from learning that targets are in the middle.
"""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional as F


class ConvNorm(nn.Sequential):
    """A convolution without bias, and batch norm."""

    def __init__(self, inputs: int, outputs: int, kernel: int, *, stride: int = 1, padding: int = 0) -> None:
        super().__init__(
            nn.Conv2d(inputs, outputs, kernel, stride, padding, bias=False),
            nn.BatchNorm2d(outputs),
        )


class ResidualBlock(nn.Module):
    """Two 3 x 3 convolutions and a shortcut. With stride 2 the first one is not padded: 63 -> 31, 31 -> 15."""

    def __init__(self, inputs: int, outputs: int, *, stride: int = 1) -> None:
        super().__init__()
        padding = 1 if stride == 1 else 0
        self.conv1 = ConvNorm(inputs, outputs, 3, stride=stride, padding=padding)
        self.conv2 = ConvNorm(outputs, outputs, 3, padding=1)
        self.shortcut: nn.Module = nn.Identity()
        if stride != 1 or inputs != outputs:
            self.shortcut = ConvNorm(inputs, outputs, 3, stride=stride, padding=padding)

    def forward(self, features: Tensor) -> Tensor:
        inner = self.conv2(F.relu(self.conv1(features), inplace=True))
        return F.relu(inner + self.shortcut(features), inplace=True)


class ResidualBackbone(nn.Module):
    """``stem`` and ``middle`` channels at strides 2 and 4, then ``channels`` at stride 8 in ``blocks`` blocks."""

    first_cell = 7.0  # pixel on which cell 0 is centred

    def __init__(self, *, stem: int = 32, middle: int = 64, channels: int = 128, blocks: int = 3) -> None:
        super().__init__()
        self.channels = channels
        self.stem = ConvNorm(3, stem, 5, stride=2, padding=1)
        self.pool = nn.MaxPool2d(3, 2)
        self.middle = ConvNorm(stem, middle, 3, padding=1)
        self.blocks = nn.Sequential(
            ResidualBlock(middle, channels, stride=2), *(ResidualBlock(channels, channels) for _ in range(blocks - 1))
        )

    def forward(self, image: Tensor) -> Tensor:
        features = self.pool(F.relu(self.stem(image), inplace=True))
        features = F.relu(self.middle(features), inplace=True)
        result: Tensor = self.blocks(features)
        return result
