"""A scene of coloured squares, and an engine that sees nothing but colour: what it says is linear in its kernels, as a
correlation is, and can be worked out by hand.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import torch

from tracker_core.decision.distractors import DistractorResponse
from tracker_core.decision.score_map import Response, logistic
from tracker_core.geometry import Box
from tracker_core.images import FloatArray, Image
from tracker_core.tracker import Place
from tracker_core.trackers.siamrpn import Detector

WIDTH, HEIGHT, SIDE = 480, 240, 32
RED, LIME = (200, 40, 40), (180, 220, 40)
"""The target, and what looks more like the target's exemplar than the target does, in full light."""
GAIN, THRESHOLD = 20.0, 10.0  # logit = GAIN * (colour . colour) - THRESHOLD: red of red .92, lime of red .97


def scene(*squares: tuple[float, float, tuple[int, int, int], float]) -> Image:
    """Squares of 32 pixels at their centres, of a colour in some light, on a dark ground."""
    image = np.full((HEIGHT, WIDTH, 3), 20, np.uint8)
    for cx, cy, colour, light in squares:
        left, top = round(cx) - SIDE // 2, round(cy) - SIDE // 2
        image[max(0, top) : top + SIDE, max(0, left) : left + SIDE] = [round(part * light) for part in colour]
    return image


def square(cx: float, cy: float) -> Box:
    return Box.from_centre(cx, cy, width=SIDE, height=SIDE)


class ColourEngine:
    """One anchor a cell, of the target's size. An exemplar is the colour in its middle, and around it ever less."""

    instance_size = 271
    window = 127.0
    place = Place("cpu", "float32")

    def __init__(self) -> None:
        self.exemplars: list[Image] = []
        self.sizes: list[int] = []

    def template(self, exemplar: Image) -> Detector:
        self.exemplars.append(exemplar)
        colour = _seen(exemplar)[63, 63]
        classes = torch.tensor([*(GAIN * colour), -THRESHOLD]).float().reshape(1, 4, 1, 1)
        return Detector(classes, torch.zeros(4, 1, 1, 1))

    def respond(self, kernels: Sequence[Detector], regions: Sequence[Image]) -> list[Response]:
        return [self._respond(kernel, region) for kernel, region in zip(kernels, regions, strict=True)]

    def _respond(self, kernel: Detector, region: Image) -> Response:
        self.sizes.append(region.shape[0])
        offsets = (np.arange((region.shape[0] - 127) // 8 + 1) - (region.shape[0] - 127) // 16) * 8
        at = region.shape[0] // 2 + offsets
        cells = np.dstack([_seen(region)[np.ix_(at, at)], np.ones((len(at), len(at)), np.float32)])
        logits: FloatArray = np.einsum("oc,rsc->ors", kernel.classes[:, :, 0, 0].numpy(), cells).astype(np.float32)
        boxes = np.full((4, 1, len(at), len(at)), 63.5, np.float32)
        boxes[0, 0], boxes[1, 0] = offsets[None, :], offsets[:, None]
        similarity = logits[:1]
        if len(logits) == 1:
            return Response(logistic(similarity), boxes)
        distraction = logits[1:] if logits[1:].any() else None
        return DistractorResponse(logistic(similarity), boxes, similarity, distraction)


def _seen(image: Image) -> FloatArray:
    blurred = np.asarray(cv2.GaussianBlur(image, (0, 0), 14), np.float32)
    return blurred / np.float32(255)
