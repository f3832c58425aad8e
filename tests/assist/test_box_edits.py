from __future__ import annotations

import pytest

from app.assist.box_edits import BoxEdit, delete_box, place_box, toggle_absent, toggle_occluded
from app.model.box_record import BoxRecord, Source, keyframe
from app.model.track import Track
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


@pytest.mark.parametrize(
    ("frame", "reason"),
    [(5, "interpolated between frames 0 and 10"), (15, "absent here since frame 12"), (0, "no box on frame 0")],
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


def test_nothing_is_said_of_a_target_that_is_not_there(track: Track) -> None:
    for edit in (toggle_occluded(track, 12), toggle_occluded(track, 15)):
        assert edit.records == {}
        assert "no box on frame" in edit.refusal
    assert toggle_absent(track, 12) == BoxEdit({12: None})
    assert "absent here since frame 12" in toggle_absent(track, 15).refusal
    track.put({0: None})
    assert "no box on frame 0 or before it" in toggle_absent(track, 0).refusal
