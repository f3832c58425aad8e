"""Where tracks meet, what the verifier makes of it, and which of it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import pytest

from app.assist.identity import Comparison, Verdict, identity_doubts
from app.assist.review_queue import Order, ReviewQueue
from app.model.box_record import keyframe
from app.model.doubt import DoubtKind
from app.model.interpolation import record_at
from app.model.meeting import LeftAsIs, Meeting, MeetingKind, left_as_is
from app.model.project import VideoReference
from app.model.track import Track
from tests.support.errand_tools import FakeTools
from tests.support.trackers import IdentityTracker
from tests.support.two_squares import (
    FRAMES,
    HEIGHT,
    MIDDLE,
    WIDTH,
    blue_box,
    halves,
    picture,
    red_box,
    swapped_tracks,
)
from tracker_core.geometry import Box

VIDEO = VideoReference(Path("squares"), FRAMES, WIDTH, HEIGHT, Fraction(25))


def queue_of(tracks: Sequence[Track]) -> ReviewQueue:
    queue = ReviewQueue(VIDEO)
    for track in tracks:
        queue.note_change(track.id)
    while not queue.refresh({track.id: track for track in tracks}):
        pass
    return queue


def meetings_of(tracks: Sequence[Track]) -> list[Meeting]:
    return queue_of(tracks).meetings({track.id: track for track in tracks})


def verdicts_of(tracks: Sequence[Track]) -> list[Verdict]:
    tools = FakeTools(IdentityTracker(), picture)
    Comparison(VIDEO.path, "", tuple(meetings_of(tracks))).run(tools)
    assert tools.read == sorted(tools.read), "the video is read from front to back"
    return [found for found in tools.found if isinstance(found, Verdict)]


def true_tracks() -> list[Track]:
    """Both squares as they go."""
    tracks = []
    for number, box_of in enumerate((red_box, blue_box), start=1):
        track = Track(number, "square", "#3b82f6")
        track.put({frame: keyframe(box_of(frame)) for frame in (0, MIDDLE, FRAMES - 1)})
        tracks.append(track)
    return tracks


def test_a_track_that_ends_where_another_begins_is_a_relay() -> None:
    (meeting,) = meetings_of(halves())
    assert (meeting.kind, meeting.one, meeting.other, meeting.frame) == (MeetingKind.RELAY, 1, 2, 14)
    assert [(sight.track_id, sight.frame) for sight in meeting.before] == [(1, 10), (1, 7), (1, 3)]
    assert [(sight.track_id, sight.frame) for sight in meeting.after] == [(2, 14), (2, 17), (2, 21)]


def test_tracks_of_other_labels_far_away_or_long_after_do_not_meet() -> None:
    one, other = halves()
    other.label = "circle"
    assert meetings_of([one, other]) == []
    one, other = halves()
    other.put({14: keyframe(Box(200, 50, 20, 20)), 40: keyframe(Box(200, 50, 20, 20))})
    assert meetings_of([one, other]) == []


def test_boxes_that_overlap_for_a_while_are_a_crossing() -> None:
    (meeting,) = meetings_of(swapped_tracks())
    assert (meeting.kind, meeting.one, meeting.other) == (MeetingKind.CROSSING, 1, 2)
    assert meeting.first_frame < MIDDLE < meeting.frame
    assert {sight.track_id for sight in meeting.before} == {sight.track_id for sight in meeting.after} == {1, 2}


def test_one_object_in_two_tracks_is_likely_and_two_objects_are_not() -> None:
    (verdict,) = verdicts_of(halves())
    assert verdict.mixed_up > 0.8
    one, other = halves()
    other.put({14: keyframe(Box(90, 60, 20, 20)), 40: keyframe(Box(90, 60, 20, 20))})  # the ground
    (verdict,) = verdicts_of([one, other])
    assert verdict.mixed_up < 0.2


def test_tracks_that_swapped_are_likely_and_those_that_only_passed_are_not() -> None:
    (verdict,) = verdicts_of(swapped_tracks())
    assert verdict.mixed_up > 0.8
    (verdict,) = verdicts_of(true_tracks())
    assert verdict.mixed_up < 0.05


def test_where_a_person_has_drawn_both_after_a_crossing_nothing_is_asked() -> None:
    tracks = swapped_tracks()
    (meeting,) = meetings_of(tracks)
    for track in tracks:
        shown = record_at(track, meeting.frame)
        assert shown is not None
        track.put({meeting.frame: keyframe(shown.box)})
    assert meetings_of(tracks) == []


@pytest.mark.parametrize("tracks", [halves(), swapped_tracks()], ids=["relay", "crossing"])
def test_what_was_answered_is_not_asked_again(tracks: list[Track]) -> None:
    verdicts = verdicts_of(tracks)
    (doubt,) = identity_doubts(verdicts, (), threshold=0.2)
    assert (doubt.kind, doubt.track_id, doubt.other_track_id) == (DoubtKind.IDENTITY, 2, 1)
    assert doubt.meeting is not None
    answer = left_as_is(doubt.meeting)
    assert identity_doubts(verdicts, [answer], threshold=0.2) == []
    later = LeftAsIs(answer.kind, answer.one, answer.other, 200, 220)
    is_relay = answer.kind is MeetingKind.RELAY  # two objects stay two; but tracks may cross again
    assert (identity_doubts(verdicts, [later], threshold=0.2) == []) is is_relay


def test_the_queue_goes_through_them_with_the_others_and_forgets_those_of_a_track_that_is_gone() -> None:
    tracks = halves()
    queue = queue_of(tracks)
    (doubt,) = identity_doubts(verdicts_of(tracks), (), threshold=0.2)
    others = len(queue)
    queue.set_identity([doubt])
    assert len(queue) == others + 1
    for order in Order:
        doubts = queue.doubts(order)
        place = doubts.index(doubt)
        after = queue.next_after(2, doubt.frame, order, at=doubt)
        before = queue.before(2, doubt.frame, order, at=doubt)
        assert after == (doubts[place + 1] if place + 1 < len(doubts) else None)
        assert before == (doubts[place - 1] if place else None)
    queue.forget_track(1)
    assert doubt not in queue.doubts()
