from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from tracker_core.backbones.efficientnet_lite import ConvNorm, EfficientNetLite
from tracker_core.runtime.fused import fold_batch_norm


def shaken(backbone: EfficientNetLite) -> EfficientNetLite:
    """With norms that do something."""
    torch.manual_seed(0)
    for module in backbone.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.normal_(module.bias, std=0.1)
            nn.init.normal_(module.running_mean, std=0.1)  # type: ignore[arg-type]  # there is one
            nn.init.uniform_(module.running_var, 0.5, 1.5)  # type: ignore[arg-type]  # there is one
    return backbone


@pytest.mark.parametrize(("side", "cells"), [(127, 15), (223, 27), (255, 31), (287, 35)])
def test_maps_have_the_cells_of_our_own_backbone(side: int, cells: int) -> None:
    assert EfficientNetLite(channels=6)(torch.zeros(1, 3, side, side)).shape == (1, 6, cells, cells)


@pytest.mark.parametrize(("stride", "padding"), [(1, (1, 1)), (2, (0, 1))])
def test_a_norm_as_a_factor_is_the_norm(stride: int, padding: tuple[int, int]) -> None:
    """Against torch's own norm after a convolution padded as published: on the right and below only for stride 2."""
    layer = ConvNorm(3, 5, 3, stride=stride)
    shaken_norm = layer[1]
    assert isinstance(shaken_norm, nn.BatchNorm2d)
    nn.init.uniform_(shaken_norm.weight, 0.5, 1.5)
    nn.init.normal_(shaken_norm.running_mean)  # type: ignore[arg-type]  # there is one
    image = torch.randn(2, 3, 63, 63)
    plain = F.conv2d(F.pad(image, padding * 2), layer[0].weight, stride=stride)  # type: ignore[arg-type]
    expected = shaken_norm.eval()(plain)[..., : -(-63 // stride) - (stride == 2), : -(-63 // stride) - (stride == 2)]
    found = layer(image)
    assert torch.allclose(found, expected[..., : found.shape[-2], : found.shape[-1]], atol=1e-5)


def test_folded_and_unfolded_say_the_same() -> None:
    backbone = shaken(EfficientNetLite(channels=8)).eval()
    image = torch.rand(1, 3, 127, 127) * 255
    with torch.no_grad():
        before = backbone(image)
        fold_batch_norm(backbone)
        assert not any(isinstance(module, nn.BatchNorm2d) for module in backbone.modules())
        assert torch.allclose(backbone(image), before, rtol=1e-3, atol=1e-4)


def test_training_leaves_the_statistics_as_they_are() -> None:
    backbone = shaken(EfficientNetLite(channels=4)).train()
    before = {name: value.clone() for name, value in backbone.named_buffers()}
    backbone(torch.rand(2, 3, 127, 127) * 255).sum().backward()
    assert all(torch.equal(value, before[name]) for name, value in backbone.named_buffers())


def test_both_strides_reach_the_answer_at_the_same_place() -> None:
    """A map of stride 16 that says where its cells lie, brought to stride 8, says where those lie."""
    backbone = EfficientNetLite(channels=1)
    heard: dict[str, Tensor] = {}
    nn.init.zeros_(backbone.lateral8.weight)
    nn.init.zeros_(backbone.lateral8.bias)  # type: ignore[arg-type]  # there is one
    where = torch.arange(7) * 16.0 + 15
    backbone.lateral16.register_forward_hook(lambda *_: where.expand(1, 1, 7, 7))
    backbone.register_forward_hook(lambda _, given, answer: heard.update(answer=answer))
    with torch.no_grad():
        backbone(torch.zeros(1, 3, 127, 127))
    inner = heard["answer"][0, 0, 7, 1:-1]
    assert torch.allclose(inner, torch.arange(1, 14) * 8.0 + 7)
