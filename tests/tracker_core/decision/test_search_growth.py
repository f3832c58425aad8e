from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker_core.decision.search_growth import SearchGrowth, SearchState

AT_ONCE = SearchGrowth(local=255, largest=831, step=576, lost_below=0.8, found_above=0.998)
BY_STEPS = SearchGrowth(local=271, largest=351, step=32, lost_below=0.8, found_above=0.95)


def sizes_after(growth: SearchGrowth, scores: list[float]) -> list[int]:
    state, sizes = growth.start(), []
    for score in scores:
        state = growth.after(state, score)
        sizes.append(state.size)
    return sizes


def test_a_lost_target_is_looked_for_everywhere_at_once() -> None:
    assert AT_ONCE.sizes == (255, 831)
    assert sizes_after(AT_ONCE, [0.9, 0.79, 0.5, 0.998, 0.999]) == [255, 831, 831, 831, 255]


def test_or_a_step_further_in_each_frame_until_the_largest() -> None:
    assert BY_STEPS.sizes == (271, 303, 335, 351)
    assert sizes_after(BY_STEPS, [0.1] * 5) == [303, 335, 351, 351, 351]
    assert sizes_after(BY_STEPS, [0.1, 0.1, 0.96, 0.1]) == [303, 335, 271, 303]


def test_a_doubtful_score_neither_raises_nor_ends_the_alarm() -> None:
    assert BY_STEPS.after(BY_STEPS.start(), 0.9) == SearchState(271)
    lost = BY_STEPS.after(BY_STEPS.start(), 0.7)
    assert BY_STEPS.after(lost, 0.9) == lost == SearchState(303, is_searching=True)


@given(scores=st.lists(st.floats(0, 1), max_size=40))
def test_the_region_is_local_exactly_while_the_target_is_not_lost(scores: list[float]) -> None:
    state = BY_STEPS.start()
    for score in scores:
        state = BY_STEPS.after(state, score)
        assert state.is_searching == (state.size > BY_STEPS.local)
        assert state.size in BY_STEPS.sizes


@pytest.mark.parametrize(
    "changed",
    [
        {"largest": 255}, {"step": 0}, {"step": -16}, {"step": 8}, {"largest": 263},
        {"lost_below": 0.999}, {"lost_below": -0.1}, {"found_above": 1.5},
    ],
)  # fmt: skip
def test_growth_that_makes_no_sense_is_refused(changed: dict[str, float]) -> None:
    wanted = {"local": 255, "largest": 831, "step": 64, "lost_below": 0.8, "found_above": 0.99} | changed
    with pytest.raises(ValueError, match=r"grows|impossible"):
        SearchGrowth(**wanted)  # type: ignore[arg-type]
