"""Cut and paste: objects over other pictures, and things in front of the target."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from tracker_core.geometry import Box
from tracker_core.images import Image


def paste_over(canvas: Image, cutting: Image, mask: NDArray[np.float32]) -> tuple[Image, Box | None]:
    """Paste the masked part of ``cutting`` over ``canvas``, both (H, W, 3). Also returns the box of its visible
    part, None if nothing of it is visible.
    """
    alpha = mask[:, :, None]
    blended = canvas * (1 - alpha) + cutting * alpha
    columns, rows = np.flatnonzero(mask.max(axis=0) > 0.5), np.flatnonzero(mask.max(axis=1) > 0.5)
    if len(columns) < 2 or len(rows) < 2:
        return canvas, None
    box = Box.from_corners(float(columns[0]), float(rows[0]), float(columns[-1] + 1), float(rows[-1] + 1))
    return blended.astype(np.uint8), box


def cover_part(image: Image, box: Box, texture: Image, rng: np.random.Generator) -> Image:
    """Cover a tenth to a half of the box with a band or an ellipse of another picture, from a random side."""
    share = rng.uniform(0.1, 0.5)
    angle = rng.uniform(0, 2 * np.pi)
    reach = np.array([np.cos(angle) * box.width, np.sin(angle) * box.height])
    centre = np.array([box.cx, box.cy]) + reach * (1 - share)
    mask = np.zeros(image.shape[:2], np.uint8)
    axes = (round(box.width * rng.uniform(0.5, 0.7)), round(box.height * rng.uniform(0.5, 0.7)))
    middle = (round(float(centre[0])), round(float(centre[1])))
    if rng.random() < 0.5:
        cv2.ellipse(mask, middle, axes, 0, 0, 360, 255, -1)
    else:
        corner = (middle[0] - axes[0], middle[1] - axes[1])
        cv2.rectangle(mask, corner, (middle[0] + axes[0], middle[1] + axes[1]), 255, -1)
    return np.where(mask[:, :, None] > 0, texture, image).astype(np.uint8)
