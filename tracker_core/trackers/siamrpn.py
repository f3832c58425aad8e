"""SiamRPN (Li et al., CVPR 2018): a Siamese region proposal network with up-channel cross-correlation.

One convolution raises the exemplar's features to as many kernels as there are anchors to judge: the exemplar becomes
the weights of a detector (one-shot detection, section 3.3), made once when a target starts. A frame then costs the
search branch and one convolution with those weights. The layers are those of the published DaSiamRPN code
(``SiamRPNvot``, ``SiamRPNotb``, ``SiamRPNBIG``), which adds none to SiamRPN.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias, get_args

import torch
from torch import Tensor, nn

from tracker_core.backbones.alexnet import AlexNet
from tracker_core.backbones.correlation import xcorr_upchannel
from tracker_core.backbones.efficientnet_lite import EfficientNetLite
from tracker_core.backbones.neck import adjust_layer, exemplar_cells
from tracker_core.backbones.residual import ResidualBackbone
from tracker_core.crops import Square
from tracker_core.decision.anchors import AnchorGrid, anchor_grid
from tracker_core.decision.score_map import Response, TrackingConstants, Winner, logistic
from tracker_core.images import FloatArray, Image
from tracker_core.runtime.device_step import FactTensors, read_winners, winners
from tracker_core.runtime.fused import bias_of, convolution_of, side_by_side
from tracker_core.runtime.placed_engine import PlacedEngine
from tracker_core.runtime.placement import Placement, network_order, optimise, stacked, to_input
from tracker_core.target import EXEMPLAR_SIZE, TargetFacts
from tracker_core.trackers.families import Parts
from tracker_core.trackers.region_proposal import RPNTracker

Backbone = Literal["alexnet", "residual", "lite0"]
Kernels: TypeAlias = tuple[Tensor, Tensor]
"""The exemplar as a detector: its weights for the classes and for the boxes."""


@dataclass(frozen=True, slots=True)
class NetworkConfig:
    """Describes the layers. The weights file stores it, so the file alone is enough to build its network.

    The published networks are ``NetworkConfig()`` and, for ``SiamRPNBIG``, ``NetworkConfig(width=2,
    head_channels=512)``.

    Raises:
        ValueError: if there is no such backbone.
    """

    backbone: Backbone = "alexnet"
    width: float = 1.0  # for "alexnet"
    stem: int = 32  # for "residual" alone, like `middle` and `blocks`
    middle: int = 64
    channels: int = 128  # for "residual" and "lite0"
    blocks: int = 3
    head_channels: int = 256
    instance_size: int = 271

    def __post_init__(self) -> None:
        if self.backbone not in get_args(Backbone):
            raise ValueError(f"there is no backbone '{self.backbone}'; known are {', '.join(get_args(Backbone))}")

    @property
    def score_size(self) -> int:
        """S: cells a side of the score map."""
        unpadded = (self.instance_size - EXEMPLAR_SIZE) // 8 + 1
        return unpadded if self.backbone == "alexnet" else unpadded + 8


class SiamRPNNetwork(nn.Module):
    """Backbone, neck (1 x 1 adjust layer, for the padded backbone) and the head. The head's layers have the published
    names: ``r`` is for regression, ``1`` for the exemplar, ``2`` for the search region.
    """

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        self.config = config
        self.anchors = AnchorGrid(config.score_size)
        self.backbone: AlexNet | ResidualBackbone | EfficientNetLite
        if config.backbone == "alexnet":
            self.backbone = AlexNet(config.width)
            self.neck: nn.Module = nn.Identity()
        else:
            self.backbone = (
                EfficientNetLite(channels=config.channels)
                if config.backbone == "lite0"
                else ResidualBackbone(
                    stem=config.stem, middle=config.middle, channels=config.channels, blocks=config.blocks
                )
            )
            self.neck = adjust_layer(self.backbone.channels, self.backbone.channels)
        channels, hidden, k = self.backbone.channels, config.head_channels, self.anchors.count
        self.conv_r1 = nn.Conv2d(channels, hidden * 4 * k, 3)
        self.conv_r2 = nn.Conv2d(channels, hidden, 3)
        self.conv_cls1 = nn.Conv2d(channels, hidden * 2 * k, 3)
        self.conv_cls2 = nn.Conv2d(channels, hidden, 3)
        self.regress_adjust = nn.Conv2d(4 * k, 4 * k, 1)
        # A correlation sums thousands of products. With usual initial weights its answers would be extreme.
        for raised in (self.conv_r1, self.conv_cls1):
            if not raised.weight.is_meta:  # there it would change nothing, and import all of torch's compiler
                nn.init.normal_(raised.weight, std=1 / (3 * math.sqrt(channels) * 5 * math.sqrt(hidden)))
            nn.init.zeros_(raised.bias)  # type: ignore[arg-type]  # there is one

    def template(self, exemplar: Tensor) -> Kernels:
        """(N, 3, 127, 127) -> the kernels of the classes (N, 2k, C, 4, 4) and of the boxes (N, 4k, C, 4, 4); 5 x 5 for
        the padded backbone. C is ``head_channels``.
        """
        return self.kernels(self.backbone(exemplar))

    def kernels(self, features: Tensor) -> Kernels:
        """The same from backbone features of the exemplar."""
        features = exemplar_cells(self.neck(features))
        hidden = self.config.head_channels
        classes, boxes = self.conv_cls1(features), self.conv_r1(features)
        return classes.unflatten(1, (-1, hidden)), boxes.unflatten(1, (-1, hidden))

    def forward(self, kernels: Kernels, search: Tensor) -> tuple[Tensor, Tensor]:
        """(N, 3, H, W) search regions -> class logits (N, 2, k, S, S), background first, and deltas (N, 4, k, S, S)."""
        return self.respond(kernels, self.backbone(search))

    def respond(self, kernels: Kernels, features: Tensor) -> tuple[Tensor, Tensor]:
        """The same from backbone features of the search region."""
        features = self.neck(features)
        classes, boxes = kernels
        logits = xcorr_upchannel(self.conv_cls2(features), classes)
        deltas = self.regress_adjust(xcorr_upchannel(self.conv_r2(features), boxes))
        k, size = self.anchors.count, logits.shape[-1]
        return logits.reshape(-1, 2, k, size, size), deltas.reshape(-1, 4, k, size, size)


class Detector(NamedTuple):
    """An exemplar's kernels in the form that tracks."""

    classes: Tensor  # (k, C, 4, 4) float32: target rather than background
    boxes: Tensor  # (4k, C, 4, 4)


