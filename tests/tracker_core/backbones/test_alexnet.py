from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from tracker_core.backbones.alexnet import AlexNet


@pytest.mark.parametrize(("size", "cells"), [(127, 6), (255, 22), (271, 24), (287, 26)])
def test_sizes_are_the_published_ones(size: int, cells: int) -> None:
    network = AlexNet(width=0.05).eval()
    with torch.no_grad():
        assert network(torch.rand(1, 3, size, size)).shape == (1, network.channels, cells, cells)


def test_width_scales_every_layer() -> None:
    doubled = AlexNet(width=2)
    widths = [layer.out_channels for layer in doubled.modules() if isinstance(layer, nn.Conv2d)]
    assert widths == [192, 512, 768, 768, 512]
    assert doubled.channels == 512


def test_without_padding_a_shift_by_the_stride_is_a_shift_by_a_cell() -> None:
    torch.manual_seed(0)
    network = AlexNet(width=0.1).eval()
    image = torch.rand(1, 3, 263, 263) * 255
    with torch.no_grad():
        here, there = network(image[:, :, :255, :255]), network(image[:, :, 8:, 8:])
    np.testing.assert_allclose(there[:, :, :-1, :-1], here[:, :, 1:, 1:], rtol=1e-3, atol=1e-4)
