"""The plain Siamese network: is this crop still the same object?

Two crops go through the same network. The distance of their embeddings says how likely they show the same object
(Bromley et al., 1993; trained with the contrastive loss of Hadsell, Chopra and LeCun, CVPR 2006, in
``training/losses/contrastive.py``). It does not search: it judges a given box, in a crop like a tracker's exemplar.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from tracker_core.backbones.efficientnet_lite import EfficientNetLite
from tracker_core.backbones.residual import ResidualBackbone
from tracker_core.crops import crop_square, exemplar_side, mean_colour
from tracker_core.decision.calibration import Calibration
from tracker_core.decision.score_map import Constants
from tracker_core.geometry import Box
from tracker_core.images import FloatArray, Image
from tracker_core.runtime.placement import Placement, optimise, to_input
from tracker_core.target import EXEMPLAR_SIZE
from tracker_core.tracker import Place
from tracker_core.trackers.families import Parts, StoredNetwork, fitted

Backbone = Literal["residual", "lite0"]
Distance = Literal["euclidean", "cosine"]

SMALLEST_SQUARE = 1e-12
"""Least value under the root of a Euclidean distance, so that equal embeddings have a gradient of 0, not 0 / 0."""


@dataclass(frozen=True, slots=True)
class NetworkConfig:
    """What the layers are. Stored in the weights file, so that a file alone makes its network.

    Raises:
        ValueError: if there is no such distance.
    """

    backbone: Backbone = "residual"
    stem: int = 32  # for "residual" alone, like `middle` and `blocks`
    middle: int = 64
    channels: int = 128
    blocks: int = 3
    grid: int = 3  # cells a side that features are averaged to; with 1, what is beside the box looks like what is in it
    embedding: int = 128
    normalised: bool = True  # embeddings of length 1, so that a distance never exceeds 2
    distance: Distance = "euclidean"
    margin: float = 1.0  # of the contrastive loss: crops farther apart count as two objects

    def __post_init__(self) -> None:
        if self.backbone not in get_args(Backbone):
            raise ValueError(f"there is no backbone '{self.backbone}'; known are {', '.join(get_args(Backbone))}")
        if self.distance not in get_args(Distance):
            raise ValueError(f"there is no distance '{self.distance}'; known are {', '.join(get_args(Distance))}")


class VerifierNetwork(nn.Module):
    """Backbone, averages over a coarse grid, one linear layer. (With one more convolution it overfitted.)"""

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        self.config = config
        self.backbone = (
            EfficientNetLite(channels=config.channels)
            if config.backbone == "lite0"
            else ResidualBackbone(
                stem=config.stem, middle=config.middle, channels=config.channels, blocks=config.blocks
            )
        )
        self.pool = nn.AdaptiveAvgPool2d(config.grid)
        self.embed = nn.Linear(config.channels * config.grid**2, config.embedding)

    def forward(self, crops: Tensor) -> Tensor:
        """(N, 3, 127, 127) in 0..255 -> embeddings (N, E)."""
        return self.embeddings(self.backbone(crops))

    def embeddings(self, features: Tensor) -> Tensor:
        """The same from backbone features."""
        embeddings: Tensor = self.embed(self.pool(features).flatten(1))
        return F.normalize(embeddings.float(), dim=1) if self.config.normalised else embeddings.float()


def distance_between(first: Tensor, second: Tensor, kind: Distance) -> Tensor:
    """(..., E) and (..., E), broadcast -> (...): Euclidean length of the difference, or 1 - cosine of the angle."""
    if kind == "cosine":
        return 1 - F.cosine_similarity(first, second, dim=-1)
    return (first - second).square().sum(dim=-1).clamp(min=SMALLEST_SQUARE).sqrt()


class Verifier:
    """The network on its device, batch norm folded, with the calibration from a distance to a probability.

    Stateless, so any number of tracks share one. The embeddings of a track's keyframes are its exemplars.
    """

    def __init__(self, name: str, network: VerifierNetwork, placement: Placement, calibration: Calibration) -> None:
        optimise(network, placement)
        self.name = name
        self.calibration = calibration
        self._network = network
        self._placement = placement

    @property
    def place(self) -> Place:
        return self._placement.place

    def embed(self, image: Image, box: Box) -> FloatArray:
        """(E,): the embedding of the crop at ``box``.

        Raises:
            ValueError: if the box has no area or lies wholly outside the image.
        """
        return np.asarray(self.embed_many(image, [box])[0])

    def embed_many(self, image: Image, boxes: Sequence[Box]) -> FloatArray:
        """(N, E): several boxes of one image in one forward pass.

        Raises:
            ValueError: as ``embed``, for the first box that cannot be used.
        """
        if not boxes:
            return np.zeros((0, self._network.config.embedding), np.float32)
        fill = mean_colour(image)
        return self._forward([_crop(image, box, fill) for box in boxes])

    def distance(self, first: FloatArray, second: FloatArray) -> float:
        """The distance of two embeddings (E,); 0 for the same crop."""
        return float(self._distances(first, second))

    def same_object(self, exemplars: FloatArray, embedding: FloatArray) -> float:
        """How likely an embedding (E,) shows the object of the exemplars (E,) or (K, E). The nearest exemplar decides:
        an object looks as it did at one of its keyframes, not like all of them together.

        Raises:
            ValueError: if there is no exemplar.
        """
        if len(exemplars) == 0:
            raise ValueError("the verifier has nothing to compare with; give it at least one exemplar")
        nearest = float(self._distances(np.atleast_2d(exemplars), embedding).min())
        return float(self.calibration.probability(nearest))

    def probability(self, exemplars: FloatArray, image: Image, box: Box) -> float:
        """How likely ``box`` shows the object of the exemplars (E,) or (K, E).

        Raises:
            ValueError: if there is no exemplar, or as ``embed``.
        """
        return self.same_object(exemplars, self.embed(image, box))

    def _distances(self, first: FloatArray, second: FloatArray) -> FloatArray:
        kind = self._network.config.distance
        return np.asarray(distance_between(torch.from_numpy(first), torch.from_numpy(second), kind).numpy())

    @torch.inference_mode()
    def _forward(self, crops: Sequence[Image]) -> FloatArray:
        embeddings: Tensor = self._network(to_input(crops, self._placement))
        return np.asarray(embeddings.cpu().numpy(), np.float32)


def _crop(image: Image, box: Box, fill: tuple[int, int, int]) -> Image:
    height, width = image.shape[:2]
    if box.clipped(width=width, height=height).area <= 0:
        raise ValueError(f"the box {box.as_tuple()} does not lie in the picture of {width} x {height} pixels")
    return crop_square(image, cx=box.cx, cy=box.cy, side=exemplar_side(box), size=EXEMPLAR_SIZE, fill=fill).image


PARTS = Parts(NetworkConfig, VerifierNetwork)


def verifier_from(name: str, stored: StoredNetwork, placement: Placement, calibration: Constants) -> Verifier:
    """The verifier of a weights file.

    Raises:
        TypeError, ValueError, RuntimeError: if the tensors do not fit the description, or it is no calibration.
    """
    network = fitted(PARTS, stored)
    if not isinstance(calibration, Calibration):
        raise TypeError(f"a verifier needs a Calibration, not {type(calibration).__name__}")
    return Verifier(name, network, placement, calibration)
