import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.views.timeline.score_series import dip_near, score_columns
from app.views.timeline.time_axis import TimeAxis

scores = st.lists(st.one_of(st.just(math.nan), st.floats(0, 1, width=32)), min_size=1, max_size=80)


@given(scores, st.integers(3, 160), st.floats(1, 10), st.integers(0, 300))
def test_the_curve_is_the_extremes_of_each_column(values: list[float], width: int, zoom: float, pan: int) -> None:
    axis = TimeAxis.fitted(frame_count=len(values), width=width).zoomed(zoom, at_x=0).panned_to(pan)
    first = axis.by_column(np.arange(len(values)), np.minimum, beyond=len(values))
    last = axis.by_column(np.arange(len(values)), np.maximum, beyond=-1)
    lows, highs = score_columns(np.array(values, dtype=np.float32), axis)
    for x in range(width):
        known = [value for value in values[first[x] : last[x] + 1] if not math.isnan(value)]
        if known:
            assert (lows[x], highs[x]) == (min(known), max(known))
        else:
            assert np.isnan(lows[x])
            assert np.isnan(highs[x])


def test_the_curve_breaks_where_there_is_no_score() -> None:
    values = np.array([0.75, 0.5, np.nan, 0.25], dtype=np.float32)
    lows, _ = score_columns(values, TimeAxis.fitted(frame_count=4, width=8))
    np.testing.assert_array_equal(lows, [0.75, 0.75, 0.5, 0.5, np.nan, np.nan, 0.25, 0.25])


def test_one_bad_frame_among_a_hundred_is_still_seen() -> None:
    values = np.full(10_000, 0.9, dtype=np.float32)
    values[4321] = 0.1
    lows, highs = score_columns(values, TimeAxis.fitted(frame_count=10_000, width=100))
    assert lows.min() == np.float32(0.1)
    assert highs.min() == np.float32(0.9)


def test_no_scores_make_no_curve() -> None:
    values = np.full(50, np.nan, dtype=np.float32)
    axis = TimeAxis.fitted(frame_count=50, width=100)
    assert np.isnan(score_columns(values, axis).lows).all()
    assert dip_near(values, axis, 50, reach=4, threshold=0.5) is None


def test_a_dip_is_found_from_a_few_pixels_away() -> None:
    values = np.full(10_000, 0.9, dtype=np.float32)
    values[4321] = 0.1
    axis = TimeAxis.fitted(frame_count=10_000, width=100)
    assert dip_near(values, axis, 45, reach=3, threshold=0.5) == 4321
    assert dip_near(values, axis, 60, reach=3, threshold=0.5) is None
    assert dip_near(values, axis, 45, reach=3, threshold=0.05) is None
