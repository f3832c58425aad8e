"""ONNX files made by hand: a graph of named steps with their weights, as exporters write it."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from benchmarks.onnx_bytes import FLOAT, field, floats_named, varint_field
from tracker_core.runtime.fused import fold_batch_norm
from tracker_core.trackers.nanotrack_network import NanoTrackNetwork

# The order in which the published graphs compute, by the names of our layers.
HEADS = {
    1: ("corr_pw.CA_layer", "cls_tower", "cls_logits", "bbox_tower", "bbox_pred"),
    2: (
        "corr_pw_reg.conv_kernel", "corr_pw_reg.conv_search", "corr_pw_reg.CA_layer",
        "corr_pw_cls.conv_kernel", "corr_pw_cls.conv_search", "corr_pw_cls.CA_layer",
        "cls_pw_tower", "cls_pred", "bbox_pw_tower", "bbox_pred",
    ),
    3: (
        "corr_pw_reg.conv_kernel", "corr_pw_reg.conv_search", "corr_pw_reg.CA_layer", "corr_pw_reg.conv",
        "corr_pw_cls.conv_kernel", "corr_pw_cls.conv_search", "corr_pw_cls.CA_layer", "corr_pw_cls.conv",
        "corr_dw_reg.conv_kernel", "corr_dw_reg.conv_search", "corr_dw_cls.conv_kernel", "corr_dw_cls.conv_search",
        "down_reg", "down_cls", "cls_tower", "cls_logits", "bbox_tower", "bbox_pred",
    ),
}  # fmt: skip

Step = tuple[str, str, Tensor, Tensor | None]
"""Operator, name of the weight, weight and bias."""


def tensor(name: str, value: Tensor) -> bytes:
    numbers = np.ascontiguousarray(value.detach().numpy(), np.float32)
    dimensions = b"".join(varint_field(1, side) for side in numbers.shape)
    return dimensions + varint_field(2, FLOAT) + field(8, name.encode()) + field(9, numbers.tobytes())


def graph(steps: Iterable[Step]) -> bytes:
    """A model of these steps, one after the other. Its weights come first, as in the files of some exporters."""
    nodes, weights, last = b"", b"", "input"
    for number, (operator, name, weight, bias) in enumerate(steps):
        inputs = [last, name, *([f"{name}.b"] if bias is not None else [])]
        last = f"value{number}"
        node = b"".join(field(1, text.encode()) for text in inputs) + field(2, last.encode())
        nodes += field(1, node + field(4, operator.encode()))
        weights += field(5, tensor(name, weight))
        if bias is not None:
            weights += field(5, tensor(f"{name}.b", bias))
    edges = field(11, floats_named("input")) + field(12, floats_named(last))
    return varint_field(1, 7) + field(7, weights + nodes + edges)


def backbone_steps(network: NanoTrackNetwork) -> list[Step]:
    """Its layers with the norms folded in, under numbers for names, as exporters leave them."""
    layers = enumerate(_layers(_folded(network).backbone.features))
    return [(operator, str(450 + number), weight, bias) for number, (operator, _, weight, bias) in layers]


def head_steps(network: NanoTrackNetwork) -> list[Step]:
    """Likewise; layers without a norm keep their names. A correlation, whose weight is computed, stands among them."""
    head = _folded(network).ban_head
    steps: list[Step] = []
    for part in HEADS[network.config.version]:
        for operator, name, weight, bias in _layers(head.get_submodule(part)):
            steps.append((operator, f"{part}.{name}.weight", weight, bias))
    return steps


def write_nanotrack(folder: Path, network: NanoTrackNetwork) -> tuple[Path, Path]:
    """Backbone and head."""
    folder.mkdir(exist_ok=True)
    backbone, head = folder / "nanotrack_backbone_sim.onnx", folder / "nanotrack_head_sim.onnx"
    backbone.write_bytes(graph(backbone_steps(network)))
    head.write_bytes(graph(head_steps(network)))
    return backbone, head


def _folded(network: NanoTrackNetwork) -> NanoTrackNetwork:
    folded = copy.deepcopy(network).eval()
    fold_batch_norm(folded)
    return folded


def _layers(module: nn.Module) -> list[Step]:
    return [
        ("Gemm" if isinstance(layer, nn.Linear) else "Conv", name, layer.weight.detach(), _bias(layer))
        for name, layer in module.named_modules()
        if isinstance(layer, nn.Conv2d | nn.Linear)
    ]


def _bias(layer: nn.Conv2d | nn.Linear) -> Tensor | None:
    return None if layer.bias is None else layer.bias.detach()


def assert_same_answers(one: NanoTrackNetwork, other: NanoTrackNetwork, *, exemplar: Tensor, search: Tensor) -> None:
    """In double precision."""
    with torch.inference_mode():
        found, expected = (
            network.double().eval()(network.template(exemplar.double()), search.double()) for network in (one, other)
        )
    for answer, wanted in zip(found, expected, strict=True):
        torch.testing.assert_close(answer, wanted, rtol=1e-4, atol=1e-4)
