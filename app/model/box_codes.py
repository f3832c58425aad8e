"""Short codes of the boxes that a track shows, to find out later which of them have changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.model.track import Track

Codes = NDArray[np.uint32]

STEPS: Final = 64
"""To a pixel. A box that moves by less than such a step may keep its code."""

_OFFSET = 0.3183098861  # so that boxes of whole or simple pixels are never at a rounding boundary
_FARTHEST = 1e9  # pixels, as stored in a project file
_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5], np.uint64)


@dataclass(frozen=True, slots=True)
class BoxCodes:
    """The codes of one track: four bytes a frame (little-endian) from ``first_frame`` on; 0 where no box is shown."""

    first_frame: int
    codes: bytes

    @classmethod
    def of(cls, track: Track) -> BoxCodes:
        first, last = track.first_frame, track.last_frame
        if first is None or last is None:
            return cls(0, b"")
        return cls(first, box_codes(track, first, last).astype("<u4").tobytes())

    def between(self, first: int, last: int) -> Codes:
        """The codes from ``first`` to ``last``, both included."""
        kept = np.frombuffer(self.codes, "<u4")
        codes = np.zeros(last - first + 1, np.uint32)
        start, stop = max(first, self.first_frame), min(last + 1, self.first_frame + len(kept))
        if start < stop:
            codes[start - first : stop - first] = kept[start - self.first_frame : stop - self.first_frame]
        return codes

    @property
    def last_frame(self) -> int:
        return self.first_frame + len(self.codes) // 4 - 1


NO_CODES: Final = BoxCodes(0, b"")


def box_codes(track: Track, first: int, last: int) -> Codes:
    """(N,) the codes of the boxes that ``interpolation.record_at`` gives from ``first`` to ``last``, both included."""
    boxes = shown_boxes(track, first, last)
    has_box = ~np.isnan(boxes[:, 0])
    bounded = np.clip(np.nan_to_num(boxes), -_FARTHEST, _FARTHEST)
    places = np.floor(bounded * STEPS + _OFFSET).astype(np.int64).astype(np.uint64)
    mixed = (places * _FACTORS).sum(axis=1, dtype=np.uint64)
    mixed ^= mixed >> np.uint64(33)
    mixed *= _FACTORS[0]
    codes = (mixed >> np.uint64(32)).astype(np.uint32)
    return np.where(has_box, np.maximum(codes, np.uint32(1)), np.uint32(0))


def shown_boxes(track: Track, first: int, last: int) -> NDArray[np.float64]:
    """(N, 4) x, y, width, height of the boxes shown from ``first`` to ``last`` (both included); NaN where there is
    none.

    Like ``interpolation.record_at``, but for many frames at once.
    """
    before, after = track.frame_before(first), track.frame_after(last)
    stored = track.columns(first if before is None else before, last if after is None else after)
    shown = np.full((last - first + 1, 4), np.nan)
    if not len(stored):
        return shown
    frames, boxes = stored.frames, stored.boxes
    wanted = np.arange(first, last + 1)
    left = np.searchsorted(frames, wanted, side="right") - 1
    begun = left >= 0
    left = np.maximum(left, 0)
    right = np.minimum(left + 1, len(frames) - 1)
    share = (wanted - frames[left]) / np.maximum(frames[right] - frames[left], 1)
    between = boxes[left] + (boxes[right] - boxes[left]) * share[:, None]
    is_stored = begun & (frames[left] == wanted)
    between[~begun | ((right == left) & ~is_stored)] = np.nan
    for begins, ends in track.marks.gaps.between(first, last):
        between[begins - first : ends + 1 - first] = np.nan
    shown[:] = np.where(is_stored[:, None], boxes[left], between)
    return shown


def changed_frames(kept: BoxCodes, track: Track | None, first: int, last: int) -> NDArray[np.bool_]:
    """(N,) whether the shown box has changed since the codes were made. ``track`` is None if it was deleted."""
    now = np.zeros(last - first + 1, np.uint32) if track is None else box_codes(track, first, last)
    return np.asarray(now != kept.between(first, last))
