"""A tracker as a plug-in: it searches for the first crop around the last place, by normalised correlation (OpenCV)."""

from __future__ import annotations

import cv2
import numpy as np

from tracker_core.decision.prediction import Prediction
from tracker_core.decision.reliability import AS_IT_IS, ScoreCalibration
from tracker_core.decision.score_map import Constants
from tracker_core.geometry import Box
from tracker_core.tracker import DeviceName, Image, Place, PrecisionName

REACH = 1.0  # of the box's sides, to each side of it


def load(device: DeviceName, precision: PrecisionName) -> TemplateTracker:
    """The function that the entry point names. It makes the tracker for the chosen device."""
    return TemplateTracker()


class TemplateTracker:
    name = "template"
    constants = Constants()
    calibration: ScoreCalibration = AS_IT_IS  # nobody has measured what its score means
    place = Place("cpu", "float32")

    def with_constants(self, constants: Constants) -> TemplateTracker:
        return self  # it has none

    def init(self, image: Image, box: Box) -> TemplateTarget:
        return TemplateTarget(image, box)


class TemplateTarget:
    """One followed target, used by one thread. Frames are RGB arrays (height, width, 3)."""

    def __init__(self, image: Image, box: Box) -> None:
        self.box = box
        self._template = _cut(image, box)[0]

    def update(self, image: Image, *, with_evidence: bool = False) -> Prediction:
        box = self.box
        dx, dy = REACH * box.width, REACH * box.height
        region, left, top = _cut(image, Box(box.x - dx, box.y - dy, box.width + 2 * dx, box.height + 2 * dy))
        height, width = self._template.shape[:2]
        if region.shape[0] < height or region.shape[1] < width:
            return Prediction(box, 0.0, None)
        found = cv2.matchTemplate(region, self._template, cv2.TM_CCOEFF_NORMED)
        _, score, _, (x, y) = cv2.minMaxLoc(found)
        self.box = Box(left + x, top + y, box.width, box.height)
        return Prediction(self.box, float(np.clip(score, 0, 1)), None)

    def move_to(self, box: Box) -> None:
        self.box = box


def _cut(image: Image, box: Box) -> tuple[Image, int, int]:
    """The part of the picture inside a box, cut at whole pixels, and its left-top corner."""
    height, width = image.shape[:2]
    left, top = max(round(box.x), 0), max(round(box.y), 0)
    right, bottom = min(round(box.right), width), min(round(box.bottom), height)
    left, top = min(left, width - 1), min(top, height - 1)
    return image[top : max(bottom, top + 1), left : max(right, left + 1)], left, top
