from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from app.assist.agreement import AGREEING_FRAMES
from app.assist.correction import plan_correction
from app.assist.joint_run import JointRun
from app.assist.run_plan import RunPlan, amended
from app.assist.tracking_run import Records
from app.model.box_record import keyframe
from app.model.direction import BACKWARD, FORWARD
from app.model.project import Project, Run, VideoReference
from app.model.track import Track
from tests.assist.test_two_sided import RULES, DriftingTracker, picture, truth
from tests.support.annotated_projects import tracked
from tracker_core.geometry import Box

VIDEO = VideoReference(Path("long.mp4"), frame_count=200, width=640, height=360, frame_rate=Fraction(25))
WRONG = Box(300, 200, 10, 10)


def project_of(*keyframes: int, tracked_frames: range = range(200), wrong: range = range(0)) -> Project:
    track = Track(1, "car", "#3b82f6")
    track.put({frame: tracked(WRONG if frame in wrong else truth(frame), 0.9) for frame in tracked_frames})
    track.put({frame: keyframe(truth(frame)) for frame in keyframes})
    return Project(VIDEO, tracks={1: track})


def carried_out(plan: RunPlan, tracker: DriftingTracker) -> tuple[Records, JointRun]:
    run = JointRun(plan, tracker, run_id=3, rules=RULES)
    run.start(picture)
    found: Records = {}
    for frame in run.frames_wanted():
        run.step(frame, picture(frame))
        for track_id, records in run.take_records().items():
            found.setdefault(track_id, {}).update(records)
    run.settle()
    for track_id, records in run.take_records().items():
        found.setdefault(track_id, {}).update(records)
    return found, run


def test_between_two_keyframes_both_neighbouring_stretches_are_run_from_both_sides() -> None:
    plan = plan_correction(project_of(0, 50, 100), 1, 50)
    assert plan.tracks == ()
    assert [(s.first.frame, s.last.frame, s.from_here) for s in plan.stretches] == [
        (50, 100, FORWARD),
        (0, 50, BACKWARD),
    ]
    assert plan.stretches[0].standing.keys() == set(range(51, 101))
    assert plan.stretches[1].standing.keys() == set(range(50))
    assert plan.covers(1, 51)
    assert not plan.covers(1, 50)
    assert not plan.covers(1, 100)
    assert not plan.covers(2, 51)


def test_after_the_last_keyframe_a_run_goes_on_alone() -> None:
    plan = plan_correction(project_of(0, 50), 1, 50)
    assert [(s.first.frame, s.last.frame) for s in plan.stretches] == [(0, 50)]
    assert [(t.start_frame, t.last_frame) for t in plan.tracks] == [(50, 199)]
    assert plan.track_ids == (1,)


def test_before_the_first_keyframe_a_run_goes_back() -> None:
    plan = plan_correction(project_of(50, 100), 1, 50)
    assert [(s.first.frame, s.last.frame) for s in plan.stretches] == [(50, 100)]
    assert (plan.direction, plan.tracks[0].last_frame) == (BACKWARD, 0)


def test_both_ways_alone() -> None:
    plan = plan_correction(project_of(50), 1, 50)
    assert plan.then is not None
    assert (plan.direction, plan.then.direction) == (FORWARD, BACKWARD)
    assert plan.covers(1, 0)
    assert plan.covers(1, 199)
    found, run = carried_out(plan, DriftingTracker())
    assert run.is_over
    assert run.frame_count == 199
    assert len(found[1]) == 2 * (AGREEING_FRAMES - 1)


def test_sides_without_a_trackers_box_are_left_alone() -> None:
    assert plan_correction(project_of(0, 50, 100, tracked_frames=range(0)), 1, 50).is_empty
    plan = plan_correction(project_of(0, 50, 100, tracked_frames=range(51, 100)), 1, 50)
    assert [(s.first.frame, s.last.frame) for s in plan.stretches] == [(50, 100)]


def test_where_a_run_has_given_up_it_goes_on_from_the_box_that_a_person_draws() -> None:
    project = project_of(0, tracked_frames=range(0))
    track = project.tracks[1]
    project.runs[7] = Run(7, "scripted", "", 1, 199, "cpu")
    track.put({frame: tracked(truth(frame), 0.9, run_id=7) for frame in range(1, 40)})
    track.put({40: tracked(None, 0.1, run_id=7)})  # lost
    for frame in (40, 60):
        track.put({frame: keyframe(truth(frame))})
        (plan,) = plan_correction(project, 1, frame).one_way
        assert (plan.start_frame, plan.last_frame) == (frame, 199)
        track.put({frame: tracked(None, 0.1, run_id=7) if frame == 40 else None})
    project.runs[7] = Run(7, "scripted", "", 1, 40, "cpu")  # it was not to go further
    track.put({40: keyframe(truth(40))})
    assert not plan_correction(project, 1, 40).one_way


def test_where_a_target_comes_back_after_an_absence_it_is_tracked_up_to_the_next_keyframe() -> None:
    project = project_of(0, 100, tracked_frames=range(40))
    project.tracks[1].put({40: keyframe(None), 60: keyframe(truth(60))})
    plan = plan_correction(project, 1, 60)
    assert [(s.first.frame, s.last.frame, s.from_here) for s in plan.stretches] == [(60, 100, FORWARD)]
    assert not plan.one_way
    project.tracks[1].put({100: None})
    assert [(t.start_frame, t.last_frame) for t in plan_correction(project, 1, 60).one_way] == [(60, 199)]
    by_hand = project_of(0, 100, tracked_frames=range(0))
    by_hand.tracks[1].put({40: keyframe(None), 60: keyframe(truth(60))})
    assert plan_correction(by_hand, 1, 60).is_empty


def test_an_absent_neighbour_is_no_end_to_meet() -> None:
    project = project_of(50)
    project.tracks[1].put({100: keyframe(None)})
    plan = plan_correction(project, 1, 50)
    assert plan.stretches == ()
    assert [(t.start_frame, t.last_frame) for t in plan.tracks] == [(50, 99)]


def test_a_corrected_stretch_becomes_right_and_what_agrees_is_left_as_it_is() -> None:
    project = project_of(0, 50, 100, wrong=range(40, 60))
    project.tracks[1].put({50: keyframe(truth(50))})
    found, _ = carried_out(plan_correction(project, 1, 50), DriftingTracker())
    assert min(found[1]) > 20
    assert max(found[1]) < 80
    project.tracks[1].put(found[1])
    boxes = {frame: record.box for frame, record in project.tracks[1].items(41, 59)}
    assert all(box is not None and box.iou(truth(frame)) > 1 - 1e-9 for frame, box in boxes.items())  # but for rounding


def test_a_track_that_is_deleted_on_the_way_is_dropped() -> None:
    project = project_of(0, 50, 100)
    plan = plan_correction(project, 1, 50)
    run = JointRun(plan, DriftingTracker(), run_id=3, rules=RULES)
    run.start(picture)
    del project.tracks[1]
    run.follow(amended(plan, project))
    assert run.is_over
    assert list(run.frames_wanted()) == []
