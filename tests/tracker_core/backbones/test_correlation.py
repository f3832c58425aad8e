from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from tracker_core.backbones.correlation import xcorr, xcorr_depthwise, xcorr_upchannel

SHAPES = [((1, 1, 3, 3), (1, 1, 3, 3)), ((2, 3, 9, 7), (2, 3, 4, 4)), ((3, 4, 10, 10), (3, 4, 1, 1))]
Shape = tuple[int, int, int, int]


def random_pair(search: Shape, exemplar: Shape) -> tuple[Tensor, Tensor]:
    generator = torch.Generator().manual_seed(3)
    return torch.randn(search, generator=generator), torch.randn(exemplar, generator=generator)


def slow(search: Tensor, exemplar: Tensor) -> Tensor:
    x, z = search.double(), exemplar.double()
    count, channels, height, width = x.shape
    h, w = z.shape[2:]
    response = torch.zeros(count, channels, height - h + 1, width - w + 1, dtype=torch.float64)
    for n in range(count):
        for c in range(channels):
            for row in range(height - h + 1):
                for column in range(width - w + 1):
                    response[n, c, row, column] = (x[n, c, row : row + h, column : column + w] * z[n, c]).sum()
    return response


@pytest.mark.parametrize(("search", "exemplar"), SHAPES)
def test_each_channel_is_correlated_with_its_own(search: Shape, exemplar: Shape) -> None:
    x, z = random_pair(search, exemplar)
    np.testing.assert_allclose(xcorr_depthwise(x, z).double(), slow(x, z), rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize(("search", "exemplar"), SHAPES)
def test_gradients_are_those_of_a_grouped_convolution(search: Shape, exemplar: Shape) -> None:
    x, z = (tensor.requires_grad_() for tensor in random_pair(search, exemplar))
    response = xcorr_depthwise(x, z)
    weight = torch.randn(response.shape, generator=torch.Generator().manual_seed(4))
    ours = torch.autograd.grad((response * weight).sum(), (x, z))

    groups = search[0] * search[1]
    x64, z64 = (tensor.detach().double().requires_grad_() for tensor in (x, z))
    grouped = F.conv2d(x64.reshape(1, groups, *search[2:]), z64.reshape(groups, 1, *exemplar[2:]), groups=groups)
    theirs = torch.autograd.grad((grouped.reshape(response.shape) * weight.double()).sum(), (x64, z64))
    for one, other in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(one.double(), other, rtol=1e-4, atol=1e-4)


def test_only_the_gradient_that_is_wanted_is_made() -> None:
    x, z = random_pair((2, 3, 9, 9), (2, 3, 4, 4))
    x.requires_grad_()
    xcorr_depthwise(x, z).sum().backward()  # type: ignore[no-untyped-call]
    assert x.grad is not None
    assert z.grad is None


def test_memory_order_does_not_matter() -> None:
    x, z = random_pair((2, 3, 9, 9), (2, 3, 4, 4))
    expected = xcorr_depthwise(x, z)
    last = torch.channels_last
    assert torch.equal(xcorr_depthwise(x.contiguous(memory_format=last), z.contiguous(memory_format=last)), expected)


def test_half_precision_comes_back_as_it_went_in_but_is_summed_in_float32() -> None:
    x, z = random_pair((1, 2, 20, 20), (1, 2, 15, 15))
    x16, z16 = x.bfloat16(), z.bfloat16()
    with torch.autocast("cpu", torch.bfloat16):
        response = xcorr_depthwise(x16, z16)
    assert response.dtype == torch.bfloat16
    np.testing.assert_allclose(response.float(), slow(x16.float(), z16.float()), rtol=2**-7, atol=1e-5)


@pytest.mark.parametrize(("search", "exemplar"), SHAPES)
def test_the_plain_correlation_of_many_is_that_of_each(search: Shape, exemplar: Shape) -> None:
    x, z = random_pair(search, exemplar)
    together = xcorr(x, z)
    for n in range(search[0]):
        np.testing.assert_allclose(together[n], F.conv2d(x[n : n + 1], z[n : n + 1])[0, 0], rtol=1e-5, atol=1e-5)
    np.testing.assert_allclose(together.double(), slow(x, z).sum(dim=1), rtol=1e-5, atol=1e-5)


def test_the_plain_correlation_comes_back_in_float32() -> None:
    x, z = (tensor.bfloat16() for tensor in random_pair((1, 40, 9, 9), (1, 40, 6, 6)))
    with torch.autocast("cpu", torch.bfloat16):
        response = xcorr(x, z)
    assert response.dtype == torch.float32
    np.testing.assert_allclose(response.double(), slow(x, z).sum(dim=1), rtol=1e-5, atol=1e-4)


@pytest.mark.parametrize(("outputs", "cells"), [(1, 1), (5, 3)])
def test_every_pair_of_a_batch_has_kernels_of_its_own(outputs: int, cells: int) -> None:
    generator = torch.Generator().manual_seed(5)
    search = torch.randn(3, 4, 9, 8, generator=generator)
    kernels = torch.randn(3, outputs, 4, cells, cells, generator=generator)
    response = xcorr_upchannel(search, kernels)
    assert response.shape == (3, outputs, 10 - cells, 9 - cells)
    for n in range(3):
        for o in range(outputs):
            expected = slow(search[n : n + 1], kernels[n : n + 1, o]).sum(dim=1)[0]
            np.testing.assert_allclose(response[n, o].double(), expected, rtol=1e-5, atol=1e-5)
