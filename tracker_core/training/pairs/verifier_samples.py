"""What a verifier learns from: triples of crops. Two show the same object, the third does not.

A seed and a number always give the same triple, as with pairs (``pairs.py``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, get_args

import numpy as np

from tracker_core.geometry import Box
from tracker_core.images import Image
from tracker_core.target import EXEMPLAR_SIZE
from tracker_core.training.pairs.augmentation import Photometry, degrade, grey, recolour
from tracker_core.training.pairs.composites import cover_part, paste_over
from tracker_core.training.pairs.verifier_boxes import LOST_IOU, beside, drifted, resized
from tracker_core.training.pictures.places import Origin, Place, places_of, source_weights, stills_named, twin_of
from tracker_core.training.pictures.prepared import Instance, Source
from tracker_core.training.pictures.views import Jitter, View, draw_view

Stranger = Literal["drifted", "resized", "background", "neighbour", "alike"]

EXEMPLAR_JITTER = Jitter(shift=3, scale=0.05, aspect=0.05, rotation=3)
SAME_JITTER = Jitter(shift=9, scale=0.15, aspect=0.12, rotation=8)
"""As inexact as the boxes of a tracker that still follows its target: IoU from about 0.5."""
PHOTOMETRY = Photometry()
TRIES = 50


@dataclass(frozen=True, slots=True)
class TripleConfig:
    """Which triples are drawn, how often, and how hard. ``mix`` gives shares to sources by name pattern; the first
    match wins. ``strangers`` gives shares to the kinds of third crop: a box that has drifted off the object, one of a
    very different size, the background beside the object, another object of the same picture, or one of the same
    source.

    Raises:
        ValueError: if ``strangers`` has an unknown kind, or no share above 0.
    """

    mix: Mapping[str, float] = field(default_factory=lambda: {"video.*": 0.45, "video_extra.*": 0.05, "*": 0.5})
    strangers: Mapping[str, float] = field(
        default_factory=lambda: {"drifted": 0.3, "resized": 0.2, "background": 0.1, "neighbour": 0.2, "alike": 0.2}
    )
    frame_range: int = 300
    composite: float = 0.6  # share of outlined objects of stills pasted on another background, so that it is no hint
    cover: float = 0.12
    flip: float = 0.5
    grey: float = 0.12
    exemplar_jitter: Jitter = EXEMPLAR_JITTER
    same_jitter: Jitter = SAME_JITTER
    photometry: Photometry = PHOTOMETRY
    backgrounds: str = "*"  # name pattern of the stills from which backgrounds are taken

    def __post_init__(self) -> None:
        known = get_args(Stranger)
        if not set(self.strangers) <= set(known) or sum(self.strangers.values()) <= 0:
            raise ValueError(f"`strangers` must give shares to some of {', '.join(known)}, not {dict(self.strangers)}")


class Triple(NamedTuple):
    exemplar: Image  # (127, 127, 3)
    same: Image  # the same object, in another frame or another view
    other: Image  # another object, or another place
    identity: int  # number of the object, the same in all its triples


class TripleSampler:
    """``sampler[n]`` is triple n. It has the methods of a torch data set but does not import torch."""

    def __init__(self, sources: Sequence[Source], config: TripleConfig, *, seed: int, count: int) -> None:
        self._sources = sources
        self._config = config
        self._seed = seed
        self._count = count
        self._weights = source_weights(sources, config.mix)
        self._places = [places_of(number, source) for number, source in enumerate(sources)]
        self._stills = stills_named(config.backgrounds, sources)

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, number: int) -> Triple:
        return self._draw(number)[0]

    def describe(self, number: int) -> Origin:
        """What the third crop of triple n shows, and where the object comes from. Draws the triple again."""
        _, kind, place = self._draw(number)
        return Origin(f"other: {kind}", self._sources[place.source].name, self._instance(place).category)

    def _draw(self, number: int) -> tuple[Triple, str, Place]:
        rng = np.random.default_rng((self._seed, number))
        source = int(rng.choice(len(self._sources), p=self._weights))
        place = self._any_place(source, rng)
        twin = self._twin(place, rng)
        flip = bool(rng.random() < self._config.flip)
        exemplar = self._shown(place, self._config.exemplar_jitter, flip=flip, rng=rng)
        same = self._shown(twin, self._config.same_jitter, flip=flip, rng=rng)
        other, kind = self._stranger(place, twin, flip=flip, rng=rng)
        if rng.random() < self._config.grey:
            exemplar, same, other = grey(exemplar), grey(same), grey(other)
        lit = [self._lit(crop, rng) for crop in (exemplar, same, other)]
        return Triple(lit[0], lit[1], lit[2], self._identity(place)), kind, place

    def _twin(self, place: Place, rng: np.random.Generator) -> Place:
        """The same track in another frame; for a still, the same place."""
        source = self._sources[place.source]
        if source.kind == "stills":
            return place
        return twin_of(place, source, reach=self._config.frame_range, rng=rng)

    def _shown(self, place: Place, jitter: Jitter, *, flip: bool, rng: np.random.Generator) -> Image:
        """A crop of the object, in its own picture or cut out and pasted on another background."""
        instance, image = self._instance(place), self._image(place)
        view = draw_view(instance.box, size=EXEMPLAR_SIZE, jitter=jitter, flip=flip, rng=rng)
        shown = view.warp(image)
        if instance.outline and rng.random() < self._config.composite:
            ground = self._any_ground(rng)
            shown = paste_over(ground, shown, view.mask(instance))[0]
        if rng.random() < self._config.cover:
            shown = cover_part(shown, view.box, self._any_ground(rng), rng)
        return shown

    def _stranger(self, place: Place, twin: Place, *, flip: bool, rng: np.random.Generator) -> tuple[Image, str]:
        """A crop that does not show the object, and its kind."""
        kinds = list(self._config.strangers)
        shares = np.array([self._config.strangers[kind] for kind in kinds])
        kind = kinds[int(rng.choice(len(kinds), p=shares / shares.sum()))]
        foreign: Place | None = None
        if kind == "neighbour" and (others := self._neighbours(twin)):
            foreign = others[int(rng.integers(len(others)))]
        elif kind in ("neighbour", "alike"):
            foreign, kind = self._another(place, rng), "alike"
        if foreign is not None:
            return self._shown(foreign, self._config.same_jitter, flip=flip, rng=rng), kind
        box, image = self._instance(twin).box, self._image(twin)
        kind = kind if kind in ("resized", "background") else "drifted"
        leave = {"resized": resized, "background": beside, "drifted": drifted}[kind]
        away = leave(box, width=image.shape[1], height=image.shape[0], rng=rng)
        view = draw_view(away, size=EXEMPLAR_SIZE, jitter=self._config.exemplar_jitter, flip=flip, rng=rng)
        return view.warp(image), kind

    def _neighbours(self, place: Place) -> list[Place]:
        own = self._instance(place).box
        instances = self._sources[place.source].pictures[place.picture].instances
        return [
            place._replace(instance=number)
            for number, instance in enumerate(instances)
            if number != place.instance and instance.box.iou(own) < LOST_IOU
        ]

    def _another(self, place: Place, rng: np.random.Generator) -> Place | None:
        """Another object: of the same source if that has several, else of any. None if none is found."""
        for attempt in range(TRIES):
            is_alike = self._sources[place.source].kind == "stills" and attempt < TRIES // 2
            source = place.source if is_alike else int(rng.choice(len(self._sources), p=self._weights))
            other = self._any_place(source, rng)
            if self._identity(other) != self._identity(place):
                return other
        return None

    def _lit(self, image: Image, rng: np.random.Generator) -> Image:
        return degrade(recolour(image, self._config.photometry, rng), self._config.photometry, rng)

    def _any_place(self, source: int, rng: np.random.Generator) -> Place:
        places = self._places[source]
        return places[int(rng.integers(len(places)))]

    def _any_ground(self, rng: np.random.Generator) -> Image:
        """A square of any still picture."""
        source = self._sources[self._stills[int(rng.integers(len(self._stills)))]] if self._stills else self._sources[0]
        image = source.image(source.pictures[int(rng.integers(len(source.pictures)))])
        height, width = image.shape[:2]
        side = rng.uniform(0.4, 1.0) * min(height, width)
        corner = rng.uniform(0, width - side), rng.uniform(0, height - side)
        scale = EXEMPLAR_SIZE / side
        linear = np.diag([-scale if rng.random() < 0.5 else scale, scale])
        middle = np.array([corner[0] + side / 2, corner[1] + side / 2])
        offset = EXEMPLAR_SIZE / 2 - linear @ middle
        return View(EXEMPLAR_SIZE, linear, offset, Box(0, 0, EXEMPLAR_SIZE, EXEMPLAR_SIZE)).warp(image)

    def _instance(self, place: Place) -> Instance:
        return self._sources[place.source].pictures[place.picture].instances[place.instance]

    def _image(self, place: Place) -> Image:
        source = self._sources[place.source]
        return source.image(source.pictures[place.picture])

    def _identity(self, place: Place) -> int:
        """A track of a video is one object in all frames; every instance in a still is an object of its own."""
        if self._sources[place.source].kind == "video":
            return hash((place.source, self._instance(place).track))
        return hash((place.source, place.picture, place.instance))
