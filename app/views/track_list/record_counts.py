"""Counts a track's keyframes and tracked frames, without recounting everything at each change."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from app.language import tr, tr_counted
from app.model.record_block import HUMAN, TRACKER, Flag
from app.model.track import Track

CHUNK = 512  # frames counted together


class Count(NamedTuple):
    keyframes: int
    tracked: int

    def __str__(self) -> str:
        if not self.keyframes and not self.tracked:
            return tr("no boxes")
        return tr(
            "{keyframes}, {tracked:,} tracked", keyframes=tr_counted(self.keyframes, "keyframe"), tracked=self.tracked
        )

    @property
    def short(self) -> str:
        """The counts in the timeline's signs, for a narrow list."""
        return f"◆ {self.keyframes}  ▬ {self.tracked}"


class RecordCounts:
    """Counts in chunks of frames, so that a change recounts only its chunks."""

    def __init__(self, track: Track) -> None:
        self._chunks: dict[int, Count] = {}
        self._keyframes = self._tracked = 0
        self.refresh(track, 0, track.last_frame or 0)

    @property
    def total(self) -> Count:
        return Count(self._keyframes, self._tracked)

    def refresh(self, track: Track, first: int, last: int) -> None:
        """Recount from ``first`` to ``last``, both included, where records may have changed."""
        for chunk in range(first // CHUNK, last // CHUNK + 1):
            before, now = self._chunks.get(chunk, Count(0, 0)), _count(track, chunk)
            self._chunks[chunk] = now
            self._keyframes += now.keyframes - before.keyframes
            self._tracked += now.tracked - before.tracked


def _count(track: Track, chunk: int) -> Count:
    found = track.columns(chunk * CHUNK, (chunk + 1) * CHUNK - 1)
    tracked = (found.sources == TRACKER) & ~found.has(Flag.ABSENT)
    return Count(int(np.count_nonzero(found.sources == HUMAN)), int(np.count_nonzero(tracked)))
