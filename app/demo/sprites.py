"""The things that move in the demo clip, each drawn once: cars, a ball, a kite, a boat."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from app.demo.painting import Painting, Pixels, smooth

SCALE = 4.0  # pixels a unit: sprites are only ever reduced

INK = (38.0, 40.0, 52.0)
WHITE = (250.0, 248.0, 242.0)

WHEEL_RADIUS = 10.5
CAR_WHEELS = ((28.0, 37.5), (93.0, 37.5))


@dataclass(frozen=True, slots=True, eq=False)
class Sprite:
    """A picture with its anchor, in its own units: it stands on that point and turns around it."""

    pixels: Pixels
    anchor: tuple[float, float]
    outline: NDArray[np.float64]  # (K, 2) units; the corners of its visible part


def car(*, racing: bool) -> Sprite:
    """A small car that drives to the right, 120 x 48; the racing one has a white stripe and a number."""
    painting = Painting(120, 49, scale=SCALE)
    red = painting.vertical((4, (246, 108, 92)), (17, (226, 48, 48)), (30, (205, 30, 40)), (41, (120, 12, 26)))
    body = [(3, 39), (2, 29), (4, 20), (15, 17), (26, 5), (36, 3), (66, 3), (77, 6), (92, 17), (110, 20), (118, 27)]
    painting.polygon(smooth([*body, (118, 37), (114, 41), (8, 41)]), red)
    glass = painting.vertical((6, (196, 226, 240)), (19, (86, 120, 148)))
    painting.polygon(smooth([(20, 18), (29, 7), (36, 6), (48, 6), (48, 18)]), glass)
    painting.polygon(smooth([(52, 18), (52, 6), (66, 6), (74, 8), (88, 18)]), glass)
    for left in (32, 62):
        painting.polygon([(left, 6), (left + 5, 6), (left - 2, 18), (left - 7, 18)], WHITE, opacity=0.35)
    painting.line([(6, 20), (40, 19), (94, 19), (112, 22)], 0.8, (255, 178, 160), opacity=0.8)
    painting.lines([[(50, 5), (50, 38)], [(77, 20), (75, 38)]], 0.6, (110, 10, 24), opacity=0.8)
    painting.rectangle(54, 22, 60, 23.4, (250, 214, 208), opacity=0.9)
    if racing:
        painting.polygon([(3, 28), (117, 28), (118, 32), (3, 32)], WHITE)
        painting.ellipse(64, 28, 8.5, 8.5, WHITE)
        painting.text("7", 60.2, 33, 12, INK)
    painting.ellipse(114, 26, 3.4, 3.2, (255, 244, 190))
    painting.ellipse(5, 25, 2.4, 4, (255, 120, 70))
    painting.polygon([(2, 37), (118, 37), (116, 41), (6, 41)], (62, 64, 76))
    for x, y in CAR_WHEELS:
        painting.ellipse(x, y - 1, WHEEL_RADIUS + 2.2, WHEEL_RADIUS + 2.2, (44, 10, 18), span=(180, 360))
        painting.ellipse(x, y, WHEEL_RADIUS, WHEEL_RADIUS, INK)
    return _cut_out(painting, anchor=(60, 48))


def wheel() -> Sprite:
    """The turning part of a car's wheel."""
    painting = Painting(18, 18, scale=SCALE)
    painting.ellipse(9, 9, 6.6, 6.6, (214, 216, 222))
    painting.ellipse(9, 9, 5.4, 5.4, (150, 154, 166))
    for start in range(0, 360, 72):
        painting.ellipse(9, 9, 5.6, 5.6, (228, 230, 236), span=(start, start + 32))
    painting.ellipse(9, 9, 1.8, 1.8, INK)
    return _cut_out(painting, anchor=(9, 9))


def ball() -> Sprite:
    """A beach ball of 46; ``ball_shading`` lies over it and does not turn."""
    painting = Painting(48, 48, scale=SCALE)
    colours = ((246, 70, 74), WHITE, (255, 196, 40), WHITE, (36, 150, 222), WHITE)
    for index, colour in enumerate(colours):
        painting.ellipse(24, 24, 23, 23, colour, span=(60 * index, 60 * index + 60.5))
    painting.ellipse(24, 24, 5, 5, (255, 196, 40))
    return _cut_out(painting, anchor=(24, 24))


