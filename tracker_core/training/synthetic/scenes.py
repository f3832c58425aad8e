"""What happens in a synthetic clip: which objects, how large, where and how fast, drawn at random from the clip's
number.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from tracker_core.images import Image
from tracker_core.training.pictures.places import Place
from tracker_core.training.pictures.stock import Stock
from tracker_core.training.synthetic.clip import FRAME_HEIGHT, FRAME_WIDTH, Ground, Layer, SyntheticClip
from tracker_core.training.synthetic.cutouts import Cutout, Shadow, cut_out, of_parts, shadow_of
from tracker_core.training.synthetic.motion import Jump, Motion, Wave

FRAMES = 300
"""Jumps only happen within these frames of the endless clip."""
SMALLEST_SIDE = 28.0  # square root of the area of a box; smaller cut-outs show nothing
SHARP_GROUND = 25_000  # bytes of a JPEG; most smaller ones look blurred when they fill a frame
TARGET_SIDES = (32.0, 96.0)  # frame pixels
TRIES = 20


@dataclass(frozen=True, slots=True)
class ClipConfig:
    """What may happen in a clip, how often and how strongly.

    Raises:
        ValueError: if a number is out of its range.
    """

    look_alikes: int = 4  # at most
    twin: float = 0.4  # share of the look-alikes that are the target's own cut-out in other colours
    occluders: int = 2  # at most
    speed: float = 0.15  # at most, in target sides a frame; most are slower
    jump: float = 0.15  # chance of sudden jumps
    rotation: float = 25  # degrees, to either side
    scale: float = 0.35  # log
    aspect: float = 0.25  # log
    light: float = 0.25  # log
    shutter: float = 0.8  # frames, at most; causes motion blur
    shadow: float = 0.45  # darkness, at most

    def __post_init__(self) -> None:
        for name in ("twin", "jump", "shutter", "shadow"):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"`{name}` is from 0 to 1, not {getattr(self, name)}")
        for name in ("look_alikes", "occluders", "speed", "rotation", "scale", "aspect", "light"):
            if getattr(self, name) < 0:
                raise ValueError(f"`{name}` is at least 0, not {getattr(self, name)}")


class SyntheticClips:
    """An endless supply of clips: ``clip(n)`` is clip n of the seed.

    Raises:
        ValueError: if no still has an outline, so nothing can be cut out.
    """

    def __init__(self, stock: Stock, config: ClipConfig, *, seed: int, look_alike: float = 1.0) -> None:
        self._stock = stock
        self._config = config
        self._seed = seed
        self._look_alike_chance = look_alike
        self._things = [
            [place for place in places if self._is_large_enough(place)] if source.kind == "stills" else []
            for source, places in zip(stock.sources, stock.places, strict=True)
        ]
        chances = np.sqrt([len(places) for places in self._things])
        if not chances.any():
            raise ValueError("`synthetic` needs stills with outlines, and there are none")
        self._chances = chances / chances.sum()
        self._grounds = [grounds for number in stock.backgrounds if (grounds := self._grounds_of(number))]
        self._last: tuple[int, SyntheticClip] | None = None

    def clip(self, number: int) -> SyntheticClip:
        """Clip ``number``. The last one is cached, so that several pairs of a clip read its pictures only once."""
        if self._last is None or self._last[0] != number:
            self._last = number, self._drawn(number)
        return self._last[1]

    def _drawn(self, number: int) -> SyntheticClip:
        config, rng = self._config, np.random.default_rng((self._seed, number, 1))
        place = self._any_thing(rng)
        picture = self._stock.image(place)
        thing = self._cut(place, picture)
        side = math.exp(rng.uniform(math.log(TARGET_SIDES[0]), math.log(TARGET_SIDES[1])))
        fastest = config.speed * math.exp(rng.uniform(math.log(0.05), 0))
        target = Layer(thing, self._free_path(side, fastest, rng), side, self._shadow(thing, rng))
        backdrop = self._backdrop(place, rng)
        behind: list[Layer] = []
        before: list[Layer] = []
        if rng.random() < self._look_alike_chance and config.look_alikes:
            for _ in range(int(rng.integers(1, config.look_alikes + 1))):
                layer = self._look_alike(place, target, fastest, rng)
                (before if rng.random() < 0.4 else behind).append(layer)
        for _ in range(int(rng.integers(config.occluders + 1))):
            before.append(self._occluder(place, target, backdrop, rng))
        common = rng.uniform(0, config.light)
        light = [Wave.drawn(rng, reach=common, speed=common / 20)] * 3
        tints = rng.normal(0, config.light / 4, 3).tolist()
        waves = (Wave(tint, wave.sines) for tint, wave in zip(tints, light, strict=True))
        red, green, blue = waves
        ground = self._ground(backdrop, rng)
        shutter = float(rng.uniform(0, config.shutter))
        return SyntheticClip(place, ground, tuple(behind), target, tuple(before), (red, green, blue), shutter)

    def _grounds_of(self, number: int) -> list[Place]:
        """The sharp pictures of a source; all of them if none is sharp."""
        pictures = self._stock.sources[number].pictures
        sharp = [index for index, picture in enumerate(pictures) if picture.length >= SHARP_GROUND]
        return [Place(number, index, 0) for index in sharp or range(len(pictures))]

    def _is_large_enough(self, place: Place) -> bool:
        instance = self._stock.look(place)[1]
        box = instance.box
        return bool(instance.outline) and box.area >= SMALLEST_SIDE**2 and min(box.width, box.height) >= 12

    def _any_thing(self, rng: np.random.Generator) -> Place:
        places = self._things[int(rng.choice(len(self._things), p=self._chances))]
        return places[int(rng.integers(len(places)))]

    def _cut(self, place: Place, picture: Image | None = None) -> Cutout:
        image = self._stock.image(place) if picture is None else picture
        return cut_out(image, self._stock.look(place)[1].outline)

    def _backdrop(self, place: Place, rng: np.random.Generator) -> Image:
        """A background picture, not the target's own unless there is no other."""
        for _ in range(TRIES):
            grounds = self._grounds[int(rng.integers(len(self._grounds)))]
            ground = grounds[int(rng.integers(len(grounds)))]
            if (ground.source, ground.picture) != (place.source, place.picture):
                break
        return self._stock.image(ground)

    def _ground(self, picture: Image, rng: np.random.Generator) -> Ground:
        height, width = picture.shape[:2]
        scale = float(rng.uniform(1.05, 1.5)) * max(FRAME_WIDTH / width, FRAME_HEIGHT / height)
        fastest = float(rng.uniform(0, 4)) / scale
        room_x, room_y = (width - FRAME_WIDTH / scale) / 2, (height - FRAME_HEIGHT / scale) / 2
        motion = Motion(
            Wave.drawn(rng, mean=width / 2, reach=room_x, speed=fastest),
            Wave.drawn(rng, mean=height / 2, reach=room_y, speed=fastest),
            log_scale=Wave.drawn(rng, reach=0.08, speed=0.004),
            angle=Wave.drawn(rng, reach=math.radians(3), speed=0.002),
        )
        return Ground(picture, motion, scale)

    def _free_path(self, side: float, fastest: float, rng: np.random.Generator) -> Motion:
        """A path that may go anywhere in the frame."""
        config = self._config
        jumps = []
        if rng.random() < config.jump:
            for time in rng.uniform(0, FRAMES, int(rng.integers(1, 4))).tolist():
                jumps.append(Jump(time, *rng.uniform(-1.5 * side, 1.5 * side, 2).tolist()))
        return Motion(
            Wave.drawn(rng, mean=FRAME_WIDTH * rng.uniform(0.3, 0.7), reach=0.33 * FRAME_WIDTH, speed=fastest * side),
            Wave.drawn(rng, mean=FRAME_HEIGHT * rng.uniform(0.3, 0.7), reach=0.33 * FRAME_HEIGHT, speed=fastest * side),
            *self._turns(rng),
            jumps=tuple(jumps),
        )

    def _path_beside(self, leader: Motion, side: float, fastest: float, *, away: float, reach: float,
                     rng: np.random.Generator) -> Motion:  # fmt: skip
        """A path near a leader: it stays around a place at some distance from it."""
        direction = rng.uniform(0, 2 * math.pi)
        return Motion(
            Wave.drawn(rng, mean=away * side * math.cos(direction), reach=reach * side, speed=fastest * side),
            Wave.drawn(rng, mean=away * side * math.sin(direction), reach=reach * side, speed=fastest * side),
            *self._turns(rng),
            leader=leader,
        )

    def _turns(self, rng: np.random.Generator) -> tuple[Wave, Wave, Wave]:
        """Waves of log scale, log aspect and angle."""
        config = self._config
        angle = math.radians(config.rotation)
        return (
            Wave.drawn(rng, reach=config.scale, speed=config.scale / 20),
            Wave.drawn(rng, reach=config.aspect, speed=config.aspect / 15),
            Wave.drawn(rng, reach=angle, speed=angle / 15),
        )

    def _look_alike(self, place: Place, target: Layer, fastest: float, rng: np.random.Generator) -> Layer:
        """The target itself in other colours, another object of its category, or any other of its source."""
        other = place
        if rng.random() >= self._config.twin:
            other = self._stock.of_its_category(place, rng, outlined=True) or self._any_of(place.source, rng)
        thing = target.thing.coloured(_other_colours(rng)) if other == place else self._cut(other)
        if rng.random() < 0.5:
            thing = thing.mirrored()
        side = target.side * math.exp(rng.normal(0, 0.2))
        if rng.random() < 0.75:
            motion = self._path_beside(
                target.motion, target.side, fastest, away=rng.uniform(0.9, 2.2), reach=rng.uniform(0.1, 1.2), rng=rng
            )
        else:
            motion = self._free_path(side, fastest, rng)
        return Layer(thing, motion, side, self._shadow(thing, rng), is_twin=other == place)

    def _any_of(self, source: int, rng: np.random.Generator) -> Place:
        places = self._things[source]
        return places[int(rng.integers(len(places)))]

    def _occluder(self, place: Place, target: Layer, backdrop: Image, rng: np.random.Generator) -> Layer:
        """Something that covers the target now and then: another object, or a shape with the background's texture."""
        thing: Cutout | None = None
        if rng.random() < 0.5:
            other = self._any_thing(rng)
            if self._stock.category(other) != self._stock.category(place):
                thing = self._cut(other)
        if thing is None:
            thing = _shape(backdrop, rng)
        side = target.side * math.exp(rng.uniform(-0.5, 0.5))
        speed = self._config.speed * rng.uniform(0.1, 0.6)
        path = self._path_beside(
            target.motion, target.side, speed, away=rng.uniform(0.2, 1.2), reach=rng.uniform(0.5, 2.0), rng=rng
        )
        return Layer(thing, path, side, self._shadow(thing, rng))

    def _shadow(self, thing: Cutout, rng: np.random.Generator) -> Shadow | None:
        depth = float(rng.uniform(0, self._config.shadow))
        return shadow_of(thing, depth=depth) if rng.random() < 0.6 and depth > 0 else None


