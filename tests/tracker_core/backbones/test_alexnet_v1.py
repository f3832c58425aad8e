from __future__ import annotations

import pytest
import torch
from torch import nn

from tracker_core.backbones.alexnet_v1 import AlexNetV1


def published_shapes() -> dict[str, tuple[int, ...]]:
    """What ``siamfc_alexnet_e50.pth`` holds behind its prefix, by hand. A group sees half of the channels."""
    shapes: dict[str, tuple[int, ...]] = {}
    layers = [(3, 96, 11), (48, 256, 5), (256, 384, 3), (192, 384, 3), (192, 256, 3)]
    for number, (inputs, outputs, kernel) in enumerate(layers, 1):
        shapes[f"conv{number}.0.weight"] = (outputs, inputs, kernel, kernel)
        shapes[f"conv{number}.0.bias"] = (outputs,)
        if number < 5:
            for part in ("weight", "bias", "running_mean", "running_var"):
                shapes[f"conv{number}.1.{part}"] = (outputs,)
            shapes[f"conv{number}.1.num_batches_tracked"] = ()
    return shapes


def test_it_has_the_published_layers() -> None:
    backbone = AlexNetV1()
    assert {name: tuple(value.shape) for name, value in backbone.state_dict().items()} == published_shapes()
    assert sum(p.numel() for p in backbone.parameters()) == 2_336_320
    norms = [module for module in backbone.modules() if isinstance(module, nn.BatchNorm2d)]
    assert [(norm.eps, norm.momentum) for norm in norms] == [(1e-6, 0.05)] * 4


@pytest.mark.parametrize(("size", "cells"), [(127, 6), (239, 20)])
def test_sizes_are_the_published_ones(size: int, cells: int) -> None:
    with torch.no_grad():
        assert AlexNetV1().eval()(torch.rand(1, 3, size, size)).shape == (1, 256, cells, cells)
