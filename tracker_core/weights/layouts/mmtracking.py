"""mmtracking's SiamRPN++: ``SOTResNet``, ``ChannelMapper`` and ``SiameseRPNHead`` with its ``CorrelationHead``s.

Layers, order of classes and channels, input (BGR in 0..255, no mean) and paddings are those of pysot. Two things
differ. One is the names. The other is the anchors: mmtracking truncates the height itself, pysot multiplies the
truncated width, so two of the five anchors are higher, 40 x 88 and 32 x 104. Boxes are relative to anchors, and
changing the last layer of each box head makes them exactly relative to ours.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor

from tracker_core.decision.anchors import RATIOS, SCALE, AnchorGrid
from tracker_core.weights.layouts import pysot
from tracker_core.weights.layouts.layout import Layout, Shapes, Tensors, renamed

STRIDE = 8

_PARTS = {
    "kernel_convs.conv.": "conv_kernel.0.",
    "kernel_convs.bn.": "conv_kernel.1.",
    "search_convs.conv.": "conv_search.0.",
    "search_convs.bn.": "conv_search.1.",
    "head_convs.0.conv.": "head.0.",
    "head_convs.0.bn.": "head.1.",
    "head_convs.1.conv.": "head.3.",
}


def _pysot_names() -> dict[str, str]:
    """From prefixes of mmtracking to those of pysot."""
    prefixes = {"head.cls_weight": "rpn_head.cls_weight", "head.reg_weight": "rpn_head.loc_weight"}
    for number in range(3):
        neck = f"neck.downsample{number + 2}.downsample"
        prefixes |= {f"neck.convs.{number}.conv.": f"{neck}.0.", f"neck.convs.{number}.bn.": f"{neck}.1."}
        for theirs, ours in (("cls", "cls"), ("reg", "loc")):
            prefixes |= {
                f"head.{theirs}_heads.{number}.{part}": f"rpn_head.rpn{number + 2}.{ours}.{name}"
                for part, name in _PARTS.items()
            }
    return prefixes


def _shapes() -> Shapes:
    """Those of pysot's network under the other names."""
    names = {ours: theirs for theirs, ours in _pysot_names().items()}
    return {
        next((new + name.removeprefix(old) for old, new in names.items() if name.startswith(old)), name): shape
        for name, shape in pysot.RESNET50.shapes.items()
    }


def anchor_sides() -> Tensor:
    """(k, 2): width and height of mmtracking's anchors in pixels."""
    sides = [(int(STRIDE / math.sqrt(ratio)), int(STRIDE * math.sqrt(ratio))) for ratio in RATIOS]
    return torch.tensor(sides, dtype=torch.float32) * SCALE


def _to_our_anchors(weight: Tensor, bias: Tensor) -> tuple[Tensor, Tensor]:
    """The last layer of a box head, its answers relative to our anchors.

    ``dx aw`` is the same shift for another width if dx grows by their ratio, and ``e^dw aw`` the same width if dw grows
    by its logarithm. A shift is a product, so its weights and bias scale; a size is a sum, so only its bias moves, by
    the same on every level, whose shares add up to 1.
    """
    ratio = (anchor_sides() / torch.from_numpy(AnchorGrid(1).sides)).T.reshape(-1)  # widths of all anchors, heights
    shifts = len(ratio)  # outputs: dx and dy of all anchors, then dw and dh
    weight = torch.cat([weight[:shifts] * ratio[:, None, None, None], weight[shifts:]])
    return weight, torch.cat([bias[:shifts] * ratio, bias[shifts:] + ratio.log()])


def _to_ours(tensors: Tensors) -> Tensors:
    ours = pysot.levels_to_ours(renamed(tensors, _pysot_names()))
    for number in range(3):
        layer = f"loc.{number}.head.3"
        ours[f"{layer}.weight"], ours[f"{layer}.bias"] = _to_our_anchors(ours[f"{layer}.weight"], ours[f"{layer}.bias"])
    return ours


def _model(
    name: str, *, penalty_k: float, window_influence: float, size_lr: float, file_words: tuple[str, ...]
) -> Layout:
    return Layout(
        name=f"mmtracking-{name}",
        title=f"mmtracking, siamese_rpn_r50_20e_{name}",
        shapes=_SHAPES,
        to_ours=_to_ours,
        family="siamrpnpp",
        network=pysot.RESNET50_NETWORK,
        constants={"penalty_k": penalty_k, "window_influence": window_influence, "size_lr": size_lr},
        licence="Apache-2.0",
        page="https://github.com/open-mmlab/mmtracking/tree/master/configs/sot/siamese_rpn",
        file_words=file_words,
    )


_SHAPES = _shapes()
LASOT = _model("lasot", penalty_k=0.05, window_influence=0.42, size_lr=0.38, file_words=("lasot", "trackingnet"))
UAV123 = _model("uav123", penalty_k=0.1, window_influence=0.1, size_lr=0.5, file_words=("uav123",))
OTB100 = _model("otb100", penalty_k=0.4, window_influence=0.5, size_lr=0.4, file_words=("otb100",))
VOT2018 = _model("vot2018", penalty_k=0.04, window_influence=0.44, size_lr=0.33, file_words=("vot2018",))
