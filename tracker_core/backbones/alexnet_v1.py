"""AlexNet as in SiamFC (Bertinetto et al., 2016): the second, fourth and fifth convolutions are grouped, nothing is
padded, and no batch norm or rectifier follows the last one.

Layer names and the two unusual numbers of batch norm are those of the public implementation whose weights are in use
(huanglianghua/siamfc-pytorch, ``AlexNetV1``).
"""

from __future__ import annotations

from torch import Tensor, nn


class AlexNetV1(nn.Module):
    """Sizes: 127 -> 6, 239 -> 20, 255 -> 22. 2,336,320 parameters."""

    def __init__(self) -> None:
        super().__init__()
        self.channels = 256
        self.conv1 = nn.Sequential(nn.Conv2d(3, 96, 11, stride=2), _norm(96), nn.ReLU(inplace=True), nn.MaxPool2d(3, 2))
        self.conv2 = nn.Sequential(
            nn.Conv2d(96, 256, 5, groups=2), _norm(256), nn.ReLU(inplace=True), nn.MaxPool2d(3, 2)
        )
        self.conv3 = nn.Sequential(nn.Conv2d(256, 384, 3), _norm(384), nn.ReLU(inplace=True))
        self.conv4 = nn.Sequential(nn.Conv2d(384, 384, 3, groups=2), _norm(384), nn.ReLU(inplace=True))
        self.conv5 = nn.Sequential(nn.Conv2d(384, 256, 3, groups=2))

    def forward(self, image: Tensor) -> Tensor:
        features: Tensor = self.conv5(self.conv4(self.conv3(self.conv2(self.conv1(image)))))
        return features


def _norm(channels: int) -> nn.BatchNorm2d:
    return nn.BatchNorm2d(channels, eps=1e-6, momentum=0.05)
