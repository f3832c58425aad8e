from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.detection import Detection, Detections
from app.model.linking import LinkingStoppedError, LinkRules, best_pairs, corners_of, ious, linked_chains
from tracker_core.geometry import Box


def at(frame: int, x: float, score: float | None = 0.9, label: str = "car", number: int = 0) -> Detection:
    return Detection(number or 1000 * frame + int(x), frame, label, Box(x, 0, 10, 10), score)


def frames(chains: list[list[Detection]]) -> list[list[int]]:
    return [[one.frame for one in chain] for chain in chains]


def test_a_chain_goes_on_over_a_gap_that_is_short_enough_where_it_leads() -> None:
    moving = [at(frame, 3 * frame) for frame in (0, 1, 2, 6, 7)]  # 12 pixels further after the gap
    assert frames(linked_chains(moving, LinkRules(longest_gap=3))) == [[0, 1, 2, 6, 7]]
    assert frames(linked_chains(moving, LinkRules(longest_gap=2))) == [[0, 1, 2], [6, 7]]


def test_short_chains_and_low_scores_are_left_out() -> None:
    detections = [*(at(frame, 0) for frame in range(3)), at(1, 100), *(at(frame, 200, 0.1) for frame in range(3))]
    assert frames(linked_chains(detections, LinkRules(shortest=2, least_score=0.5))) == [[0, 1, 2]]
    unscored = [at(frame, 0, None) for frame in range(2)]
    assert frames(linked_chains(unscored, LinkRules(least_score=0.9))) == [[0, 1]]


def test_two_that_cross_keep_apart_by_where_they_lead() -> None:
    right = [Detection(frame, frame, "car", Box(3 * frame, 0, 10, 10)) for frame in range(21)]
    left = [Detection(100 + frame, frame, "car", Box(60 - 3 * frame, 3, 10, 10)) for frame in range(21)]
    chains = linked_chains([*right, *left], LinkRules())
    assert sorted([one.id for one in chain] for chain in chains) == [[*range(21)], [*range(100, 121)]]


def test_linking_stops_when_nobody_waits() -> None:
    with pytest.raises(LinkingStoppedError):
        linked_chains([at(0, 0)], LinkRules(), is_stopped=lambda: True)


@pytest.mark.parametrize("rules", [{"least_iou": 0.0}, {"longest_gap": -1}, {"shortest": 0}, {"least_score": 2.0}])
def test_rules_out_of_bounds_are_refused(rules: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="not"):
        LinkRules(**rules)  # type: ignore[arg-type]


_BOXES = st.builds(Box, st.floats(-50, 50), st.floats(-50, 50), st.floats(0.1, 60), st.floats(0.1, 60))


@given(st.lists(_BOXES, max_size=5), st.lists(_BOXES, max_size=5))
def test_overlaps_are_those_of_each_pair(ones: list[Box], others: list[Box]) -> None:
    slow = np.array([[one.iou(other) for other in others] for one in ones]).reshape(len(ones), len(others))
    assert ious(corners_of(ones), corners_of(others)) == pytest.approx(slow, abs=1e-9)


@settings(max_examples=50)
@given(st.integers(1, 4), st.integers(1, 4), st.data())
def test_no_other_assignment_overlaps_more(rows: int, columns: int, data: st.DataObject) -> None:
    from itertools import permutations

    cell = st.sampled_from((0.0, 0.2, 0.5, 0.6, 0.8, 1.0))
    overlaps = np.array(data.draw(st.lists(cell, min_size=rows * columns, max_size=rows * columns)))
    overlaps = overlaps.reshape(rows, columns)
    pairs = best_pairs(overlaps, 0.5)
    assert len(set(pairs.values())) == len(pairs)
    taken = sum(overlaps[row, column] for column, row in pairs.items())
    useful = np.where(overlaps >= 0.5, overlaps, 0)
    useful = useful if rows <= columns else useful.T
    best = max(
        sum(useful[row, column] for row, column in enumerate(order))
        for order in permutations(range(useful.shape[1]), useful.shape[0])
    )
    assert taken == pytest.approx(best)


def test_detections_are_found_by_frame_and_taken_out() -> None:
    several = Detections([at(5, 0, number=3), at(2, 0, number=1), at(2, 9, number=2)])
    assert [one.id for one in several] == [1, 2, 3]
    assert [one.id for one in several.at(2)] == [1, 2]
    assert (several.frame_beside(2, 1), several.frame_beside(2, -1), several.frame_beside(9, -1)) == (5, None, 5)
    fewer = several.without(several.at(5))
    assert (len(fewer), fewer.frame_beside(2, 1), fewer.next_id()) == (2, None, 4)
    assert fewer.with_more([at(5, 0, number=3)]) == several
