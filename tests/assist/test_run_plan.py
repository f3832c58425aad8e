from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assist.run_plan import RunPlan, TrackPlan, Until, amended, plan_run
from app.model.box_record import BoxRecord, keyframe
from app.model.direction import BACKWARD, FORWARD, Direction
from app.model.project import Project
from app.model.track import Track
from tests.support.annotated_projects import projects, tracked
from tests.support.blank_video import video_reference
from tracker_core.geometry import Box

FRAMES = 100


def at(x: float) -> Box:
    return Box(x, 10, 8, 8)


def project_of(*records: dict[int, object]) -> Project:
    """Tracks 1, 2, ...; a number is the x of a keyframe, a tuple of one that of a tracked box, None an absent mark;
    a record is itself.
    """
    project = Project(video_reference(FRAMES))
    for number, of_track in enumerate(records, start=1):
        track = Track(number, "car", "#3b82f6")
        for frame, value in of_track.items():
            if isinstance(value, BoxRecord):
                record = value
            elif value is None:
                record = keyframe(None)
            elif isinstance(value, tuple):
                record = tracked(at(value[0]), 0.9)
            else:
                assert isinstance(value, int)
                record = keyframe(at(value))
            track.put({frame: record})
        project.tracks[number] = track
    return project


def the_track(plan: RunPlan) -> TrackPlan:
    assert plan.refusals == ()
    (track,) = plan.tracks
    return track


def test_a_run_from_a_keyframe_goes_to_the_end() -> None:
    plan = plan_run(project_of({20: 5}), [1], 20, FORWARD)
    assert the_track(plan) == TrackPlan(1, 20, at(5), 20, at(5), 99)
    assert list(plan.frames) == list(range(21, 100))


def test_a_run_stops_before_the_next_keyframe() -> None:
    plan = plan_run(project_of({20: 5, 50: 9}), [1], 20, FORWARD)
    assert the_track(plan).last_frame == 49
    assert (plan.first_frame, plan.last_frame) == (21, 49)


def test_a_run_backward_is_the_same_with_signs_turned() -> None:
    plan = plan_run(project_of({20: 5, 50: 9}), [1], 50, BACKWARD)
    assert the_track(plan) == TrackPlan(1, 50, at(9), 50, at(9), 21)
    assert list(plan.frames) == list(range(49, 20, -1))
    assert list(plan_run(project_of({3: 5}), [1], 3, BACKWARD).frames) == [2, 1, 0]


def test_from_a_tracked_box_the_exemplar_is_the_keyframe_before_it() -> None:
    plan = plan_run(project_of({20: 5, 21: (6,), 22: (7,), 23: (8,)}), [1], 22, FORWARD)
    assert the_track(plan) == TrackPlan(1, 20, at(5), 22, at(7), 99)


def test_going_backward_the_exemplar_is_the_keyframe_after_it_or_else_before() -> None:
    records: dict[int, object] = {20: 5, 21: (6,), 22: (7,)}
    assert the_track(plan_run(project_of(records), [1], 22, BACKWARD)).exemplar_frame == 20
    assert the_track(plan_run(project_of({**records, 30: 9}), [1], 22, BACKWARD)).exemplar_frame == 30


def test_an_absent_keyframe_is_no_exemplar() -> None:
    plan = plan_run(project_of({20: 5, 30: None, 40: (7,)}), [1], 40, FORWARD)
    assert the_track(plan).exemplar_frame == 20


def test_without_any_keyframe_the_start_is_the_exemplar() -> None:
    assert the_track(plan_run(project_of({20: (5,)}), [1], 20, FORWARD)).exemplar_box == at(5)


@pytest.mark.parametrize(("direction", "start"), [(FORWARD, 20), (BACKWARD, 50)])
def test_from_an_interpolated_box_the_run_starts_at_the_record_before(direction: Direction, start: int) -> None:
    plan = plan_run(project_of({20: 5, 50: 9}), [1], 30, direction)
    assert the_track(plan).start_frame == start


def test_each_track_goes_to_its_own_next_keyframe() -> None:
    plan = plan_run(project_of({20: 1, 30: 2}, {10: 3}, {25: 4, 40: 5}), [3, 1, 2], 25, FORWARD)
    assert [(track.track_id, track.start_frame, track.last_frame) for track in plan.tracks] == [
        (3, 25, 39),
        (1, 20, 29),
        (2, 10, 99),
    ]
    assert (plan.first_frame, plan.last_frame) == (11, 99)


def test_so_many_frames() -> None:
    assert the_track(plan_run(project_of({20: 5}), [1], 20, FORWARD, until=10)).last_frame == 30
    assert the_track(plan_run(project_of({95: 5}), [1], 95, FORWARD, until=10)).last_frame == 99
    assert the_track(plan_run(project_of({5: 5}), [1], 5, BACKWARD, until=3)).last_frame == 2


