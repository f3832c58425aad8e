"""What a track shows at every frame, as arrays. They are updated where records change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.model.record_block import HUMAN, INTERPOLATED, TRACKER, Flag, RecordColumns
from app.model.track import Track

Flags = NDArray[np.bool_]


class State:
    """What a track shows at a frame. Plain numbers, because an enum is slow in arrays."""

    UNKNOWN: Final = np.uint8(0)
    KEYFRAME: Final = np.uint8(1)
    TRACKED: Final = np.uint8(2)
    INTERPOLATED: Final = np.uint8(3)
    ABSENT: Final = np.uint8(4)  # a person says so
    LOST: Final = np.uint8(5)  # a run says so


class TrackSigns:
    """A track at every frame of the video, as ``interpolation.record_at`` gives it.

    Each array has one entry a frame. Only ``refresh`` changes them. About 40 bytes a frame.
    """

    def __init__(self, frame_count: int) -> None:
        self.state: NDArray[np.uint8] = np.zeros(frame_count, np.uint8)
        self.stored: Flags = np.zeros(frame_count, np.bool_)
        self.settled: Flags = np.zeros(frame_count, np.bool_)  # drawn or reviewed by a person
        self.stale: Flags = np.zeros(frame_count, np.bool_)  # overruled by something newer, and not reviewed
        self.boxes: NDArray[np.float32] = np.full((frame_count, 4), np.nan, np.float32)  # x, y, width, height
        self.score: NDArray[np.float32] = np.full(frame_count, np.nan, np.float32)
        self.accord: NDArray[np.float32] = np.full(frame_count, np.nan, np.float32)

    def refresh(self, track: Track, first: int, last: int) -> tuple[int, int]:
        """Read the records from ``first`` to ``last`` (both included) again, and update everything up to the
        neighbouring records.

        Returns the first and the last frame that were read.
        """
        count = len(self.state)
        before, after = track.frame_before(first), track.frame_after(last)
        start = 0 if before is None else before
        stop = count if after is None else min(after + 1, count)
        self.state[start:stop] = State.UNKNOWN
        self.stored[start:stop] = self.settled[start:stop] = False
        self.boxes[start:stop] = np.nan
        self.score[start:stop] = self.accord[start:stop] = np.nan
        stored = track.columns(start, stop - 1)
        if len(stored):
            self._put(stored, stop)
        self._clear_gaps(track, start, stop)
        self.stale[start:stop] = False
        self.stale[list(track.stale_frames(start, stop - 1))] = True
        return start, stop - 1

    def _clear_gaps(self, track: Track, start: int, stop: int) -> None:
        """Frames in gaps are unknown."""
        for first, last in track.marks.gaps.between(start, stop - 1):
            span = slice(first, last + 1)
            empty = ~self.stored[span] & (self.state[span] == State.INTERPOLATED)
            self.state[span][empty] = State.UNKNOWN
            self.settled[span][empty] = False
            self.boxes[span][empty] = np.nan

    def _put(self, stored: RecordColumns, stop: int) -> None:
        frames = stored.frames
        states = _STATES[stored.rows["flags"] & (Flag.SOURCE | Flag.ABSENT)]
        settled = stored.has(Flag.REVIEWED) | (stored.sources == HUMAN)
        boxes = stored.boxes.astype(np.float32)
        absent = states >= State.ABSENT
        followed_by_box = np.append(~absent[1:], False)
        between = np.where(absent, states, np.where(followed_by_box, State.INTERPOLATED, State.UNKNOWN))
        lengths = np.diff(frames, append=stop)
        everything = slice(int(frames[0]), stop)
        self.state[everything] = np.repeat(between, lengths)
        self.settled[everything] = np.repeat(absent & settled, lengths)
        self._draw_lines(frames, boxes, between, lengths)
        self.state[frames] = states
        self.settled[frames] = settled
        self.stored[frames] = True
        self.boxes[frames] = boxes
        self.score[frames] = stored.scores
        self.accord[frames] = stored.accords

    def _draw_lines(
        self,
        frames: NDArray[np.int64],
        boxes: NDArray[np.float32],
        between: NDArray[np.uint8],
        lengths: NDArray[np.int64],
    ) -> None:
        """The interpolated boxes."""
        for i in np.flatnonzero((between == State.INTERPOLATED) & (lengths > 1)):
            share = np.arange(1, lengths[i], dtype=np.float32)[:, None] / lengths[i]
            self.boxes[frames[i] + 1 : frames[i + 1]] = boxes[i] * (1 - share) + boxes[i + 1] * share


_STATES = np.zeros((Flag.SOURCE | Flag.ABSENT) + 1, np.uint8)  # by these flags of a record
_STATES[[HUMAN, TRACKER, INTERPOLATED]] = State.KEYFRAME, State.TRACKED, State.INTERPOLATED
_STATES[[HUMAN | Flag.ABSENT, TRACKER | Flag.ABSENT, INTERPOLATED | Flag.ABSENT]] = (
    State.ABSENT,
    State.LOST,
    State.ABSENT,
)


def frames_since(marked: Flags, furthest: int) -> NDArray[np.int64]:
    """(N,) frames since the last marked one, 0 at a marked one, at most ``furthest``."""
    frames = np.arange(len(marked))
    last = np.maximum.accumulate(np.where(marked, frames, -furthest))
    return np.minimum(frames - last, furthest)


def frames_to_nearest(marked: Flags, furthest: int) -> NDArray[np.int64]:
    """(N,) distance to the nearest marked frame, before or after."""
    return np.minimum(frames_since(marked, furthest), frames_since(marked[::-1], furthest)[::-1])


def nearest_of(marked: Flags) -> NDArray[np.int64]:
    """(N,) the nearest marked frame of each, the earlier one of two; -1 if none is marked."""
    places = np.flatnonzero(marked)
    if len(places) == 0:
        return np.full(len(marked), -1, np.int64)
    frames = np.arange(len(marked))
    after = np.searchsorted(places, frames)
    left, right = places[np.maximum(after - 1, 0)], places[np.minimum(after, len(places) - 1)]
    return np.where(np.abs(frames - left) <= np.abs(right - frames), left, right)


def runs(flags: Flags, *, start: int = 0) -> Iterator[tuple[int, int]]:
    """First and last index of each run of True, counted from ``start``."""
    padded = np.zeros(len(flags) + 2, np.bool_)
    padded[1:-1] = flags
    edges = (np.flatnonzero(padded[1:] != padded[:-1]) + start).tolist()
    for first, stop in zip(edges[::2], edges[1::2], strict=True):
        yield first, stop - 1
