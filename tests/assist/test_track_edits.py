from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assist.track_edits import Rearrangement, join, overlap_of, split, swap
from app.model.box_record import BoxRecord, keyframe
from app.model.frame_spans import FrameSpans
from app.model.interpolation import record_at
from app.model.project import Project
from app.model.track import Track
from app.model.track_marks import TrackMarks
from tests.support.annotated_projects import VIDEO, projects, tracked
from tracker_core.geometry import Box

BOX, OTHER = Box(10, 10, 20, 20), Box(200, 100, 30, 30)


def track_of(records: Mapping[int, BoxRecord | None], track_id: int = 1) -> Track:
    track = Track(track_id, "car", "#3b82f6", {"make": "Saab"})
    track.put(records)
    return track


def arranged(tracks: list[Track], arrangement: Rearrangement) -> dict[int, Track]:
    assert arrangement.refusal == ""
    after = {track.id: track.copy() for track in tracks if track.id not in arrangement.removed}
    for track_id, edit in arrangement.edits.items():
        after[track_id].put(edit.records)
        if edit.marks is not None:
            after[track_id].marks = edit.marks
    return after | {track.id: track for track in arrangement.added}


class Place(NamedTuple):
    """A box, which is another if it differs by a thousandth of a pixel."""

    x: float
    y: float
    width: float
    height: float

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Place) and max(abs(a - b) for a, b in zip(self, other, strict=True)) < 1e-3


def places(track: Track) -> list[Place | str | None]:
    """What is shown at each frame of ``VIDEO``."""
    shown = [record_at(track, frame) for frame in range(VIDEO.frame_count)]
    return [None if r is None else "absent" if r.box is None else Place(*r.box.as_tuple()) for r in shown]


@given(projects(), st.integers(1, VIDEO.frame_count - 1))
def test_two_halves_of_a_track_show_what_the_whole_did(project: Project, frame: int) -> None:
    for track in project.tracks.values():
        arrangement = split(track, frame, new_id=1000, colour="#000000")
        if arrangement.refusal:
            continue
        after = arranged([track], arrangement)
        whole, early, late = places(track), places(after[track.id]), places(after[1000])
        assert late[frame:] == whole[frame:]
        assert late[:frame] == [None] * frame
        assert [shown for shown in early[:frame] if shown != "absent"] == [s for s in whole[:frame] if s != "absent"]
        assert (after[1000].label, after[1000].attributes) == (track.label, track.attributes)


def test_nothing_is_split_off_before_a_track_begins_or_where_it_shows_nothing() -> None:
    track = track_of({5: keyframe(BOX), 9: keyframe(BOX)})
    assert split(track, 5, new_id=2, colour="#000000").refusal
    assert split(track, 20, new_id=2, colour="#000000").refusal


@given(projects(), st.integers(0, VIDEO.frame_count - 1))
def test_swapped_tracks_show_from_there_on_what_the_other_did(project: Project, frame: int) -> None:
    tracks = list(project.tracks.values())[:2]
    if len(tracks) < 2:
        return
    one, other = tracks
    arrangement = swap(one, other, frame)
    if arrangement.refusal:
        return
    after = arranged(tracks, arrangement)
    for track, giver in ((one, other), (other, one)):
        shown = places(after[track.id])
        assert shown[frame:] == _as_absence_goes_on(shown, places(giver), frame)
        assert _boxes(shown[:frame]) == _boxes(places(track)[:frame])


def _boxes(shown: list[Place | str | None]) -> list[object]:
    return [one if isinstance(one, tuple) else None for one in shown]


def _as_absence_goes_on(
    after: list[Place | str | None], giver: list[Place | str | None], frame: int
) -> list[Place | str | None]:
    """A track that was absent before goes on being so where the other one shows nothing."""
    return ["absent" if a == "absent" and g is None else g for a, g in zip(after[frame:], giver[frame:], strict=True)]


def test_identities_that_crossed_are_swapped_back() -> None:
    one = track_of({frame: tracked(BOX if frame < 5 else OTHER, 0.9) for frame in range(10)})
    other = track_of({frame: tracked(OTHER if frame < 5 else BOX, 0.9) for frame in range(10)}, track_id=2)
    after = arranged([one, other], swap(one, other, 5))
    assert {record.box for _, record in after[1].items()} == {BOX}
    assert {record.box for _, record in after[2].items()} == {OTHER}
    assert swap(one, other, 15).refusal


def test_nothing_is_known_of_the_frames_between_joined_tracks() -> None:
    early, late = track_of({0: keyframe(BOX), 4: keyframe(BOX)}), track_of({8: keyframe(BOX)}, track_id=2)
    assert places(arranged([early, late], join(early, late))[1])[5:9] == [None] * 3 + [Place(*BOX.as_tuple())]
    assert arranged([early, late], join(late, early)).keys() == {2}
    with pytest.raises(ValueError, match="itself"):
        join(early, early)


def test_where_both_have_boxes_what_a_person_drew_stays_else_those_of_the_first() -> None:
    one = track_of({0: keyframe(BOX), **{frame: tracked(BOX, 0.9) for frame in range(1, 5)}, 5: keyframe(BOX)})
    other = track_of({3: keyframe(OTHER), **{frame: tracked(OTHER, 0.9) for frame in range(4, 8)}}, track_id=2)
    assert overlap_of(one, other) == [3, 4, 5]
    joined = arranged([one, other], join(one, other))[1]
    assert {frame for frame, record in joined.items() if record.box == OTHER} == {3, 6, 7}
    assert joined.get(3) == keyframe(OTHER)
    backwards = arranged([one, other], join(other, one))[2]
    assert {frame for frame, record in backwards.items() if record.box == OTHER} == {3, 4, 6, 7}
    drawn = track_of({frame: keyframe(OTHER) for frame in range(7)}, track_id=3)
    kept = arranged([drawn, one], join(drawn, one))[3]
    assert {record.box for _, record in kept.items()} == {OTHER}


def test_gaps_go_with_their_frames() -> None:
    track = track_of({0: keyframe(BOX), 9: keyframe(BOX), 12: keyframe(BOX), 20: keyframe(BOX)})
    track.marks = TrackMarks(gaps=FrameSpans.of([(3, 6), (14, 17)]))
    after = arranged([track], split(track, 12, new_id=2, colour="#000000"))
    assert after[1].marks.gaps.spans == ((3, 6),)
    assert after[2].marks.gaps.spans == ((14, 17),)
