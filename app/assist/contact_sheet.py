"""Chooses the frames of a track's contact sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from app.model.box_record import BoxRecord
from app.model.doubt import Doubt
from app.model.interpolation import record_at
from app.model.score_meaning import ScoreMeaning
from app.model.track import Track
from tracker_core.geometry import Box

MeaningOf: TypeAlias = Callable[[BoxRecord], ScoreMeaning]


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One picture of the sheet. ``doubt``: how likely the box is wrong; None if it is not doubtful. ``is_guess``:
    whether that number is a guess because it was not measured.
    """

    frame: int
    box: Box
    is_keyframe: bool
    is_reviewed: bool
    doubt: float | None
    is_guess: bool = False


def _measured(record: BoxRecord) -> ScoreMeaning:
    return ScoreMeaning.MEASURED


def sheet_cells(
    track: Track, doubts: Sequence[Doubt], *, every: int, last_frame: int, meaning_of: MeaningOf = _measured
) -> list[SheetCell]:
    """Every n-th frame with a box, every keyframe, and the most doubtful frame of every doubt. ``meaning_of``: what a
    record's score says.

    Raises:
        ValueError: if ``every`` is less than 1.
    """
    if every < 1:
        raise ValueError(f"every must be at least 1, not {every}")
    first = track.first_frame
    if first is None:
        return []
    doubted = {doubt.frame: doubt for doubt in doubts}
    frames = set(range(first, last_frame + 1, every)) | doubted.keys()
    keyframe = track.keyframe_after(first - 1)
    while keyframe is not None:
        frames.add(keyframe)
        keyframe = track.keyframe_after(keyframe)
    cells = []
    for frame in sorted(frames):
        record = record_at(track, frame)
        if record is not None and record.box is not None:
            doubt = doubted.get(frame)
            is_scored = record.score is not None
            is_guess = doubt is not None and (
                doubt.is_guess or (is_scored and meaning_of(record) is not ScoreMeaning.MEASURED)
            )
            strength = None if doubt is None else doubt.strength
            cells.append(SheetCell(frame, record.box, record.is_keyframe, record.reviewed, strength, is_guess))
    return cells
