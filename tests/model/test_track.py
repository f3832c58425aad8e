from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.box_record import BoxRecord, Source, keyframe
from app.model.track import Track
from tracker_core.geometry import Box

BOX = Box(1, 2, 3, 4)
RECORD = st.sampled_from([keyframe(BOX), keyframe(None), BoxRecord(BOX, Source.TRACKER, 0.5)])
CHANGES = st.dictionaries(st.integers(0, 40), st.none() | RECORD, max_size=40)


def new_track() -> Track:
    return Track(1, "car", "#3b82f6")


@given(history=st.lists(CHANGES, max_size=8), frame=st.integers(-2, 42), last=st.integers(-2, 42))
def test_a_track_answers_as_a_plain_dictionary_would(
    history: list[dict[int, BoxRecord | None]], frame: int, last: int
) -> None:
    track, oracle = new_track(), dict[int, BoxRecord]()
    for changes in history:
        assert track.put(changes) == {changed: oracle.get(changed) for changed in changes}
        for changed, record in changes.items():
            if record is None:
                oracle.pop(changed, None)
            else:
                oracle[changed] = record

    frames, keyframes = sorted(oracle), sorted(frame for frame, record in oracle.items() if record.is_keyframe)
    assert list(track.items()) == [(frame, oracle[frame]) for frame in frames]
    assert list(track.items(frame, last)) == [(f, oracle[f]) for f in frames if frame <= f <= last]
    assert len(track) == len(frames)
    assert track.get(frame) == oracle.get(frame)
    assert (track.first_frame, track.last_frame) == (min(frames, default=None), max(frames, default=None))
    assert track.frame_before(frame) == max((f for f in frames if f < frame), default=None)
    assert track.frame_after(frame) == min((f for f in frames if f > frame), default=None)
    assert track.keyframe_before(frame) == max((f for f in keyframes if f < frame), default=None)
    assert track.keyframe_after(frame) == min((f for f in keyframes if f > frame), default=None)


@given(start=CHANGES, changes=CHANGES)
def test_what_put_returns_takes_it_back(
    start: dict[int, BoxRecord | None], changes: dict[int, BoxRecord | None]
) -> None:
    track = new_track()
    track.put(start)
    before = track.copy()
    track.put(track.put(changes))
    assert track == before


@pytest.mark.parametrize("frames", [range(3000), range(2999, -1, -1)])
def test_long_tracks_grow_and_shrink_a_frame_at_a_time_from_either_end(frames: range) -> None:
    track = new_track()
    for frame in frames:  # one frame of many is put another way than many at once
        track.put({frame: keyframe(BOX)})
    assert [frame for frame, _ in track.items()] == list(range(3000))
    for frame in frames[:2000]:
        track.put({frame: None})
    assert [frame for frame, _ in track.items()] == sorted(frames[2000:])


def test_a_negative_frame_is_refused_and_nothing_is_put() -> None:
    track = new_track()
    with pytest.raises(ValueError, match="negative: -1"):
        track.put({5: keyframe(BOX), -1: keyframe(BOX)})
    assert len(track) == 0


def test_a_copy_goes_its_own_way() -> None:
    track = new_track()
    track.put({5: keyframe(BOX)})
    copy = track.copy()
    copy.put({5: None, 6: keyframe(BOX)})
    copy.attributes["make"] = "Saab"
    assert list(track.items()) == [(5, keyframe(BOX))]
    assert track.attributes == {}
