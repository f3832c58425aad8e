"""A converted network says what the published one said: a second forward pass, by the names of its own file."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from tests.support.checkpoints import random_tensors
from tests.support.siamrpnpp_oracle import branch, conv, correlate, norm, relu, resnet50
from tracker_core.decision.anchors import AnchorGrid
from tracker_core.trackers import siamfc, siamrpn, siamrpnpp
from tracker_core.weights.layouts import dasiamrpn, mmtracking, pysot
from tracker_core.weights.layouts.layout import Layout
from tracker_core.weights.layouts.siamfc_pytorch import SIAMFC

GENERATOR = torch.Generator().manual_seed(5)
EXEMPLAR = torch.randint(0, 256, (1, 3, 127, 127), generator=GENERATOR).double()
SEARCH = torch.randint(0, 256, (1, 3, 159, 159), generator=GENERATOR).double()


def rgb(bgr: Tensor) -> Tensor:
    return bgr[:, [2, 1, 0]]


def double(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {name: value.double() for name, value in tensors.items()}


def answer(network: Any, layout: Layout, tensors: dict[str, Tensor], *, bgr: bool) -> tuple[Tensor, Tensor]:
    network.load_state_dict(layout.to_ours(dict(tensors)))
    network.double().eval()
    exemplar, search = (rgb(EXEMPLAR), rgb(SEARCH)) if bgr else (EXEMPLAR, SEARCH)
    with torch.inference_mode():
        found: tuple[Tensor, Tensor] = network(network.template(exemplar), search)
        return found


def assert_close(found: Tensor, expected: Tensor) -> None:
    scale = float(expected.abs().mean())
    assert math.isfinite(scale)
    assert scale > 1e-3
    torch.testing.assert_close(found.double(), expected, rtol=1e-5, atol=1e-5 * scale)


def sequence(state: Mapping[str, Tensor], prefix: str, x: Tensor) -> Tensor:
    """The AlexNet of SiamRPN by its places in a sequence: convolution, norm, pool, rectifier."""
    for place, stride, pools, rectifies in ((0, 2, 1, 1), (4, 1, 1, 1), (8, 1, 0, 1), (11, 1, 0, 1), (14, 1, 0, 0)):
        x = norm(state, f"{prefix}{place + 1}", conv(state, f"{prefix}{place}", x, stride=stride))
        x = F.max_pool2d(x, 3, 2) if pools else x
        x = relu(x) if rectifies else x
    return x


def test_pysot_alexnetlegacy_says_the_same(tmp_path: Path) -> None:
    layout = pysot.ALEXNET_LEGACY
    tensors = random_tensors(layout.shapes)
    state = double(tensors)
    z, x = (sequence(state, "backbone.features.", picture) for picture in (EXEMPLAR, SEARCH))
    logits, deltas = answer(siamrpnpp.PARTS.network_of(layout.network), layout, tensors, bgr=True)
    assert_close(logits.flatten(1, 2), branch(state, "rpn_head.cls", z, x))
    assert_close(deltas.flatten(1, 2), branch(state, "rpn_head.loc", z, x))


def up_channel(state: Mapping[str, Tensor], prefix: str, head: tuple[str, ...]) -> tuple[Tensor, Tensor]:
    z, x = (sequence(state, prefix, picture) for picture in (EXEMPLAR, SEARCH))
    box_exemplar, box_search, class_exemplar, class_search, adjust = head
    classes, boxes = (
        conv(state, name, z).view(count, -1, 4, 4) for name, count in ((class_exemplar, 10), (box_exemplar, 20))
    )
    deltas = conv(state, adjust, F.conv2d(conv(state, box_search, x), boxes))
    return F.conv2d(conv(state, class_search, x), classes), deltas


def test_dasiamrpn_says_the_same() -> None:
    layout = dasiamrpn.VOT
    tensors = random_tensors(layout.shapes)
    logits, deltas = up_channel(
        double(tensors), "featureExtract.", ("conv_r1", "conv_r2", "conv_cls1", "conv_cls2", "regress_adjust")
    )
    found = answer(siamrpn.PARTS.network_of(layout.network), layout, tensors, bgr=True)
    assert_close(found[0].flatten(1, 2), logits)
    assert_close(found[1].flatten(1, 2), deltas)


def narrow(layout: Layout, **network: object) -> tuple[Layout, dict[str, Tensor]]:
    """The layout with every width but those of pictures and answers an eighth, to be quick."""

    def less(size: int) -> int:
        return size // 8 if size % 32 == 0 else size

    shapes = {name: tuple(map(less, shape)) for name, shape in layout.shapes.items()}
    return replace(layout, shapes=shapes, network={**layout.network, **network}), random_tensors(shapes)


def test_siamrpn_pytorch_says_the_same_in_rgb() -> None:
    layout, tensors = narrow(dasiamrpn.SIAMRPN_PYTORCH, width=2 / 8, head_channels=512 // 8)
    logits, deltas = up_channel(
        double(tensors), "feature.", ("conv_reg_z", "conv_reg_x", "conv_cls_z", "conv_cls_x", "adjust_reg")
    )
    found = answer(siamrpn.PARTS.network_of(layout.network), layout, tensors, bgr=False)
    assert_close(found[0].flatten(1, 2), logits)
    assert_close(found[1].flatten(1, 2), deltas)


def test_siamfc_says_the_same_in_rgb() -> None:
    tensors = random_tensors(SIAMFC.shapes)
    state = double(tensors)

    def features(x: Tensor) -> Tensor:
        for number, stride in enumerate((2, 1, 1, 1, 1), 1):
            weight, bias = (state[f"backbone.conv{number}.0.{name}"] for name in ("weight", "bias"))
            x = F.conv2d(x, weight, bias, stride, groups=x.shape[1] // weight.shape[1])
            if number < 5:
                part = {name: state[f"backbone.conv{number}.1.{name}"][:, None, None] for name in ("weight", "bias")}
                mean, variance = (
                    state[f"backbone.conv{number}.1.running_{name}"][:, None, None] for name in ("mean", "var")
                )
                x = relu((x - mean) / torch.sqrt(variance + 1e-6) * part["weight"] + part["bias"])
            if number < 3:
                x = F.max_pool2d(x, 3, 2)
        return x

    network = siamfc.PARTS.network_of(SIAMFC.network)
    network.load_state_dict(SIAMFC.to_ours(dict(tensors)))
    network.double().eval()
    with torch.inference_mode():
        found = network(network.template(EXEMPLAR), SEARCH)
    assert_close(found[0] / 0.001, F.conv2d(features(SEARCH), features(EXEMPLAR))[0, 0])


def test_mmtracking_says_the_same_boxes_from_its_own_anchors() -> None:
    layout, tensors = narrow(mmtracking.LASOT, width=1 / 8, neck_channels=(32, 32, 32))
    for number in range(3):  # sizes of boxes grow with e to the power of the answer
        tensors[f"head.reg_heads.{number}.head_convs.1.conv.weight"] *= 1e-7
    state = double(tensors)
    logits = torch.zeros(())
    deltas = torch.zeros(())
    levels = zip(resnet50(state, EXEMPLAR), resnet50(state, SEARCH), strict=True)
    for number, (z, x) in enumerate(levels):
        z, x = (norm(state, f"neck.convs.{number}.bn", conv(state, f"neck.convs.{number}.conv", y)) for y in (z, x))
        z = z[..., 4:11, 4:11]
        parts = []
        for kind in ("cls", "reg"):
            head = f"head.{kind}_heads.{number}"
            kernel = relu(norm(state, f"{head}.kernel_convs.bn", conv(state, f"{head}.kernel_convs.conv", z)))
            search = relu(norm(state, f"{head}.search_convs.bn", conv(state, f"{head}.search_convs.conv", x)))
            y = conv(state, f"{head}.head_convs.0.conv", correlate(search, kernel))
            y = conv(state, f"{head}.head_convs.1.conv", relu(norm(state, f"{head}.head_convs.0.bn", y)))
            parts.append(y * torch.softmax(state[f"head.{kind}_weight"], 0)[number])
        logits, deltas = logits + parts[0], deltas + parts[1]
    found = answer(siamrpnpp.PARTS.network_of(layout.network), layout, tensors, bgr=True)
    assert_close(found[0].flatten(1, 2), logits)
    assert 0.01 < deltas.abs().mean() < 1
    size = deltas.shape[-1]
    dx, dy, dw, dh = deltas.view(4, 5, size, size)
    width = torch.tensor([104.0, 88, 64, 40, 32])[:, None, None]
    height = torch.tensor([32.0, 40, 64, 88, 104])[:, None, None]
    place = (torch.arange(size) - size // 2) * 8.0
    expected = torch.stack([dx * width + place, dy * height + place[:, None], dw.exp() * width, dh.exp() * height])
    boxes = torch.from_numpy(AnchorGrid(size).decode(found[1][0].numpy()))
    torch.testing.assert_close(boxes.double(), expected, rtol=1e-5, atol=1e-3)  # pixels
