"""The search branch of SiamRPN++ as an OpenVINO graph: what ``SiamRPNPPEngine`` computes for one search region."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from torch import nn

from tracker_core.backbones.efficientnet_lite import FINE, MEAN, EfficientNetLite, InvertedResidual
from tracker_core.backbones.residual import ResidualBackbone, ResidualBlock
from tracker_core.runtime.openvino_layers import Node, convolution, correlation, in_sequence
from tracker_core.trackers.siamrpnpp_inference import SiamRPNPPInference

RELU6 = 6.0


def has_graph(network: SiamRPNPPInference) -> bool:
    """Whether its backbone is one of our own. The published ones, which are larger, gain little (docs/speed-log.md)."""
    return isinstance(network.backbone, EfficientNetLite | ResidualBackbone)


def openvino_graph(network: SiamRPNPPInference, side: int, kernels: Sequence[tuple[int, ...]]) -> Any:  # noqa: ANN401
    """An ``openvino.Model``: a search region (1, side, side, 3) as bytes, and kernels of these shapes (1, C, h, h) ->
    (1, 1 + 4, k, S, S), probability of foreground and deltas.

    ``network`` must still have plain convolutions (before ``placement.optimise``).
    """
    import openvino
    from openvino import opset13 as ops

    region = ops.parameter([1, side, side, 3], np.uint8, name="region")
    exemplars = [ops.parameter(list(shape), np.float32, name=f"kernel{number}") for number, shape in enumerate(kernels)]
    planes = ops.transpose(ops.convert(region, "f32"), ops.constant(np.array([0, 3, 1, 2])))
    features = _backbone(planes, network.backbone)
    adjusted = in_sequence(features, network.search[0])

    def correlated(number: int) -> Node:
        _, channels, cells, _ = kernels[number]
        return correlation(adjusted, exemplars[number], channels=channels, cells=cells)

    joined = correlated(0)
    if len(kernels) == 2:
        first, second, fusion = joined, correlated(1), network.fusion[0]
        assert isinstance(fusion.of_first, nn.Conv2d)
        assert isinstance(fusion.of_second, nn.Conv2d)
        gate = ops.sigmoid(ops.add(convolution(first, fusion.of_first), convolution(second, fusion.of_second)))
        joined = ops.add(first, ops.multiply(gate, ops.subtract(second, first)))
    hidden = network.hidden[0]
    assert isinstance(hidden, nn.Conv2d)
    answer = convolution(ops.relu(convolution(joined, hidden)), network.answer)
    count = network.anchors.count
    logits, deltas = ops.variadic_split(answer, 1, [2 * count, 4 * count]).outputs()
    size = answer.get_output_shape(0)[-1]
    by_class = ops.reshape(logits, ops.constant(np.array([1, 2, count, size, size])), special_zero=False)
    boxes = ops.reshape(deltas, ops.constant(np.array([1, 4, count, size, size])), special_zero=False)
    _, foreground = ops.split(ops.softmax(by_class, 1), 1, 2).outputs()
    return openvino.Model([ops.concat([foreground, boxes], 1)], [region, *exemplars], "siamrpnpp")


def _backbone(image: Node, backbone: nn.Module) -> Node:
    if isinstance(backbone, EfficientNetLite):
        return _efficientnet_lite(image, backbone)
    assert isinstance(backbone, ResidualBackbone)
    return _residual(image, backbone)


def _efficientnet_lite(image: Node, backbone: EfficientNetLite) -> Node:
    from openvino import opset13 as ops

    def relu6(features: Node) -> Node:
        return ops.clamp(features, 0.0, RELU6)

    assert backbone.takes_centred, "the spread must be in the stem's weights"
    centred = ops.subtract(image, ops.constant(np.float32(MEAN)))
    features = fine = relu6(in_sequence(centred, backbone.stem))
    for number, block in enumerate(backbone.blocks):
        assert isinstance(block, InvertedResidual)
        inner = features if block.expand is None else relu6(in_sequence(features, block.expand))
        inner = in_sequence(relu6(in_sequence(inner, block.depth)), block.project)
        features = ops.add(features, inner) if block.is_residual else inner
        if number == FINE:
            fine = features
    coarse = convolution(features, backbone.lateral16)
    padded = ops.pad(coarse, np.array([0, 0, 1, 1]), np.array([0, 0, 1, 1]), "edge")
    side = 2 * padded.get_output_shape(0)[-1] - 1
    wide = ops.interpolate(
        padded, np.array([side, side]), "linear_onnx", "sizes",
        coordinate_transformation_mode="align_corners", axes=np.array([2, 3]),
    )  # fmt: skip
    inner = ops.slice(wide, np.array([1, 1]), np.array([side - 1, side - 1]), np.array([1, 1]), axes=np.array([2, 3]))
    return ops.add(convolution(fine, backbone.lateral8), inner)


def _residual(image: Node, backbone: ResidualBackbone) -> Node:
    from openvino import opset13 as ops

    features = ops.relu(in_sequence(image, backbone.stem))
    features = ops.max_pool(features, [2, 2], [1, 1], [0, 0], [0, 0], [3, 3]).output(0)
    features = ops.relu(in_sequence(features, backbone.middle))
    for block in backbone.blocks:
        assert isinstance(block, ResidualBlock)
        inner = in_sequence(ops.relu(in_sequence(features, block.conv1)), block.conv2)
        features = ops.relu(ops.add(inner, in_sequence(features, block.shortcut)))
    return features
