"""Puts records into a track, and returns the frames that may show another box now."""

from __future__ import annotations

from collections.abc import Mapping

from app.model.box_record import BoxRecord
from app.model.frame_spans import Span
from app.model.record_block import BLOCK_FRAMES, last_place
from app.model.track import Track

RecordChanges = Mapping[int, BoxRecord | None]
"""Frame to its new record, or to None where the record goes."""
BlockChanges = Mapping[int, Mapping[int, bytes]]
"""Track, then number, to a block of records (``record_block.py``); an empty one has none."""


def put_and_measure(track: Track, blocks: Mapping[int, bytes], extent: Span, frame_count: int) -> tuple[int, int]:
    """Put records. Returns the first and last frame whose shown box may have changed. Interpolation changes up to the
    neighbouring records, and an absent last record counts for the rest of the video.
    """
    first, last = extent
    left, right = track.frame_before(first), track.frame_after(last)
    ended_absent = _ends_absent(track)
    track.put_blocks(blocks)
    if left is not None:
        first = left + 1
    if right is not None:
        last = right - 1
    elif ended_absent or _ends_absent(track):
        last = max(last, frame_count - 1)
    return first, last


def last_frame_of(blocks: Mapping[int, bytes]) -> int | None:
    """The highest frame with a record."""
    number = max((number for number, block in blocks.items() if block), default=None)
    return None if number is None else number * BLOCK_FRAMES + last_place(blocks[number])


def _ends_absent(track: Track) -> bool:
    if track.last_frame is None:
        return False
    record = track.get(track.last_frame)
    return record is not None and record.absent
