"""Training pairs: an exemplar and a search region that shows the same target, or does not.

Pair number n of a seed is always the same pair, so a run that was stopped goes on with the pairs that it had not seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tracker_core.geometry import Box
from tracker_core.images import Image
from tracker_core.target import EXEMPLAR_SIZE
from tracker_core.training.augmentation import Photometry, degrade, grey, recolour
from tracker_core.training.composites import cover_part, paste_over
from tracker_core.training.pictures import Instance, Picture, Source
from tracker_core.training.places import Place, places_of, source_weights
from tracker_core.training.views import Jitter, draw_view

EXEMPLAR_JITTER = Jitter(shift=4, scale=0.05, aspect=0.05, rotation=3)
SEARCH_JITTER = Jitter(shift=64, scale=0.2, aspect=0.15, rotation=8)
PHOTOMETRY = Photometry()
PLACES_TRIED = 20


@dataclass(frozen=True, slots=True)
class PairConfig:
    """Which pairs, how often, and how hard. ``mix`` gives shares to sources by name pattern, first match wins."""

    mix: Mapping[str, float] = field(default_factory=lambda: {"video.*": 0.45, "video_extra.*": 0.05, "*": 0.5})
    search_size: int = 255
    frame_range: int = 100
    negative: float = 0.15
    elsewhere: bool = False  # negatives from videos show another part of the target's own picture, where it is not
    composite: float = 0.6  # of the stills that have outlines
    look_alike: float = 0.6  # of the composites
    surround: float = 0.7  # of the stills: another picture beyond the border, which would point at the target
    cover: float = 0.12
    flip: float = 0.5
    grey: float = 0.12
    exemplar_jitter: Jitter = EXEMPLAR_JITTER
    search_jitter: Jitter = SEARCH_JITTER
    composite_rotation: float = 25
    photometry: Photometry = PHOTOMETRY


class Pair(NamedTuple):
    """``box`` is cx, cy, width, height in search pixels relative to the centre; NaN where the target is not there.
    ``clean`` is the search region before light and lens: what a teacher should see."""

    exemplar: Image  # (127, 127, 3)
    search: Image  # (S, S, 3)
    clean: Image  # (S, S, 3)
    box: NDArray[np.float32]  # (4,)


class PairSampler:
    """``sampler[n]`` is pair n. A torch data set by shape (``__len__``, ``__getitem__``) without importing torch."""

    def __init__(self, sources: Sequence[Source], config: PairConfig, *, seed: int, count: int) -> None:
        self._sources = sources
        self._config = config
        self._seed = seed
        self._count = count
        self._weights = source_weights(sources, config.mix)
        self._places = [places_of(number, source) for number, source in enumerate(sources)]
        self._backgrounds = [number for number, source in enumerate(sources) if source.kind == "stills"] or [0]

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, number: int) -> Pair:
        rng = np.random.default_rng((self._seed, number))
        source = int(rng.choice(len(self._sources), p=self._weights))
        places = self._places[source]
        place = places[int(rng.integers(len(places)))]
        if rng.random() < self._config.negative:
            return self._finish(self._negative(place, rng), rng)
        picture, instance = self._look(place)
        if self._sources[source].kind == "video":
            return self._finish(self._from_video(place, rng), rng)
        if instance.outline and rng.random() < self._config.composite:
            return self._finish(self._composite(place, rng), rng)
        image = self._sources[source].image(picture)
        return self._finish(self._two_views(image, instance.box, image, instance.box, rng, surround=True), rng)

    def _look(self, place: Place) -> tuple[Picture, Instance]:
        picture = self._sources[place.source].pictures[place.picture]
        return picture, picture.instances[place.instance]

    def _image(self, place: Place) -> Image:
        source = self._sources[place.source]
        return source.image(source.pictures[place.picture])

    def _two_views(
        self, exemplar_image: Image, exemplar_box: Box, search_image: Image, search_box: Box, rng: np.random.Generator,
        *, surround: bool = False,
    ) -> tuple[Image, Image, Box | None]:  # fmt: skip
        config = self._config
        flip = bool(rng.random() < config.flip)
        exemplar = draw_view(exemplar_box, size=EXEMPLAR_SIZE, jitter=config.exemplar_jitter, flip=flip, rng=rng)
        search = draw_view(search_box, size=config.search_size, jitter=config.search_jitter, flip=flip, rng=rng)
        shown = search.warp(search_image)
        if surround and rng.random() < config.surround:
            shown = np.where(search.inside(search_image)[:, :, None], shown, self._background(config.search_size, rng))
        return exemplar.warp(exemplar_image), shown, search.box

    def _from_video(self, place: Place, rng: np.random.Generator) -> tuple[Image, Image, Box | None]:
        source = self._sources[place.source]
        reach = self._config.frame_range
        first, last = max(0, place.picture - reach), min(len(source.pictures) - 1, place.picture + reach)
        other = source.pictures[int(rng.integers(first, last + 1))]
        picture, instance = self._look(place)
        twin = next((i for i in other.instances if i.track == instance.track), None)
        if twin is None:
            other, twin = picture, instance
        return self._two_views(source.image(picture), instance.box, source.image(other), twin.box, rng)

    def _negative(self, place: Place, rng: np.random.Generator) -> tuple[Image, Image, Box | None]:
        """A search region without the target. Half of them show another one of its kind."""
        if self._config.elsewhere and self._sources[place.source].kind == "video":
            return self._elsewhere(place, rng)
        instance = self._look(place)[1]
        alike = self._sources[place.source].kind == "stills" and rng.random() < 0.5
        source = place.source if alike else int(rng.choice(len(self._sources), p=self._weights))
        if source == place.source and self._sources[source].kind == "video":
            source = self._backgrounds[int(rng.integers(len(self._backgrounds)))]
        places = self._places[source]
        if not places:  # a source of mere backgrounds
            image = self._image(place)
            exemplar, _, _ = self._two_views(image, instance.box, image, instance.box, rng)
            return exemplar, self._background(self._config.search_size, rng), None
        other = places[int(rng.integers(len(places)))]
        is_same_video = self._sources[source].kind == "video" and source == place.source
        if is_same_video or (other.source, other.picture) == (place.source, place.picture):
            image = self._image(place)
            return self._two_views(image, instance.box, image, instance.box, rng)
        other_box = self._look(other)[1].box
        exemplar, search, _ = self._two_views(self._image(place), instance.box, self._image(other), other_box, rng)
        return exemplar, search, None

    def _elsewhere(self, place: Place, rng: np.random.Generator) -> tuple[Image, Image, Box | None]:
        """A search region without the target, from a picture in which its place is known: around another target, or
        anywhere. Where there is no room for one beside the target, a pair that shows it.
        """
        config = self._config
        picture, instance = self._look(place)
        image = self._image(place)
        others = [other.box for other in picture.instances if other.track != instance.track]
        exemplar = draw_view(instance.box, size=EXEMPLAR_SIZE, jitter=config.exemplar_jitter, flip=False, rng=rng)
        for _ in range(PLACES_TRIED):
            if others and rng.random() < 0.5:
                box = others[int(rng.integers(len(others)))]
            else:
                x, y = rng.uniform(0, image.shape[1]), rng.uniform(0, image.shape[0])
                box = Box.from_centre(x, y, width=instance.box.width, height=instance.box.height)
            flip = bool(rng.random() < config.flip)
            view = draw_view(box, size=config.search_size, jitter=config.search_jitter, flip=flip, rng=rng)
            if not view.shows(instance.box):
                return exemplar.warp(image), view.warp(image), None
        return self._two_views(image, instance.box, image, instance.box, rng)

    def _composite(self, place: Place, rng: np.random.Generator) -> tuple[Image, Image, Box | None]:
        """The target cut out and put on another picture, one of its kind beside it: exact truth, hard neighbours."""
        config = self._config
        picture, instance = self._look(place)
        image = self._sources[place.source].image(picture)
        flip = bool(rng.random() < config.flip)
        jitter = Jitter(64, config.search_jitter.scale, config.search_jitter.aspect * 1.5, config.composite_rotation)
        view = draw_view(instance.box, size=config.search_size, jitter=jitter, flip=flip, rng=rng)
        canvas = self._background(config.search_size, rng)
        if rng.random() < config.look_alike:
            places = self._places[place.source]
            other = places[int(rng.integers(len(places)))]
            other_instance = self._look(other)[1]
            if other_instance.outline and (other.picture, other.instance) != (place.picture, place.instance):
                beside = _beside(view.box, config.search_size, rng)
                other_view = draw_view(
                    other_instance.box, size=config.search_size, jitter=jitter, flip=bool(rng.random() < 0.5), rng=rng,
                    at=beside,
                )  # fmt: skip
                canvas = paste_over(canvas, other_view.warp(self._image(other)), other_view.mask(other_instance))[0]
        canvas, box = paste_over(canvas, view.warp(image), view.mask(instance))
        exemplar_view = draw_view(instance.box, size=EXEMPLAR_SIZE, jitter=config.exemplar_jitter, flip=flip, rng=rng)
        exemplar = exemplar_view.warp(image)
        if rng.random() < 0.5:
            exemplar = paste_over(self._background(EXEMPLAR_SIZE, rng), exemplar, exemplar_view.mask(instance))[0]
        return exemplar, canvas, box

    def _background(self, size: int, rng: np.random.Generator) -> Image:
        source = self._sources[self._backgrounds[int(rng.integers(len(self._backgrounds)))]]
        image = source.image(source.pictures[int(rng.integers(len(source.pictures)))])
        height, width = image.shape[:2]
        side = rng.uniform(0.4, 1.0) * min(height, width)
        box = Box(rng.uniform(0, width - side), rng.uniform(0, height - side), side, side)
        still = Jitter(0, 0, 0, 0)
        # An exemplar window around a square box is twice its side: half the box makes the view as wide as the square.
        scaled = Box.from_centre(
            box.cx, box.cy, width=side / 2 * EXEMPLAR_SIZE / size, height=side / 2 * EXEMPLAR_SIZE / size
        )
        return draw_view(scaled, size=size, jitter=still, flip=bool(rng.random() < 0.5), rng=rng).warp(image)

    def _finish(self, parts: tuple[Image, Image, Box | None], rng: np.random.Generator) -> Pair:
        config = self._config
        exemplar, search, box = parts
        if box is not None and rng.random() < config.cover:
            search = cover_part(search, box, self._background(config.search_size, rng), rng)
        clean = search
        if rng.random() < config.grey:
            exemplar, search = grey(exemplar), grey(search)
        exemplar = recolour(exemplar, config.photometry, rng)
        search = degrade(recolour(search, config.photometry, rng), config.photometry, rng)
        centre = config.search_size / 2
        truth = (np.nan,) * 4 if box is None else (box.cx - centre, box.cy - centre, box.width, box.height)
        return Pair(exemplar, search, clean, np.array(truth, np.float32))


def _beside(box: Box, size: int, rng: np.random.Generator) -> tuple[float, float]:
    """An offset from the crop's centre at which a second object touches the first box at most a little."""
    angle = rng.uniform(0, 2 * np.pi)
    distance = rng.uniform(0.9, 1.6) * max(box.width, box.height)
    return box.cx - size / 2 + distance * np.cos(angle), box.cy - size / 2 + distance * np.sin(angle)
