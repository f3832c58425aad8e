from __future__ import annotations

from dataclasses import replace

import pytest

from app.assist.box_edits import (
    BoxEdit,
    delete_box,
    delete_span,
    delete_stale,
    keep_stale,
    place_box,
    toggle_absent,
    toggle_occluded,
)
from app.model.box_record import BoxRecord, Source, keyframe
from app.model.direction import BACKWARD, FORWARD, Direction
from app.model.interpolation import record_at
from app.model.project import Run
from app.model.track import Track
from tests.support.annotated_projects import tracked
from tracker_core.geometry import Box

BOX, ELSEWHERE = Box(1, 2, 3, 4), Box(10, 20, 30, 40)


@pytest.fixture
def track() -> Track:
    """Keyframes at 0 and 10 (occluded at both), tracked 11, absent from 12."""
    track = Track(3, "car", "#3b82f6")
    track.put({0: keyframe(BOX, occluded=True), 10: keyframe(BOX, occluded=True)})
    track.put({11: BoxRecord(BOX, Source.TRACKER, 0.4, run_id=1), 12: keyframe(None)})
    return track


@pytest.mark.parametrize(("frame", "occluded"), [(0, True), (5, True), (11, False), (15, False), (12, False)])
def test_a_placed_box_is_a_keyframe_and_stays_as_occluded_as_it_was(track: Track, frame: int, occluded: bool) -> None:
    assert place_box(track, frame, ELSEWHERE) == BoxEdit({frame: keyframe(ELSEWHERE, occluded=occluded)})


@pytest.mark.parametrize("frame", [0, 11, 12])
def test_delete_removes_the_record_of_this_frame_and_no_other(track: Track, frame: int) -> None:
    assert delete_box(track, frame) == BoxEdit({frame: None})


def apply(track: Track, edit: BoxEdit) -> None:
    assert not edit.refusal
    track.put(dict(edit.records))
    if edit.marks is not None:
        track.marks = edit.marks


def shown(track: Track, last: int = 25) -> str:
    """A letter a frame: keyframe, tracked, interpolated, absent, - for nothing; capitals where it is occluded."""
    letters = []
    for frame in range(last + 1):
        record = record_at(track, frame)
        if record is None:
            letters.append("-")
        elif record.absent:
            letters.append("a")
        else:
            letter = {Source.HUMAN: "k", Source.TRACKER: "t", Source.INTERPOLATED: "i"}[record.source]
            letters.append(letter.upper() if record.occluded else letter)
    return "".join(letters)


def tracked_stretch() -> Track:
    """Keyframes at 0 and 20; run 1 made all boxes between them."""
    track = Track(3, "car", "#3b82f6")
    track.put({frame: tracked(BOX, 0.9, run_id=1) for frame in range(1, 20)})
    track.put({0: keyframe(BOX), 20: keyframe(BOX)})
    return track


@pytest.mark.parametrize("frame", [10, 5])
def test_no_box_is_left_in_the_place_of_one_that_was_deleted(track: Track, frame: int) -> None:
    before = [record_at(track, other) for other in range(25) if other != frame]
    apply(track, delete_box(track, frame))
    assert record_at(track, frame) is None
    if frame == 5:
        assert [record_at(track, other) for other in range(25) if other != frame] == before


def test_a_box_deleted_from_a_tracked_stretch_leaves_nothing() -> None:
    track = tracked_stretch()
    apply(track, delete_box(track, 10))
    assert shown(track) == "kttttttttt-tttttttttk-----"


def test_an_absent_mark_is_deleted_for_all_frames_that_it_speaks_for() -> None:
    track = tracked_stretch()
    apply(track, toggle_absent(track, 10))
    assert shown(track) == "ktttttttttaaaaaaaaaak-----"
    apply(track, delete_box(track, 10))
    assert shown(track) == "kttttttttt----------k-----"


def test_a_span_is_deleted_with_all_that_is_in_it() -> None:
    track = tracked_stretch()
    track.put({8: keyframe(ELSEWHERE)})
    apply(track, delete_span(track, 12, 5, frame_count=100))
    assert shown(track) == "ktttt--------tttttttk-----"
    apply(track, place_box(track, 7, BOX))
    assert shown(track) == "ktttt--k-----tttttttk-----"  # one box says nothing about the others
    apply(track, place_box(track, 11, BOX))
    assert shown(track) == "ktttt--kiiik-tttttttk-----"


