from __future__ import annotations

import math
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assist.box_edits import BoxEdit
from app.assist.span_edits import copy_span, interpolate_linear, interpolate_smooth, smooth, thin_out
from app.model.box_record import BoxRecord, Source, keyframe
from app.model.interpolation import record_at
from app.model.track import Track
from tests.support.annotated_projects import tracked
from tracker_core.geometry import Box

START = Box(100, 100, 40, 40)


def track_of(records: Mapping[int, BoxRecord | None], track_id: int = 1) -> Track:
    track = Track(track_id, "car", "#3b82f6")
    track.put(records)
    return track


def moved(dx: float, dy: float = 0.0) -> Box:
    return START.translated(dx=dx, dy=dy)


def applied(track: Track, edit: BoxEdit) -> Track:
    assert edit.refusal == ""
    after = track.copy()
    after.put(edit.records)
    return after


def box_at(track: Track, frame: int) -> Box:
    record = record_at(track, frame)
    assert record is not None
    assert record.box is not None
    return record.box


def wandering() -> Track:
    """Keyframes at 0, 10 and 20; between them a tracker that wanders off."""
    records: dict[int, BoxRecord | None] = {frame: tracked(moved(frame, 15), 0.4) for frame in range(21)}
    return track_of(records | {frame: keyframe(moved(frame)) for frame in (0, 10, 20)})


def test_a_line_takes_the_place_of_what_the_tracker_said() -> None:
    after = applied(wandering(), interpolate_linear(wandering(), 0, 20))
    assert [frame for frame, _ in after.items()] == [0, 10, 20]
    assert box_at(after, 5).as_tuple() == pytest.approx(moved(5).as_tuple())


def test_a_line_may_begin_and_end_in_a_tracked_box_and_goes_past_what_was_reviewed() -> None:
    track = wandering()
    track.put({15: BoxRecord(moved(15, 3), Source.TRACKER, score=0.9, reviewed=True)})
    after = applied(track, interpolate_linear(track, 2, 18))
    assert [frame for frame, _ in after.items()] == [0, 1, 2, 10, 15, 18, 19, 20]


def test_a_smooth_curve_goes_through_all_that_was_drawn() -> None:
    track = track_of({frame: keyframe(moved(10 * frame, 40 * math.sin(frame / 10))) for frame in range(0, 41, 5)})
    after = applied(track, interpolate_smooth(track, 0, 40))
    for frame in range(41):
        straight, curved = box_at(track, frame), box_at(after, frame)
        true = moved(10 * frame, 40 * math.sin(frame / 10))
        assert abs(curved.y - true.y) <= abs(straight.y - true.y) + 0.6
        assert abs(curved.x - true.x) < 0.01
    record = after.get(3)
    assert record is not None
    assert record.source is Source.INTERPOLATED


@pytest.mark.parametrize("edit", [interpolate_linear, interpolate_smooth])
def test_lines_that_cannot_be_drawn_are_refused(edit: object) -> None:
    assert callable(edit)
    track = track_of({0: keyframe(START), 5: keyframe(None), 10: keyframe(START)})
    assert "is absent on frame 5" in edit(track, 0, 10).refusal
    assert "at least three frames" in edit(track, 0, 1).refusal
    assert "has no box on frame 20" in edit(track, 10, 20).refusal


def test_jitter_goes_and_movement_stays() -> None:
    jitter = [0.0, 1.5, -1.0, 1.2, -1.6, 0.8, -0.4, 1.1, -1.3, 0.9]
    records: dict[int, BoxRecord | None] = {
        frame: tracked(moved(3 * frame, jitter[frame % 10]), 0.9) for frame in range(40)
    }
    track = track_of(records | {0: keyframe(START)})
    after = applied(track, smooth(track, 0, 39))
    before_spread = sum(abs(box_at(track, frame).y - 100) for frame in range(5, 35))
    assert sum(abs(box_at(after, frame).y - 100) for frame in range(5, 35)) < before_spread / 3
    assert all(abs(box_at(after, frame).x - moved(3 * frame).x) < 0.01 for frame in range(40))
    assert after.get(0) == track.get(0)
    assert after.get(20) != track.get(20)


def test_a_leap_is_no_jitter() -> None:
    records: dict[int, BoxRecord | None] = {frame: tracked(moved(0 if frame < 20 else 200), 0.9) for frame in range(40)}
    after = applied(track_of(records), smooth(track_of(records), 0, 39))
    assert [box_at(after, frame).x for frame in (18, 19, 20, 21)] == pytest.approx([100, 100, 300, 300], abs=12)


def test_nothing_to_smooth_is_refused() -> None:
    assert "no unreviewed box" in smooth(track_of({0: keyframe(START), 1: keyframe(START)}), 0, 1).refusal


@given(st.lists(st.floats(-4, 4), min_size=3, max_size=40), st.sampled_from([0.5, 0.7, 0.9]))
def test_thinned_out_boxes_overlap_what_was_there(steps: list[float], least: float) -> None:
    x = 0.0
    records: dict[int, BoxRecord | None] = {}
    for frame, step in enumerate(steps):
        x += step
        records[frame] = tracked(moved(x), 0.9)
    track = track_of(records)
    edit = thin_out(track, 0, len(steps) - 1, least_iou=least)
    after = applied(track, edit)
    assert {record.source for _, record in after.items()} == {Source.HUMAN}
    for frame in range(len(steps)):
        assert box_at(after, frame).iou(box_at(track, frame)) >= least - 1e-9


def test_a_steady_movement_needs_two_boxes_and_keeps_what_was_drawn() -> None:
    records: dict[int, BoxRecord | None] = {frame: tracked(moved(2 * frame), 0.9) for frame in range(31)}
    track = track_of(records | {7: keyframe(moved(14))})
    after = applied(track, thin_out(track, 0, 30, least_iou=0.95))
    assert [frame for frame, _ in after.items()] == [0, 7, 30]


@pytest.mark.parametrize("least", [0.0, 1.1])
def test_an_overlap_that_is_none_is_refused(least: float) -> None:
    with pytest.raises(ValueError, match="least_iou"):
        thin_out(wandering(), 0, 20, least_iou=least)


def test_what_another_track_shows_is_copied() -> None:
    source = track_of({0: keyframe(START), 4: keyframe(moved(8)), 6: keyframe(None)})
    goal = track_of({5: keyframe(moved(99))}, track_id=2)
    after = applied(goal, copy_span(source, goal, 2, 7))
    assert box_at(after, 2).as_tuple() == pytest.approx(moved(4).as_tuple())
    assert box_at(after, 5) == moved(99)
    assert record_at(after, 7) == record_at(source, 7)
    assert "shows nothing" in copy_span(goal, source, 0, 3).refusal
