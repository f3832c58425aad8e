"""What a track shows at a frame: the stored record, or the line between its neighbours. Canvas and exports both use
this.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from app.model.box_record import BoxRecord, Source
from app.model.record_block import INTERPOLATED, ROW_TYPE, Flag, RecordColumns
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


def shown_columns(track: Track, frames: NDArray[np.int64]) -> RecordColumns:
    """``record_at`` for many frames at once, in ascending order, without those where nothing is known."""
    if not len(frames) or not len(track):
        return RecordColumns(np.zeros(0, np.int64), np.zeros(0, ROW_TYPE))
    before, after = track.frame_before(int(frames[0])), track.frame_after(int(frames[-1]))
    stored = track.columns(int(frames[0]) if before is None else before, after)
    left = np.searchsorted(stored.frames, frames, side="right") - 1
    begun = left >= 0
    frames, left = frames[begun], left[begun]
    is_stored = stored.frames[left] == frames
    absent = stored.has(Flag.ABSENT)
    right = np.minimum(left + 1, len(stored) - 1)
    is_line = ~is_stored & ~absent[left] & (right > left) & ~absent[right]
    for first, last in track.marks.gaps.between(int(frames[0]), int(frames[-1])) if len(frames) else ():
        is_line &= (frames < first) | (frames > last)
    is_known = is_stored | absent[left] | is_line
    frames, left, right = frames[is_known], left[is_known], right[is_known]
    is_stored, is_line = is_stored[is_known], is_line[is_known]
    rows = stored.rows[left]
    between = np.zeros(np.count_nonzero(~is_stored), ROW_TYPE)
    between["flags"] = INTERPOLATED | Flag.ABSENT
    between["flags"][is_line[~is_stored]] = INTERPOLATED
    rows[~is_stored] = between
    if is_line.any():
        one, other = stored.rows[left[is_line]], stored.rows[right[is_line]]
        start = stored.frames[left[is_line]]
        share = (frames[is_line] - start) / (stored.frames[right[is_line]] - start)
        lines = np.zeros(len(share), ROW_TYPE)
        lines["flags"] = INTERPOLATED | (one["flags"] & Flag.OCCLUDED)
        for side in ("x", "y", "width", "height"):
            lines[side] = (1.0 - share) * one[side] + share * other[side]
        rows[is_line] = lines
    return RecordColumns(frames, rows)


def shown_records(track: Track, first: int, last: int) -> Iterator[tuple[int, BoxRecord]]:
    """``record_at`` for each frame from ``first`` to ``last`` (both included) where something is known."""
    for frame in range(first, last + 1):
        record = record_at(track, frame)
        if record is not None:
            yield frame, record
