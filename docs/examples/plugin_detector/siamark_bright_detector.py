"""A detector as a plug-in: it finds everything that is bright and large enough. Yours would run a network."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import cv2

from tracker_core.geometry import Box
from tracker_core.tracker import DeviceName, Image

BRIGHT = 200  # of 255
LEAST_AREA = 30  # pixels

Found = tuple[Box, str, float]  # where it is, its label, and a score from 0 to 1


def load(device: DeviceName) -> Callable[[Image], Iterator[Found]]:
    """The function that the entry point names. It makes the detector for the chosen device."""
    return detect


def detect(image: Image) -> Iterator[Found]:
    """Find boxes in one frame, an RGB array (height, width, 3)."""
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    _, bright = cv2.threshold(grey, BRIGHT, 255, cv2.THRESH_BINARY)
    count, _, facts, _ = cv2.connectedComponentsWithStats(bright)
    for left, top, width, height, area in facts[1:count].tolist():
        if area >= LEAST_AREA:
            yield Box(left, top, width, height), "bright", area / (width * height)
