from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.assist.review_marks import reviewed, right, unreviewed
from app.assist.review_outlook import Pace, outlook
from app.assist.review_queue import Order, ReviewQueue
from app.assist.track_doubts import LONGEST_DOUBT
from app.model.box_record import BoxRecord, Source, keyframe
from app.model.doubt import Doubt, DoubtKind, DoubtRules
from app.model.frame_spans import FrameSpans
from app.model.project import VideoReference
from app.model.track import Track
from app.model.track_marks import Overruled, TrackMarks
from tests.support.annotated_projects import tracked
from tracker_core.geometry import Box

VIDEO = VideoReference(Path("long.mp4"), frame_count=1000, width=640, height=360, frame_rate=Fraction(25))
BOX = Box(100, 100, 40, 40)


def sure(box: Box = BOX) -> BoxRecord:
    return tracked(box, 0.97)


def unsure(box: Box = BOX) -> BoxRecord:
    return tracked(box, 0.05)


def followed(track_id: int = 1, *, doubtful: range = range(0), box: Box = BOX, label: str = "car") -> Track:
    """A keyframe at 0 and tracked boxes to the end of the video."""
    track = Track(track_id, label, "#3b82f6")
    track.put({frame: unsure(box) if frame in doubtful else sure(box) for frame in range(1, VIDEO.frame_count)})
    track.put({0: keyframe(box)})
    return track


def queue_of(*tracks: Track, rules: DoubtRules | None = None) -> ReviewQueue:
    queue = ReviewQueue(VIDEO, rules)
    by_id = {track.id: track for track in tracks}
    for track in tracks:
        queue.note_change(track.id)
    while not queue.refresh(by_id):
        pass
    return queue


def spans(doubts: list[Doubt] | tuple[Doubt, ...]) -> list[tuple[int, int, DoubtKind]]:
    return [(doubt.first_frame, doubt.last_frame, doubt.kind) for doubt in doubts]


def test_boxes_of_high_score_leave_nothing_to_look_at() -> None:
    queue = queue_of(followed())
    assert len(queue) == 0
    assert queue.strongest() is None
    assert queue.progress().share_done == 1.0


def test_boxes_of_low_score_are_one_doubt_that_says_why() -> None:
    (doubt,) = queue_of(followed(doubtful=range(200, 230))).doubts()
    assert doubt.kind in (DoubtKind.LOW_SCORE, DoubtKind.SCORE_DROP)
    assert 195 <= doubt.first_frame <= 200
    assert 229 <= doubt.last_frame <= 235
    assert doubt.strength > 0.5
    assert "5 %" in doubt.text


def test_a_person_is_sent_to_where_it_begins_to_be_wrong() -> None:
    track = followed(doubtful=range(200, 230))
    track.put({220: tracked(BOX, 0.04)})  # a little more doubtful than the others
    (doubt,) = queue_of(track).doubts()
    assert 200 <= doubt.frame <= 205
    track.put({220: tracked(BOX, 0.001), 219: tracked(BOX, 0.001), 221: tracked(BOX, 0.001)})
    track.put({frame: tracked(BOX, 0.6) for frame in (*range(200, 215), *range(226, 230))})
    (doubt,) = queue_of(track).doubts()
    assert 214 <= doubt.frame <= 221


def test_a_long_doubt_is_cut_into_pieces_of_one_look() -> None:
    doubts = queue_of(followed(doubtful=range(200, 400))).doubts(Order.TIME)
    assert len(doubts) >= 4
    assert all(doubt.frame_count <= LONGEST_DOUBT for doubt in doubts)
    assert [doubt.first_frame for doubt in doubts[1:]] == [doubt.last_frame + 1 for doubt in doubts[:-1]]


