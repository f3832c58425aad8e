"""Pages of doubts: which doubts are on them, and which of them an answer covers."""

from __future__ import annotations

from app.assist.doubt_page import MOST_BOXES, answered, page_of
from app.model.box_record import BoxRecord, Source, keyframe
from app.model.doubt import Doubt, DoubtKind
from app.model.track import Track
from tracker_core.geometry import Box


def track_of(frames: int, track_id: int = 1) -> Track:
    track = Track(track_id, "car", "#3b82f6")
    track.put({0: keyframe(Box(0, 0, 10, 10))})
    track.put({frame: BoxRecord(Box(frame, 0, 10, 10), Source.TRACKER, score=0.3) for frame in range(1, frames)})
    return track


def doubt_of(first: int, last: int, kind: DoubtKind = DoubtKind.LOOSE, *also: DoubtKind) -> Doubt:
    return Doubt(1, first, last, first, kind, 0.4, "because", also=also)


def test_a_page_holds_the_first_doubts_with_all_of_their_boxes() -> None:
    doubts = [doubt_of(3, 5), doubt_of(8, 8), doubt_of(12, 14)]
    page = page_of(doubts, {1: track_of(20)}, most=2)
    assert [paged.doubt for paged in page] == doubts[:2]
    assert page[0].boxes == tuple((frame, Box(frame, 0, 10, 10)) for frame in (3, 4, 5))


def test_what_boxes_do_not_answer_is_left_to_be_asked_by_itself() -> None:
    doubts = [doubt_of(3, 5, DoubtKind.LOST), doubt_of(7, 8, DoubtKind.LOOSE, DoubtKind.SAID_WRONG), doubt_of(12, 14)]
    assert [paged.doubt for paged in page_of(doubts, {1: track_of(20)}, most=6)] == doubts[2:]


def test_a_doubt_with_a_frame_without_a_box_cannot_be_seen_whole() -> None:
    track = track_of(20)
    track.put({13: keyframe(None), 14: None})
    assert page_of([doubt_of(12, 14)], {1: track}, most=6) == ()


def test_a_page_is_not_longer_than_a_person_waits_for() -> None:
    doubts = [doubt_of(first, first + 49) for first in range(1, 400, 50)]
    page = page_of(doubts, {1: track_of(402)}, most=20)
    assert sum(len(paged.boxes) for paged in page) <= MOST_BOXES
    long = doubt_of(1, MOST_BOXES + 1)
    assert [paged.doubt for paged in page_of([long, *doubts], {1: track_of(402)}, most=20)] == [long]


def test_only_what_was_shown_is_answered() -> None:
    doubts = [doubt_of(3, 5), doubt_of(8, 9)]
    tracks = {1: track_of(20)}
    page = page_of(doubts, tracks, most=6)
    seen = page[0].to_be_seen | set(list(page[1].to_be_seen)[:1])
    assert [paged.doubt for paged in answered(page, doubts, tracks, seen)] == doubts[:1]


def test_what_changed_since_it_was_shown_is_not_answered() -> None:
    doubts = [doubt_of(3, 5), doubt_of(8, 9)]
    tracks = {1: track_of(20)}
    page = page_of(doubts, tracks, most=6)
    seen = page[0].to_be_seen | page[1].to_be_seen
    assert answered(page, doubts, tracks, seen) == list(page)
    assert answered(page, doubts[1:], tracks, seen) == [page[1]]
    tracks[1].put({8: BoxRecord(Box(1, 2, 3, 4), Source.TRACKER, score=0.3)})
    assert answered(page, doubts, tracks, seen) == [page[0]]
