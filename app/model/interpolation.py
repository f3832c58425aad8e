"""What a track shows at a frame: the stored record, or the line between its neighbours. Canvas and exports both ask
here.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.model.box_record import BoxRecord, Source
from app.model.track import Track


def record_at(track: Track, frame: int) -> BoxRecord | None:
    """The record that holds at this frame, or None if nothing is known.

    That is the stored record, if there is one. Between two visible records the box moves linearly (source
    ``interpolated``) and is occluded if the record before is. After an absent record the target stays absent until the
    next record. Nothing is known in gaps (``TrackMarks.gaps``: the box was deleted), before the first record and after
    the last one.
    """
    stored = track.get(frame)
    if stored is not None:
        return stored
    before, after = track.frame_before(frame), track.frame_after(frame)
    if before is None:
        return None
    left = track.get(before)
    assert left is not None
    if left.box is None:
        return BoxRecord(box=None, source=Source.INTERPOLATED)
    if after is None:
        return None
    right = track.get(after)
    assert right is not None
    if right.box is None or frame in track.marks.gaps:
        return None
    box = left.box.lerp(right.box, (frame - before) / (after - before))
    return BoxRecord(box=box, source=Source.INTERPOLATED, occluded=left.occluded)


def shown_records(track: Track, first: int, last: int) -> Iterator[tuple[int, BoxRecord]]:
    """``record_at`` for each frame from ``first`` to ``last`` (both included) where something is known."""
    for frame in range(first, last + 1):
        record = record_at(track, frame)
        if record is not None:
            yield frame, record
