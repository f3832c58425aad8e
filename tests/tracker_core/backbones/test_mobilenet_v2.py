from __future__ import annotations

import pytest
import torch

from tests.support.networks import with_statistics
from tests.support.siamrpnpp_oracle import mobilenet_v2
from tracker_core.backbones.mobilenet_v2 import MobileNetV2


def small(levels: tuple[int, ...] = (3, 5, 7)) -> MobileNetV2:
    torch.manual_seed(0)
    return with_statistics(MobileNetV2(levels, width=0.25)).double().eval()


@pytest.mark.parametrize("levels", [(3, 5, 7), (3, 5), (4,)])
@pytest.mark.parametrize(("size", "cells"), [(127, 15), (255, 31)])
def test_every_level_is_that_of_the_plain_formula(levels: tuple[int, ...], size: int, cells: int) -> None:
    network = small(levels)
    image = torch.rand(1, 3, size, size, dtype=torch.float64)
    state = {f"backbone.{name}": value for name, value in network.state_dict().items()}
    with torch.no_grad():
        found, expected = network(image), mobilenet_v2(state, image, levels)
    for one, other, channels in zip(found, expected, network.channels, strict=True):
        assert one.shape == (1, channels, cells, cells)
        assert other.std() > 0.01
        torch.testing.assert_close(one, other, rtol=1e-9, atol=1e-9)


def test_the_published_network_has_its_channels_and_names() -> None:
    with torch.device("meta"):
        network = MobileNetV2()
    assert network.channels == (44, 134, 448)
    shapes = {name: tuple(value.shape) for name, value in network.state_dict().items()}
    assert len(shapes) == 312
    assert sum(p.numel() for p in network.parameters()) == 3_485_204
    assert shapes["layer0.0.weight"] == (44, 3, 3, 3)
    assert shapes["layer1.0.conv.0.weight"] == (44, 44, 1, 1)  # widened by 1, and there all the same
    assert [shapes[f"layer{n}.0.conv.6.weight"][0] for n in range(1, 8)] == [22, 33, 44, 89, 134, 224, 448]
    assert shapes["layer6.2.conv.3.weight"] == (1344, 1, 3, 3)
    assert shapes["layer7.0.conv.7.running_mean"] == (448,)


def test_what_lies_behind_the_last_level_is_not_there() -> None:
    names = {name.split(".")[0] for name in small((3, 5)).state_dict()}
    assert names == {f"layer{number}" for number in range(6)}
