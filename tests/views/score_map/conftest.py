"""A made-up decision whose numbers are known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tracker_core.crops import Crop
from tracker_core.decision.anchors import AnchorGrid
from tracker_core.decision.evidence import redecide
from tracker_core.decision.score_map import Response, TrackingConstants
from tracker_core.geometry import Box
from tracker_core.tracker import Candidate, Evidence, FloatArray, ScaleLevel

SIZE = 5
INFLUENCE = 0.25
OWN = TrackingConstants(window_influence=0.42, penalty_k=0.055, size_lr=0.3)


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


@pytest.fixture
def anchored_evidence(evidence: Evidence) -> Evidence:
    """Five anchors: the fourth, 1:2, is the best at one cell, the first is best everywhere else."""
    scores = np.full((5, SIZE, SIZE), 0.1, np.float32)
    scores[0] = 0.2
    scores[3, 3, 1] = 0.8
    bare = replace(
        evidence,
        response=Response(scores, AnchorGrid(SIZE).boxes),
        last_box=Box(150, 100, 45, 90),
        image_size=(640, 480),
    )
    decided = redecide(bare, OWN).evidence
    assert decided is not None
    return decided


@pytest.fixture
def pyramid_evidence(evidence: Evidence) -> Evidence:
    """Three scales; the second is the chosen one."""
    crop = Crop.of(evidence.search_region, evidence.search_region_box)
    maps = [np.full((SIZE, SIZE), value, np.float32) for value in (0.2, 0.9, 0.4)]
    factors = (1 / 1.0375, 1.0, 1.0375)
    levels = [
        ScaleLevel(factor, crop, values, values, float(values.max()), factor == 1.0)
        for factor, values in zip(factors, maps, strict=True)
    ]
    return replace(evidence, pyramid=tuple(levels))


@pytest.fixture
def searching_evidence(evidence: Evidence) -> Evidence:
    """A lost target, and two things that look like it."""
    others = (Candidate(Box(250, 200, 40, 60), 0.7, 0.5), Candidate(Box(110, 240, 40, 60), 0.6, 0.4))
    return replace(evidence, distractors=others, is_searching=True)
