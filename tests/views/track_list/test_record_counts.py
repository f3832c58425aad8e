from hypothesis import given
from hypothesis import strategies as st

from app.model.box_record import BoxRecord, Source, keyframe
from app.model.track import Track
from app.views.track_list.record_counts import CHUNK, Count, RecordCounts
from tracker_core.geometry import Box

BOX = Box(10, 10, 20, 20)
KINDS = [
    None,
    keyframe(BOX),
    keyframe(None),
    BoxRecord(BOX, Source.TRACKER, score=0.9),
    BoxRecord(None, Source.TRACKER, score=0.1),
    BoxRecord(BOX, Source.INTERPOLATED),
]
edits = st.dictionaries(st.integers(0, 3 * CHUNK), st.sampled_from(KINDS), min_size=1, max_size=30)


def counted_slowly(track: Track) -> Count:
    records = [record for _, record in track.items()]
    tracked = [r for r in records if r.source is Source.TRACKER and not r.absent]
    return Count(sum(record.is_keyframe for record in records), len(tracked))


@given(st.lists(edits, min_size=1, max_size=6))
def test_counting_what_changed_equals_counting_everything(changes: list[dict[int, BoxRecord | None]]) -> None:
    track = Track(1, "car", "#22c55e")
    counts = RecordCounts(track)
    for change in changes:
        track.put(change)
        counts.refresh(track, min(change), max(change))
        assert counts.total == counted_slowly(track) == RecordCounts(track).total


def test_counts_are_put_into_words_and_signs() -> None:
    assert str(Count(0, 0)) == "no boxes"
    assert str(Count(1, 0)) == "1 keyframe, 0 tracked"
    assert str(Count(12, 320)) == "12 keyframes, 320 tracked"
    assert Count(12, 320).short == "◆ 12  ▬ 320"