def test_a_span_of_interpolated_boxes_can_be_deleted(track: Track) -> None:
    apply(track, delete_span(track, 3, 4, frame_count=100))
    assert shown(track, 12) == "KII--IIIIIKta"


def test_an_absence_that_began_in_a_deleted_span_goes_on_after_it() -> None:
    track = tracked_stretch()
    apply(track, toggle_absent(track, 10))
    apply(track, delete_span(track, 8, 14, frame_count=100))
    assert shown(track) == "kttttttt-------aaaaak-----"
    apply(track, delete_span(track, 15, 99, frame_count=100))
    assert shown(track) == "kttttttt------------------"


def test_a_span_without_boxes_is_not_deleted(track: Track) -> None:
    assert "no box from frame 13 to 20" in delete_span(track, 13, 20, frame_count=100).refusal
    assert delete_span(track, 13, 20, frame_count=100).records == {}


@pytest.mark.parametrize(
    ("frame", "reason"),
    [(15, "absent here since frame 12"), (0, "no box on frame 0")],
)
def test_delete_says_why_there_is_nothing_to_delete(track: Track, frame: int, reason: str) -> None:
    if frame == 0:
        track.put({0: None})
    edit = delete_box(track, frame)
    assert edit.records == {}
    assert reason in edit.refusal


@pytest.mark.parametrize(("frame", "occluded"), [(0, False), (5, False), (11, True)])
def test_occluded_is_a_persons_statement_about_the_box_that_is_shown(track: Track, frame: int, occluded: bool) -> None:
    edit = toggle_occluded(track, frame)
    assert edit == BoxEdit({frame: keyframe(BOX, occluded=occluded)})
    track.put(dict(edit.records))
    assert toggle_occluded(track, frame) == BoxEdit({frame: keyframe(BOX, occluded=not occluded)})


@pytest.mark.parametrize("frame", [0, 5, 11])
def test_absent_is_said_of_a_frame_and_taken_back_there(track: Track, frame: int) -> None:
    edit = toggle_absent(track, frame)
    assert edit == BoxEdit({frame: keyframe(None)})
    track.put(dict(edit.records))
    assert toggle_absent(track, frame) == BoxEdit({frame: None})


def test_absent_holds_to_the_next_keyframe() -> None:
    track = tracked_stretch()
    edit = toggle_absent(track, 10)
    assert edit.told == "Track 3 is absent from frame 10 up to the keyframe on 20; 9 boxes of the tracker are gone."
    apply(track, edit)
    assert shown(track) == "ktttttttttaaaaaaaaaak-----"


def test_absent_holds_to_the_end_where_no_keyframe_comes() -> None:
    track = tracked_stretch()
    track.put({20: None})
    apply(track, toggle_absent(track, 10))
    assert shown(track) == "kttttttttt" + "a" * 16


def test_absent_is_said_in_a_gap() -> None:
    track = tracked_stretch()
    apply(track, delete_span(track, 8, 14, frame_count=100))
    apply(track, toggle_absent(track, 10))
    assert shown(track) == "kttttttt--aaaaaaaaaak-----"
    apply(track, toggle_absent(track, 10))
    assert shown(track) == "kttttttt-------iiiiik-----"


def test_absent_does_not_take_away_what_a_person_has_reviewed() -> None:
    track = tracked_stretch()
    track.put({15: replace(tracked(BOX, 0.9, run_id=1), reviewed=True)})
    apply(track, toggle_absent(track, 10))
    assert shown(track) == "ktttttttttaaaaattttt" + "k-----"


def test_absent_where_a_run_was_lost_says_that_the_run_was_right() -> None:
    track = tracked_stretch()
    track.put({10: tracked(None, 0.1, run_id=2)})
    apply(track, toggle_absent(track, 10))
    assert track.get(10) == keyframe(None)
    assert shown(track) == "ktttttttttaaaaaaaaaak-----"