def test_to_the_end_passes_keyframes_and_stops_at_an_absent_one() -> None:
    plan = the_track(plan_run(project_of({20: 1, 30: 2, 40: 3}), [1], 20, FORWARD, until=Until.END))
    assert plan.last_frame == 99
    assert plan.keyframes == ((30, at(2)), (40, at(3)))
    plan = the_track(plan_run(project_of({20: 1, 30: 2, 40: None}), [1], 20, FORWARD, until=Until.END))
    assert (plan.last_frame, plan.keyframes) == (39, ((30, at(2)),))


@pytest.mark.parametrize(
    ("records", "frame", "direction", "reason"),
    [
        ({50: 5}, 20, FORWARD, "Track 1 has no box on frame 20 or before it; draw one there first."),
        ({10: 5}, 20, BACKWARD, "Track 1 has no box on frame 20 or after it; draw one there first."),
        ({10: 5, 15: None}, 20, FORWARD, "Track 1 is absent on frame 20; draw its box there first."),
        ({10: 5, 30: None}, 20, BACKWARD, "Track 1 has no box on frame 20; draw one there first."),
        ({20: 5, 21: 6}, 20, FORWARD, "Track 1 has a keyframe on frame 21 already, so there is nothing to track."),
        ({99: 5}, 99, FORWARD, "Track 1 is at the end of the video already."),
        ({0: 5}, 0, BACKWARD, "Track 1 is at the beginning of the video already."),
        ({20: 80}, 20, FORWARD, "The box of track 1 on frame 20 is outside the picture; move it first."),
    ],
)
def test_a_track_that_cannot_start_says_why(
    records: dict[int, object], frame: int, direction: Direction, reason: str
) -> None:
    plan = plan_run(project_of(records), [1], frame, direction)
    assert plan.refusals == (reason,)
    assert plan.tracks == ()
    assert list(plan.frames) == []


def test_one_that_cannot_start_does_not_keep_the_others() -> None:
    plan = plan_run(project_of({50: 5}, {10: 5}), [1, 2], 20, FORWARD)
    assert [track.track_id for track in plan.tracks] == [2]
    assert len(plan.refusals) == 1


@given(project=projects(), frame=st.integers(0, 29), direction=st.sampled_from([FORWARD, BACKWARD]))
def test_every_track_gets_a_plan_or_a_reason_and_no_plan_touches_a_keyframe(
    project: Project, frame: int, direction: Direction
) -> None:
    plan = plan_run(project, project.tracks, frame, direction)
    assert len(plan.tracks) + len(plan.refusals) == len(project.tracks)
    for track_plan in plan.tracks:
        way = range(track_plan.start_frame + direction, track_plan.last_frame + direction, direction)
        assert len(way) > 0
        assert set(way) <= set(plan.frames)
        records = [project.tracks[track_plan.track_id].get(place) for place in way]
        assert not any(record is not None and record.is_keyframe for record in records)


def test_a_plan_follows_the_keyframes_drawn_on_its_way() -> None:
    project = project_of({20: 5, 50: 9}, {20: 5})
    plan = plan_run(project, [1, 2], 20, FORWARD)
    assert amended(plan, project) == plan
    project.tracks[1].put({30: keyframe(at(7)), 60: keyframe(at(7))})
    project.tracks[2].put({40: keyframe(None)})
    first, second = amended(plan, project).tracks
    assert (first.last_frame, first.keyframes) == (49, ((30, at(7)),))
    assert second.last_frame == 39
    project.tracks[2].put({40: None})
    assert amended(plan, project).tracks[1] == plan.tracks[1]  # it goes as far as it was planned to
    del project.tracks[1]
    assert [track.track_id for track in amended(plan, project).tracks] == [2]


def occluded_at(x: float) -> BoxRecord:
    return keyframe(at(x), occluded=True)


@pytest.mark.parametrize("direction", [FORWARD, BACKWARD])
def test_an_occluded_keyframe_is_where_a_run_starts_but_not_what_it_follows(direction: Direction) -> None:
    for clear in (10, 30):
        plan = the_track(plan_run(project_of({clear: 5, 20: occluded_at(7)}), [1], 20, direction, until=5))
        assert (plan.exemplar_frame, plan.exemplar_box) == (clear, at(5))
        assert (plan.start_frame, plan.start_box) == (20, at(7))


def test_a_track_of_which_only_occluded_boxes_were_drawn_says_that_it_needs_another() -> None:
    plan = plan_run(project_of({20: occluded_at(7), 40: occluded_at(8)}), [1], 20, FORWARD)
    assert plan.tracks == ()
    assert plan.refusals == (
        "Every box drawn of track 1 is marked as occluded; draw one where the target is fully visible.",
    )


def test_occluded_keyframes_on_the_way_are_told_apart() -> None:
    project = project_of({20: 1, 30: occluded_at(2), 40: 3})
    plan = the_track(plan_run(project, [1], 20, FORWARD, until=Until.END))
    assert plan.keyframes == ((40, at(3)),)
    assert plan.occluded_keyframes == ((30, at(2)),)
    project.tracks[1].put({50: occluded_at(4)})
    assert amended(RunPlan((plan,), FORWARD, 21, 99), project).tracks[0].occluded_keyframes == (
        (30, at(2)),
        (50, at(4)),
    )