def test_what_a_person_has_let_stand_is_no_doubt_any_more() -> None:
    track = followed(doubtful=range(200, 230))
    queue = queue_of(track)
    (doubt,) = queue.doubts()
    track.put(right(track, doubt))
    queue.note_change(1, doubt.first_frame, doubt.last_frame)
    assert queue.refresh({1: track})
    assert len(queue) == 0
    assert queue.progress_of(1).settled_frames == doubt.frame_count + 1
    track.put(unreviewed(track, 0, 999))
    assert spans(queue_of(track).doubts()) == spans([doubt])


def test_a_keyframe_settles_its_own_frame_only() -> None:
    track = followed(doubtful=range(200, 230))
    track.put({215: keyframe(BOX)})
    doubts = queue_of(track).doubts(Order.TIME)
    assert len(doubts) == 2
    assert not any(doubt.first_frame <= 215 <= doubt.last_frame for doubt in doubts)


def test_a_track_that_ends_without_a_word_has_a_gap_until_a_person_says_that_it_is_absent() -> None:
    track = Track(1, "car", "#3b82f6")
    track.put({0: keyframe(BOX), 1: sure(), 2: sure()})
    queue = queue_of(track)
    assert spans(queue.doubts()) == [(3, 999, DoubtKind.GAP)]
    assert queue.doubts()[0].text == "gap of 997 frames"
    track.put(right(track, queue.doubts()[0]))
    assert len(queue_of(track)) == 0


def test_a_lost_target_is_asked_about_once_and_settled_by_one_mark() -> None:
    track = followed()
    track.put(dict.fromkeys(range(501, 1000)) | {500: tracked(None, 0.1)})
    (doubt,) = queue_of(track).doubts()
    assert (doubt.first_frame, doubt.last_frame, doubt.frame, doubt.kind) == (500, 999, 500, DoubtKind.LOST)
    marks = right(track, doubt)
    assert marks.keys() == {500}
    track.put(marks)
    assert len(queue_of(track)) == 0


def test_interpolation_over_many_frames_is_doubted_where_it_is_far_from_a_box() -> None:
    track = Track(1, "car", "#3b82f6")
    track.put({0: keyframe(BOX), 400: keyframe(BOX), 402: keyframe(BOX), 999: keyframe(BOX)})
    doubts = queue_of(track).doubts(Order.TIME)
    assert {doubt.kind for doubt in doubts} == {DoubtKind.INTERPOLATED}
    assert not any(doubt.first_frame <= 401 <= doubt.last_frame for doubt in doubts)
    middle = next(doubt for doubt in doubts if doubt.first_frame <= 200 <= doubt.last_frame)
    marks = right(track, middle)
    assert all(record is not None and record.source is Source.INTERPOLATED for record in marks.values())
    track.put(marks)
    assert queue_of(track).doubt_at(1, 200) is None
    track.put({0: keyframe(Box(0, 0, 40, 40))})
    moved = track.get(middle.frame)
    assert moved is not None
    assert moved.box == BOX


def test_directions_that_say_different_boxes_are_doubted() -> None:
    track = followed()
    track.put({frame: replace(sure(), accord=0.95) for frame in range(1, 999)} | {999: keyframe(BOX)})
    track.put({frame: replace(sure(), accord=0.0) for frame in range(300, 310)})
    (doubt,) = queue_of(track).doubts()
    assert doubt.kind is DoubtKind.SIDES_PART
    assert 300 <= doubt.frame < 310


def test_a_jump_is_named_as_such() -> None:
    track = followed(doubtful=range(500, 520))
    track.put({frame: unsure(Box(300, 200, 40, 40)) for frame in range(510, 520)})
    (doubt,) = queue_of(track).doubts()
    assert DoubtKind.JUMP in (doubt.kind, *doubt.also)


@pytest.mark.parametrize(
    ("there", "kind"),
    [(Box(300, 200, 40, 40), DoubtKind.JUMP), (Box(85, 85, 70, 70), DoubtKind.SIZE_JUMP)],
)
def test_a_leap_is_a_doubt_however_sure_the_tracker_is(there: Box, kind: DoubtKind) -> None:
    track = followed()
    track.put({frame: sure(there) for frame in range(500, VIDEO.frame_count)})
    assert spans(queue_of(track).doubts()) == [(500, 500, kind)]
    track.put({500: keyframe(there)})  # a person says that it is so
    assert len(queue_of(track)) == 0


