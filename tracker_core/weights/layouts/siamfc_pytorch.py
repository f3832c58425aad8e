"""siamfc-pytorch's AlexNetV1. Its correlation has no weights; the scale of 0.001 is part of its program."""

from __future__ import annotations

import torch

from tracker_core.weights.layouts.layout import Layout, Shapes, Tensors, batch_norm, convolution


def _shapes() -> Shapes:
    """Convolutions 2, 4 and 5 have two groups; the last has no batch norm."""
    return {
        **convolution("backbone.conv1.0", 3, 96, 11, bias=True),
        **batch_norm("backbone.conv1.1", 96),
        **convolution("backbone.conv2.0", 96 // 2, 256, 5, bias=True),
        **batch_norm("backbone.conv2.1", 256),
        **convolution("backbone.conv3.0", 256, 384, 3, bias=True),
        **batch_norm("backbone.conv3.1", 384),
        **convolution("backbone.conv4.0", 384 // 2, 384, 3, bias=True),
        **batch_norm("backbone.conv4.1", 384),
        **convolution("backbone.conv5.0", 384 // 2, 256, 3, bias=True),
    }


def _to_ours(tensors: Tensors) -> Tensors:
    """It learnt on RGB. Ours also learns a gain and a bias of the score, which are 1 and 0 here."""
    return {**tensors, "gain": torch.ones(()), "bias": torch.zeros(())}


SIAMFC = Layout(
    name="siamfc-pytorch",
    title="siamfc-pytorch, AlexNetV1",
    shapes=_shapes(),
    to_ours=_to_ours,
    family="siamfc",
    network={"backbone": "alexnet_v1"},
    constants={
        "scale_count": 3,
        "scale_step": 1.0375,
        "scale_lr": 0.59,
        "scale_penalty": 0.9745,
        "window_influence": 0.176,
    },
    licence="none stated",
    page="https://github.com/huanglianghua/siamfc-pytorch",
)
