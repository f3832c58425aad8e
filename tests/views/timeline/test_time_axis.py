import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.views.timeline.time_axis import WIDEST_FRAME, TimeAxis


@st.composite
def axes(draw: st.DrawFn) -> TimeAxis:
    """Any zoom and pan that a person can reach."""
    axis = TimeAxis.fitted(frame_count=draw(st.integers(1, 1000)), width=draw(st.integers(1, 300)))
    for _ in range(draw(st.integers(0, 3))):
        axis = axis.zoomed(draw(st.floats(0.3, 30)), at_x=draw(st.integers(0, axis.width)))
    return axis.panned_to(draw(st.integers(0, axis.max_offset)))


def test_fitted_spans_the_whole_width() -> None:
    axis = TimeAxis.fitted(frame_count=108_000, width=1100)
    assert axis.x_of(0) == 0
    assert axis.x_of(108_000) == pytest.approx(1100)
    assert axis.is_fitted


@given(axes())
def test_every_frame_in_view_is_found_at_its_own_centre(axis: TimeAxis) -> None:
    for frame in range(axis.frame_at(0), axis.frame_at(axis.width - 1) + 1):
        centre = axis.x_of(frame + 0.5)
        if 0 <= centre < axis.width:
            assert axis.frame_at(centre) == frame


@given(axes())
def test_columns_hold_the_frames_that_are_drawn_in_them(axis: TimeAxis) -> None:
    frames = np.arange(axis.frame_count)
    first = axis.by_column(frames, np.minimum, beyond=-1).tolist()
    last = axis.by_column(frames, np.maximum, beyond=-1).tolist()
    if axis.scale >= 1:
        assert first == last
        assert all(axis.x_of(f) - 1e-6 <= x + 0.5 <= axis.x_of(f + 1) + 1e-6 for x, f in enumerate(first) if f >= 0)
        return
    drawn: dict[int, list[int]] = {}
    for frame in frames.tolist():
        drawn.setdefault(math.floor(axis.x_of(frame) + 1e-9), []).append(frame)
    assert first == [min(drawn.get(x, [-1])) for x in range(axis.width)]
    assert last == [max(drawn.get(x, [-1])) for x in range(axis.width)]


def test_columns_after_the_last_frame_are_empty() -> None:
    axis = TimeAxis(frame_count=3, width=10, scale=2)
    values = np.array([5.0, 6.0, 7.0])
    assert axis.by_column(values, np.maximum, beyond=-1).tolist() == [5, 5, 6, 6, 7, 7, -1, -1, -1, -1]


@given(axes(), st.floats(0.2, 20), st.data())
def test_zoom_keeps_what_is_under_the_cursor(axis: TimeAxis, factor: float, data: st.DataObject) -> None:
    x = data.draw(st.integers(0, axis.width - 1))
    zoomed = axis.zoomed(factor, at_x=x)
    stopped_by_an_end = zoomed.offset in (0, zoomed.max_offset)
    frame = (x + axis.offset) / axis.scale
    assert stopped_by_an_end or zoomed.x_of(frame) == pytest.approx(x, abs=0.51)


@given(axes(), st.floats(0.01, 100))
def test_zoom_stays_between_the_whole_video_and_single_frames(axis: TimeAxis, factor: float) -> None:
    zoomed = axis.zoomed(factor, at_x=0)
    whole = axis.width / axis.frame_count
    assert whole <= zoomed.scale <= max(WIDEST_FRAME, whole)
    assert 0 <= zoomed.offset <= zoomed.max_offset


@given(axes(), st.data())
def test_turning_and_nudging_bring_a_frame_into_view(axis: TimeAxis, data: st.DataObject) -> None:
    frame = data.draw(st.integers(0, axis.frame_count - 1))
    for moved in (axis.turned_to(frame), axis.nudged_to(frame)):
        if axis.width > 2 * moved.scale + 4:
            assert moved.x_of(frame) >= -1e-6
            assert moved.x_of(frame + 1) <= axis.width + 1e-6


def test_turning_leaves_a_page_alone_that_shows_the_frame() -> None:
    axis = TimeAxis(frame_count=1000, width=100, scale=1, offset=200)
    assert axis.turned_to(250) is axis
    assert axis.turned_to(300) == replace(axis, offset=290)
    assert axis.turned_to(199) == replace(axis, offset=110)


def test_a_fitted_axis_stays_fitted_in_another_width() -> None:
    axis = TimeAxis.fitted(frame_count=100, width=200)
    assert axis.resized(50) == TimeAxis.fitted(frame_count=100, width=50)
    zoomed = axis.zoomed(4, at_x=0)
    assert zoomed.resized(150).scale == zoomed.scale


@pytest.mark.parametrize(("scale", "step"), [(100.0, 1), (60.0, 2), (11.0, 10), (0.01, 10_000), (0.03, 5000)])
def test_ticks_are_round_numbers_of_frames_far_enough_apart(scale: float, step: int) -> None:
    assert TimeAxis(frame_count=1, width=1, scale=scale).tick_step(pixels=100) == step
