from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.model.box_record import BoxRecord, Source, keyframe
from app.model.frame_spans import FrameSpans
from app.model.interpolation import record_at
from app.model.track import Track
from app.model.track_marks import TrackMarks
from app.views.timeline.spans import Mark, SpanKind, TrackSpans
from app.views.timeline.time_axis import TimeAxis
from tracker_core.geometry import Box

FRAMES = 60
BOX = Box(10, 10, 20, 20)
THRESHOLD = 0.5

records = st.one_of(
    st.sampled_from([keyframe(BOX), keyframe(None), BoxRecord(BOX, Source.INTERPOLATED)]),
    st.builds(
        BoxRecord,
        st.sampled_from([BOX, None]),
        st.just(Source.TRACKER),
        score=st.one_of(st.none(), st.floats(0, 1, width=32)),
        reviewed=st.booleans(),
    ),
)
edits = st.dictionaries(st.integers(0, FRAMES - 1), st.one_of(st.none(), records), max_size=25)


def tracked(score: float, *, reviewed: bool = False) -> BoxRecord:
    return BoxRecord(BOX, Source.TRACKER, score=score, reviewed=reviewed)


def track_of(stored: Mapping[int, BoxRecord | None]) -> Track:
    track = Track(1, "car", "#3b82f6")
    track.put(stored)
    return track


def spans_of(track: Track, *, frames: int = FRAMES) -> TrackSpans:
    """With every frame doubted that a tracker was unsure of and nobody has looked at."""
    return TrackSpans(track, frame_count=frames, doubts=doubts_of(track))


def doubts_of(track: Track) -> list[tuple[int, int]]:
    return [(frame, frame) for frame, record in track.items() if is_unsure(record)]


def is_unsure(record: BoxRecord) -> bool:
    """Of a tracker that was not sure, and nobody has looked at it since."""
    score = record.score
    return record.source is Source.TRACKER and not record.reviewed and score is not None and score < THRESHOLD


def expected_mark(track: Track, frame: int) -> int:
    """Slow, and straight from what the canvas shows."""
    record = record_at(track, frame)
    if record is None:
        return int(Mark.NOTHING)
    return _seen(record) | int(Mark.OCCLUDED if record.occluded else Mark.NOTHING)


def _seen(record: BoxRecord) -> int:
    if record.source is Source.HUMAN:
        return int(Mark.KEYFRAME | Mark.ABSENT if record.absent else Mark.KEYFRAME)
    if record.source is Source.INTERPOLATED:
        mark = Mark.ABSENT if record.absent else Mark.INTERPOLATED
        return int(mark | Mark.REVIEWED if record.reviewed else mark)
    mark = Mark.ABSENT if record.absent else Mark.TRACKED
    if record.reviewed:
        mark |= Mark.REVIEWED
    else:
        mark |= Mark.UNREVIEWED
        if record.score is not None and record.score < THRESHOLD:
            mark |= Mark.DOUBTFUL
    return int(mark)


@given(edits)
def test_marks_and_scores_are_what_the_canvas_shows(stored: dict[int, BoxRecord | None]) -> None:
    track = track_of(stored)
    spans = spans_of(track)
    assert spans.marks.tolist() == [expected_mark(track, frame) for frame in range(FRAMES)]
    for frame in range(FRAMES):
        record = record_at(track, frame)
        score = record.score if record else None
        assert np.isnan(spans.scores[frame]) if score is None else spans.scores[frame] == np.float32(score)


@given(edits, st.lists(edits.filter(bool), max_size=4))
def test_refreshing_what_changed_equals_reading_everything(
    stored: dict[int, BoxRecord | None], changes: list[dict[int, BoxRecord | None]]
) -> None:
    track = track_of(stored)
    spans = spans_of(track)
    for change in changes:
        track.put(change)
        spans.refresh(track, min(change), max(change))
        spans.set_doubts(doubts_of(track))
        anew = spans_of(track)
        assert spans.marks.tolist() == anew.marks.tolist()
        np.testing.assert_array_equal(spans.scores, anew.scores)


@given(edits, st.lists(st.tuples(st.integers(-5, FRAMES + 5), st.integers(0, 20)), max_size=3))
def test_other_doubts_are_marked_as_if_they_had_always_held(
    stored: dict[int, BoxRecord | None], spans_doubted: list[tuple[int, int]]
) -> None:
    track = track_of(stored)
    doubts = [(first, first + length) for first, length in spans_doubted]
    spans = spans_of(track)
    spans.set_doubts(doubts)
    assert spans.marks.tolist() == TrackSpans(track, frame_count=FRAMES, doubts=doubts).marks.tolist()
    for frame in range(FRAMES):
        assert bool(spans.marks[frame] & Mark.DOUBTFUL) == any(first <= frame <= last for first, last in doubts)


def expected_kind(marks: list[int]) -> np.uint8:
    for mark, kind in (
        (Mark.TRACKED, SpanKind.SOLID),
        (Mark.INTERPOLATED, SpanKind.INTERPOLATED),
        (Mark.ABSENT, SpanKind.ABSENT),
        (Mark.KEYFRAME, SpanKind.SOLID),
    ):
        if any(one & mark for one in marks):
            return kind
    return SpanKind.GAP