class SiamRPNEngine(PlacedEngine[Detector, Response | Winner]):
    """The network on its device, in the form that tracks: the same function in fewer steps. Changes the network it is
    given.

    Only rounding differs. Batch norm is folded into the convolutions, and ``regress_adjust`` into the layer that makes
    the box kernels. Softmax depends only on the difference between an anchor's two class kernels, so only the
    difference is kept. One convolution makes all kernels, and one adjusts the search region for both branches. Search
    regions may have any size; the score map has as many cells as fit.
    """

    def __init__(self, network: SiamRPNNetwork, placement: Placement) -> None:
        self._k = network.anchors.count
        self._channels = network.config.head_channels
        self._adjust_bias = bias_of(network.regress_adjust)[:, None, None].to(placement.device)
        # Used once a target, so not in Winograd's form (``optimise``), which would quadruple these many weights.
        self._raise = _raising(network).to(placement.device, placement.dtype)
        self._raise.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        search = nn.Sequential(network.backbone, network.neck, side_by_side(network.conv_cls2, network.conv_r2))
        optimise(search, placement)
        self._search, self._features = search, search[:2]
        super().__init__(
            placement,
            instance_size=network.config.instance_size,
            answer=self._computed,
            step=self._on_device,
        )

    @torch.inference_mode()
    def template(self, exemplar: Image) -> Detector:
        features = exemplar_cells(self._features(to_input([exemplar], self._placement)))
        kernels = self._raise(features)[0].unflatten(0, (-1, self._channels))
        return Detector(kernels[: self._k].float(), kernels[self._k :])

    @torch.inference_mode()
    def respond(self, kernels: Sequence[Detector], regions: Sequence[Image]) -> list[Response]:
        return self._responses(self._answer(stacked(regions), *_together(kernels)))

    @torch.inference_mode()
    def respond_on_device(
        self, kernels: Sequence[Detector], image: Image, squares: Sequence[Square], facts: Sequence[TargetFacts]
    ) -> Sequence[Response | Winner]:
        return self._read(self._step(image, squares, facts, *_together(kernels)))

    def _computed(self, regions: Tensor, classes: Tensor, boxes: Tensor) -> Tensor:
        """(N, S, S, 3) bytes -> (N, k + 4k, S, S) class logits and deltas, for one copy back."""
        for_classes, for_boxes = self._search(network_order(regions, self._placement)).chunk(2, dim=1)
        # Classes always in float32: rounded to bf16, neighbouring anchors would tie.
        logits = xcorr_upchannel(for_classes.float(), classes)
        deltas = xcorr_upchannel(for_boxes, boxes).float() + self._adjust_bias
        return torch.cat([logits, deltas], dim=1)

    def _on_device(self, regions: Tensor, facts: FactTensors, *kernels: Tensor) -> Tensor:
        answer = self._computed(regions, *kernels)
        deltas = answer[:, self._k :].reshape(len(answer), 4, self._k, *answer.shape[2:])
        return winners(answer[:, : self._k].sigmoid(), deltas, facts)

    def _read(self, answers: FloatArray) -> Sequence[Response | Winner]:
        """The answer of ``_on_device``, on the host."""
        return read_winners(answers)

    def _responses(self, answers: FloatArray) -> list[Response]:
        return [self._response(answer[: -4 * self._k], answer[-4 * self._k :]) for answer in answers]

    def _response(self, logits: FloatArray, deltas: FloatArray) -> Response:
        """From (k, S, S) and (4k, S, S) of one search region."""
        return Response(logistic(logits), self._boxes(deltas))

    def _boxes(self, deltas: FloatArray) -> FloatArray:
        """(4k, S, S) -> (4, k, S, S) cx, cy, width, height."""
        size = deltas.shape[-1]
        return anchor_grid(size).decode(deltas.reshape(4, self._k, size, size))


