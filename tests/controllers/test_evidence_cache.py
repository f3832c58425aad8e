from __future__ import annotations

import numpy as np

from app.controllers.evidence_cache import EvidenceCache, SeenEvidence
from tests.support.trackers import CONSTANTS, plausible_evidence
from tracker_core.geometry import Box

PICTURE = np.zeros((48, 64, 3), np.uint8)


def seen(x: float = 10) -> SeenEvidence:
    return SeenEvidence(plausible_evidence(PICTURE, Box(x, 10, 8, 8)), CONSTANTS)


def test_what_was_used_longest_ago_goes_first() -> None:
    cache = EvidenceCache(capacity=2)
    first, second, third = seen(), seen(), seen()
    cache.put(1, 10, first)
    cache.put(1, 11, second)
    assert cache.get(1, 10) is first
    cache.put(2, 10, third)
    assert cache.get(1, 10) is first
    assert cache.get(1, 11) is None
    assert cache.get(2, 10) is third


def test_newer_evidence_takes_the_place_of_older() -> None:
    cache = EvidenceCache(capacity=2)
    newer = seen(20)
    cache.put(1, 10, seen())
    cache.put(1, 10, newer)
    assert cache.get(1, 10) is newer


def test_frames_of_one_track_are_dropped() -> None:
    cache = EvidenceCache()
    for track_id in (1, 2):
        for frame in range(5):
            cache.put(track_id, frame, seen())
    cache.drop(1, first=1, last=3)
    assert [frame for frame in range(5) if cache.get(1, frame)] == [0, 4]
    cache.drop(1)
    assert [frame for frame in range(5) if cache.get(1, frame)] == []
    assert [frame for frame in range(5) if cache.get(2, frame)] == [0, 1, 2, 3, 4]
    cache.clear()
    assert cache.get(2, 0) is None
