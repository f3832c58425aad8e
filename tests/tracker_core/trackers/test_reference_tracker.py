"""The tracker against a second one: slow, in double precision, and written from the formulae alone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import cv2
import numpy as np
import pytest
import torch

from tests.support.moving_square import moving_square
from tests.support.networks import CONSTANTS, SMALL, random_network
from tests.support.siamrpnpp_oracle import Oracle, published_names
from tests.support.siamrpnpp_published import ALEXNET, MOBILENET, RESNET, thin
from tracker_core.decision.score_map import TrackingConstants
from tracker_core.decision.search_growth import LongTermConstants
from tracker_core.geometry import Box
from tracker_core.images import Image
from tracker_core.runtime.placement import place
from tracker_core.trackers.siamrpnpp import SiamRPNPP, SiamRPNPPEngine
from tracker_core.trackers.siamrpnpp_longterm import SiamRPNPPLongTerm
from tracker_core.trackers.siamrpnpp_network import NetworkConfig, SiamRPNPPNetwork

RATIOS = (0.33, 0.5, 1.0, 2.0, 3.0)
SMALLEST = 4.0


class Layers(Protocol):
    """What a network says, in double precision."""

    def template(self, exemplar: torch.Tensor) -> list[torch.Tensor]: ...

    def respond(self, exemplar: list[torch.Tensor], search: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]: ...


class OwnLayers:
    """Our own backbone is published nowhere: its layers are taken as they are trained, before anything is folded."""

    def __init__(self, network: SiamRPNPPNetwork) -> None:
        self.network = network.double()

    def template(self, exemplar: torch.Tensor) -> list[torch.Tensor]:
        return list(self.network.template(exemplar))

    def respond(self, exemplar: list[torch.Tensor], search: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        logits, deltas = self.network(tuple(exemplar), search)
        return logits, deltas


class ReferenceTracker:
    """Centre and size as in the published loop. Its crop window is the one of whole pixels that was cut.

    With ``LongTermConstants`` it is the long-term loop: while the target is lost the region is ``far`` pixels wide.
    """

    def __init__(
        self, layers: Layers, image: Image, box: Box, *, near: int, far: int, constants: TrackingConstants
    ) -> None:
        self.layers = layers
        self.near, self.far = near, far
        self.constants = constants
        self.is_lost = False
        self.mean = image.reshape(-1, 3).astype(np.float64).mean(axis=0).round()
        self.x, self.y = box.x + box.width / 2, box.y + box.height / 2
        self.w, self.h = box.width, box.height
        exemplar, *_ = self.crop(image, self.s_z(), 127)
        with torch.no_grad():
            self.exemplar = layers.template(exemplar)

    def s_z(self) -> float:
        context = 0.5 * (self.w + self.h)
        return math.sqrt((self.w + context) * (self.h + context))

    def crop(self, image: Image, side: float, size: int) -> tuple[torch.Tensor, float, float, float]:
        pixels = round(side)
        left, top = math.floor(self.x - pixels / 2 + 0.5), math.floor(self.y - pixels / 2 + 0.5)
        height, width = image.shape[:2]
        patch = np.tile(self.mean.astype(np.uint8), (pixels, pixels, 1))
        rows, columns = np.arange(top, top + pixels), np.arange(left, left + pixels)
        rows, columns = rows[(rows >= 0) & (rows < height)], columns[(columns >= 0) & (columns < width)]
        patch[np.ix_(rows - top, columns - left)] = image[np.ix_(rows, columns)]
        resized = cv2.resize(patch, (size, size), interpolation=cv2.INTER_LINEAR)
        tensor = torch.from_numpy(resized.astype(np.float64)).permute(2, 0, 1)[None].contiguous()
        return tensor, left + pixels / 2, top + pixels / 2, size / pixels

    def step(self, image: Image) -> tuple[Box, float]:
        size = self.far if self.is_lost else self.near
        search, middle_x, middle_y, scale = self.crop(image, self.s_z() * size / 127, size)
        with torch.no_grad():
            cls, loc = self.layers.respond(self.exemplar, search)
        cells = cls.shape[-1]
        # Lists: reading single numbers out of an array takes ten times as long.
        score: list[list[list[float]]] = torch.softmax(cls[0], dim=0)[1].tolist()
        deltas: list[list[list[list[float]]]] = loc[0].permute(1, 2, 3, 0).tolist()
        window = [hann(n, cells) for n in range(cells)]
        influence = 0.001 if self.is_lost else self.constants.window_influence
        best, found = -math.inf, (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
        for k, ratio in enumerate(RATIOS):
            anchor_w = int(math.sqrt(64 / ratio))
            anchor_h = int(anchor_w * ratio)
            for row in range(cells):
                for column in range(cells):
                    cell = deltas[k][row][column]
                    cx = cell[0] * anchor_w * 8 + (column - cells // 2) * 8
                    cy = cell[1] * anchor_h * 8 + (row - cells // 2) * 8
                    w, h = math.exp(cell[2]) * anchor_w * 8, math.exp(cell[3]) * anchor_h * 8
                    penalty = self.penalty(w, h, scale)
                    value = penalty * score[k][row][column] * (1 - influence)
                    value += window[row] * window[column] * influence
                    if value > best:
                        best, found = value, (cx, cy, w, h, penalty, score[k][row][column])
        cx, cy, w, h, penalty, confidence = found
        low, high = 0.0, 1.0
        if isinstance(self.constants, LongTermConstants):
            low, high = self.constants.lost_below, self.constants.found_above
        if confidence >= low:
            rate = penalty * confidence * self.constants.size_lr
            height, width = image.shape[:2]
            self.x = min(max(middle_x + cx / scale, 0.0), width)
            self.y = min(max(middle_y + cy / scale, 0.0), height)
            self.w = min(max(self.w * (1 - rate) + w / scale * rate, SMALLEST), width)
            self.h = min(max(self.h * (1 - rate) + h / scale * rate, SMALLEST), height)
        if confidence < low:
            self.is_lost = True
        elif confidence > high:
            self.is_lost = False
        return Box(self.x - self.w / 2, self.y - self.h / 2, self.w, self.h), confidence

    def penalty(self, w: float, h: float, scale: float) -> float:
        size = padded(w, h) / padded(self.w * scale, self.h * scale)
        ratio = (self.w / self.h) / (w / h)
        return math.exp(-(max(ratio, 1 / ratio) * max(size, 1 / size) - 1) * self.constants.penalty_k)


def padded(w: float, h: float) -> float:
    padding = (w + h) / 2
    return math.sqrt((w + padding) * (h + padding))


def hann(n: int, cells: int) -> float:
    return 0.5 - 0.5 * math.cos(2 * math.pi * n / (cells - 1))


def layers_of(config: NetworkConfig, *, seed: int) -> Layers:
    network = random_network(config, seed=seed)
    if config.backbone == "residual":
        return OwnLayers(network)
    return Oracle(published_names(network.state_dict()), config.backbone)


def follow(
    tracker: SiamRPNPP | SiamRPNPPLongTerm, layers: Layers, images: Sequence[Image], *, far: int = 831
) -> tuple[list[Box], int]:
    """The boxes of both, which are the same, and how often the reference has lost or found the target."""
    _, truth = moving_square(51)
    target = tracker.init(images[0], truth[0])
    reference = ReferenceTracker(
        layers, images[0], truth[0], near=tracker.engine.instance_size, far=far, constants=tracker.constants
    )
    boxes, changes = [], 0
    for image in images[1:]:
        was_lost = reference.is_lost
        prediction = target.update(image)
        box, score = reference.step(image)
        assert np.abs(np.subtract(prediction.box.as_tuple(), box.as_tuple())).max() < 0.01
        assert abs(prediction.score - score) < 1e-3
        boxes.append(box)
        changes += was_lost != reference.is_lost
    return boxes, changes


@pytest.mark.parametrize(
    ("config", "seed", "frames"),
    [
        (SMALL, 1, 50),
        (replace(thin(ALEXNET), instance_size=223), 1, 50),
        (replace(thin(MOBILENET), instance_size=191), 2, 50),
        (replace(thin(RESNET), instance_size=191), 7, 20),
    ],
    ids=["residual", "alexnet", "mobilenet_v2", "resnet50"],
)
def test_every_frame_is_that_of_the_reference(config: NetworkConfig, seed: int, frames: int) -> None:
    engine = SiamRPNPPEngine(random_network(config, seed=seed), place("cpu", "float32"))
    images, _ = moving_square(51)
    boxes, _ = follow(SiamRPNPP("random", engine, CONSTANTS), layers_of(config, seed=seed), images[: frames + 1])
    # else the two agree on nothing that happened
    assert np.ptp([(box.cx, box.cy) for box in boxes], axis=0).min() > 5
    assert np.ptp([box.width for box in boxes]) > 1


def test_so_is_every_frame_of_a_target_that_is_lost_and_found(monkeypatch: pytest.MonkeyPatch) -> None:
    # 831 makes the reference too slow
    monkeypatch.setattr("tracker_core.trackers.siamrpnpp_longterm.LOST_INSTANCE_SIZE", 351)
    engine = SiamRPNPPEngine(random_network(), place("cpu", "float32"))
    constants = LongTermConstants(0.05, 0.28, 0.22, lost_below=0.88, found_above=0.885)
    images, _ = moving_square(51)
    gone = [np.full_like(images[0], 128)] * 5
    images = images[:8] + gone + images[13:31]
    boxes, changes = follow(SiamRPNPPLongTerm("random", engine, constants), layers_of(SMALL, seed=1), images, far=351)
    assert changes >= 4
    assert np.ptp([(box.cx, box.cy) for box in boxes], axis=0).min() > 5
