"""Chooses the frames of a track's contact sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.model.doubt import Doubt
from app.model.interpolation import record_at
from app.model.track import Track
from tracker_core.geometry import Box


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One picture of the sheet. ``doubt``: how likely the box is wrong, if it is doubtful, else None."""

    frame: int
    box: Box
    is_keyframe: bool
    is_reviewed: bool
    doubt: float | None


def sheet_cells(track: Track, doubts: Sequence[Doubt], *, every: int, last_frame: int) -> list[SheetCell]:
    """Every n-th frame with a box, every keyframe, and the most doubtful frame of every doubt.

    Raises:
        ValueError: if ``every`` is less than 1.
    """
    if every < 1:
        raise ValueError(f"every must be at least 1, not {every}")
    first = track.first_frame
    if first is None:
        return []
    strength = {doubt.frame: doubt.strength for doubt in doubts}
    frames = set(range(first, last_frame + 1, every)) | strength.keys()
    keyframe = track.keyframe_after(first - 1)
    while keyframe is not None:
        frames.add(keyframe)
        keyframe = track.keyframe_after(keyframe)
    cells = []
    for frame in sorted(frames):
        record = record_at(track, frame)
        if record is not None and record.box is not None:
            cells.append(SheetCell(frame, record.box, record.is_keyframe, record.reviewed, strength.get(frame)))
    return cells
