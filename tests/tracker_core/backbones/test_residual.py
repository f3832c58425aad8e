from __future__ import annotations

import numpy as np
import pytest
import torch

from tracker_core.backbones.residual import ResidualBackbone


def small(blocks: int) -> ResidualBackbone:
    torch.manual_seed(0)
    return ResidualBackbone(stem=6, middle=6, channels=10, blocks=blocks).eval()


@pytest.mark.parametrize("blocks", [1, 3])
@pytest.mark.parametrize(("size", "cells"), [(127, 15), (255, 31), (287, 35)])
def test_sizes_are_those_of_the_deep_network_of_the_paper(blocks: int, size: int, cells: int) -> None:
    with torch.no_grad():
        assert small(blocks)(torch.rand(1, 3, size, size)).shape == (1, 10, cells, cells)


def test_away_from_the_border_a_shift_by_the_stride_is_a_shift_by_a_cell() -> None:
    image = torch.rand(1, 3, 263, 263) * 255
    network = small(2)
    with torch.no_grad():
        here, there = network(image[:, :, :255, :255]), network(image[:, :, 8:, 8:])
    inside = slice(5, -6)
    shifted = slice(6, -5)
    np.testing.assert_allclose(there[:, :, inside, inside], here[:, :, shifted, shifted], rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("cell", [10, 15, 20])
def test_a_cell_looks_evenly_around_pixel_eight_times_its_number_and_seven(cell: int) -> None:
    network = small(1)
    seen = torch.zeros(255, 255, dtype=torch.bool)
    for seed in range(10):
        generator = torch.Generator().manual_seed(seed)
        image = (torch.rand(1, 3, 255, 255, generator=generator) * 255).requires_grad_()
        (gradient,) = torch.autograd.grad(network(image)[0, :, cell, cell].sum(), image)
        seen |= (gradient[0] != 0).any(dim=0)
    touched = torch.nonzero(seen.any(dim=0)).ravel()
    assert float(touched[0] + touched[-1]) / 2 == pytest.approx(8 * cell + 7, abs=0.5)
