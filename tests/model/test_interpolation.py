from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.box_record import BoxRecord, Source, keyframe
from app.model.frame_spans import FrameSpans
from app.model.interpolation import record_at, shown_columns, shown_records
from app.model.record_block import unpacked
from app.model.track import Track
from app.model.track_marks import TrackMarks
from tracker_core.geometry import Box

BOXES = st.builds(Box, *[st.integers(0, 200).map(float)] * 4)
HUMAN = st.builds(keyframe, BOXES, occluded=st.booleans()) | st.just(keyframe(None))
TRACKED = st.builds(BoxRecord, st.none() | BOXES, st.just(Source.TRACKER), st.floats(0, 1))
RECORDS = st.dictionaries(st.integers(0, 25), HUMAN | TRACKED, max_size=10)


def track_of(records: dict[int, BoxRecord]) -> Track:
    track = Track(1, "car", "#3b82f6")
    track.put(records)
    return track


def slow_record_at(records: dict[int, BoxRecord], wanted: int) -> BoxRecord | None:
    """Walks the video from its start, as a person would tell it."""
    latest: tuple[int, BoxRecord] | None = None
    for frame in range(wanted + 1):
        if frame in records:
            latest = frame, records[frame]
    if latest is None:
        return None
    since, record = latest
    if since == wanted:
        return record
    if record.box is None:
        return BoxRecord(None, Source.INTERPOLATED)
    later = [frame for frame in records if frame > wanted]
    if not later or (end := records[min(later)]).box is None:
        return None
    steps, step = min(later) - since, wanted - since
    place = [
        (start * (steps - step) + stop * step) / steps
        for start, stop in zip(record.box.as_tuple(), end.box.as_tuple(), strict=True)
    ]
    return BoxRecord(Box(*place), Source.INTERPOLATED, occluded=record.occluded)


def assert_nearly_equal(record: BoxRecord | None, expected: BoxRecord | None) -> None:
    if record is None or expected is None or record.box is None or expected.box is None:
        assert record == expected
        return
    assert expected.at(record.box) == record
    assert all(abs(a - b) < 1e-9 for a, b in zip(record.box.as_tuple(), expected.box.as_tuple(), strict=True))


@given(records=RECORDS)
def test_every_frame_is_what_the_slow_way_says(records: dict[int, BoxRecord]) -> None:
    track = track_of(records)
    for frame in range(30):
        assert_nearly_equal(record_at(track, frame), slow_record_at(records, frame))


@given(records=RECORDS, first=st.integers(0, 30), last=st.integers(0, 30))
def test_shown_records_are_those_of_the_single_frames(records: dict[int, BoxRecord], first: int, last: int) -> None:
    track = track_of(records)
    expected = [(frame, record) for frame in range(first, last + 1) if (record := record_at(track, frame))]
    assert list(shown_records(track, first, last)) == expected


def test_a_line_between_two_boxes() -> None:
    track = track_of({10: keyframe(Box(0, 0, 10, 20)), 14: keyframe(Box(8, 4, 20, 20))})
    assert record_at(track, 11) == BoxRecord(Box(2, 1, 12.5, 20), Source.INTERPOLATED)
    assert record_at(track, 9) is None
    assert record_at(track, 15) is None


def test_absent_lasts_until_the_target_is_seen_again() -> None:
    box = Box(0, 0, 10, 20)
    track = track_of({10: keyframe(box), 12: keyframe(None), 15: keyframe(box)})
    assert record_at(track, 11) is None  # no line leads to an absent target
    assert record_at(track, 13) == BoxRecord(None, Source.INTERPOLATED)
    assert record_at(track, 14) == BoxRecord(None, Source.INTERPOLATED)
    assert record_at(track, 15) == keyframe(box)


def test_absent_at_the_end_lasts_for_good() -> None:
    assert record_at(track_of({12: keyframe(None)}), 100_000) == BoxRecord(None, Source.INTERPOLATED)


@pytest.mark.parametrize("at_first", [True, False])
def test_occluded_holds_until_the_next_box(at_first: bool) -> None:
    box = Box(0, 0, 10, 20)
    track = track_of({0: keyframe(box, occluded=at_first), 2: keyframe(box, occluded=not at_first)})
    between = record_at(track, 1)
    assert between is not None
    assert between.occluded == at_first


@given(records=RECORDS, first=st.integers(0, 25), step=st.integers(1, 4), gaps=st.booleans())
def test_many_frames_at_once_are_what_each_of_them_is(
    records: dict[int, BoxRecord], first: int, step: int, gaps: bool
) -> None:
    track = track_of(records)
    if gaps:
        track.marks = TrackMarks(FrameSpans.of([(3, 5), (11, 11), (18, 30)]))
    asked = range(first, 30, step)
    shown = shown_columns(track, np.array(asked, np.int64))
    found = list(zip(shown.frames.tolist(), map(unpacked, shown.rows.tolist()), strict=True))
    assert found == [(frame, record) for frame in asked if (record := record_at(track, frame)) is not None]
