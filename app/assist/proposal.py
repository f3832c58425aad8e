"""Compares a run with reviewed boxes. It never overwrites them; where it differs, it proposes its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.model.box_record import BoxRecord
from app.model.track import Track

SAME: Final = 0.9
"""Boxes that overlap at least this much (IoU) count as equal."""

Proposed = dict[int, BoxRecord]


def proposed(track: Track, found: Mapping[int, BoxRecord]) -> Proposed:
    """The boxes of a run, by frame, that differ from the reviewed ones of the track. A frame in which the run lost the
    target proposes nothing, and neither does one that a person has drawn.
    """
    return {frame: record for frame, record in found.items() if _differs(track.get(frame), record)}


def _differs(there: BoxRecord | None, found: BoxRecord) -> bool:
    if there is None or not there.reviewed or there.is_keyframe or found.box is None:
        return False
    return there.box is None or there.box.iou(found.box) < SAME
