"""The still parts of the demo clip: layers from the sky to the tree in front, each with its depth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.demo.painting import Painting, Pixels, smooth

VIEW_WIDTH, VIEW_HEIGHT = 640, 360  # units; a unit is one pixel of the clip without zoom
PAN = 300.0  # how far the camera pans to the right, at depth 1
SCALE = 2.0  # pixels a unit

HORIZON = 150.0
PAVING = (226.0, 263.0)  # top, bottom
ROAD = (269.0, 346.0)
COLUMN = (368.0, 142.0, 438.0, 256.0)  # left, top, right, bottom of the advertising column
CHILD_HAND = (236.0, 199.0)

WHITE = (250.0, 248.0, 242.0)


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """A picture that moves against the camera: not at all at depth 0, like the road at depth 1."""

    pixels: Pixels
    depth: float


def sky(rng: np.random.Generator) -> Layer:
    painting = _layer(0.1)
    painting.lay(
        painting.vertical((0, (74, 148, 214)), (80, (148, 202, 236)), (132, (250, 230, 204)), (150, (255, 220, 180))),
        np.ones(painting.pixels.shape[:2], dtype=np.float32),
    )
    painting.ellipse(520, 118, 120, 80, (255, 240, 206), opacity=0.55, blur=30)
    fade = np.interp(np.arange(len(painting.pixels)) / SCALE, (0, 20, 95, 140), (0.0, 1.0, 0.8, 0.0))[:, np.newaxis]
    noise = painting.texture(rng, grain=(150, 34), octaves=5)[..., 0]
    clouds = np.clip((noise - 0.22) * 1.7, 0, 0.92) * fade
    painting.lay((255, 252, 248), clouds.astype(np.float32))
    shade = np.clip((noise - 0.62) * 1.3, 0, 0.5) * fade
    painting.lay((190, 198, 222), shade.astype(np.float32))
    return Layer(painting.pixels, 0.1)


def coast(rng: np.random.Generator) -> Layer:
    painting = _layer(0.25)
    far = [(-60, 190), (-60, 116), (60, 104), (130, 122), (210, 96), (300, 120), (390, 112), (470, 126), (560, 120)]
    painting.polygon(smooth([*far, (640, 132), (800, 126), (800, 190)]), (150, 176, 204))
    near = [(230, 200), (300, 149), (380, 128), (450, 118), (520, 124), (600, 108), (680, 116), (800, 104), (800, 200)]
    green = painting.vertical((104, (132, 172, 132)), (152, (84, 136, 118))) + 12 * painting.texture(rng, grain=(14, 7))
    painting.polygon(smooth(near), green)
    for _ in range(26):
        x, width, height = rng.uniform(430, 720), rng.uniform(9, 16), rng.uniform(7, 13)
        base = 151 - rng.uniform(0, 12)
        painting.rectangle(x, base - height, x + width, base, (246, 236, 220))
        painting.rectangle(x + width * 0.62, base - height, x + width, base, (196, 176, 172), opacity=0.55)
        painting.polygon(
            [(x - 1, base - height), (x + width / 2, base - height - 5), (x + width + 1, base - height)], (214, 104, 78)
        )
        painting.rectangle(x + 2, base - height + 3, x + 4.4, base - height + 6, (96, 118, 148))
    painting.polygon([(346, 150), (349, 98), (357, 98), (360, 150)], WHITE)
    for top in (104, 120, 136):
        painting.polygon([(348.5, top), (357.5, top), (358.2, top + 8), (347.8, top + 8)], (220, 66, 62))
    painting.rectangle(348, 90, 358, 98, (70, 84, 110))
    painting.ellipse(353, 90, 6, 5, (220, 66, 62), span=(180, 360))
    painting.ellipse(353, 152, 34, 9, (92, 104, 104))
    return Layer(painting.pixels, 0.25)


def sea(rng: np.random.Generator) -> Layer:
    painting = _layer(0.45)
    water = painting.vertical((150, (176, 214, 224)), (164, (84, 164, 196)), (226, (24, 104, 152)))
    painting.rectangle(-20, HORIZON, 900, 240, water + 15 * painting.texture(rng, grain=(60, 3.2), octaves=4))
    glints = []
    for _ in range(420):
        y = HORIZON + 2 + 68 * rng.uniform() ** 1.6
        half = (y - HORIZON) * 0.11 + 0.8
        x = rng.normal(600, 90) if rng.uniform() < 0.35 else rng.uniform(0, 800)
        glints.append([(x - half, y), (x + half, y)])
    painting.lines(glints, 0.6, (255, 250, 232), opacity=0.6)
    return Layer(painting.pixels, 0.45)


def street(rng: np.random.Generator) -> Layer:
    """The sea wall, the promenade with what stands on it, and the road."""
    painting = _layer(1.0)
    right = VIEW_WIDTH + PAN
    stone = painting.vertical((212, (240, 228, 208)), (226, (196, 178, 160)))
    painting.rectangle(-20, 213, right, 227, stone + 9 * painting.texture(rng, grain=(16, 8)))
    painting.rectangle(-20, 210, right, 214, (250, 242, 228))
    painting.lines([[(x, 214), (x, 226)] for x in range(0, int(right), 34)], 0.7, (160, 142, 128), opacity=0.7)
    _paving(painting, right, rng)
    for x in (70, 640, 900):
        _lamp_post(painting, x)
    for x in (140, 520, 780):
        _flower_box(painting, x, rng)
    _bench(painting, 300)
    _bench(painting, 700)
    _child(painting)
    _parasol(painting, 834)
    _road(painting, right, rng)
    return Layer(painting.pixels, 1.0)


def advertising_column() -> Layer:
    """Stands on the promenade, in front of the ball's way."""
    painting = _layer(1.0)
    left, top, right, bottom = COLUMN
    middle = (left + right) / 2
    painting.ellipse(middle + 12, bottom, 46, 5, (60, 44, 60), opacity=0.4, blur=2)
    painting.rectangle(left, top, right, bottom, (236, 226, 202))
    posters = (((242, 182, 60), (196, 60, 66)), ((52, 132, 150), (246, 232, 200)), ((224, 96, 112), (72, 50, 96)))
    for index, (paper, ink) in enumerate(posters):
        x = left + 3 + index * 22
        painting.rectangle(x, top + 16, x + 20, bottom - 22, paper)
        painting.ellipse(x + 10, top + 36, 7, 7, ink)
        painting.rectangle(x + 3, top + 50, x + 17, top + 53, ink)
        print_lines = [[(x + 3, y), (x + 17, y)] for y in np.arange(top + 60, bottom - 26, 5)]
        painting.lines(print_lines, 1.2, ink, opacity=0.6)
    painting.rectangle(left - 2, bottom - 16, right + 2, bottom, (58, 92, 84))
    painting.rectangle(left - 3, top + 2, right + 3, top + 11, (58, 92, 84))
    painting.ellipse(middle, top + 2, 36, 20, (76, 120, 108), span=(180, 360))
    painting.ellipse(middle, top - 18, 3, 4, (232, 190, 92))
    for step in range(12):
        darkness = 0.26 * (1 - step / 12) ** 2
        painting.rectangle(left + 2 * step, top + 11, left + 2 + 2 * step, bottom, (40, 24, 50), opacity=darkness)
        painting.rectangle(right - 2 - 2 * step, top + 11, right - 2 * step, bottom, (40, 24, 50), opacity=darkness)
    return Layer(painting.pixels, 1.0)


