from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from app.assist.run_plan import RunPlan, TrackPlan
from app.assist.stop_rules import StopRules
from app.assist.tracking_run import TrackEnd, TrackingRun
from app.model.box_record import BoxRecord, Source
from app.model.direction import BACKWARD, FORWARD, Direction
from tests.support.annotated_projects import tracked
from tests.support.moving_square import moving_square
from tests.support.networks import CONSTANTS as NETWORK_CONSTANTS
from tests.support.networks import CountingEngine
from tests.support.trackers import IdentityTracker, ScriptedTracker
from tracker_core.geometry import Box
from tracker_core.tracker import Image, Tracker
from tracker_core.trackers.siamrpnpp import SiamRPNPP

HOME, FOUND, MOVED = Box(10, 10, 8, 8), Box(20, 10, 8, 8), Box(30, 10, 8, 8)
RULES = StopRules(least_score=0.5, patience=3)


def picture(frame: int) -> Image:
    return np.zeros((48, 64, 3), np.uint8)


class Pictures:
    """Remembers which were read."""

    def __init__(self) -> None:
        self.reads: list[int] = []

    def read(self, frame: int) -> Image:
        self.reads.append(frame)
        return picture(frame)


def straight(track_id: int, start: int, last: int, *, keyframes: tuple[tuple[int, Box], ...] = ()) -> TrackPlan:
    return TrackPlan(track_id, start, HOME, start, HOME, last, keyframes)


def run_of(tracker: Tracker, *plans: TrackPlan, direction: Direction = FORWARD) -> tuple[RunPlan, TrackingRun]:
    nearest, furthest = (min, max) if direction == FORWARD else (max, min)
    first, last = nearest(p.start_frame for p in plans) + direction, furthest(p.last_frame for p in plans)
    plan = RunPlan(plans, direction, first, last)
    run = TrackingRun(plan, tracker, run_id=7, rules=RULES)
    run.start(picture)
    return plan, run


def tracked_scores(scores: Sequence[float], *, direction: Direction = FORWARD) -> tuple[dict[int, BoxRecord], TrackEnd]:
    """The records of track 1, from frame 50 on, and how it ended."""
    last = 50 + len(scores) * direction
    plan, run = run_of(ScriptedTracker([FOUND], scores), straight(1, 50, last), direction=direction)
    for frame in plan.frames:
        run.step(frame, picture(frame))
    return run.take_records()[1], run.ends[0]


def found(score: float, box: Box | None = FOUND) -> BoxRecord:
    return tracked(box, score, run_id=7)


def test_each_frame_gets_a_record_of_the_run() -> None:
    records, end = tracked_scores([0.9, 0.8])
    assert records == {51: found(0.9), 52: found(0.8)}
    assert all(record.source is Source.TRACKER and not record.reviewed for record in records.values())
    assert end == TrackEnd(1, 52, "reached")


def test_a_lost_track_ends_in_one_absent_record() -> None:
    records, end = tracked_scores([0.9, 0.1, 0.2, 0.3, 0.9])
    assert records == {51: found(0.9), 52: found(0.1, None)}
    assert end == TrackEnd(1, 52, "lost")


def test_a_lost_track_ends_so_backward_as_well() -> None:
    records, end = tracked_scores([0.9, 0.1, 0.2, 0.3], direction=BACKWARD)
    assert records == {49: found(0.9), 48: found(0.1, None)}
    assert end == TrackEnd(1, 48, "lost")


def test_a_short_spell_of_low_scores_is_kept() -> None:
    records, _ = tracked_scores([0.9, 0.1, 0.2, 0.9])
    assert [record.score for record in records.values()] == [0.9, 0.1, 0.2, 0.9]


def test_what_is_in_doubt_at_the_end_of_the_plan_is_kept() -> None:
    records, end = tracked_scores([0.9, 0.1, 0.2])
    assert sorted(records) == [51, 52, 53]
    assert end.reason == "reached"


def test_what_is_in_doubt_is_held_back_until_it_is_settled() -> None:
    _, run = run_of(ScriptedTracker([FOUND], [0.9, 0.1]), straight(1, 0, 9))
    run.step(1, picture(1))
    run.step(2, picture(2))
    assert run.take_records() == {1: {1: found(0.9)}}
    assert run.take_records() == {}
    run.settle()
    assert run.take_records() == {1: {2: found(0.1)}}


def test_a_target_starts_from_the_keyframe_and_is_moved_to_the_start() -> None:
    pictures = Pictures()
    plan = RunPlan((TrackPlan(1, 3, HOME, 8, MOVED, 12),), FORWARD, 9, 12)
    run = TrackingRun(plan, IdentityTracker(), run_id=7)
    run.start(pictures.read)
    run.step(9, picture(9))
    assert pictures.reads == [3]
    assert run.take_records() == {1: {9: found(1.0, MOVED)}}