def test_a_target_that_is_always_fast_leaps_nowhere() -> None:
    track = Track(1, "car", "#3b82f6")
    track.put({0: keyframe(Box(0, 100, 20, 20))})
    track.put({frame: sure(Box(25 * frame, 100, 20, 20)) for frame in range(1, 20)})
    track.put({frame: sure(Box(25 * (40 - frame), 100, 20, 20)) for frame in range(20, 40)})
    track.put({40: keyframe(None)})
    queue = queue_of(track)
    assert DoubtKind.JUMP not in {kind for *_, kind in spans(queue.doubts())}


def test_two_tracks_of_a_label_on_one_target_are_one_doubt_of_the_younger() -> None:
    queue = queue_of(followed(1), followed(2))
    assert {(doubt.track_id, doubt.kind, doubt.other_track_id) for doubt in queue.doubts()} == {
        (2, DoubtKind.TWO_ON_ONE, 1)
    }
    assert queue.doubts()[0].text == "same box as #1"
    assert len(queue_of(followed(1), followed(2, label="person"))) == 0
    assert len(queue_of(followed(1), followed(2, box=Box(300, 200, 40, 40)))) == 0


def test_where_the_younger_track_is_a_persons_the_elder_is_asked_about() -> None:
    younger = Track(2, "car", "#f97316")
    younger.put({frame: keyframe(BOX) for frame in range(1000)})
    assert {doubt.track_id for doubt in queue_of(followed(1), younger).doubts()} == {1}


def test_a_twin_that_goes_takes_its_doubt_with_it() -> None:
    first, second = followed(1), followed(2)
    queue = queue_of(first, second)
    assert len(queue) > 0
    queue.forget_track(1)
    while not queue.refresh({2: second}):
        pass
    assert len(queue) == 0


def test_a_twin_that_gets_another_label_takes_its_doubt_with_it() -> None:
    first, second = followed(1), followed(2)
    queue = queue_of(first, second)
    assert len(queue) > 0
    first.label = "person"
    queue.note_label(1)
    while not queue.refresh({1: first, 2: second}):
        pass
    assert len(queue) == 0


def test_of_several_twins_the_same_one_is_named_whatever_was_edited_first() -> None:
    tracks = {track_id: followed(track_id) for track_id in (1, 2, 3)}
    queue = queue_of(*tracks.values())
    for box in (Box(300, 200, 40, 40), BOX):  # the first leaves the others, and comes back
        tracks[1].put({frame: sure(box) for frame in range(1, VIDEO.frame_count)})
        queue.note_change(1)
        while not queue.refresh(tracks):
            pass
    assert queue.doubts(Order.TIME) == queue_of(*tracks.values()).doubts(Order.TIME)


def test_boxes_of_before_a_correction_are_doubted_until_they_are_looked_at() -> None:
    track = followed()
    track.put({frame: replace(sure(), run_id=1) for frame in range(100, 200)})
    track.marks = TrackMarks(overruled=(Overruled(150, 180, run_id=1),))
    queue = queue_of(track)
    assert spans(queue.doubts()) == [(150, 180, DoubtKind.STALE)]
    track.put(reviewed(track, 150, 180))
    assert len(queue_of(track)) == 0


def test_frames_whose_box_was_deleted_are_a_gap() -> None:
    track = followed()
    track.put(dict.fromkeys(range(100, 106)))
    assert len(queue_of(track)) == 0
    track.marks = TrackMarks(gaps=FrameSpans.of([(100, 105)]))
    (doubt,) = queue_of(track).doubts()
    assert (doubt.first_frame, doubt.last_frame, doubt.text) == (100, 105, "gap of 6 frames")


