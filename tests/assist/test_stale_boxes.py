from __future__ import annotations

from dataclasses import replace

from app.assist.run_plan import TrackPlan
from app.assist.stale_boxes import stale_boxes
from app.model.box_record import keyframe
from app.model.track import Track
from tests.support.annotated_projects import tracked
from tracker_core.geometry import Box

BOX = Box(5, 5, 10, 10)


def track_with(*frames: int, keyframes: tuple[int, ...] = (), reviewed: tuple[int, ...] = ()) -> Track:
    track = Track(1, "car", "#3b82f6")
    track.put({frame: tracked(BOX, 0.9) for frame in frames})
    track.put({frame: keyframe(BOX) for frame in keyframes})
    track.put({frame: replace(tracked(BOX, 0.9), reviewed=True) for frame in reviewed})
    return track


def plan(start: int, last: int) -> TrackPlan:
    return TrackPlan(1, start, BOX, start, BOX, last)


def test_boxes_beyond_the_loss_are_stale_up_to_the_end_of_the_plan() -> None:
    assert stale_boxes(track_with(*range(5, 30)), plan(4, 20), lost_frame=15) == [16, 17, 18, 19, 20]


def test_backward_they_lie_before_it() -> None:
    assert stale_boxes(track_with(*range(5, 30)), plan(29, 12), lost_frame=15) == [14, 13, 12]


def test_a_keyframe_speaks_for_what_follows_it() -> None:
    track = track_with(*range(5, 30), keyframes=(18,))
    assert stale_boxes(track, plan(4, 25), lost_frame=15) == [16, 17]


def test_a_box_that_a_person_has_let_stand_stays() -> None:
    track = track_with(16, 17, 18, reviewed=(17,))
    assert stale_boxes(track, plan(4, 25), lost_frame=15) == [16, 18]


def test_a_track_lost_on_the_last_frame_leaves_nothing() -> None:
    assert stale_boxes(track_with(*range(5, 30)), plan(4, 15), lost_frame=15) == []