def test_tracks_of_the_same_keyframe_share_its_picture() -> None:
    pictures = Pictures()
    plan = RunPlan((straight(1, 3, 9), straight(2, 5, 9), straight(3, 3, 9)), FORWARD, 4, 9)
    run = TrackingRun(plan, IdentityTracker(), run_id=7)
    run.start(pictures.read)
    assert pictures.reads == [3, 5]


def test_each_track_runs_from_its_start_to_its_end() -> None:
    plan, run = run_of(IdentityTracker(), straight(1, 0, 3), straight(2, 2, 6))
    for frame in plan.frames:
        assert not run.is_over
        run.step(frame, picture(frame))
    assert run.is_over
    assert {track: sorted(records) for track, records in run.take_records().items()} == {1: [1, 2, 3], 2: [3, 4, 5, 6]}
    assert run.ends == (TrackEnd(1, 3, "reached"), TrackEnd(2, 6, "reached"))


def test_a_run_that_has_not_started_is_not_over() -> None:
    assert not TrackingRun(RunPlan((straight(1, 0, 9),), FORWARD, 1, 9), IdentityTracker(), run_id=7).is_over


def test_a_keyframe_on_the_way_starts_the_target_anew_and_gets_no_record() -> None:
    _, run = run_of(ScriptedTracker([FOUND], [0.1]), straight(1, 0, 9, keyframes=((3, MOVED),)))
    for frame in range(1, 6):
        run.step(frame, picture(frame))
    run.settle()
    assert sorted(run.take_records()[1]) == [1, 2, 4, 5]  # never three low scores in a row
    assert run.ends == ()


def test_an_occluded_keyframe_on_the_way_moves_the_target_and_teaches_it_nothing() -> None:
    tracker = ScriptedTracker([FOUND], [0.9])
    identity = IdentityTracker()
    plan = replace(straight(1, 0, 9), occluded_keyframes=((3, MOVED),))
    _, run = run_of(identity, plan)
    _, scripted = run_of(tracker, plan)
    for frame in range(1, 6):
        run.step(frame, picture(frame))
        scripted.step(frame, picture(frame))
    records = run.take_records()[1]
    assert {frame: record.box for frame, record in records.items()} == {1: HOME, 2: HOME, 4: MOVED, 5: MOVED}
    assert tracker.started_with == [HOME]


def test_evidence_is_of_the_active_track_and_only_when_asked_for() -> None:
    _, run = run_of(IdentityTracker(), straight(2, 4, 6), TrackPlan(1, 0, MOVED, 0, MOVED, 9))
    assert run.step(1, picture(1), with_evidence=True) is None  # the active track has not begun
    assert run.step(5, picture(5)) is None
    evidence = run.step(6, picture(6), with_evidence=True)
    assert evidence is not None
    assert evidence.candidates[0].box == HOME
    assert run.step(7, picture(7), with_evidence=True) is None  # it has ended


def test_all_targets_of_a_frame_share_one_pass_and_go_where_each_goes_alone() -> None:
    pictures, truth = moving_square(12)
    engine = CountingEngine()
    tracker = SiamRPNPP("random", engine, NETWORK_CONSTANTS)
    starts = {1: truth[0], 2: truth[0].translated(dx=9, dy=-4), 3: truth[0].translated(dx=-6, dy=3)}
    keyframes = ((5, truth[5]),)
    plans = {
        1: TrackPlan(1, 0, starts[1], 0, starts[1], 11),
        2: TrackPlan(2, 0, starts[2], 0, starts[2], 8, keyframes),
        3: TrackPlan(3, 3, starts[3], 3, starts[3], 11),
    }

    def records_of(*tracks: int) -> tuple[dict[int, dict[int, BoxRecord]], list[int]]:
        plan = RunPlan(tuple(plans[track] for track in tracks), FORWARD, 1, 11)
        run = TrackingRun(plan, tracker, run_id=7, rules=StopRules(least_score=0.0))
        run.start(lambda frame: pictures[frame])
        engine.calls.clear()
        for frame in plan.frames:
            run.step(frame, pictures[frame])
        run.settle()
        return run.take_records(), list(engine.calls)

    together, calls = records_of(1, 2, 3)
    assert calls == [2, 2, 2, 3, 2, 3, 3, 3, 2, 2, 2]  # on frame 5, track 2 starts again
    for track in plans:
        alone = records_of(track)[0][track]
        assert together[track].keys() == alone.keys()
        for frame, record in together[track].items():
            single = alone[frame]
            assert record.box is not None
            assert single.box is not None
            assert record.box.as_tuple() == pytest.approx(single.box.as_tuple(), abs=1e-2)
            assert record.score == pytest.approx(single.score, abs=1e-4)
