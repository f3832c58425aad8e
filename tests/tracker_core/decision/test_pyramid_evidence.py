from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.support.networks import CONSTANTS as RPN_CONSTANTS
from tracker_core.crops import Crop
from tracker_core.decision.evidence import redecide
from tracker_core.decision.pyramid_evidence import CANDIDATES, Look, conclude, explain
from tracker_core.decision.scale_pyramid import ScaleConstants
from tracker_core.geometry import Box
from tracker_core.images import FloatArray
from tracker_core.tracker import Evidence, Prediction

PUBLISHED = ScaleConstants()
VARIANTS: tuple[dict[str, Any], ...] = ({}, {"upsampling": 15}, {"corner_aligned": True}, {"window_influence": 0.9})
PICTURE = (640, 480)
LAST = Box(280, 220, 60, 40)
EXEMPLAR = np.zeros((127, 127, 3), np.uint8)


def hills(*tops: tuple[float, float, float], size: int = 17) -> FloatArray:
    """(S, S) logits with a smooth top of a height at each (row, column, height)."""
    rows, columns = np.mgrid[:size, :size]
    each = [height * np.exp(-((rows - row) ** 2 + (columns - column) ** 2) / 4) for row, column, height in tops]
    return np.asarray(np.sum(each, axis=0) - 1, np.float32)


