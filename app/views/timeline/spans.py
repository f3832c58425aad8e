"""A track at every frame, in two bytes per frame, and the spans to draw. No widgets here. A repaint reads these bytes,
never records, so its cost depends on the visible pixels and not on the number of records.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.model.box_record import Source
from app.model.record_block import SOURCES, Flag
from app.model.track import Track
from app.views.timeline.time_axis import TimeAxis

KEYFRAME_SPACING = 8  # pixels
DOUBT_SPACING = 16


class Mark:
    """Facts about a frame as bits, combined by "or" if a column has several frames. Not an enum, because that is slow
    in arrays.
    """

    NOTHING: Final = np.uint16(0)
    TRACKED: Final = np.uint16(1)
    INTERPOLATED: Final = np.uint16(2)
    ABSENT: Final = np.uint16(4)
    KEYFRAME: Final = np.uint16(8)
    UNREVIEWED: Final = np.uint16(16)  # from a tracker, not reviewed
    DOUBTFUL: Final = np.uint16(32)  # doubtful
    STALE: Final = np.uint16(64)  # stale: overruled by a correction or a later run
    REVIEWED: Final = np.uint16(128)  # reviewed: a tracked or interpolated box that a person confirmed
    OCCLUDED: Final = np.uint16(256)


class SpanKind:
    """How a column is drawn."""

    GAP: Final = np.uint8(0)
    SOLID: Final = np.uint8(1)
    INTERPOLATED: Final = np.uint8(2)
    ABSENT: Final = np.uint8(3)
    STALE: Final = np.uint8(4)


class Columns(NamedTuple):
    """A track for drawing: one entry a pixel column."""

    kinds: NDArray[np.uint8]  # (width,), SpanKind
    doubtful: NDArray[np.bool_]  # (width,)
    reviewed: NDArray[np.bool_]  # (width,): some box is reviewed, and no box of a tracker is unreviewed
    occluded: NDArray[np.bool_]  # (width,)


def _kind_of(marks: int) -> np.uint8:
    """How a column is drawn. Stale, tracked, interpolated and absent win over keyframes, in this order."""
    if marks & Mark.STALE:
        return SpanKind.STALE
    if marks & Mark.TRACKED:
        return SpanKind.SOLID
    if marks & Mark.INTERPOLATED:
        return SpanKind.INTERPOLATED
    if marks & Mark.ABSENT:
        return SpanKind.ABSENT
    return SpanKind.SOLID if marks & Mark.KEYFRAME else SpanKind.GAP


def _mark_of(source: Source, *, absent: bool, reviewed: bool, occluded: bool) -> np.uint16:
    """The facts in a stored record, without doubt."""
    mark = _mark_in_view(source, absent=absent, reviewed=reviewed)
    return mark | Mark.OCCLUDED if occluded and not absent else mark


def _mark_in_view(source: Source, *, absent: bool, reviewed: bool) -> np.uint16:
    if source is Source.HUMAN:
        return Mark.KEYFRAME | Mark.ABSENT if absent else Mark.KEYFRAME
    if source is Source.INTERPOLATED:
        seen = Mark.ABSENT if absent else Mark.INTERPOLATED
        return seen | Mark.REVIEWED if reviewed else seen
    seen = Mark.ABSENT if absent else Mark.TRACKED
    return seen | (Mark.REVIEWED if reviewed else Mark.UNREVIEWED)


# Tables for speed: an hour of tracking is read at once.
_KINDS = np.array([_kind_of(marks) for marks in range(512)])
_SEEN: Final = Flag.SOURCE | Flag.ABSENT | Flag.OCCLUDED | Flag.REVIEWED  # the flags of a record that are drawn
_MARKS = np.zeros(_SEEN + 1, np.uint16)
for _flags in range(_SEEN + 1):
    if _flags & Flag.SOURCE:
        _MARKS[_flags] = _mark_of(
            SOURCES[_flags & Flag.SOURCE],
            absent=_flags & Flag.ABSENT != 0,
            reviewed=_flags & Flag.REVIEWED != 0,
            occluded=_flags & Flag.OCCLUDED != 0,
        )


class TrackSpans:
    """A track's marks and scores at every frame of the video; agrees with ``interpolation.record_at`` everywhere."""

    def __init__(
        self,
        track: Track,
        *,
        frame_count: int,
        doubts: Sequence[tuple[int, int]] = (),
        measured_runs: Callable[[], Sequence[int]] = tuple,
    ) -> None:
        """
        Args:
            doubts: the first and last frame of each doubt.
            measured_runs: the runs whose scores say how likely a box is right.
        """
        self._measured_runs = measured_runs
        self.marks: NDArray[np.uint16] = np.zeros(frame_count, dtype=np.uint16)
        self.scores: NDArray[np.float32] = np.full(frame_count, np.nan, dtype=np.float32)
        self.is_raw: NDArray[np.bool_] = np.zeros(frame_count, dtype=np.bool_)  # has a score that was never measured
        self._doubts: Sequence[tuple[int, int]] = doubts
        self.refresh(track, 0, frame_count - 1)

    def refresh(self, track: Track, first: int, last: int) -> None:
        """Read the records from ``first`` to ``last`` (both included) again, and update up to the neighbouring
        records.
        """
        before, after = track.frame_before(first), track.frame_after(last)
        start = 0 if before is None else before
        stop = len(self.marks) if after is None else min(after + 1, len(self.marks))
        stored = track.columns(start, stop - 1)
        self.marks[start:stop] = Mark.NOTHING
        self.scores[start:stop] = np.nan
        self.is_raw[start:stop] = False
        if len(stored):
            frames = stored.frames
            marks = _MARKS[stored.rows["flags"] & _SEEN]
            self.marks[frames[0] : stop] = np.repeat(_marks_between(marks), np.diff(frames, append=stop))
            for gap_first, gap_last in track.marks.gaps.between(start, stop - 1):
                gap = self.marks[gap_first : gap_last + 1]
                gap[(gap & ~Mark.OCCLUDED) == Mark.INTERPOLATED] = Mark.NOTHING
            self.marks[frames] = marks
            self.marks[list(track.stale_frames(start, stop - 1))] |= Mark.STALE
            self.scores[frames] = stored.scores
            measured = np.isin(stored.rows["run"], list(self._measured_runs()))
            self.is_raw[frames] = stored.has(Flag.HAS_SCORE) & ~measured
        self._mark_doubts()

    @property
    def says_how_likely(self) -> bool:
        """Whether some score was measured, or there is none yet: then the threshold of doubts means something."""
        return bool(np.any(~np.isnan(self.scores) & ~self.is_raw)) or not self.is_raw.any()

    def set_doubts(self, doubts: Sequence[tuple[int, int]]) -> None:
        """Set the doubts: the first and last frame of each."""
        self._doubts = doubts
        self._mark_doubts()

    def _mark_doubts(self) -> None:
        self.marks &= ~Mark.DOUBTFUL
        for first, last in self._doubts:
            self.marks[max(first, 0) : max(last + 1, 0)] |= Mark.DOUBTFUL

    def _has(self, mark: np.uint16, where: slice) -> NDArray[np.bool_]:
        return (self.marks[where] & mark).astype(np.bool_)

    def columns(self, axis: TimeAxis) -> Columns:
        """What each visible pixel column shows."""
        marks = axis.by_column(self.marks, np.bitwise_or, beyond=Mark.NOTHING)
        is_reviewed = (marks & Mark.REVIEWED).astype(np.bool_) & ~(marks & Mark.UNREVIEWED).astype(np.bool_)
        doubtful, occluded = ((marks & mark).astype(np.bool_) for mark in (Mark.DOUBTFUL, Mark.OCCLUDED))
        return Columns(_KINDS[marks], doubtful, is_reviewed, occluded)

    def raw_columns(self, axis: TimeAxis) -> NDArray[np.bool_]:
        """(width,) the visible pixel columns whose scores do not say how likely a box is right; all of them where no
        score of the track does.
        """
        if not self.says_how_likely:
            return np.ones(axis.width, dtype=np.bool_)
        return axis.by_column(self.is_raw, np.logical_or, beyond=np.False_)

    def keyframes(self, axis: TimeAxis) -> NDArray[np.int64]:
        """The visible keyframes; of those too close to tell apart, only one."""
        first, stop = _in_view(axis)
        frames = np.flatnonzero(self._has(Mark.KEYFRAME, slice(first, stop))) + first
        # One for each stretch of pixels counted from frame 0, so that diamonds do not flicker while panning.
        return frames[_apart((frames * (axis.scale / KEYFRAME_SPACING)).astype(np.int64), gap=0)]

    def doubts(self, axis: TimeAxis) -> NDArray[np.int64]:
        """The visible frames where doubts begin; marks that would touch are joined."""
        first, stop = _in_view(axis)
        frames = np.flatnonzero(self._has(Mark.DOUBTFUL, slice(first, stop))) + first
        return frames[_apart(frames, gap=max(DOUBT_SPACING / axis.scale, 1))]

    def mark_near(self, axis: TimeAxis, x: float, *, reach: int) -> int | None:
        """The keyframe or beginning of a doubt nearest to ``x``, at most ``reach`` pixels away."""
        first, stop = axis.frame_at(x - reach), axis.frame_at(x + reach) + 1
        keyframes = np.flatnonzero(self._has(Mark.KEYFRAME, slice(first, stop))) + first
        frames = np.concatenate((keyframes, self.doubts(axis)))
        distances = np.abs((frames + 0.5) * axis.scale - axis.offset - x)
        return int(frames[distances.argmin()]) if len(frames) and distances.min() <= reach else None


def _marks_between(marks: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """(n,) marks of stored records -> (n,) marks of the frames after each, up to the next one."""
    absent = (marks & Mark.ABSENT).astype(np.bool_)
    next_visible = np.append(~absent[1:], False)
    line = Mark.INTERPOLATED | (marks & Mark.OCCLUDED)  # a line is occluded where the box before it is
    return np.where(absent, Mark.ABSENT, np.where(next_visible, line, Mark.NOTHING)).astype(np.uint16)


def _apart(values: NDArray[np.int64], *, gap: float) -> NDArray[np.bool_]:
    """(n,) True for the first value, and for each that is more than ``gap`` greater than the one before it."""
    apart = np.ones(len(values), dtype=np.bool_)
    apart[1:] = values[1:] - values[:-1] > gap
    return apart


def _in_view(axis: TimeAxis) -> tuple[int, int]:
    return axis.frame_at(0), min(axis.frame_at(axis.width) + 1, axis.frame_count)