def ball_shading() -> Sprite:
    painting = Painting(48, 48, scale=SCALE)
    rows, columns = np.mgrid[0 : painting.pixels.shape[0], 0 : painting.pixels.shape[1]] / SCALE
    inside = np.clip((22.9 - np.hypot(columns - 24, rows - 24)) * SCALE, 0, 1)
    dark = np.clip((np.hypot(columns - 17, rows - 15) - 14) / 26, 0, 1) ** 1.3 * inside * 0.62
    painting.lay((52, 40, 84), dark.astype(np.float32))
    painting.ellipse(16, 13, 5, 3.4, WHITE, opacity=0.75, blur=1.2)
    return _cut_out(painting, anchor=(24, 24))


def kite() -> Sprite:
    """A diamond of 60 x 78 with a face."""
    painting = Painting(62, 80, scale=SCALE)
    top, right, bottom, left, middle = (31, 1), (61, 30), (31, 79), (1, 30), (31, 30)
    for corners, colour in (
        ((top, middle, left), (255, 206, 64)),
        ((top, right, middle), (250, 140, 52)),
        ((left, middle, bottom), (238, 84, 120)),
        ((middle, right, bottom), (150, 70, 176)),
    ):
        painting.polygon(corners, colour)
    painting.polygon([top, (36, 8), (36, 72), bottom, right], (255, 255, 255), opacity=0.10)
    painting.lines([[top, bottom], [left, right]], 1.2, (92, 52, 48))
    for x in (23, 39):
        painting.ellipse(x, 23, 4.2, 4.8, WHITE)
        painting.ellipse(x + 0.8, 24, 2, 2.4, INK)
    painting.line(smooth([(22, 38), (26, 43), (36, 43), (40, 38)], closed=False), 1.6, WHITE)
    return _cut_out(painting, anchor=(31, 30))


def boat() -> Sprite:
    """A sailing boat of 84 x 94 that stands on its waterline."""
    painting = Painting(86, 96, scale=SCALE)
    painting.rectangle(40.6, 2, 42.4, 82, (120, 84, 58))
    sail = painting.vertical((4, (255, 252, 240)), (74, (232, 216, 190)))
    painting.polygon(smooth([(39, 5), (39, 5), (39, 74), (39, 74), (8, 74), (8, 74), (22, 44)]), sail)
    painting.lines([[(30, 24), (39, 24)], [(21, 44), (39, 44)], [(13, 62), (39, 62)]], 0.5, (190, 172, 150))
    painting.ellipse(30, 53, 6, 6, (226, 60, 66))
    painting.ellipse(30, 53, 3, 3, (255, 250, 238))
    jib = painting.vertical((8, (255, 166, 84)), (74, (226, 92, 48)))
    painting.polygon(smooth([(44, 9), (44, 9), (76, 73), (76, 73), (44, 70), (44, 70)]), jib)
    hull = painting.vertical((78, (252, 252, 250)), (85, (222, 226, 234)), (86, (36, 86, 150)), (94, (22, 52, 104)))
    painting.polygon(smooth([(3, 78), (3, 78), (83, 77), (83, 77), (72, 93), (16, 94)]), hull)
    painting.line([(5, 80), (80, 79)], 0.9, (176, 120, 72))
    return _cut_out(painting, anchor=(42, 92))


def _cut_out(painting: Painting, *, anchor: tuple[float, float]) -> Sprite:
    solid = (painting.pixels[..., 3] >= 0.5).astype(np.uint8)
    contours, _ = cv2.findContours(solid, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    corners = np.concatenate(contours)[:, 0]
    # The four corners of each pixel of the rim; a pixel's coordinates are those of its left-top corner.
    rim = np.concatenate([corners + offset for offset in ((0, 0), (1, 0), (0, 1), (1, 1))])
    return Sprite(painting.pixels, anchor, cv2.convexHull(rim.astype(np.float32))[:, 0].astype(np.float64) / SCALE)
