"""``first_cell``: a teacher's features and ours are compared at the same pixels, so the offset must be right."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from tracker_core.backbones.alexnet import AlexNet
from tracker_core.backbones.efficientnet_lite import EfficientNetLite
from tracker_core.backbones.mobilenet_v2 import MobileNetV2
from tracker_core.backbones.residual import ResidualBackbone
from tracker_core.backbones.resnet50 import ResNet50


def middle_of_what_a_cell_sees(backbone: nn.Module, cell: int) -> float:
    """The mean position of the pixels on which a cell depends, weighed by how much, with a network of means."""
    for module in backbone.modules():
        if isinstance(module, nn.Conv2d):
            nn.init.constant_(module.weight, 1 / module.weight[0].numel())
            if module.bias is not None:
                nn.init.zeros_(module.bias)
    brightness = 200.0 if isinstance(backbone, EfficientNetLite) else 1.0  # its first layer subtracts 127
    image = torch.full((1, 3, 127, 127), brightness, dtype=torch.float64, requires_grad=True)
    features = backbone.double().eval()(image)
    if isinstance(features, tuple):
        features = features[-1]
    features[0, 0, cell].sum().backward()
    assert image.grad is not None
    seen = image.grad.abs().sum(dim=(0, 1, 3))
    return float((seen * torch.arange(127)).sum() / seen.sum())


def without_pooling_by_maximum(backbone: nn.Module) -> nn.Module:
    """A maximum passes its gradient to one pixel, a mean to all of them alike; both look at the same ones."""
    for parent in list(backbone.modules()):
        for name, child in list(parent.named_children()):
            if isinstance(child, nn.MaxPool2d):
                assert isinstance(child.kernel_size, int)
                assert isinstance(child.stride, int)
                setattr(parent, name, nn.AvgPool2d(child.kernel_size, child.stride, child.padding))
    return backbone


@pytest.mark.parametrize(
    ("backbone", "cell"),
    [
        (AlexNet(width=0.05), 0), (AlexNet(width=0.05), 2),
        (ResidualBackbone(stem=2, middle=2, channels=2, blocks=1), 7),
        (EfficientNetLite(channels=4), 7), (MobileNetV2((2, 3), width=0.25), 7), (ResNet50((2, 3), width=0.125), 7),
    ],
)  # fmt: skip
def test_cells_are_centred_where_they_say(
    backbone: AlexNet | ResidualBackbone | EfficientNetLite | MobileNetV2 | ResNet50, cell: int
) -> None:
    wanted = backbone.first_cell + 8 * cell
    assert middle_of_what_a_cell_sees(without_pooling_by_maximum(backbone), cell) == pytest.approx(wanted, abs=0.01)
