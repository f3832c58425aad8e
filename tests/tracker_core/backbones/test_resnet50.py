from __future__ import annotations

import pytest
import torch

from tests.support.networks import with_statistics
from tests.support.siamrpnpp_oracle import resnet50
from tracker_core.backbones.resnet50 import ResNet50


def small(levels: tuple[int, ...] = (2, 3, 4)) -> ResNet50:
    torch.manual_seed(0)
    return with_statistics(ResNet50(levels, width=0.125)).double().eval()


@pytest.mark.parametrize("levels", [(2, 3, 4), (2, 4), (3,)])
@pytest.mark.parametrize(("size", "cells"), [(127, 15), (255, 31)])
def test_every_level_is_that_of_the_plain_formula(levels: tuple[int, ...], size: int, cells: int) -> None:
    network = small(levels)
    image = torch.rand(1, 3, size, size, dtype=torch.float64)
    with torch.no_grad():
        found = network(image)
        expected = resnet50({f"backbone.{name}": value for name, value in network.state_dict().items()}, image, levels)
    for one, other, channels in zip(found, expected, network.channels, strict=True):
        assert one.shape == (1, channels, cells, cells)
        assert other.std() > 0.01
        torch.testing.assert_close(one, other, rtol=1e-9, atol=1e-9)


def test_the_published_network_has_its_parameters_and_names() -> None:
    with torch.device("meta"):
        network = ResNet50()
    assert network.channels == (512, 1024, 2048)
    # 23,508,032 of torchvision's without its classifier, and the 3 x 3 shortcuts in place of the 1 x 1 ones
    widened = sum(8 * inputs * outputs for inputs, outputs in ((256, 512), (512, 1024), (1024, 2048)))
    assert sum(p.numel() for p in network.parameters()) == 23_508_032 + widened == 45_528_128
    shapes = {name: tuple(value.shape) for name, value in network.state_dict().items()}
    assert len(shapes) == 318
    assert shapes["layer1.0.downsample.0.weight"] == (256, 64, 1, 1)
    assert shapes["layer2.0.downsample.0.weight"] == (512, 256, 3, 3)
    assert shapes["layer4.0.downsample.0.weight"] == (2048, 1024, 3, 3)
    assert shapes["layer3.5.conv2.weight"] == (256, 256, 3, 3)
    assert shapes["layer4.2.bn3.running_var"] == (2048,)


def test_what_lies_behind_the_last_level_is_not_there() -> None:
    names = {name.split(".")[0] for name in small((3,)).state_dict()}
    assert names == {"conv1", "bn1", "layer1", "layer2", "layer3"}
