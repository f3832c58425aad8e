"""Five textured targets on a folder of 200 pictures, two pillars that hide them in part, and a tracker that compares
patches: it drifts and loses its target behind a pillar, as a real one does, and takes a millisecond.
"""

from __future__ import annotations

import math
from pathlib import Path

import cv2
import numpy as np

from tests.support.trackers import CONSTANTS, MEASURED, plausible_evidence
from tracker_core.decision.score_map import Constants
from tracker_core.geometry import Box
from tracker_core.tracker import Image, Place, Prediction

WIDTH, HEIGHT, FRAMES = 480, 270, 200
SIZES = ((40, 30), (30, 44), (46, 26), (34, 34), (28, 38))
PILLARS = ((146, 14), (322, 22))  # left edge and width
REACH = 14  # pixels around the last place in which the target is searched
NONE, ALL = 0.35, 0.85  # of the correlation: surely wrong, surely right


def truth(target: int, frame: int) -> Box:
    """The true box of a target, even if it is hidden."""
    width, height = SIZES[target]
    cx = 60 + 90 * target + 28 * math.sin(2 * math.pi * (frame / 120 + target / 5))
    cy = 135 + (70 - 8 * target) * math.sin(2 * math.pi * (frame / 160 + target / 3))
    return Box(round(cx - width / 2), round(cy - height / 2), width, height)


def picture(frame: int) -> Image:
    noise = np.random.default_rng(0).integers(70, 150, (27, 48, 3)).astype(np.uint8)
    image = cv2.resize(noise, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
    for target, (width, height) in enumerate(SIZES):
        box = truth(target, frame)
        x, y = int(box.x), int(box.y)
        image[y : y + height, x : x + width] = _texture(target)
    for left, width in PILLARS:
        image[:, left : left + width] = (90, 90, 96)
    return np.asarray(image, np.uint8)


def write_pictures(folder: Path) -> Path:
    folder.mkdir()
    for frame in range(FRAMES):
        cv2.imwrite(str(folder / f"{frame:04d}.png"), picture(frame)[:, :, ::-1])
    return folder


def _texture(target: int) -> Image:
    random = np.random.default_rng(target + 10)
    patches = random.integers(0, 255, (4, 4, 3)).astype(np.uint8)
    return np.asarray(cv2.resize(patches, SIZES[target], interpolation=cv2.INTER_NEAREST), np.uint8)


class PatchTracker:
    """Searches near the last place for the patch that it was started on."""

    name = "patch"
    place = Place("nowhere", "float32")
    calibration = MEASURED

    def __init__(self, constants: Constants = CONSTANTS) -> None:
        self.constants = constants

    def with_constants(self, constants: Constants) -> PatchTracker:
        return PatchTracker(constants)

    def init(self, image: Image, box: Box) -> _PatchTarget:
        return _PatchTarget(image, box)


class _PatchTarget:
    def __init__(self, image: Image, box: Box) -> None:
        self.box = box
        x, y, width, height = (round(side) for side in box.as_tuple())
        self._patch = np.ascontiguousarray(image[max(y, 0) : y + height, max(x, 0) : x + width])

    def update(self, image: Image, *, with_evidence: bool = False) -> Prediction:
        height, width = self._patch.shape[:2]
        left = min(max(round(self.box.x) - REACH, 0), image.shape[1] - width)
        top = min(max(round(self.box.y) - REACH, 0), image.shape[0] - height)
        region = image[top : top + height + 2 * REACH, left : left + width + 2 * REACH]
        found = cv2.matchTemplate(np.ascontiguousarray(region), self._patch, cv2.TM_CCOEFF_NORMED)
        _, correlation, _, (x, y) = cv2.minMaxLoc(found)
        self.box = Box(left + x, top + y, self.box.width, self.box.height)
        score = float(min(max((correlation - NONE) / (ALL - NONE), 0.01), 0.99))
        return Prediction(self.box, score, plausible_evidence(image, self.box, score=score) if with_evidence else None)

    def move_to(self, box: Box) -> None:
        self.box = box
