"""torch's layers as OpenVINO's, one by one, for a network whose batch norms are folded.

The graph is written with OpenVINO's operations and not converted from a trace: the converter sends usage statistics,
and needs torch's tracing, which changes from version to version.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from torch import Tensor, nn

Node: TypeAlias = Any  # openvino.Node: the package is optional, and imported where a graph is written


def constant(values: Tensor) -> Node:
    """Numbers of a torch tensor, as float32."""
    from openvino import opset13 as ops

    return ops.constant(np.ascontiguousarray(values.detach().float().cpu().numpy()))


def convolution(features: Node, layer: nn.Conv2d) -> Node:
    """A convolution with its bias, in one group, in several, or with a group for each channel."""
    from openvino import opset13 as ops

    assert not isinstance(layer.padding, str)
    pads = list(layer.padding)
    shape = list(layer.stride), pads, pads, list(layer.dilation)
    weight = layer.weight
    if layer.groups == 1:
        answer = ops.convolution(features, constant(weight), *shape)
    else:
        grouped = weight.reshape(layer.groups, -1, *weight.shape[1:])
        answer = ops.group_convolution(features, constant(grouped), *shape)
    return answer if layer.bias is None else ops.add(answer, constant(layer.bias.view(1, -1, 1, 1)))


def in_sequence(features: Node, layers: nn.Module) -> Node:
    """Layers one after the other.

    Raises:
        TypeError: at a kind of layer that this table does not know.
    """
    from openvino import opset13 as ops

    if isinstance(layers, nn.Sequential):
        for layer in layers:
            features = in_sequence(features, layer)
        return features
    if isinstance(layers, nn.Conv2d):
        return convolution(features, layers)
    if isinstance(layers, nn.ReLU):
        return ops.relu(features)
    if isinstance(layers, nn.Identity):
        return features
    raise TypeError(f"no OpenVINO form of {type(layers).__name__}")


def correlation(search: Node, exemplar: Node, *, channels: int, cells: int) -> Node:
    """Each channel with its own channel: (1, C, H, W) with (1, C, h, h)."""
    from openvino import opset13 as ops

    kernels = ops.reshape(exemplar, ops.constant(np.array([channels, 1, 1, cells, cells])), special_zero=False)
    return ops.group_convolution(search, kernels, [1, 1], [0, 0], [0, 0], [1, 1])
