"""SiamFC (Bertinetto et al., ECCV workshops 2016): finds the place in the search region that looks most like the
exemplar.

``SiamFC.init`` takes the exemplar, 127 x 127 pixels that show the target with context; the backbone turns it into
correlation kernels, once. Then every frame takes three steps (``target.py``):

1. ``SiamFCTarget.squares``: three search regions around the last place, each 3.75 % wider than the one before. All are
   cut out of the frame and resized to 255 x 255.
2. ``SiamFCEngine.respond``: the search regions go through the same backbone. The kernels, slid over the features, give
   one number a cell: a score map for each scale.
3. ``SiamFCTarget.conclude``: upsample the maps, lower the peaks of the two outer scales, and take the scale with the
   highest peak. Blend the cosine window into its map; the highest pixel is the target's new centre. The size goes part
   of the way to the chosen scale (``decision/scale_pyramid.py``, ``decision/pyramid_evidence.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import torch
from torch import Tensor, nn

from tracker_core.backbones.alexnet import AlexNet
from tracker_core.backbones.alexnet_v1 import AlexNetV1
from tracker_core.backbones.correlation import xcorr
from tracker_core.backbones.efficientnet_lite import EfficientNetLite
from tracker_core.backbones.neck import adjust_layer, exemplar_cells
from tracker_core.backbones.residual import ResidualBackbone
from tracker_core.crops import Square, crops_of
from tracker_core.decision.pyramid_evidence import Look, conclude, explain
from tracker_core.decision.reliability import AS_IT_IS, ScoreCalibration
from tracker_core.decision.scale_pyramid import STRIDE, ScaleConstants
from tracker_core.decision.score_map import Response, logistic
from tracker_core.geometry import Box
from tracker_core.images import FloatArray, Image
from tracker_core.runtime.device_step import FactTensors
from tracker_core.runtime.placed_engine import PlacedEngine
from tracker_core.runtime.placement import Placement, network_order, optimise, stacked, to_input
from tracker_core.target import EXEMPLAR_SIZE, Engine, NetworkTarget, NetworkTracker, TargetFacts
from tracker_core.tracker import Prediction
from tracker_core.trackers.families import Parts

Backbone = Literal["alexnet_v1", "alexnet", "residual", "lite0"]

RESPONSE_SCALE = 1e-3
"""Scales a sum of thousands of products to the range where the logistic function is not flat (published: adjust layer,
1e-3). The network also learns a gain that starts at 1, so that an optimiser with steps of fixed size can change the
scale.
"""

SMALLEST, LARGEST = 0.2, 5.0
"""The size stays within these multiples of the drawn box, as in bertinetto/siamese-fc ``tracker.m``."""


@dataclass(frozen=True, slots=True)
class NetworkConfig:
    """Describes the layers. The weights file stores it, so the file alone is enough to build its network.

    Raises:
        ValueError: if there is no such backbone.
    """

    backbone: Backbone = "residual"
    width: float = 1.0  # for "alexnet"
    stem: int = 32  # for "residual" alone, like `middle` and `blocks`
    middle: int = 64
    channels: int = 128  # for "residual" and "lite0"
    blocks: int = 3
    instance_size: int = 255

    def __post_init__(self) -> None:
        if self.backbone not in get_args(Backbone):
            raise ValueError(f"there is no backbone '{self.backbone}'; known are {', '.join(get_args(Backbone))}")

    @property
    def score_size(self) -> int:
        """S: cells a side of the score map."""
        unpadded = (self.instance_size - EXEMPLAR_SIZE) // 8 + 1
        return unpadded + 8 if self.backbone in ("residual", "lite0") else unpadded


class SiamFCNetwork(nn.Module):
    """Backbone, neck (1 x 1 adjust layer, for the padded backbone), correlation, and the adjustment of its scale."""

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        self.config = config
        self.backbone: AlexNetV1 | AlexNet | ResidualBackbone | EfficientNetLite
        self.neck: nn.Module = nn.Identity()
        if config.backbone == "alexnet_v1":
            self.backbone = AlexNetV1()
        elif config.backbone == "alexnet":
            self.backbone = AlexNet(config.width)
        else:
            self.backbone = (
                EfficientNetLite(channels=config.channels)
                if config.backbone == "lite0"
                else ResidualBackbone(
                    stem=config.stem, middle=config.middle, channels=config.channels, blocks=config.blocks
                )
            )
            self.neck = adjust_layer(self.backbone.channels, self.backbone.channels)
        self.gain = nn.Parameter(torch.ones(()))
        self.bias = nn.Parameter(torch.zeros(()))

    def template(self, exemplar: Tensor) -> Tensor:
        """(N, 3, 127, 127) -> the correlation kernels, (N, C, 6, 6); (N, C, 7, 7) for the padded backbone."""
        return self.kernels(self.backbone(exemplar))

    def kernels(self, features: Tensor) -> Tensor:
        """The same from backbone features of the exemplar."""
        return exemplar_cells(self.neck(features))

    def forward(self, kernels: Tensor, search: Tensor) -> Tensor:
        """(N, 3, H, W) search regions -> (N, S, S) logits; above 0 the target is more likely there than not."""
        return self.respond(kernels, self.backbone(search))

    def respond(self, kernels: Tensor, features: Tensor) -> Tensor:
        """The same from backbone features of the search region."""
        return xcorr(self.neck(features), kernels) * (RESPONSE_SCALE * self.gain.float()) + self.bias.float()


class SiamFCEngine(PlacedEngine[Tensor, FloatArray]):
    """The network on its device, batch norm folded. An answer is a map of logits, (S, S)."""

    def __init__(self, network: SiamFCNetwork, placement: Placement) -> None:
        optimise(network, placement)
        self._network = network
        super().__init__(
            placement,
            instance_size=network.config.instance_size,
            answer=self._computed,
            step=self._on_device,
        )

    @torch.inference_mode()
    def template(self, exemplar: Image) -> Tensor:
        return self._network.template(to_input([exemplar], self._placement))

    @torch.inference_mode()
    def respond(self, kernels: Sequence[Tensor], regions: Sequence[Image]) -> list[FloatArray]:
        return list(self._answer(stacked(regions), torch.cat(list(kernels))))

    @torch.inference_mode()
    def respond_on_device(
        self, kernels: Sequence[Tensor], image: Image, squares: Sequence[Square], facts: Sequence[TargetFacts]
    ) -> list[FloatArray]:
        """The same answers. The decision is cheap enough for the host."""
        return list(self._step(image, squares, facts, torch.cat(list(kernels))))

    def _computed(self, regions: Tensor, kernels: Tensor) -> Tensor:
        """(N, S, S, 3) bytes -> (N, S, S) logits."""
        logits: Tensor = self._network(kernels, network_order(regions, self._placement))
        return logits

    def _on_device(self, regions: Tensor, facts: FactTensors, kernels: Tensor) -> Tensor:
        return self._computed(regions, kernels)


class SiamFCTarget(NetworkTarget[Tensor, FloatArray]):
    """A target that is searched for at several scales at once. Its box keeps the aspect ratio of the drawn box."""

    def __init__(
        self,
        engine: Engine[Tensor, FloatArray],
        constants: ScaleConstants,
        image: Image,
        box: Box,
        *,
        calibration: ScoreCalibration = AS_IT_IS,
    ) -> None:
        self._constants = constants  # first, because the base class reads them
        super().__init__(engine, image, box, calibration=calibration)
        self._drawn = box

    def move_to(self, box: Box) -> None:
        super().move_to(box)
        self._drawn = box

    def squares(self) -> tuple[Square, ...]:
        """A search region for each scale, all around the last place, or around the place predicted from camera and
        movement.
        """
        size = self.engine.instance_size
        return tuple(self._search_square(size, factor=factor) for factor in self._factors())

    @property
    def lead(self) -> float:
        return self._constants.lead

    def conclude(
        self, image: Image, looked: Sequence[Square], answers: Sequence[FloatArray], *, with_evidence: bool = False
    ) -> Prediction:
        """Scale penalty, cosine window, arg-max, damping of the scale."""
        factors, last_box, image_size = self._factors(), self._box, (image.shape[1], image.shape[0])
        prediction, decision = conclude(
            [Look(*look) for look in zip(factors, looked, answers, strict=True)], self._constants,
            last_box=last_box, image_size=image_size, calibration=self._calibration,
        )  # fmt: skip
        self._go_on_from(prediction)
        if not with_evidence:
            return prediction
        return explain(
            prediction, decision, [Look(*look) for look in zip(factors, crops_of(looked), answers, strict=True)],
            self._constants,
            exemplar=self._exemplar, last_box=last_box, image_size=image_size, calibration=self._calibration,
        )  # fmt: skip

    def _as_response(self, answer: FloatArray, square: Square, scale: float) -> Response:
        """Each cell proposes the drawn box at its place, because the network says nothing about size."""
        size = answer.shape[0]
        offsets = (np.arange(size, dtype=np.float32) - (size - 1) / 2) * STRIDE
        boxes = np.empty((4, 1, size, size), np.float32)
        boxes[0], boxes[1] = offsets[None, None, :], offsets[None, :, None]
        across, down = square.scales
        boxes[2] = self._shown_box.width * across * scale
        boxes[3] = self._shown_box.height * down * scale
        return Response(logistic(answer)[None], boxes, stride=STRIDE)

    def _factors(self) -> list[float]:
        """The scales to search, limited so that the target becomes neither too small nor too large."""
        grown = self._box.width / self._drawn.width
        return [min(max(factor, SMALLEST / grown), LARGEST / grown) for factor in self._constants.factors]


class SiamFC(NetworkTracker[Tensor, FloatArray, ScaleConstants]):
    """The tracker."""

    constants_type = ScaleConstants

    def init(self, image: Image, box: Box) -> SiamFCTarget:
        """Take the exemplar at ``box``."""
        return SiamFCTarget(self.engine, self.constants, image, box, calibration=self.calibration)


PARTS = Parts(NetworkConfig, SiamFCNetwork, SiamFCEngine, SiamFC)
