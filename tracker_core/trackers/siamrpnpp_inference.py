"""SiamRPN++ in the form that tracks: the same function as ``SiamRPNPPNetwork``, in fewer and cheaper steps.

Only rounding differs:

- batch norm is folded into the convolutions;
- one convolution adjusts the search region for the class and the box branch of a level; it includes the neck if that
  saves work, unless the backbone ends in a convolution that can include the neck;
- the last convolution reads all levels and both branches at once, and includes the levels' shares.
"""

from __future__ import annotations

import copy

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from tracker_core.backbones.correlation import xcorr_depthwise
from tracker_core.backbones.efficientnet_lite import EfficientNetLite
from tracker_core.backbones.mobilenet_v2 import MobileNetV2
from tracker_core.backbones.neck import exemplar_cells
from tracker_core.runtime.fused import bias_of, convolution_of, fold_batch_norm, one_after_the_other, side_by_side
from tracker_core.trackers.siamrpnpp_network import (
    Kernels,
    Level,
    Shares,
    SiamRPNPPNetwork,
    by_anchor,
    kernels_by_exemplar,
    maps,
)


class SiamRPNPPInference(nn.Module):
    """Made of a trained network, which is not changed. ``Kernels`` here hold one tensor a level: class, then box."""

    def __init__(self, network: SiamRPNPPNetwork) -> None:
        super().__init__()
        folded = copy.deepcopy(network).eval()
        fold_batch_norm(folded)
        if isinstance(folded.backbone, EfficientNetLite):
            folded.backbone.fold_spread()
        self.anchors = folded.anchors
        self.backbone = folded.backbone
        levels = _neck_within_backbone(folded)
        self.kernel = nn.ModuleList(_adjust_both(z.neck, z.cls.conv_kernel, z.loc.conv_kernel) for z in levels)
        self.search = nn.ModuleList(_adjust_both(x.neck, x.cls.conv_search, x.loc.conv_search) for x in levels)
        self.hidden = nn.ModuleList(
            side_by_side(_layer(level.cls.head, 0), _layer(level.loc.head, 0), groups=2) for level in levels
        )
        self.fusion = nn.ModuleList(_fuse_both(level) for level in levels if network.config.exemplars == 2)
        self.answer = _answer(levels, *folded.shares)
        self.requires_grad_(False)

    def template(self, exemplar: Tensor) -> Kernels:
        """(N, 3, 127, 127) -> a correlation kernel a level, (N, 2 C, 5, 5) each (4 x 4 for the AlexNet)."""
        features = maps(self.backbone(exemplar))
        return tuple(adjust(exemplar_cells(feature)) for adjust, feature in zip(self.kernel, features, strict=True))

    def forward(self, kernels: Kernels, search: Tensor) -> tuple[Tensor, Tensor]:
        """(N, 3, H, W) search regions -> class logits (N, 2, k, S, S), background first, and deltas (N, 4, k, S, S)."""
        read = []
        first, second = kernels_by_exemplar(kernels, len(self.search))
        for number, feature in enumerate(maps(self.backbone(search))):
            adjusted = self.search[number](feature)
            correlated = xcorr_depthwise(adjusted, first[number])
            if second is not None:
                correlated = self.fusion[number](correlated, xcorr_depthwise(adjusted, second[number]))
            read.append(F.relu(self.hidden[number](correlated), inplace=True))
        answer = self.answer(read[0] if len(read) == 1 else torch.cat(read, dim=1))
        count = self.anchors.count
        return by_anchor(answer[:, : 2 * count], answer[:, 2 * count :], count)


class _FusionOfBoth(nn.Module):
    """``ExemplarFusion`` of class and box branch at once."""

    def __init__(self, of_first: nn.Conv2d, of_second: nn.Conv2d) -> None:
        super().__init__()
        self.of_first, self.of_second = of_first, of_second

    def forward(self, first: Tensor, second: Tensor) -> Tensor:
        gate = torch.sigmoid(self.of_first(first) + self.of_second(second))
        return torch.addcmul(first, gate, second - first)


def _fuse_both(level: Level) -> _FusionOfBoth:
    """One gate for both branches. A branch's gate reads the channels of both exemplars; this one reads, for each
    exemplar, the channels of both branches.
    """
    gates = level.cls.fusion.gate, level.loc.fusion.gate
    (cls_first, cls_second), (loc_first, loc_second) = (gate.weight.chunk(2, dim=1) for gate in gates)
    bias = torch.cat([bias_of(gate) for gate in gates])
    return _FusionOfBoth(
        convolution_of(torch.cat([cls_first, loc_first]), bias, groups=2),
        convolution_of(torch.cat([cls_second, loc_second]), torch.zeros_like(bias), groups=2),
    )


def _neck_within_backbone(network: SiamRPNPPNetwork) -> tuple[Level, ...]:
    """The levels of a network. If its backbone ends in a convolution that only the last neck reads, the two are joined,
    in place, if that saves work.
    """
    *earlier, last = network.levels
    end = network.backbone.linear_end if isinstance(network.backbone, MobileNetV2) else None
    if end is None or not isinstance(last.neck, nn.Sequential):
        return network.levels
    narrow, adjust = _layer(end, -2), _layer(last.neck, 0)
    at_once = one_after_the_other(narrow, adjust)
    if at_once.weight.numel() >= narrow.weight.numel() + adjust.weight.numel():
        return network.levels
    end[-2] = at_once
    return (*earlier, last._replace(neck=nn.Identity()))


def _adjust_both(neck: nn.Module, cls: nn.Sequential, loc: nn.Sequential) -> nn.Sequential:
    """Neck and both branches' convolutions after it, the class channels first."""
    both = side_by_side(_layer(cls, 0), _layer(loc, 0))
    if not isinstance(neck, nn.Sequential):
        return nn.Sequential(both, nn.ReLU(inplace=True))
    adjust = _layer(neck, 0)
    at_once = one_after_the_other(adjust, both)
    if at_once.weight.numel() < adjust.weight.numel() + both.weight.numel():
        return nn.Sequential(at_once, nn.ReLU(inplace=True))
    return nn.Sequential(adjust, both, nn.ReLU(inplace=True))


def _answer(levels: tuple[Level, ...], cls_shares: Shares, loc_shares: Shares) -> nn.Conv2d:
    """The last 1 x 1 convolutions of all levels and branches as one, each times its level's share: from the channels of
    all levels to the sum of their classes and boxes. Weights from one branch to the other are 0.
    """
    columns, biases = [], []
    for level, cls_share, loc_share in zip(levels, cls_shares, loc_shares, strict=True):
        cls, loc = _layer(level.cls.head, 3), _layer(level.loc.head, 3)
        columns.append(_diagonal(cls.weight * cls_share, loc.weight * loc_share))
        biases.append(torch.cat([bias_of(cls) * cls_share, bias_of(loc) * loc_share]))
    return convolution_of(torch.cat(columns, dim=1), torch.stack(biases).sum(dim=0))


def _diagonal(cls: Tensor, loc: Tensor) -> Tensor:
    """(a, b, 1, 1) and (c, d, 1, 1) -> (a + c, b + d, 1, 1)."""
    above, below = F.pad(cls, (0, 0, 0, 0, 0, loc.shape[1])), F.pad(loc, (0, 0, 0, 0, cls.shape[1], 0))
    return torch.cat([above, below])


def _layer(layers: nn.Sequential, index: int) -> nn.Conv2d:
    layer = layers[index]
    assert isinstance(layer, nn.Conv2d)
    return layer
