"""All prepared pictures together: where their boxes are, other objects, and backgrounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from tracker_core.geometry import Box
from tracker_core.images import Image
from tracker_core.target import EXEMPLAR_SIZE
from tracker_core.training.pictures.places import Place, places_of, source_weights, stills_named
from tracker_core.training.pictures.prepared import Instance, Picture, Source
from tracker_core.training.pictures.views import Jitter, draw_view

TRIES = 20
STILL = Jitter(0, 0, 0, 0)


class Stock:
    """The sources with their boxes, and their probabilities by ``mix`` (``source_weights``). Backgrounds come from the
    sources of stills whose names match ``backgrounds``.

    Raises:
        ValueError: if a pattern matches no source.
    """

    def __init__(self, sources: Sequence[Source], mix: Mapping[str, float], *, backgrounds: str = "*") -> None:
        self.sources = sources
        self.weights = source_weights(sources, mix)
        self.places = [places_of(number, source) for number, source in enumerate(sources)]
        self._backgrounds = stills_named(backgrounds, sources) or [0]
        self._of_category: dict[str, list[Place]] = {}
        for places in self.places:
            for place in places:
                self._of_category.setdefault(self.category(place), []).append(place)

    @property
    def backgrounds(self) -> Sequence[int]:
        """The numbers of the sources that backgrounds come from."""
        return self._backgrounds

    def any_source(self, rng: np.random.Generator) -> int:
        return int(rng.choice(len(self.sources), p=self.weights))

    def any_place(self, source: int, rng: np.random.Generator) -> Place:
        places = self.places[source]
        return places[int(rng.integers(len(places)))]

    def look(self, place: Place) -> tuple[Picture, Instance]:
        picture = self.sources[place.source].pictures[place.picture]
        return picture, picture.instances[place.instance]

    def image(self, place: Place) -> Image:
        source = self.sources[place.source]
        return source.image(source.pictures[place.picture])

    def category(self, place: Place) -> str:
        """The category of an object. In stills, a word means the same in all sources, but a number only within its
        source.

        In videos a word, often the video's name, has a meaning only within its source.
        """
        source = self.sources[place.source]
        name = self.look(place)[1].category.strip().lower()
        return f"{source.name}/{name}" if source.kind == "video" or not name or name.isdigit() else name

    def is_same_object(self, one: Place, other: Place) -> bool:
        """A track of a video is one object in all frames; every instance in a still is an object of its own."""
        if self.sources[one.source].kind == "video":
            return one.source == other.source and self.look(one)[1].track == self.look(other)[1].track
        return one == other

    def of_its_category(self, place: Place, rng: np.random.Generator, *, outlined: bool = False) -> Place | None:
        """Another object of the same category in another picture; None if none is found.

        If a category is one individual, or one animal is in many pictures, this may return the same object without
        noticing. Do not use such a source with ``negative_kinds``.
        """
        kin = self._of_category[self.category(place)]
        for _ in range(TRIES):
            other = kin[int(rng.integers(len(kin)))]
            is_elsewhere = (other.source, other.picture) != (place.source, place.picture)
            if is_elsewhere and not self.is_same_object(place, other) and (self.look(other)[1].outline or not outlined):
                return other
        return None

    def of_other_category(self, place: Place, rng: np.random.Generator) -> Place | None:
        """An object of another category, from any source by the mix; None if none is found."""
        own = self.category(place)
        for _ in range(TRIES):
            other = self.any_place(self.any_source(rng), rng)
            is_elsewhere = (other.source, other.picture) != (place.source, place.picture)
            if is_elsewhere and self.category(other) != own:
                return other
        return None

    def beside(self, place: Place, rng: np.random.Generator) -> Place | None:
        """Another object of the same picture, or None."""
        others = [place._replace(instance=number) for number in range(len(self.look(place)[0].instances))]
        others.remove(place)
        return others[int(rng.integers(len(others)))] if others else None

    def elsewhere(self, place: Place, image: Image, rng: np.random.Generator) -> Box:
        """A box elsewhere in this picture: half of the time another object's, if there is one; otherwise a box of the
        target's size at a random place.
        """
        other, own = self.beside(place, rng), self.look(place)[1].box
        if other is not None and rng.random() < 0.5:
            return self.look(other)[1].box
        x, y = rng.uniform(0, image.shape[1]), rng.uniform(0, image.shape[0])
        return Box.from_centre(x, y, width=own.width, height=own.height)

    def background(self, size: int, rng: np.random.Generator) -> Image:
        """A random square of a still picture, (size, size, 3)."""
        source = self.sources[self._backgrounds[int(rng.integers(len(self._backgrounds)))]]
        image = source.image(source.pictures[int(rng.integers(len(source.pictures)))])
        return _square_of(image, _square_in(image, rng), size, rng)

    def empty_ground(self, place: Place, size: int, rng: np.random.Generator) -> Image | None:
        """A square of another still picture that shows no known object, (size, size, 3); None if none is found."""
        for _ in range(TRIES):
            number = self._backgrounds[int(rng.integers(len(self._backgrounds)))]
            source = self.sources[number]
            index = int(rng.integers(len(source.pictures)))
            if source.kind == "video" or (number, index) == (place.source, place.picture):
                continue
            picture = source.pictures[index]
            image = source.image(picture)
            square = _square_in(image, rng)
            if all(_overlap(square, instance.box) == 0 for instance in picture.instances):
                return _square_of(image, square, size, rng)
        return None


def _square_in(image: Image, rng: np.random.Generator) -> Box:
    height, width = image.shape[:2]
    side = rng.uniform(0.4, 1.0) * min(height, width)
    return Box(rng.uniform(0, width - side), rng.uniform(0, height - side), side, side)


def _square_of(image: Image, square: Box, size: int, rng: np.random.Generator) -> Image:
    # An exemplar window around a square box is twice its side: half the box makes the view as wide as the square.
    side = square.width / 2 * EXEMPLAR_SIZE / size
    box = Box.from_centre(square.cx, square.cy, width=side, height=side)
    return draw_view(box, size=size, jitter=STILL, flip=bool(rng.random() < 0.5), rng=rng).warp(image)


def _overlap(one: Box, other: Box) -> float:
    width = min(one.right, other.right) - max(one.x, other.x)
    height = min(one.bottom, other.bottom) - max(one.y, other.y)
    return max(0.0, width) * max(0.0, height)
