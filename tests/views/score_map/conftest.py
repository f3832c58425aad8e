"""A made-up decision whose numbers are known."""

from __future__ import annotations

import numpy as np
import pytest

from tracker_core.geometry import Box
from tracker_core.tracker import Candidate, Evidence, FloatArray

SIZE = 5
INFLUENCE = 0.25


def decision(*, peak: tuple[int, int] = (3, 1), score: float = 0.8, size: int = SIZE) -> Evidence:
    """One score at ``peak`` of a (size, size) map, halved by the penalty; the search region begins at (100, 50)."""
    raw = np.full((size, size), 0.1, np.float32)
    raw[peak] = score
    penalised: FloatArray = raw * np.float32(0.5)
    window = np.outer(np.hanning(size + 2)[1:-1], np.hanning(size + 2)[1:-1]).astype(np.float32)
    decided: FloatArray = penalised * np.float32(1 - INFLUENCE) + window * np.float32(INFLUENCE)
    boxes = (Box(150, 100, 40, 60), Box(200, 60, 40, 40))
    return Evidence(
        exemplar=np.full((127, 127, 3), (200, 0, 0), np.uint8),
        search_region=np.full((255, 255, 3), (0, 0, 200), np.uint8),
        search_region_box=Box(100, 50, 255, 255),
        raw=raw,
        window=window,
        penalised=penalised,
        decided=decided,
        map_box=Box(120, 70, 215, 215),
        cell=peak,
        candidates=tuple(Candidate(box, score, score / 2) for box in boxes),
    )


@pytest.fixture
def evidence() -> Evidence:
    return decision()


@pytest.fixture
def faint_evidence() -> Evidence:
    return decision(score=0.3)


@pytest.fixture
def small_evidence() -> Evidence:
    """A map of three cells a side, as a tracker with another search region makes it."""
    return decision(peak=(0, 2), size=3)
