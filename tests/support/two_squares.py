"""A folder of images in which a red and a blue square pass each other, and tracks of them."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from app.model.box_record import keyframe
from app.model.track import Track
from tracker_core.geometry import Box
from tracker_core.images import Image

WIDTH, HEIGHT, SIDE, FRAMES = 240, 80, 24, 41
RED, BLUE = (220, 40, 40), (40, 60, 220)
MIDDLE = FRAMES // 2


def red_box(frame: int) -> Box:
    """From the left to the right."""
    return Box(4 + 5 * frame, 24, SIDE, SIDE)


def blue_box(frame: int) -> Box:
    """From the right to the left, a little lower; in the middle it covers the lower part of the red one."""
    return Box(4 + 5 * (FRAMES - 1 - frame), 32, SIDE, SIDE)


def picture(frame: int) -> Image:
    image = np.full((HEIGHT, WIDTH, 3), 110, np.uint8)
    for box, colour in ((red_box(frame), RED), (blue_box(frame), BLUE)):
        x, y = int(box.x), int(box.y)
        image[y : y + SIDE, x : x + SIDE] = colour
    return image


def write_two_squares(folder: Path) -> Path:
    folder.mkdir()
    for frame in range(FRAMES):
        cv2.imwrite(str(folder / f"{frame:04d}.png"), picture(frame)[:, :, ::-1])
    return folder


def swapped_tracks() -> list[Track]:
    """Track 1 begins on the red square and ends on the blue one, track 2 the other way round."""
    one, other = Track(1, "square", "#3b82f6"), Track(2, "square", "#f97316")
    last = FRAMES - 1
    one.put({0: keyframe(red_box(0)), MIDDLE: keyframe(red_box(MIDDLE)), last: keyframe(blue_box(last))})
    other.put({0: keyframe(blue_box(0)), MIDDLE: keyframe(blue_box(MIDDLE)), last: keyframe(red_box(last))})
    return [one, other]


def halves() -> list[Track]:
    """The red square in two tracks, with a break of three frames."""
    one, other = Track(1, "square", "#3b82f6"), Track(2, "square", "#f97316")
    one.put({0: keyframe(red_box(0)), 10: keyframe(red_box(10))})
    other.put({14: keyframe(red_box(14)), 40: keyframe(red_box(40))})
    return [one, other]
