"""Boxes that no longer hold, and frames whose box was deleted."""

from __future__ import annotations

from dataclasses import replace

from app.model.box_record import keyframe
from app.model.frame_spans import FrameSpans
from app.model.interpolation import record_at
from app.model.track import Track
from app.model.track_marks import Overruled, TrackMarks
from tests.support.annotated_projects import tracked
from tracker_core.geometry import Box

BOX = Box(5, 5, 10, 10)


def track_with(marks: TrackMarks) -> Track:
    """Keyframes at 0 and 20; run 1 has made 1 to 19, run 2 has made 5 again, and 8 was reviewed."""
    track = Track(1, "car", "#3b82f6", marks=marks)
    track.put({frame: tracked(BOX, 0.9, run_id=1) for frame in range(1, 20)})
    track.put({0: keyframe(BOX), 20: keyframe(BOX), 5: tracked(BOX, 0.9, run_id=2)})
    track.put({8: replace(tracked(BOX, 0.9, run_id=1), reviewed=True)})
    return track


def test_boxes_of_overruled_runs_are_stale_unless_somebody_has_reviewed_them() -> None:
    track = track_with(TrackMarks().overruling(4, 22, run_id=1))
    expected = [frame for frame in range(4, 20) if frame not in (5, 8)]
    assert [frame for frame in range(25) if track.is_stale(frame)] == expected
    assert list(track.stale_frames()) == expected
    assert list(track.stale_frames(7, 10)) == [7, 9, 10]


def test_spans_that_overlap_count_each_frame_once() -> None:
    track = track_with(TrackMarks().overruling(4, 10, run_id=1).overruling(6, 12, run_id=1))
    assert list(track.stale_frames()) == [4, 6, 7, 9, 10, 11, 12]


def test_a_box_of_no_run_is_never_stale() -> None:
    track = track_with(TrackMarks().overruling(4, 22, run_id=9))
    track.put({6: tracked(BOX, 0.9)})
    assert not track.is_stale(6)


def test_a_span_swallows_those_inside_it_that_say_less() -> None:
    marks = TrackMarks().overruling(4, 10, run_id=1).overruling(12, 14, run_id=3).overruling(4, 20, run_id=2)
    assert marks.overruled == (Overruled(12, 14, 3), Overruled(4, 20, 2))
    assert TrackMarks().overruling(5, 4, run_id=1) == TrackMarks()


def test_nothing_is_interpolated_where_a_box_was_deleted() -> None:
    track = Track(1, "car", "#3b82f6", marks=TrackMarks(FrameSpans.of([(4, 6)])))
    track.put({0: keyframe(BOX), 10: keyframe(BOX), 5: keyframe(BOX)})
    shown = [frame for frame in range(12) if record_at(track, frame) is not None]
    assert shown == [0, 1, 2, 3, 5, 7, 8, 9, 10]


def test_the_spans_in_which_two_sets_of_marks_differ() -> None:
    one = TrackMarks(FrameSpans.of([(1, 2), (8, 9)])).overruling(20, 30, run_id=1)
    other = TrackMarks(FrameSpans.of([(1, 3), (8, 9)])).overruling(20, 30, run_id=2)
    assert one.spans_unlike(other) == {(1, 2), (1, 3), (20, 30)}
    assert one.spans_unlike(one) == set()


def test_boxes_hold_again_in_a_part_of_an_overruled_span() -> None:
    marks = TrackMarks().overruling(10, 40, run_id=1).overruling(5, 30, run_id=3)
    assert marks.holding(20, 25, before_run=2).overruled == (
        Overruled(10, 19, 1),
        Overruled(26, 40, 1),
        Overruled(5, 30, 3),
    )
    assert marks.holding(0, 99, before_run=9) == TrackMarks()
