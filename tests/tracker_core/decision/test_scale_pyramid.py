from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import cv2
import numpy as np
import pytest

from tests.support.siamfc_networks import FIVE_SCALES
from tracker_core.decision.scale_pyramid import ScaleConstants, decide, upsample
from tracker_core.decision.score_map import logistic
from tracker_core.images import FloatArray

PUBLISHED = ScaleConstants()
VARIANTS: tuple[dict[str, Any], ...] = ({}, {"upsampling": 15}, {"corner_aligned": True})  # 272, 255, 257 wide


def hill(*, row: float, column: float, height: float = 1.0, size: int = 17, floor: float = 0.0) -> FloatArray:
    """(S, S) logits with one smooth top."""
    rows, columns = np.mgrid[:size, :size]
    away = (rows - row) ** 2 + (columns - column) ** 2
    return np.asarray(floor + (height - floor) * np.exp(-away / 8), np.float32)


def keys(t: float) -> float:
    """The bicubic kernel with a = -0.75."""
    t, a = abs(t), -0.75
    if t <= 1:
        return (a + 2) * t**3 - (a + 3) * t**2 + 1
    return a * t**3 - 5 * a * t**2 + 8 * a * t - 4 * a if t < 2 else 0.0


def slow_upsample(response: FloatArray, places: list[float]) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Bicubic interpolation at cell coordinates ``places``, the same for rows and columns; outside it goes on."""
    size = len(response)
    weights = np.zeros((len(places), size))
    for i, place in enumerate(places):
        for tap in range(math.floor(place) - 1, math.floor(place) + 3):
            weights[i, min(max(tap, 0), size - 1)] += keys(place - tap)
    return np.asarray(weights @ response.astype(np.float64) @ weights.T)


@pytest.mark.parametrize(("by", "width"), [(16, 272), (15, 255), (1, 17)])
def test_cells_are_upsampled_as_areas(by: int, width: int) -> None:
    response = np.random.default_rng(1).normal(size=(17, 17)).astype(np.float32)
    fine = upsample(response, replace(PUBLISHED, upsampling=by))
    assert fine.shape == (width, width)
    np.testing.assert_allclose(fine, slow_upsample(response, [(u + 0.5) / by - 0.5 for u in range(width)]), atol=1e-5)


@pytest.mark.parametrize(("by", "width"), [(16, 257), (8, 129)])
def test_with_aligned_corners_the_cells_stay_in_the_map(by: int, width: int) -> None:
    response = np.random.default_rng(2).normal(size=(17, 17)).astype(np.float32)
    fine = upsample(response, replace(PUBLISHED, upsampling=by, corner_aligned=True))
    assert fine.shape == (width, width)
    np.testing.assert_allclose(fine[::by, ::by], response, atol=1e-6)
    np.testing.assert_allclose(fine, slow_upsample(response, [u / by for u in range(width)]), atol=1e-5)


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize(("row", "column"), [(8, 8), (5, 11), (4.3, 9.7), (10.5, 6.5)])
def test_a_top_is_found_where_it_is(variant: dict[str, Any], row: float, column: float) -> None:
    """8 pixels of the search region a cell. Bicubic interpolation draws a top a little towards the cells."""
    decision = decide([hill(row=row, column=column)], replace(PUBLISHED, scale_count=1, window_influence=0, **variant))
    across, down = decision.displacement(decision.place)
    assert across == pytest.approx(8 * (column - 8), abs=1)
    assert down == pytest.approx(8 * (row - 8), abs=1)


def test_a_top_in_the_middle_moves_nothing() -> None:
    """With an odd number of pixels there is a middle one; with an even one the middle lies between two."""
    for variant, off in zip(VARIANTS, (0.25, 0, 0), strict=True):
        decision = decide([hill(row=8, column=8)], replace(PUBLISHED, scale_count=1, **variant))
        assert np.abs(decision.displacement(decision.place)).max() == pytest.approx(off)


def test_another_scale_must_be_better_by_the_penalty() -> None:
    same = hill(row=8, column=8)
    for outer in (0, 2):
        levels = [same, same, same]
        levels[outer] = same * np.float32(1.02)
        assert decide(levels, PUBLISHED).chosen == 1
        levels[outer] = same * np.float32(1.03)
        assert decide(levels, PUBLISHED).chosen == outer
    assert decide([same] * 5, FIVE_SCALES).chosen == 2


def test_where_nothing_is_found_another_scale_is_not_preferred() -> None:
    """All logits below 0: multiplied by 0.9745 the outer peaks would rise over the middle one."""
    nothing = hill(row=8, column=8, height=-1, floor=-5)
    assert decide([nothing] * 3, PUBLISHED).chosen == 1
    assert decide([nothing, nothing, nothing * np.float32(0.9)], PUBLISHED).chosen == 2


def test_the_window_prefers_the_middle() -> None:
    two = np.maximum(hill(row=8, column=9), hill(row=2, column=3, height=1.02))
    far, near = (decide([two], replace(PUBLISHED, scale_count=1, window_influence=w)) for w in (0, 0.3))
    assert far.place[0] < 60
    assert near.place[0] > 120


def test_the_decision_is_the_published_formula() -> None:
    """Written as in huanglianghua/siamfc-pytorch: whole maps are penalised, then all is done on the best one's."""
    rng = np.random.default_rng(3)
    for _ in range(5):
        responses = [rng.normal(1, 1, (17, 17)).astype(np.float32) for _ in range(3)]
        fine = np.stack(
            [cv2.resize(r, (272, 272), interpolation=cv2.INTER_CUBIC).astype(np.float64) for r in responses]
        )
        fine[[0, 2]] *= 0.9745
        best = int(fine.max(axis=(1, 2)).argmax())
        chosen = fine[best] - fine[best].min()
        chosen /= chosen.sum() + 1e-16
        hann = [0.5 - 0.5 * math.cos(2 * math.pi * n / 271) for n in range(272)]
        window = np.outer(hann, hann)
        blended = (1 - 0.176) * chosen + 0.176 * window / window.sum()
        decision = decide(responses, PUBLISHED)
        assert decision.chosen == best
        assert decision.place == np.unravel_index(blended.argmax(), blended.shape)
        np.testing.assert_allclose(decision.decided, blended, rtol=1e-4, atol=1e-9)
        np.testing.assert_allclose(decision.peaks, fine.max(axis=(1, 2)), rtol=1e-6)