def foreground(rng: np.random.Generator) -> Layer:
    """A verge and a plane tree, nearer than the road."""
    painting = _layer(1.15)
    right = VIEW_WIDTH + 1.15 * PAN
    grass = painting.vertical((342, (132, 172, 74)), (372, (58, 108, 52))) + 20 * painting.texture(rng, grain=(9, 5))
    painting.rectangle(-20, 350, right, 380, grass)
    for colour, count in (((150, 190, 84), 500), ((74, 128, 56), 500), ((196, 208, 112), 160)):
        blades = []
        for x in rng.uniform(-10, right, count):
            height, lean = rng.uniform(4, 11), rng.uniform(-3, 3)
            blades.append([(float(x), 355.0), (float(x) + lean, 354 - height)])
        painting.lines(blades, 0.9, colour)
    _plane_tree(painting, 690, rng)
    return Layer(painting.pixels, 1.15)


def _plane_tree(painting: Painting, x: float, rng: np.random.Generator) -> None:
    bark = (112, 88, 70) + 26 * painting.texture(rng, grain=(7, 22), octaves=4)
    left_side = [(x - 19, -30), (x - 15, 120), (x - 17, 250), (x - 25, 340), (x - 35, 362)]
    right_side = [(x + 35, 362), (x + 23, 340), (x + 17, 250), (x + 16, 120), (x + 23, -30)]
    painting.polygon(smooth([*left_side, *right_side]), bark)
    for _ in range(34):
        patch = (rng.uniform(x - 13, x + 11), rng.uniform(20, 330), rng.uniform(2, 6), rng.uniform(3, 9))
        painting.ellipse(*patch, (186, 170, 136), opacity=0.35)
    middle = [(x + 5, -30), (x + 9, 120), (x + 7, 250), (x + 13, 362)]
    painting.polygon(smooth([*middle, *right_side]), (44, 30, 40), opacity=0.35, blur=1)
    for tone, reach, count in (((44, 92, 52), 1.0, 150), ((70, 128, 58), 0.95, 150), ((128, 172, 74), 0.85, 110)):
        for _ in range(count):
            across = 74 * reach * rng.normal()
            y = rng.uniform(-16, 36 * reach) - 6 - 0.09 * abs(across)
            red, green, blue = np.array(tone) + rng.uniform(-10, 10)
            painting.ellipse(x + across, y, rng.uniform(5, 11), rng.uniform(4, 7), (red, green, blue))


