from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.support.trackers import plausible_evidence
from tracker_core.decision.anchor_maps import anchor_names, has_anchors, of_anchor
from tracker_core.decision.anchors import AnchorGrid
from tracker_core.decision.evidence import redecide
from tracker_core.decision.scale_pyramid import ScaleConstants
from tracker_core.decision.score_map import Response, TrackingConstants
from tracker_core.geometry import Box
from tracker_core.tracker import Evidence

CONSTANTS = TrackingConstants(penalty_k=0.2, window_influence=0.3, size_lr=0.4)
SIZE = 7


def evidence_of_anchors() -> Evidence:
    """Five anchors with scores by chance, decided."""
    scores = np.random.default_rng(3).random((5, SIZE, SIZE)).astype(np.float32)
    boxes = AnchorGrid(SIZE).boxes
    bare = plausible_evidence(np.zeros((120, 160, 3), np.uint8), Box(60, 40, 30, 20))
    evidence = redecide(replace(bare, response=Response(scores, boxes)), CONSTANTS).evidence
    assert evidence is not None
    return evidence


def test_the_best_of_all_anchors_is_what_the_tracker_decided_on() -> None:
    evidence = evidence_of_anchors()
    each = [of_anchor(evidence, CONSTANTS, anchor) for anchor in range(5)]
    assert np.array_equal(np.max([one.decided for one in each], axis=0), evidence.decided)
    best = max(each, key=lambda one: float(one.decided.max()))
    assert best.cell == evidence.cell


def test_an_anchor_shows_its_own_scores_and_best_cell() -> None:
    evidence = evidence_of_anchors()
    assert evidence.response is not None
    for anchor in range(5):
        shown = of_anchor(evidence, CONSTANTS, anchor)
        assert np.array_equal(shown.raw, evidence.response.scores[anchor])
        assert shown.decided[shown.cell] == shown.decided.max()
        blended = shown.penalised * np.float32(0.7) + shown.window * np.float32(0.3)
        assert shown.decided == pytest.approx(blended, abs=1e-6)


def test_anchors_are_named_by_width_to_height() -> None:
    assert anchor_names(5) == ("3:1", "2:1", "1:1", "1:2", "1:3")
    sides = AnchorGrid(SIZE).sides
    assert sides[0][0] > sides[0][1]  # 3:1 is the wide one
    assert anchor_names(3) == ("1", "2", "3")


def test_one_anchor_alone_is_no_choice() -> None:
    evidence = evidence_of_anchors()
    assert evidence.response is not None
    assert has_anchors(evidence, CONSTANTS)
    single = Response(evidence.response.scores[:1], evidence.response.boxes[:, :1])
    assert not has_anchors(replace(evidence, response=single), CONSTANTS)
    assert not has_anchors(replace(evidence, response=None), CONSTANTS)
    assert not has_anchors(evidence, None)
    with pytest.raises(ValueError, match="no anchors"):
        of_anchor(evidence, ScaleConstants(), 0)
