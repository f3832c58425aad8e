from __future__ import annotations

import pytest
import torch
from torch import nn

from tracker_core.runtime.placement import Placement, optimise
from tracker_core.runtime.pointwise import PointwiseConvolution, fits


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("order", [torch.channels_last, torch.contiguous_format])
def test_it_computes_what_the_convolution_computes(bias: bool, order: torch.memory_format) -> None:
    torch.manual_seed(0)
    convolution = nn.Conv2d(6, 10, 1, bias=bias)
    features = torch.randn(3, 6, 5, 4).contiguous(memory_format=order)
    with torch.no_grad():
        found = PointwiseConvolution(convolution)(features)
        assert torch.allclose(found, convolution(features), atol=1e-6)
    assert found.is_contiguous(memory_format=torch.channels_last)  # the next layer needs no copy


@pytest.mark.parametrize(
    ("convolution", "dtype"),
    [
        (nn.Conv2d(4, 4, 3), torch.float32),
        (nn.Conv2d(4, 4, 1, stride=2), torch.float32),
        (nn.Conv2d(4, 4, 1, padding=1), torch.float32),
        (nn.Conv2d(4, 4, 1, groups=2), torch.float32),
        (nn.Conv2d(4, 4, 1), torch.bfloat16),
    ],
)
def test_what_is_no_product_of_two_matrices_or_slower_as_one_stays(convolution: nn.Conv2d, dtype: torch.dtype) -> None:
    assert not fits(convolution, dtype)


def test_a_network_on_the_cpu_gets_it() -> None:
    torch.manual_seed(0)
    network = nn.Sequential(nn.Conv2d(3, 8, 1, bias=False), nn.BatchNorm2d(8), nn.ReLU(), nn.Conv2d(8, 2, 3)).eval()
    features = torch.randn(1, 3, 9, 9)
    with torch.no_grad():
        expected = network(features)
        optimise(network, Placement(torch.device("cpu"), torch.float32))
        assert isinstance(network[0], PointwiseConvolution)
        assert torch.allclose(network(features), expected, atol=1e-5)