def test_a_map_without_any_form_is_decided_by_the_window() -> None:
    decision = decide([np.full((17, 17), 3, np.float32)] * 3, PUBLISHED)
    assert decision.chosen == 1
    assert np.abs(decision.displacement(decision.place)).max() == 0.25
    assert np.isfinite(decision.decided).all()


def test_the_score_is_the_probability_at_the_winning_place() -> None:
    decision = decide([hill(row=8, column=8, height=2)] * 3, PUBLISHED)
    assert decision.score == pytest.approx(1 / (1 + math.exp(-2)), abs=0.01)
    assert decision.score == pytest.approx(1 / (1 + math.exp(-float(decision.response[decision.place]))))


def test_probabilities_of_huge_logits_are_finite() -> None:
    np.testing.assert_array_equal(logistic(np.array([-1e4, 0, 1e4], np.float32)), [0, 0.5, 1])


def test_factors_are_powers_of_the_step() -> None:
    assert PUBLISHED.factors == pytest.approx((1 / 1.0375, 1, 1.0375))
    assert FIVE_SCALES.factors == pytest.approx([1.0255**n for n in (-2, -1, 0, 1, 2)])
    assert replace(PUBLISHED, scale_count=1).factors == (1,)


def test_constants_survive_a_weights_file() -> None:
    assert ScaleConstants(**FIVE_SCALES.as_mapping()) == FIVE_SCALES  # type: ignore[arg-type]


def test_every_tunable_may_stand_at_either_end_of_its_slider() -> None:
    responses = [hill(row=8, column=8), hill(row=9, column=8), hill(row=7, column=7)]
    for tunable in ScaleConstants.tunables:
        for value in (0.0, tunable.maximum):
            turned: dict[str, Any] = {tunable.name: value}
            assert np.isfinite(decide(responses, replace(PUBLISHED, **turned)).decided).all()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"window_influence": 1.5}, "between 0 and 1"),
        ({"scale_lr": -0.1}, "between 0 and 1"),
        ({"scale_step": 1.0}, "over 1"),
        ({"scale_count": 2}, "1, 3, 5 or 7"),
        ({"upsampling": 0}, "1 to 32"),
        ({"upsampling": 15, "corner_aligned": True}, "divide 32"),
    ],
)
def test_constants_that_make_no_sense_are_refused(change: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        replace(PUBLISHED, **change)