def looks_of(*responses: FloatArray) -> list[Look[Crop]]:
    """Two picture pixels are one crop pixel at the middle scale; all look at the middle of ``LAST``."""
    looks = []
    for factor, response in zip(PUBLISHED.factors, responses, strict=True):
        side = round(510 * factor)
        window = Box(310 - side // 2, 240 - side // 2, side, side)
        looks.append(Look(factor, Crop.of(np.full((255, 255, 3), side % 256, np.uint8), window), response))
    return looks


def explained(looks: list[Look[Crop]], constants: ScaleConstants) -> tuple[Prediction, Evidence]:
    prediction, decision = conclude(looks, constants, last_box=LAST, image_size=PICTURE)
    prediction = explain(
        prediction, decision, looks, constants, exemplar=EXEMPLAR, last_box=LAST, image_size=PICTURE
    )  # fmt: skip
    assert prediction.evidence is not None
    return prediction, prediction.evidence


TWO_TOPS = hills((8, 8, 2), (5, 12, 4))


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_maps_are_those_that_decided(variant: dict[str, Any]) -> None:
    constants = replace(PUBLISHED, **variant)
    prediction, evidence = explained(looks_of(TWO_TOPS - 1, TWO_TOPS, TWO_TOPS - 1), constants)
    maps = evidence.raw, evidence.window, evidence.penalised, evidence.decided
    assert all(values.shape == (17, 17) for values in maps)
    assert all(values.min() >= -1e-6 and values.max() <= 1 + 1e-6 for values in maps)
    influence = constants.window_influence
    blended = evidence.penalised * (1 - influence) + evidence.window * influence
    np.testing.assert_allclose(evidence.decided, blended, atol=1e-6)
    assert evidence.decided[evidence.cell] == evidence.decided.max()
    assert evidence.raw[evidence.cell] == pytest.approx(prediction.score)
    assert max(evidence.window.max(), evidence.penalised.max()) == pytest.approx(1, abs=0.1)


@pytest.mark.parametrize("variant", VARIANTS[:3])
def test_a_cell_shows_its_best_pixel_wherever_it_is(variant: dict[str, Any]) -> None:
    constants = replace(PUBLISHED, scale_lr=1, window_influence=0, **variant)
    for place in ((0, 0), (16, 16), (2.8, 10.8), (8.3, 7.7)):
        level = hills((*place, 3))
        prediction, evidence = explained(looks_of(level - 1, level, level - 1), constants)
        assert evidence.cell == (round(place[0]), round(place[1]))
        cells = (prediction.box.cx - evidence.map_box.x) / (evidence.map_box.width / 17)
        assert cells == pytest.approx(place[1] + 0.5, abs=0.55)


def test_the_box_follows_the_chosen_scale() -> None:
    looks = looks_of(hills((8, 8, 2)), hills((8, 8, 2)), hills((5, 12, 4)))
    prediction, evidence = explained(looks, replace(PUBLISHED, window_influence=0))
    per_cell = 8 * looks[2].crop.window.width / 255
    assert prediction.box.cx - LAST.cx == pytest.approx(4 * per_cell, abs=1.5)
    assert prediction.box.cy - LAST.cy == pytest.approx(-3 * per_cell, abs=1.5)
    assert prediction.box.width == pytest.approx(60 * (0.41 + 0.59 * 1.0375))
    assert prediction.box.height == pytest.approx(40 * (0.41 + 0.59 * 1.0375))
    assert [level.chosen for level in evidence.pyramid] == [False, False, True]
    assert evidence.search_region_box == looks[2].crop.window
    assert evidence.search_region is looks[2].crop.image
    assert evidence.map_box.width == pytest.approx(17 * per_cell)


def test_every_scale_is_shown_with_what_it_was_compared_by() -> None:
    level = hills((8, 8, 3))
    _, evidence = explained(looks_of(level, level, level), PUBLISHED)
    small, middle, large = evidence.pyramid
    assert [one.factor for one in evidence.pyramid] == list(PUBLISHED.factors)
    assert small.peak == large.peak < middle.peak
    assert middle.raw.max() == pytest.approx(1 / (1 + np.exp(-float(level.max()))))


def test_candidates_are_the_tops_best_first() -> None:
    level = hills((8, 8, 3), (4, 13, 2.5), (13, 3, 2))
    prediction, evidence = explained(looks_of(level - 1, level, level - 1), replace(PUBLISHED, window_influence=0.1))
    assert 3 <= len(evidence.candidates) <= CANDIDATES
    first, second, third = evidence.candidates[:3]
    assert first.box == prediction.box
    assert first.score == prediction.score
    assert first.decided_score == evidence.decided.max()
    assert second.box.cx - LAST.cx == pytest.approx(5 * 16, abs=4)
    assert third.box.cy - LAST.cy == pytest.approx(5 * 16, abs=4)
    assert all(candidate.box.width == prediction.box.width for candidate in evidence.candidates)
    assert first.decided_score > second.decided_score > third.decided_score


def test_deciding_anew_with_the_same_constants_changes_nothing() -> None:
    first, evidence = explained(looks_of(TWO_TOPS, TWO_TOPS - 1, TWO_TOPS), PUBLISHED)
    again = redecide(evidence, PUBLISHED)
    assert (again.box, again.score) == (first.box, first.score)
    assert again.evidence is not None
    np.testing.assert_array_equal(again.evidence.decided, evidence.decided)
    assert [level.chosen for level in again.evidence.pyramid] == [level.chosen for level in evidence.pyramid]


def test_deciding_anew_is_deciding_with_the_others_at_once() -> None:
    """Another scale wins, and the search region is that scale's."""
    looks = looks_of(TWO_TOPS, TWO_TOPS, TWO_TOPS * np.float32(1.01))
    others = replace(PUBLISHED, window_influence=0.9, scale_penalty=1, scale_lr=1)
    first, evidence = explained(looks, PUBLISHED)
    expected, wanted = explained(looks, others)
    again = redecide(evidence, others)
    assert again.box == expected.box != first.box
    assert again.evidence is not None
    assert again.evidence.search_region_box == wanted.search_region_box != evidence.search_region_box


def test_other_constants_cannot_decide_it() -> None:
    _, evidence = explained(looks_of(TWO_TOPS, TWO_TOPS, TWO_TOPS), PUBLISHED)
    with pytest.raises(TypeError, match="ScaleConstants"):
        redecide(evidence, RPN_CONSTANTS)
    with pytest.raises(ValueError, match="cannot be decided again"):
        redecide(replace(evidence, last_box=None), PUBLISHED)


def test_a_map_without_any_form_is_shown_as_well() -> None:
    flat = np.zeros((17, 17), np.float32)
    prediction, evidence = explained(looks_of(flat, flat, flat), replace(PUBLISHED, window_influence=0))
    assert prediction.score == 0.5
    assert np.isfinite(evidence.decided).all()
    assert len(evidence.candidates) <= CANDIDATES
