"""The tracker against a second one: slow, in double precision, and written from the formulae alone."""

from __future__ import annotations

import math

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from tests.support.moving_square import moving_square
from tests.support.networks import CONSTANTS, random_network, random_tracker
from tracker_core.geometry import Box
from tracker_core.images import Image
from tracker_core.siamrpnpp import SiamRPNPPNetwork

RATIOS = (0.33, 0.5, 1.0, 2.0, 3.0)
SMALLEST = 4.0


class ReferenceTracker:
    """Centre and size as in the published loop. Its crop window is the one of whole pixels that was cut."""

    def __init__(self, network: SiamRPNPPNetwork, image: Image, box: Box) -> None:
        self.network = network.double()
        self.mean = image.reshape(-1, 3).astype(np.float64).mean(axis=0).round()
        self.x, self.y = box.x + box.width / 2, box.y + box.height / 2
        self.w, self.h = box.width, box.height
        exemplar, *_ = self.crop(image, self.s_z(), 127)
        with torch.no_grad():
            self.kernels = self.network.template(exemplar)

    def s_z(self) -> float:
        context = 0.5 * (self.w + self.h)
        return math.sqrt((self.w + context) * (self.h + context))

    def crop(self, image: Image, side: float, size: int) -> tuple[torch.Tensor, float, float, float]:
        pixels = round(side)
        left, top = math.floor(self.x - pixels / 2 + 0.5), math.floor(self.y - pixels / 2 + 0.5)
        height, width = image.shape[:2]
        patch = np.tile(self.mean.astype(np.uint8), (pixels, pixels, 1))
        for row in range(pixels):
            for column in range(pixels):
                if 0 <= top + row < height and 0 <= left + column < width:
                    patch[row, column] = image[top + row, left + column]
        resized = cv2.resize(patch, (size, size), interpolation=cv2.INTER_LINEAR)
        tensor = torch.from_numpy(resized.astype(np.float64)).permute(2, 0, 1)[None].contiguous()
        return tensor, left + pixels / 2, top + pixels / 2, size / pixels

    def step(self, image: Image) -> tuple[Box, float]:
        search, middle_x, middle_y, scale = self.crop(image, self.s_z() * 255 / 127, 255)
        with torch.no_grad():
            cls, loc = self.network(self.kernels, search)
        score = torch.softmax(cls[0], dim=0)[1].numpy()
        deltas = loc[0].numpy()
        best, found = -math.inf, (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
        for k, ratio in enumerate(RATIOS):
            anchor_w = int(math.sqrt(64 / ratio))
            anchor_h = int(anchor_w * ratio)
            for row in range(25):
                for column in range(25):
                    cell: NDArray[np.float64] = deltas[:, k, row, column]
                    cx = cell[0] * anchor_w * 8 + (column - 12) * 8
                    cy = cell[1] * anchor_h * 8 + (row - 12) * 8
                    w, h = math.exp(cell[2]) * anchor_w * 8, math.exp(cell[3]) * anchor_h * 8
                    penalty = self.penalty(w, h, scale)
                    value = penalty * score[k, row, column] * (1 - CONSTANTS.window_influence)
                    value += hann(row) * hann(column) * CONSTANTS.window_influence
                    if value > best:
                        best, found = value, (cx, cy, w, h, penalty, float(score[k, row, column]))
        cx, cy, w, h, penalty, confidence = found
        rate = penalty * confidence * CONSTANTS.size_lr
        height, width = image.shape[:2]
        self.x = min(max(middle_x + cx / scale, 0.0), width)
        self.y = min(max(middle_y + cy / scale, 0.0), height)
        self.w = min(max(self.w * (1 - rate) + w / scale * rate, SMALLEST), width)
        self.h = min(max(self.h * (1 - rate) + h / scale * rate, SMALLEST), height)
        return Box(self.x - self.w / 2, self.y - self.h / 2, self.w, self.h), confidence

    def penalty(self, w: float, h: float, scale: float) -> float:
        size = padded(w, h) / padded(self.w * scale, self.h * scale)
        ratio = (self.w / self.h) / (w / h)
        return math.exp(-(max(ratio, 1 / ratio) * max(size, 1 / size) - 1) * CONSTANTS.penalty_k)


def padded(w: float, h: float) -> float:
    padding = (w + h) / 2
    return math.sqrt((w + padding) * (h + padding))


def hann(n: int) -> float:
    return 0.5 - 0.5 * math.cos(2 * math.pi * n / 24)


def test_fifty_frames_are_those_of_the_reference() -> None:
    images, truth = moving_square(51)
    target = random_tracker().init(images[0], truth[0])
    reference = ReferenceTracker(random_network(), images[0], truth[0])
    centres, sides = [], []
    for image in images[1:]:
        prediction = target.update(image)
        box, score = reference.step(image)
        difference = np.abs(np.subtract(prediction.box.as_tuple(), box.as_tuple())).max()
        assert difference < 0.01
        assert abs(prediction.score - score) < 1e-3
        centres.append((box.cx, box.cy))
        sides.append(box.width)
    # else the two agree on nothing that happened
    assert np.ptp(centres, axis=0).min() > 5
    assert np.ptp(sides) > 1
