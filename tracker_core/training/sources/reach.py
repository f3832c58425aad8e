"""Keeps only the part of a picture that crops of its targets can show."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np

from tracker_core.crops import exemplar_side
from tracker_core.geometry import Box
from tracker_core.images import Image
from tracker_core.training.pictures.prepared import LONGEST_SIDE, Instance

CONTEXT_SIDES = 4.0  # 511 / 127, as the published crops
SMALLEST_SIDE = 6.0  # of a box, in pixels of the original picture; smaller ones show nothing


def usable(instances: Sequence[Instance], image: Image, note: Callable[[str], None]) -> list[Instance]:
    """The instances whose boxes are large enough and mostly in the picture; ``note`` is called for the others."""
    height, width = image.shape[:2]
    kept = []
    for instance in instances:
        box = instance.box
        if min(box.width, box.height) < SMALLEST_SIDE:
            note("box under 6 pixels")
        elif box.clipped(width=width, height=height).area < 0.5 * box.area:
            note("box mostly outside the picture")
        else:
            kept.append(instance)
    return kept


def within_reach(
    image: Image,
    instances: Sequence[Instance],
    *,
    around: Sequence[Instance] = (),
    sides: float = CONTEXT_SIDES,
    longest: int | None = None,
) -> tuple[Image, list[Instance]]:
    """The part of the picture that a search region of any target could show.

    The returned boxes and outlines are in pixels of that part. A picture without targets is kept whole.

    Args:
        around: the targets that the part must surround; all by default.
        sides: width of the part around a target, in sides of its exemplar crop.
        longest: the most pixels that a side of the part may have, ``LONGEST_SIDE`` by default; larger parts are scaled
            down.
    """
    height, width = image.shape[:2]
    left, top, right, bottom = 0.0, 0.0, float(width), float(height)
    if instances:
        reach = [(i.box, exemplar_side(i.box) * sides / 2) for i in around or instances]
        left = max(0.0, min(box.cx - r for box, r in reach))
        top = max(0.0, min(box.cy - r for box, r in reach))
        right = min(float(width), max(box.cx + r for box, r in reach))
        bottom = min(float(height), max(box.cy + r for box, r in reach))
    x, y = int(left), int(top)
    part = image[y : max(y + 1, round(bottom)), x : max(x + 1, round(right))]
    scale = min(1.0, (longest or LONGEST_SIDE) / max(part.shape[:2]))
    if scale < 1.0:
        part = np.asarray(cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    return part, [_moved(instance, x=x, y=y, scale=scale) for instance in instances]


def _moved(instance: Instance, *, x: float, y: float, scale: float) -> Instance:
    box = instance.box
    outline = tuple(
        tuple(round((value - (x, y)[position % 2]) * scale, 1) for position, value in enumerate(polygon))
        for polygon in instance.outline
    )
    moved = Box((box.x - x) * scale, (box.y - y) * scale, box.width * scale, box.height * scale)
    return Instance(instance.track, instance.category, moved, outline)