@given(edits, st.integers(5, 200), st.floats(1, 12), st.integers(0, 200))
def test_each_column_shows_what_its_frames_are(
    stored: dict[int, BoxRecord | None], width: int, zoom: float, pan: int
) -> None:
    track = track_of(stored)
    axis = TimeAxis.fitted(frame_count=FRAMES, width=width).zoomed(zoom, at_x=0).panned_to(pan)
    first = axis.by_column(np.arange(FRAMES), np.minimum, beyond=FRAMES)
    last = axis.by_column(np.arange(FRAMES), np.maximum, beyond=-1)
    marks = [
        [expected_mark(track, frame) for frame in range(start, stop + 1)]
        for start, stop in zip(first, last, strict=True)
    ]
    kinds, doubtful, reviewed, _ = spans_of(track).columns(axis)
    assert kinds.tolist() == [expected_kind(column) for column in marks]
    assert reviewed.tolist() == [
        any(mark & Mark.REVIEWED for mark in column) and not any(mark & Mark.UNREVIEWED for mark in column)
        for column in marks
    ]
    assert doubtful.tolist() == [any(mark & Mark.DOUBTFUL for mark in column) for column in marks]


def test_a_small_track_reads_as_it_is_drawn() -> None:
    track = track_of({2: keyframe(BOX), 3: tracked(0.9), 4: tracked(0.3), 8: keyframe(BOX), 9: keyframe(None)})
    axis = TimeAxis.fitted(frame_count=12, width=12)
    spans = spans_of(track, frames=12)
    kinds, doubtful, _, _ = spans.columns(axis)
    assert "".join(" =-."[kind] for kind in kinds) == "  ===---=..."
    assert np.flatnonzero(doubtful).tolist() == [4]
    zoomed = TimeAxis.fitted(frame_count=12, width=120)
    assert spans.keyframes(zoomed).tolist() == [2, 8, 9]
    assert spans.doubts(zoomed).tolist() == [4]


def test_stale_boxes_and_deleted_ones_are_told_apart() -> None:
    run_1 = replace(tracked(0.9), run_id=1)
    track = track_of({0: keyframe(BOX), **dict.fromkeys(range(1, 6), run_1), 10: keyframe(BOX)})
    track.marks = TrackMarks(FrameSpans.of([(7, 8)])).overruling(3, 9, run_id=1)
    spans = spans_of(track, frames=12)
    kinds, _, _, _ = spans.columns(TimeAxis.fitted(frame_count=12, width=12))
    assert "".join(" =-.#"[kind] for kind in kinds) == "===###-  -= "
    before = spans.marks.tolist()
    track.marks = TrackMarks()
    spans.refresh(track, 3, 9)
    kinds, _, _, _ = spans.columns(TimeAxis.fitted(frame_count=12, width=12))
    assert "".join(" =-.#"[kind] for kind in kinds) == "======----= "
    track.marks = TrackMarks(FrameSpans.of([(7, 8)])).overruling(3, 9, run_id=1)
    spans.refresh(track, 3, 9)
    assert spans.marks.tolist() == before


def test_sparse_keyframes_zoomed_out_are_not_drawn_as_tracked() -> None:
    track = track_of({frame: keyframe(BOX) for frame in range(0, 10_000, 50)})
    kinds, _, _, _ = spans_of(track, frames=10_000).columns(TimeAxis.fitted(frame_count=10_000, width=100))
    assert set(kinds[:99]) == {SpanKind.INTERPOLATED}


def test_marks_are_thinned_to_their_spacing_and_do_not_flicker_when_panned() -> None:
    track = track_of({frame: keyframe(BOX) for frame in range(1000)})
    spans = spans_of(track, frames=1000)
    axis = TimeAxis.fitted(frame_count=1000, width=500).zoomed(4, at_x=0)
    assert axis.scale == 2
    seen = spans.keyframes(axis).tolist()
    assert seen == list(range(0, 250, 4))
    panned = spans.keyframes(axis.panned_to(100)).tolist()
    assert set(seen) & set(range(52, 200)) == set(panned) & set(range(52, 200))


def test_a_long_doubt_is_marked_once_where_it_begins_in_view() -> None:
    track = track_of({frame: tracked(0.2) for frame in range(10, 40)} | {20: tracked(0.2, reviewed=True)})
    spans = spans_of(track)
    close, apart = TimeAxis.fitted(frame_count=FRAMES, width=120), TimeAxis.fitted(frame_count=FRAMES, width=600)
    assert spans.doubts(close).tolist() == [10]
    assert spans.doubts(apart).tolist() == [10, 21]
    assert spans.doubts(apart.zoomed(2, at_x=0).panned_to(500)).tolist() == [25]


def test_a_press_beside_a_mark_means_the_mark() -> None:
    stored = {frame: tracked(0.9) for frame in range(10_000)} | {frame: tracked(0.2) for frame in range(7000, 7100)}
    spans = spans_of(track_of(stored | {4321: keyframe(BOX)}), frames=10_000)
    axis = TimeAxis.fitted(frame_count=10_000, width=500)
    assert spans.mark_near(axis, 220, reach=6) == 4321
    assert spans.mark_near(axis, 223, reach=6) is None
    assert spans.mark_near(axis, 347, reach=6) == 7000
    assert spans.mark_near(axis, 357, reach=6) is None
