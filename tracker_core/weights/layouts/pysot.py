"""pysot's SiamRPN++ networks: three backbones, one or three levels, with and without learned weights of the levels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from tracker_core.weights.layouts.dasiamrpn import KERNELS, WIDTHS, alexnet_names, alexnet_shapes
from tracker_core.weights.layouts.layout import Layout, Shapes, Tensors, batch_norm, convolution, from_bgr, renamed

ANCHORS = 5
PAGE = "https://github.com/STVIR/pysot/blob/master/MODEL_ZOO.md"
LICENCE = "CC BY-SA 3.0"


def _branch(name: str, channels: int, outputs: int) -> Shapes:
    return {
        **convolution(f"{name}.conv_kernel.0", channels, channels, 3),
        **batch_norm(f"{name}.conv_kernel.1", channels),
        **convolution(f"{name}.conv_search.0", channels, channels, 3),
        **batch_norm(f"{name}.conv_search.1", channels),
        **convolution(f"{name}.head.0", channels, channels, 1),
        **batch_norm(f"{name}.head.1", channels),
        **convolution(f"{name}.head.3", channels, outputs, 1, bias=True),
    }


def _head(name: str, channels: int) -> Shapes:
    return {**_branch(f"{name}.cls", channels, 2 * ANCHORS), **_branch(f"{name}.loc", channels, 4 * ANCHORS)}


def _levels(inputs: Sequence[int], channels: Sequence[int], *, weighted: bool) -> Shapes:
    """Neck and heads of levels 2, 3 and 4."""
    shapes: Shapes = {}
    for level, (before, after) in enumerate(zip(inputs, channels, strict=True), 2):
        shapes |= convolution(f"neck.downsample{level}.downsample.0", before, after, 1)
        shapes |= batch_norm(f"neck.downsample{level}.downsample.1", after)
    for level, after in enumerate(channels, 2):
        shapes |= _head(f"rpn_head.rpn{level}", after)
    if weighted:
        shapes |= {"rpn_head.cls_weight": (len(channels),), "rpn_head.loc_weight": (len(channels),)}
    return shapes


def resnet50_shapes(prefix: str = "backbone.") -> Shapes:
    """mmtracking has the same."""
    shapes = {**convolution(f"{prefix}conv1", 3, 64, 7), **batch_norm(f"{prefix}bn1", 64)}
    inputs = 64
    for stage, (width, blocks) in enumerate(((64, 3), (128, 4), (256, 6), (512, 3)), 1):
        outputs = 4 * width
        for block in range(blocks):
            name = f"{prefix}layer{stage}.{block}"
            shapes |= convolution(f"{name}.conv1", inputs, width, 1) | batch_norm(f"{name}.bn1", width)
            shapes |= convolution(f"{name}.conv2", width, width, 3) | batch_norm(f"{name}.bn2", width)
            shapes |= convolution(f"{name}.conv3", width, outputs, 1) | batch_norm(f"{name}.bn3", outputs)
            if block == 0:
                shapes |= convolution(f"{name}.downsample.0", inputs, outputs, 1 if stage == 1 else 3)
                shapes |= batch_norm(f"{name}.downsample.1", outputs)
            inputs = outputs
    return shapes


def _mobilenet_v2_shapes() -> Shapes:
    shapes = {**convolution("backbone.layer0.0", 3, 44, 3), **batch_norm("backbone.layer0.1", 44)}
    inputs = 44
    stages = ((1, 22, 1), (6, 33, 2), (6, 44, 3), (6, 89, 4), (6, 134, 3), (6, 224, 3), (6, 448, 1))
    for stage, (expansion, outputs, blocks) in enumerate(stages, 1):
        for block in range(blocks):
            name, inner = f"backbone.layer{stage}.{block}.conv", inputs * expansion
            shapes |= convolution(f"{name}.0", inputs, inner, 1) | batch_norm(f"{name}.1", inner)
            shapes |= convolution(f"{name}.3", 1, inner, 3) | batch_norm(f"{name}.4", inner)
            shapes |= convolution(f"{name}.6", inner, outputs, 1) | batch_norm(f"{name}.7", outputs)
            inputs = outputs
    return shapes


def _alexnet_shapes() -> Shapes:
    shapes: Shapes = {}
    for number, kernel in enumerate(KERNELS, 1):
        shapes |= convolution(f"backbone.layer{number}.0", WIDTHS[number - 1], WIDTHS[number], kernel, bias=True)
        shapes |= batch_norm(f"backbone.layer{number}.1", WIDTHS[number])
    return shapes


def levels_to_ours(tensors: Tensors) -> Tensors:
    """Names and colours of a network with three levels."""
    prefixes = {"rpn_head.cls_weight": "cls_weight", "rpn_head.loc_weight": "loc_weight"}
    for number in range(3):
        prefixes[f"neck.downsample{number + 2}.downsample."] = f"neck.{number}."
        prefixes |= {f"rpn_head.rpn{number + 2}.{kind}.": f"{kind}.{number}." for kind in ("cls", "loc")}
    first = "backbone.conv1.weight" if "backbone.conv1.weight" in tensors else "backbone.layer0.0.weight"
    return from_bgr(renamed(tensors, prefixes), first)


def _alexnet_to_ours(tensors: Tensors, *, names: Mapping[str, str]) -> Tensors:
    prefixes = {**names, "rpn_head.cls.": "cls.", "rpn_head.loc.": "loc."}
    return from_bgr(renamed(tensors, prefixes), "backbone.layer1.0.weight")


def _alexnet(name: str, title: str, *, backbone: Shapes, names: Mapping[str, str]) -> Layout:
    return Layout(
        name=f"pysot-{name}",
        title=title,
        shapes={**backbone, **_head("rpn_head", 256)},
        to_ours=partial(_alexnet_to_ours, names=names),
        family="siamrpnpp",
        network={"backbone": "alexnet", "head_channels": 256, "instance_size": 287},
        constants={"penalty_k": 0.16, "window_influence": 0.40, "size_lr": 0.30},
        licence=LICENCE,
        page=PAGE,
    )


RESNET50_NETWORK: Mapping[str, Any] = {
    "backbone": "resnet50", "levels": (2, 3, 4), "neck_channels": (256, 256, 256), "weighted": True,
}  # fmt: skip
RESNET50_INPUTS = (512, 1024, 2048)


def _three_levels(
    name: str,
    title: str,
    *,
    backbone: Shapes,
    inputs: Sequence[int],
    network: Mapping[str, Any],
    constants: tuple[float, float, float],
    family: str = "siamrpnpp",
    searching: Mapping[str, float] | None = None,
) -> Layout:
    penalty_k, window_influence, size_lr = constants
    return Layout(
        name=f"pysot-{name}",
        title=title,
        shapes={**backbone, **_levels(inputs, network["neck_channels"], weighted=network["weighted"])},
        to_ours=levels_to_ours,
        family=family,
        network=network,
        constants={
            "penalty_k": penalty_k,
            "window_influence": window_influence,
            "size_lr": size_lr,
            **(searching or {}),
        },
        licence=LICENCE,
        page=PAGE,
    )


ALEXNET_LEGACY = _alexnet(
    "alexnetlegacy",
    "pysot, siamrpn_alex_dwxcorr",
    backbone=alexnet_shapes("backbone.features."),
    names=alexnet_names("backbone.features."),
)
ALEXNET = _alexnet("alexnet", "pysot, siamrpn_alex_dwxcorr_16gpu", backbone=_alexnet_shapes(), names={})
MOBILENET_V2 = _three_levels(
    "mobilev2",
    "pysot, siamrpn_mobilev2_l234_dwxcorr",
    backbone=_mobilenet_v2_shapes(),
    inputs=(44, 134, 448),
    network={
        "backbone": "mobilenet_v2", "width": 1.4, "levels": (3, 5, 7), "neck_channels": (256, 256, 256),
        "weighted": False,
    },
    constants=(0.04, 0.40, 0.50),
)  # fmt: skip
RESNET50 = _three_levels(
    "r50",
    "pysot, siamrpn_r50_l234_dwxcorr",
    backbone=resnet50_shapes(),
    inputs=RESNET50_INPUTS,
    network=RESNET50_NETWORK,
    constants=(0.05, 0.42, 0.38),
)
RESNET50_OTB = _three_levels(
    "r50-otb",
    "pysot, siamrpn_r50_l234_dwxcorr_otb",
    backbone=resnet50_shapes(),
    inputs=RESNET50_INPUTS,
    network={**RESNET50_NETWORK, "weighted": False},
    constants=(0.24, 0.50, 0.25),
)
RESNET50_LONG_TERM = _three_levels(
    "r50-lt",
    "pysot, siamrpn_r50_l234_dwxcorr_lt",
    backbone=resnet50_shapes(),
    inputs=RESNET50_INPUTS,
    network={**RESNET50_NETWORK, "neck_channels": (128, 256, 512)},
    constants=(0.05, 0.28, 0.22),
    family="siamrpnpp_lt",
    searching={"lost_below": 0.80, "found_above": 0.998},
)
