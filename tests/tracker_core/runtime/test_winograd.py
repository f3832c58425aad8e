"""The same numbers as the plain convolution, for every shape that is replaced."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional as F

from tests.support.moving_square import moving_square
from tests.support.networks import random_tracker
from tracker_core.runtime import winograd
from tracker_core.runtime.placement import Placement, optimise
from tracker_core.runtime.winograd import POINTS, TILE, WinogradConvolution, fits, transforms
from tracker_core.trackers.siamrpnpp import NetworkConfig

CPU = torch.device("cpu")


@torch.inference_mode()
def outcome(convolution: nn.Conv2d, features: torch.Tensor) -> torch.Tensor:
    """The plain sum in float64: the oracle."""
    bias = None if convolution.bias is None else convolution.bias.double()
    padding, dilation = convolution.padding, convolution.dilation
    return F.conv2d(features.double(), convolution.weight.double(), bias, padding=padding, dilation=dilation)


@pytest.mark.parametrize("side", [3, 5])
def test_one_line_of_outputs_is_the_correlation(side: int) -> None:
    of_kernel, of_input, to_answer = transforms(side)
    rng = np.random.default_rng(0)
    kernel, line = rng.normal(size=side), rng.normal(size=TILE + side - 1)
    found = to_answer @ ((of_kernel @ kernel) * (of_input @ line))
    np.testing.assert_allclose(found, np.correlate(line, kernel, "valid"), atol=1e-12)


@pytest.mark.parametrize(
    ("side", "padding", "dilation", "height", "width", "count"),
    [
        (3, 0, 1, 32, 32, 1),
        (3, 1, 1, 31, 29, 2),  # no multiple of a tile, not square, a batch
        (3, 2, 2, 31, 31, 1),
        (3, 4, 4, 31, 30, 2),
        (3, 0, 1, 3, 6, 1),  # one row of outputs
        (5, 0, 1, 17, 21, 2),
        (5, 2, 1, 8, 8, 1),
    ],
)
@pytest.mark.parametrize("bias", [True, False])
def test_it_says_what_the_convolution_says(
    *, side: int, padding: int, dilation: int, height: int, width: int, count: int, bias: bool
) -> None:
    torch.manual_seed(0)
    convolution = nn.Conv2d(6, 10, side, padding=padding, dilation=dilation, bias=bias)
    features = torch.randn(count, 6, height, width)
    expected = outcome(convolution, features)
    with torch.inference_mode():
        for order in (torch.contiguous_format, torch.channels_last):
            found = WinogradConvolution(convolution)(features.contiguous(memory_format=order))
            assert found.shape == expected.shape
            assert float((found - expected).abs().max() / expected.abs().max()) < 2e-5


@pytest.mark.parametrize("bytes_at_once", [1, 2 * 6 * 9 * 9 * 36 // 16 * 4, 2**30])
def test_a_batch_is_the_same_in_however_many_parts(monkeypatch: pytest.MonkeyPatch, bytes_at_once: int) -> None:
    monkeypatch.setattr(winograd, "LARGEST_BATCH", bytes_at_once)  # one picture, two, all five at once
    torch.manual_seed(0)
    convolution, features = nn.Conv2d(6, 10, 3), torch.randn(5, 6, 9, 9)
    with torch.inference_mode():
        found = WinogradConvolution(convolution)(features)
    assert found.stride(1) == 1  # channels last
    torch.testing.assert_close(found.double(), outcome(convolution, features), rtol=0, atol=1e-5)


def test_over_many_channels_rounding_stays_that_of_float32() -> None:
    torch.manual_seed(0)
    for side in POINTS:
        convolution, features = nn.Conv2d(256, 8, side), torch.randn(1, 256, 12, 12)
        expected = outcome(convolution, features)
        with torch.inference_mode():
            found = WinogradConvolution(convolution)(features)
            assert float((found - expected).std() / expected.std()) < 1e-5


def test_the_answer_has_the_type_that_came_and_no_rounding_of_the_weights() -> None:
    torch.manual_seed(0)
    convolution = nn.Conv2d(16, 8, 3)
    features = torch.randn(1, 16, 9, 9).bfloat16()
    network = nn.Sequential(WinogradConvolution(convolution)).to(torch.bfloat16)
    with torch.inference_mode():
        found = network(features)
    assert found.dtype == torch.bfloat16
    torch.testing.assert_close(found, outcome(convolution, features).bfloat16(), rtol=1e-2, atol=1e-3)


@pytest.mark.parametrize(
    ("convolution", "in_float32", "in_bf16"),
    [
        (nn.Conv2d(64, 64, 3, padding=2, dilation=2), True, False),
        (nn.Conv2d(64, 64, 5), True, True),
        (nn.Conv2d(1024, 1024, 3), True, True),
        (nn.Conv2d(32, 64, 3), False, False),
        (nn.Conv2d(64, 64, 1), False, False),
        (nn.Conv2d(64, 64, 7), False, False),
        (nn.Conv2d(64, 64, (3, 5)), False, False),
        (nn.Conv2d(64, 64, 3, stride=2), False, False),
        (nn.Conv2d(64, 64, 3, groups=64), False, False),
        (nn.Conv2d(64, 64, 3, padding=(0, 1)), False, False),
        (nn.Conv2d(64, 64, 3, padding="same"), False, False),
        (nn.Conv2d(64, 64, 3, padding=1, padding_mode="reflect"), False, False),
    ],
)
def test_only_what_it_can_do_and_does_faster_is_replaced(
    convolution: nn.Conv2d, *, in_float32: bool, in_bf16: bool
) -> None:
    assert fits(convolution, torch.float32) == in_float32
    assert fits(convolution, torch.bfloat16) == in_bf16


def test_a_network_made_ready_multiplies_less_and_says_the_same() -> None:
    torch.manual_seed(0)
    network = nn.Sequential(nn.Sequential(nn.Conv2d(3, 64, 3), nn.BatchNorm2d(64)), nn.Conv2d(64, 64, 3)).eval()
    features = torch.randn(1, 3, 16, 16)
    with torch.inference_mode():
        expected = network(features)
    optimise(network, Placement(CPU, torch.float32))
    assert sum(isinstance(module, WinogradConvolution) for module in network.modules()) == 1
    with torch.inference_mode():
        torch.testing.assert_close(network(features), expected, rtol=1e-4, atol=1e-5)


def test_a_target_goes_where_it_goes_with_plain_convolutions(monkeypatch: pytest.MonkeyPatch) -> None:
    images, truth = moving_square(12)
    config = NetworkConfig(stem=8, middle=64, channels=64, blocks=1, head_channels=64)
    less = random_tracker(config)
    monkeypatch.setattr(winograd, "FEWEST_CHANNELS", 10**6)
    plain = random_tracker(config)
    replaced = [
        sum(isinstance(layer, WinogradConvolution) for layer in tracker.engine._network.modules())  # type: ignore[attr-defined]
        for tracker in (less, plain)
    ]
    assert replaced[0] > 2
    assert replaced[1] == 0
    one, other = (tracker.init(images[0], truth[0]) for tracker in (less, plain))
    for image in images[1:]:
        assert one.update(image).box.as_tuple() == pytest.approx(other.update(image).box.as_tuple(), abs=1e-3)
