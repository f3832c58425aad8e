"""What is said of a span holds in the span and nowhere else; counts are those of frame after frame."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.assist.box_edits import BoxEdit
from app.assist.span_marks import absent_span, boxes_shown, occlude_span
from app.model.box_record import BoxRecord, Source, keyframe
from app.model.frame_spans import FrameSpans
from app.model.interpolation import record_at
from app.model.track import Track
from app.model.track_marks import TrackMarks
from tracker_core.geometry import Box

BOX = Box(10, 10, 20, 20)
LAST = 40

records = st.dictionaries(
    st.integers(0, LAST),
    st.sampled_from([keyframe(BOX), keyframe(None), BoxRecord(BOX, Source.TRACKER, 0.9), keyframe(BOX, occluded=True)]),
    max_size=15,
)
spans = st.tuples(st.integers(0, LAST - 1), st.integers(0, LAST - 1)).map(sorted)


def track_of(stored: dict[int, BoxRecord], gaps: list[list[int]] | None = None) -> Track:
    marks = TrackMarks(FrameSpans.of((first, last) for first, last in gaps or []))
    track = Track(1, "car", "#22c55e", marks=marks)
    track.put(stored)
    return track


def applied(track: Track, edit: BoxEdit) -> Track:
    after = track.copy()
    after.put(edit.records)
    return after


@given(records, spans, st.lists(spans, max_size=2))
def test_boxes_are_counted_as_they_are_shown(
    stored: dict[int, BoxRecord], span: list[int], gaps: list[list[int]]
) -> None:
    track = track_of(stored, gaps)
    first, last = span
    shown = (record_at(track, frame) for frame in range(first, last + 1))
    assert boxes_shown(track, first, last) == sum(record is not None and not record.absent for record in shown)


@given(records, spans)
def test_absent_holds_in_the_span_and_changes_no_box_elsewhere(stored: dict[int, BoxRecord], span: list[int]) -> None:
    track = track_of(stored)
    first, last = span
    edit = absent_span(track, first, last)
    if edit.refusal:
        return
    after = applied(track, edit)
    for frame in range(LAST + 2):
        now, before = record_at(after, frame), record_at(track, frame)
        if first <= frame <= last:
            assert now is not None
            assert now.absent
        elif before is not None and before.box is not None:
            assert now is not None
            assert now.box is not None
            assert now.box.iou(before.box) > 0.999
        else:
            assert now is None or now.absent


@given(records, spans)
def test_occluded_holds_in_the_span_and_nowhere_else(stored: dict[int, BoxRecord], span: list[int]) -> None:
    track = track_of(stored)
    first, last = span
    edit = occlude_span(track, first, last)
    if edit.refusal:
        return
    after = applied(track, edit)
    seen = [frame for frame in range(LAST + 2) if (record := record_at(track, frame)) and not record.absent]
    said = {frame: now.occluded for frame in seen if (now := record_at(after, frame)) is not None}
    assert list(said) == seen
    assert len({said[frame] for frame in seen if first <= frame <= last}) == 1
    for frame in seen:
        before = record_at(track, frame)
        assert before is not None
        if not first <= frame <= last:
            assert said[frame] == before.occluded


def test_where_nothing_is_known_behind_the_absence_goes_on_and_says_so() -> None:
    track = track_of({0: keyframe(BOX), 10: keyframe(BOX)})
    assert absent_span(track, 5, 20).told == "car #1 is absent from frame 5 to the end; 6 boxes are gone."
    assert absent_span(track, 5, 7).told == "car #1 is absent from frame 5 to frame 7; 3 boxes are gone."
    assert "absent from frame 5 to 7 already" in absent_span(applied(track, absent_span(track, 5, 7)), 5, 7).refusal