def _layer(depth: float) -> Painting:
    return Painting(VIEW_WIDTH + PAN * depth, VIEW_HEIGHT, scale=SCALE)


def _paving(painting: Painting, right: float, rng: np.random.Generator) -> None:
    top, bottom = PAVING
    stone = painting.vertical((top, (232, 208, 178)), (bottom, (246, 226, 196)))
    painting.rectangle(-20, top, right, bottom, stone + 7 * painting.texture(rng, grain=(20, 6)))
    rows = [top + 7, top + 17, top + 29]
    painting.lines([[(-20, y), (right, y)] for y in rows], 0.8, (176, 150, 128), opacity=0.75)
    slabs = [[(x, top), (x - 26, bottom)] for x in range(0, int(right) + 40, 24)]
    painting.lines(slabs, 0.7, (176, 150, 128), opacity=0.6)
    painting.rectangle(-20, top, right, top + 4, (84, 62, 84), opacity=0.28)
    painting.rectangle(-20, bottom, right, bottom + 2, (250, 246, 238))
    painting.rectangle(-20, bottom + 2, right, bottom + 7, (168, 160, 158))


def _road(painting: Painting, right: float, rng: np.random.Generator) -> None:
    top, bottom = ROAD
    asphalt = painting.vertical((top, (112, 112, 124)), (bottom, (92, 92, 106)))
    texture = 7 * painting.texture(rng, grain=(40, 10)) + 7 * painting.texture(rng, grain=(1.6, 1.2), octaves=1)
    painting.rectangle(-20, top, right, 360, asphalt + texture)
    painting.rectangle(-20, top, right, top + 4, (40, 36, 52), opacity=0.3)
    for x in range(-10, int(right), 62):
        painting.polygon([(x, 302), (x + 34, 302), (x + 32, 306), (x - 2, 306)], (244, 238, 220), opacity=0.9)
    painting.rectangle(-20, bottom - 4, right, bottom - 1, (244, 238, 220), opacity=0.8)
    painting.ellipse(212, 322, 13, 4, (66, 66, 78))
    painting.ellipse(212, 321.4, 11, 3.1, (98, 98, 110))
    cracks = [[(x, 276), (x + 9, 284), (x + 6, 292), (x + 15, 300)] for x in (120, 470, 655)]
    painting.lines([smooth(crack, closed=False) for crack in cracks], 0.7, (62, 60, 74))


