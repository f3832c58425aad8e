"""Where each box is among the sources, and how often each source is sampled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fnmatch import fnmatch
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tracker_core.training.pictures.prepared import Source


class Place(NamedTuple):
    """One box, by number: the source, the picture in it, and the instance in that picture."""

    source: int
    picture: int
    instance: int


class Origin(NamedTuple):
    """Where a pair or a triple comes from, in words, for a preview."""

    kind: str
    source: str
    category: str


def places_of(number: int, source: Source) -> list[Place]:
    """All boxes of a source; ``number`` is its number."""
    return [
        Place(number, position, instance)
        for position, picture in enumerate(source.pictures)
        for instance in range(len(picture.instances))
    ]


def stills_named(pattern: str, sources: Sequence[Source]) -> list[int]:
    """The numbers of the sources of stills with a matching name.

    Raises:
        ValueError: if there are sources of stills, but none with such a name.
    """
    stills = [number for number, source in enumerate(sources) if source.kind == "stills"]
    named = [number for number in stills if fnmatch(sources[number].name, pattern)]
    if stills and not named:
        raise ValueError(f"`backgrounds` has '{pattern}', but no prepared source of stills has such a name")
    return named


def source_weights(sources: Sequence[Source], mix: Mapping[str, float]) -> NDArray[np.float64]:
    """The probability of each source, (N,). A pattern's share is divided among its sources by the square root of their
    numbers of pictures. Sources without targets (backgrounds) get 0.

    Raises:
        ValueError: if no source with targets matches a pattern, or all shares are 0.
    """
    if not any(share > 0 for share in mix.values()):
        raise ValueError("`mix` needs a share above 0")
    matches = [next((pattern for pattern in mix if fnmatch(source.name, pattern)), None) for source in sources]
    sizes = np.array([len(s.pictures) if any(p.instances for p in s.pictures) else 0 for s in sources])
    weights = np.zeros(len(sources))
    for pattern, share in mix.items():
        chosen = np.array([match == pattern for match in matches])
        total = np.sqrt(sizes[chosen]).sum()
        if total == 0:
            raise ValueError(f"no prepared source with boxes matches '{pattern}'")
        weights[chosen] = share * np.sqrt(sizes[chosen]) / total
    return np.asarray(weights / weights.sum())


def twin_of(place: Place, source: Source, *, reach: int, rng: np.random.Generator) -> Place:
    """The same track in another picture, at most ``reach`` pictures away; the place itself if no other shows the track.

    A source may hold many short videos, so most nearby pictures may be of other tracks.
    """
    track = source.pictures[place.picture].instances[place.instance].track
    first, last = max(0, place.picture - reach), min(len(source.pictures) - 1, place.picture + reach)
    picture = int(rng.integers(first, last + 1))
    instance = _instance_of(track, source, picture)
    if instance is None:
        showing = [number for number in range(first, last + 1) if _instance_of(track, source, number) is not None]
        picture = showing[int(rng.integers(len(showing)))]
        instance = _instance_of(track, source, picture)
        assert instance is not None
    return Place(place.source, picture, instance)


def _instance_of(track: int, source: Source, picture: int) -> int | None:
    instances = source.pictures[picture].instances
    return next((number for number, instance in enumerate(instances) if instance.track == track), None)