def _together(detectors: Sequence[Detector]) -> Iterator[Tensor]:
    """The kernels of N detectors as one batch: (N, k, C, 4, 4) and (N, 4k, C, 4, 4)."""
    return (torch.stack(own) for own in zip(*detectors, strict=True))


def _raising(network: SiamRPNNetwork) -> nn.Conv2d:
    """One convolution from an exemplar's features to its detector: ``conv_cls1``, target minus background, and then
    ``conv_r1`` with ``regress_adjust`` applied.
    """
    channels = network.config.head_channels
    adjust = network.regress_adjust.weight.detach()[:, :, 0, 0]
    parts = []
    for of_classes, of_boxes in (
        (network.conv_cls1.weight, network.conv_r1.weight),
        (bias_of(network.conv_cls1), bias_of(network.conv_r1)),
    ):
        background, target = of_classes.detach().chunk(2)
        boxes = torch.einsum("oi,i...->o...", adjust, of_boxes.detach().reshape(-1, channels, *of_boxes.shape[1:]))
        parts.append(torch.cat([target - background, boxes.flatten(0, 1)]))
    return convolution_of(*parts)


class SiamRPN(RPNTracker[Detector, TrackingConstants]):
    """The tracker."""

    constants_type = TrackingConstants


SLOW_LAYERS = ("conv_r1.*", "conv_cls1.*")
PARTS = Parts(NetworkConfig, SiamRPNNetwork, SiamRPNEngine, SiamRPN, SLOW_LAYERS)