def test_another_threshold_or_target_iou_makes_other_doubts() -> None:
    track = followed()
    track.put({frame: tracked(BOX, 0.6) for frame in range(300, 400)})
    queue = queue_of(track)
    before = len(queue)
    queue.set_rules(DoubtRules(least_right=0.95, target_iou=0.7))
    while not queue.refresh({1: track}):
        pass
    assert len(queue) > before


@pytest.mark.parametrize("wrong", [{"least_right": 1.5}, {"target_iou": 0.6}])
def test_rules_that_nothing_is_fitted_for_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="must be"):
        DoubtRules(**wrong)


def test_the_next_and_the_previous_doubt_of_a_place() -> None:
    first = followed(1, doubtful=range(100, 110))
    second = followed(2, doubtful=range(300, 310), box=Box(300, 200, 40, 40))
    queue = queue_of(first, second)
    one, two = queue.doubts(Order.TIME)
    assert (one.track_id, two.track_id) == (1, 2)
    assert queue.next_after(None, 0) is one
    assert queue.next_after(1, one.frame) is two
    assert queue.next_after(2, two.frame) is None
    assert queue.before(2, two.frame) is one
    assert queue.before(1, one.frame) is None
    assert queue.before(None, 999) is two
    assert queue.strongest([2]) is two
    top = queue.strongest()
    assert top is not None
    assert queue.next_after(top.track_id, top.frame, Order.STRENGTH) in {one, two} - {top}
    assert queue.next_after(None, 5, Order.STRENGTH) is top
    assert queue.before(top.track_id, top.frame, Order.STRENGTH) is None


def test_the_outlook_counts_a_stretch_once() -> None:
    queue = queue_of(followed(doubtful=range(200, 400)))
    expected = outlook(queue.doubts(), Pace(look_seconds=1, box_seconds=10))
    assert expected.looks == len(queue)
    assert expected.boxes <= 1
    assert expected.seconds == pytest.approx(expected.looks + 10 * expected.boxes)
    assert expected.sentence.startswith("about 1 box and ")
    assert outlook([]).sentence == "Nothing is doubtful."


def test_reviewing_what_is_reviewed_already_changes_nothing() -> None:
    track = followed(doubtful=range(10, 20))
    track.put(reviewed(track, 0, 50))
    assert reviewed(track, 0, 50) == {}


def test_the_work_is_done_in_slices() -> None:
    queue = ReviewQueue(VIDEO)
    tracks = {1: followed(doubtful=range(900, 950))}
    queue.note_change(1)
    slices = 1
    while not queue.refresh(tracks, frames_at_most=100):
        slices += 1
    assert slices == 10
    assert spans(queue.doubts()) == spans(queue_of(tracks[1]).doubts())


RECORDS = st.one_of(
    st.builds(lambda score, x, ok: replace(tracked(Box(x, 100, 40, 40), score), reviewed=ok),
              st.sampled_from([0.02, 0.5, 0.99]), st.sampled_from([100.0, 110.0, 300.0]), st.booleans()),
    st.just(keyframe(BOX)),
    st.just(keyframe(None)),
    st.just(tracked(None, 0.1)),
    st.none(),
)  # fmt: skip
EDITS = st.lists(
    st.tuples(st.integers(1, 3), st.integers(0, 990), st.lists(RECORDS, min_size=1, max_size=9)), max_size=12
)


@settings(deadline=None, max_examples=60)
@given(EDITS)
def test_after_any_edits_the_queue_is_as_one_made_anew(edits: list[tuple[int, int, list[BoxRecord | None]]]) -> None:
    tracks = {track_id: followed(track_id, doubtful=range(400, 470)) for track_id in (1, 2)}
    tracks[3] = Track(3, "car", "#22c55e")
    queue = queue_of(*tracks.values())
    for track_id, first, records in edits:
        changes = dict(enumerate(records, start=first))
        tracks[track_id].put(changes)
        queue.note_change(track_id, min(changes), max(changes))
        queue.refresh(tracks)
    while not queue.refresh(tracks):
        pass
    assert queue.doubts(Order.TIME) == queue_of(*tracks.values()).doubts(Order.TIME)
