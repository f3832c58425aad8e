from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.support.training_data import picture_with
from tracker_core.geometry import Box
from tracker_core.training.pictures.places import Place, twin_of
from tracker_core.training.pictures.prepared import Instance, Source, SourceWriter

BOX = Box(100, 80, 60, 40)


@pytest.fixture
def source(tmp_path: Path) -> Source:
    """Ten pictures with track 0, two with tracks 1 and 2, one with track 2 alone."""
    writer = SourceWriter(tmp_path, "videos", "video")
    for tracks in [*[(0,)] * 10, (1, 2), (2, 1), (2,)]:
        writer.add(picture_with(BOX), [Instance(track, "", BOX) for track in tracks])
    writer.close()
    return Source.open(tmp_path / "videos.json")


def twins(place: Place, source: Source, *, reach: int) -> set[tuple[int, int]]:
    found = [twin_of(place, source, reach=reach, rng=np.random.default_rng(seed)) for seed in range(60)]
    assert {twin.source for twin in found} == {place.source}
    return {(twin.picture, twin.instance) for twin in found}


def test_a_twin_shows_the_same_track_wherever_it_stands_in_the_picture(source: Source) -> None:
    assert twins(Place(4, 10, 1), source, reach=100) == {(10, 1), (11, 0), (12, 0)}


def test_a_twin_is_within_reach(source: Source) -> None:
    assert twins(Place(4, 5, 0), source, reach=2) == {(number, 0) for number in range(3, 8)}


def test_a_track_of_one_picture_is_its_own_twin(source: Source) -> None:
    assert twins(Place(4, 12, 0), source, reach=0) == {(12, 0)}
    assert twins(Place(4, 11, 1), source, reach=0) == {(11, 1)}
