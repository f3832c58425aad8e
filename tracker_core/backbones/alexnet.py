"""AlexNet as in SiamRPN, DaSiamRPN and SiamRPN++: five convolutions without padding."""

from __future__ import annotations

from torch import Tensor, nn


class AlexNet(nn.Module):
    """Sizes: 127 -> 6, 255 -> 22, 271 -> 24, 287 -> 26. At ``width`` 1 the layers have 96, 256, 384, 384, 256 channels.

    Pooling before the rectifier gives the same numbers as pooling after it, and is cheaper.
    """

    first_cell = 43.0  # pixel on which cell 0 is centred

    def __init__(self, width: float = 1.0) -> None:
        super().__init__()
        first, second, third, fourth, fifth = (round(channels * width) for channels in (96, 256, 384, 384, 256))
        self.channels = fifth
        self.layer1 = nn.Sequential(
            nn.Conv2d(3, first, 11, stride=2), nn.BatchNorm2d(first), nn.MaxPool2d(3, 2), nn.ReLU(inplace=True)
        )
        self.layer2 = nn.Sequential(
            nn.Conv2d(first, second, 5), nn.BatchNorm2d(second), nn.MaxPool2d(3, 2), nn.ReLU(inplace=True)
        )
        self.layer3 = nn.Sequential(nn.Conv2d(second, third, 3), nn.BatchNorm2d(third), nn.ReLU(inplace=True))
        self.layer4 = nn.Sequential(nn.Conv2d(third, fourth, 3), nn.BatchNorm2d(fourth), nn.ReLU(inplace=True))
        self.layer5 = nn.Sequential(nn.Conv2d(fourth, fifth, 3), nn.BatchNorm2d(fifth))

    def forward(self, image: Tensor) -> Tensor:
        features: Tensor = self.layer5(self.layer4(self.layer3(self.layer2(self.layer1(image)))))
        return features
