"""Boxes such as a tracker reports after it has lost its target: IoU with the true box under 0.3."""

from __future__ import annotations

import math

import numpy as np

from tracker_core.geometry import Box

LOST_IOU = 0.3
TRIES = 50


def drifted(box: Box, *, width: float, height: float, rng: np.random.Generator) -> Box:
    """A box of about the same size near the object; its centre lies in the picture."""
    for _ in range(TRIES):
        reach = rng.uniform(-1.3, 1.3, 2)
        moved = _changed(box, reach=reach, grown=math.exp(rng.normal(0, 0.35)), stretched=math.exp(rng.normal(0, 0.15)))
        if moved.iou(box) < LOST_IOU and _holds(moved, width=width, height=height):
            return moved
    return beside(box, width=width, height=height, rng=rng)


def resized(box: Box, *, width: float, height: float, rng: np.random.Generator) -> Box:
    """A box on the object, but with sides 1.7 to 3 times too long or too short."""
    for _ in range(TRIES):
        grown = math.exp(rng.choice([-1, 1]) * rng.uniform(math.log(1.7), math.log(3)))
        reach = rng.uniform(-0.35, 0.35, 2) * max(grown, 1)
        moved = _changed(box, reach=reach, grown=grown, stretched=math.exp(rng.normal(0, 0.15)))
        if moved.iou(box) < LOST_IOU and _holds(moved, width=width, height=height):
            return moved
    return _changed(box, reach=np.zeros(2), grown=0.5, stretched=1.0)


def beside(box: Box, *, width: float, height: float, rng: np.random.Generator) -> Box:
    """A box of the same size, up to three sizes away, that does not touch the object; else in the farthest corner."""
    for _ in range(TRIES):
        reach = rng.uniform(-3, 3, 2)
        moved = _changed(box, reach=reach, grown=1.0, stretched=1.0)
        if moved.iou(box) == 0 and _holds(moved, width=width, height=height):
            return moved
    cx = 0.0 if box.cx > width / 2 else width
    cy = 0.0 if box.cy > height / 2 else height
    return Box.from_centre(cx, cy, width=box.width / 2, height=box.height / 2)


def _changed(box: Box, *, reach: np.ndarray[tuple[int], np.dtype[np.float64]], grown: float, stretched: float) -> Box:
    """The box, moved by ``reach`` times its sides and scaled."""
    return Box.from_centre(
        box.cx + reach[0] * box.width,
        box.cy + reach[1] * box.height,
        width=box.width * grown * stretched,
        height=box.height * grown / stretched,
    )


def _holds(box: Box, *, width: float, height: float) -> bool:
    """Whether the box's centre lies in the picture."""
    return 0 <= box.cx < width and 0 <= box.cy < height