def _other_colours(rng: np.random.Generator) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """A (3, 3) colour rotation about the grey axis, with another brightness, always far from the identity."""
    angle = rng.uniform(math.pi / 4, 2 * math.pi - math.pi / 4)
    cos, sin = math.cos(angle), math.sin(angle) / math.sqrt(3)
    turn = np.full((3, 3), (1 - cos) / 3) + cos * np.eye(3)
    turn += sin * np.array([[0, -1, 1], [1, 0, -1], [-1, 1, 0]])
    gain = math.exp(rng.choice([-1, 1]) * rng.uniform(0.2, 0.6))
    return np.asarray(turn * gain)


def _shape(picture: Image, rng: np.random.Generator) -> Cutout:
    """A post, a plate or a blob with the texture of some part of the picture."""
    height, width = picture.shape[:2]
    tall = float(rng.choice([1.0, 1.0, 3.0]))
    w = int(np.clip(rng.uniform(0.15, 0.4) * min(height, width), 8, 90))
    h = int(np.clip(w * tall * rng.uniform(0.7, 1.4), 8, height))
    left, top = int(rng.integers(max(1, width - w))), int(rng.integers(max(1, height - h)))
    part = np.ascontiguousarray(picture[top : top + h, left : left + w])
    h, w = part.shape[:2]
    if tall > 1 or rng.random() < 0.4:
        outline = np.array([[1, 1], [w - 1, 1], [w - 1, h - 1], [1, h - 1]], np.float64)
    else:
        angles = np.linspace(0, 2 * math.pi, 16, endpoint=False)
        radius = rng.uniform(0.75, 1.0, 16)
        outline = np.column_stack(
            [w / 2 + radius * np.cos(angles) * (w / 2 - 1), h / 2 + radius * np.sin(angles) * (h / 2 - 1)]
        )
    return of_parts(part, (outline,))