def _lamp_post(painting: Painting, x: float) -> None:
    painting.ellipse(x + 8, 236, 14, 2.4, (60, 44, 60), opacity=0.4, blur=1)
    painting.rectangle(x - 1.6, 96, x + 1.6, 236, (52, 66, 80))
    painting.polygon([(x - 5, 236), (x - 2.4, 222), (x + 2.4, 222), (x + 5, 236)], (52, 66, 80))
    painting.line(smooth([(x, 110), (x, 96), (x + 7, 90), (x + 16, 92)], closed=False), 2.2, (52, 66, 80))
    painting.ellipse(x + 17, 95, 6.5, 5, (255, 240, 200))
    painting.ellipse(x + 17, 93, 7.6, 4, (52, 66, 80), span=(180, 360))


def _flower_box(painting: Painting, x: float, rng: np.random.Generator) -> None:
    painting.ellipse(x + 26, 238, 32, 3, (60, 44, 60), opacity=0.4, blur=1)
    painting.polygon([(x, 224), (x + 46, 224), (x + 43, 238), (x + 3, 238)], (176, 92, 66))
    painting.rectangle(x - 1, 222, x + 47, 226, (204, 118, 86))
    tones = ((58, 116, 62), (82, 142, 70), (58, 116, 62), (236, 84, 120), (255, 204, 80), (250, 244, 240))
    for index in range(54):
        size = 3.6 if index < 30 else 2.0
        tone = tones[index % 3] if index < 30 else tones[3 + index % 3]
        painting.ellipse(x + rng.uniform(2, 44), rng.uniform(211, 222), size, size * 0.9, tone)


def _bench(painting: Painting, x: float) -> None:
    painting.ellipse(x + 28, 240, 32, 3, (60, 44, 60), opacity=0.4, blur=1)
    painting.lines([[(x + 5, 214), (x + 5, 240)], [(x + 45, 214), (x + 45, 240)]], 2, (56, 60, 70))
    for y in (212, 217, 222):
        painting.rectangle(x, y, x + 50, y + 3.4, (158, 104, 66))
    painting.polygon([(x - 1, 228), (x + 51, 228), (x + 53, 232), (x - 3, 232)], (178, 122, 78))


def _child(painting: Painting) -> None:
    """Holds the string of the kite."""
    painting.ellipse(232, 243, 11, 2, (60, 44, 60), opacity=0.4, blur=1)
    painting.lines([[(224, 226), (223, 242)], [(229, 226), (230, 242)]], 3.2, (60, 76, 130))
    painting.polygon(smooth([(220, 208), (233, 208), (233, 229), (220, 229)]), (255, 196, 64))
    painting.lines([[(230, 212), CHILD_HAND], [(224, 212), (232, 204)]], 2.6, (236, 184, 152))
    painting.ellipse(226, 200, 6.2, 6.6, (240, 190, 158))
    painting.ellipse(225.4, 197.6, 6.6, 5.2, (96, 60, 44), span=(150, 380))


def _parasol(painting: Painting, x: float) -> None:
    painting.ellipse(x + 10, 241, 40, 4, (60, 44, 60), opacity=0.35, blur=2)
    painting.rectangle(x - 1, 168, x + 1, 240, (238, 232, 220))
    for index in range(6):
        colour = (236, 86, 80) if index % 2 == 0 else WHITE
        painting.ellipse(x, 184, 44, 30, colour, span=(180 + index * 30, 210.5 + index * 30))
