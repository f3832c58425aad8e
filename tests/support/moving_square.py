"""A clip without a file: a bright square on a noisy ground, and where it is."""

from __future__ import annotations

import math

import numpy as np

from tracker_core.geometry import Box
from tracker_core.images import Image

WIDTH, HEIGHT, SIDE = 160, 120, 24


def moving_square(count: int, *, seed: int = 0) -> tuple[list[Image], list[Box]]:
    """Pictures of 160 x 120; the square goes round once in ``count`` frames."""
    ground = np.random.default_rng(seed).integers(40, 120, (HEIGHT, WIDTH, 3), np.uint8)
    images, boxes = [], []
    for number in range(count):
        angle = 2 * math.pi * number / count
        x, y = round(68 + 40 * math.cos(angle)), round(48 + 30 * math.sin(angle))
        image = ground.copy()
        image[y : y + SIDE, x : x + SIDE] = (230, 60, 40)
        image[y + 6 : y + 12, x + 6 : x + 18] = (40, 80, 240)
        images.append(image)
        boxes.append(Box(x, y, SIDE, SIDE))
    return images, boxes