def test_occluded_holds_to_the_next_keyframe_and_is_taken_back_from_there_on() -> None:
    track = tracked_stretch()
    apply(track, toggle_occluded(track, 10))
    assert shown(track) == "ktttttttttKTTTTTTTTTk-----"
    apply(track, toggle_occluded(track, 15))
    assert shown(track) == "ktttttttttKTTTTkttttk-----"
    track.put(dict.fromkeys(range(1, 10)))
    apply(track, toggle_occluded(track, 5))
    assert shown(track) == "kiiiiKIIIIKTTTTkttttk-----"


def test_nothing_is_said_of_a_target_that_is_not_there(track: Track) -> None:
    for edit in (toggle_occluded(track, 12), toggle_occluded(track, 15)):
        assert edit.records == {}
        assert "no box on frame" in edit.refusal
    assert toggle_absent(track, 12) == BoxEdit({12: None})
    assert "absent here since frame 12" in toggle_absent(track, 15).refusal
    track.put({0: None})
    assert "no box on frame 0 or before it" in toggle_absent(track, 0).refusal


def run(run_id: int, first: int, last: int) -> Run:
    direction: Direction = FORWARD if first <= last else BACKWARD
    return Run(run_id, "fake", "2024-05-01T12:00:00+00:00", first, last, "cpu", direction=direction)


FORWARD_RUN, BACKWARD_RUN = {1: run(1, 1, 19)}, {1: run(1, 19, 1)}


def test_a_correction_overrules_what_the_run_went_on_to_make() -> None:
    track = tracked_stretch()
    apply(track, place_box(track, 10, ELSEWHERE, runs=FORWARD_RUN))
    assert list(track.stale_frames()) == list(range(11, 20))
    backward = tracked_stretch()
    apply(backward, place_box(backward, 10, ELSEWHERE, runs=BACKWARD_RUN))
    assert list(backward.stale_frames()) == list(range(1, 10))


def test_moving_the_box_that_a_run_started_from_overrules_the_run() -> None:
    track = tracked_stretch()
    apply(track, place_box(track, 0, ELSEWHERE, runs=FORWARD_RUN))
    assert list(track.stale_frames()) == list(range(1, 20))
    other = tracked_stretch()
    apply(other, place_box(other, 20, ELSEWHERE, runs=FORWARD_RUN))  # the run came to it and did not start there
    assert list(other.stale_frames()) == []


def test_a_box_placed_where_it_is_shown_overrules_nothing() -> None:
    track = tracked_stretch()
    apply(track, place_box(track, 10, BOX, runs=FORWARD_RUN))
    assert list(track.stale_frames()) == []


def test_a_correction_overrules_later_runs_that_went_on_from_what_was_wrong() -> None:
    track = tracked_stretch()
    track.put({frame: tracked(BOX, 0.9, run_id=2) for frame in range(14, 20)})
    apply(track, place_box(track, 10, ELSEWHERE, runs=FORWARD_RUN | {2: run(2, 14, 19)}))
    assert list(track.stale_frames()) == list(range(11, 20))


@pytest.mark.parametrize("ids", [(1, 2), (2, 1)])
def test_a_correction_does_not_overrule_what_came_from_the_keyframe_beyond(ids: tuple[int, int]) -> None:
    forward, backward = ids
    track = tracked_stretch()
    track.put({frame: tracked(BOX, 0.9, run_id=forward) for frame in range(1, 15)})
    track.put({frame: tracked(BOX, 0.9, run_id=backward) for frame in range(15, 20)})
    runs = {forward: run(forward, 1, 14), backward: run(backward, 19, 15)}
    apply(track, place_box(track, 10, ELSEWHERE, runs=runs))
    assert list(track.stale_frames()) == list(range(11, 15))


def test_stale_boxes_can_be_deleted_or_kept() -> None:
    track, other = tracked_stretch(), tracked_stretch()
    for each in (track, other):
        assert "no stale box" in delete_stale(each).refusal
        assert "no stale box" in keep_stale(each).refusal
        apply(each, place_box(each, 10, ELSEWHERE, runs=FORWARD_RUN))
    apply(track, delete_stale(track))
    assert shown(track) == "ktttttttttk---------k-----"
    assert track.marks.overruled == ()
    apply(other, keep_stale(other))
    assert shown(other) == "ktttttttttktttttttttk-----"
    assert list(other.stale_frames()) == []
