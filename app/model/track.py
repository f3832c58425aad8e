"""A labelled target through the video."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.model.box_record import BoxRecord


@dataclass(slots=True)
class Track:
    """A target with at most one record a frame.

    Look-ups by frame are O(1) or O(log n). ``put`` is the only way to change records, so the sorted list of frames and
    the records cannot drift apart.
    """

    id: int
    label: str
    colour: str  # "#rrggbb"
    attributes: dict[str, str] = field(default_factory=dict)
    _records: dict[int, BoxRecord] = field(default_factory=dict)
    _frames: list[int] = field(default_factory=list)

    def put(self, records: Mapping[int, BoxRecord | None]) -> dict[int, BoxRecord | None]:
        """Set the records of some frames (None removes one). Returns what stood there before, ready to be put back.

        Raises:
            ValueError: for a negative frame.
        """
        if records and min(records) < 0:
            raise ValueError(f"a frame cannot be negative: {min(records)}")
        before = {frame: self._records.get(frame) for frame in records}
        for frame, record in records.items():
            if record is None:
                self._records.pop(frame, None)
            else:
                self._records[frame] = record
        self._refresh_frames([frame for frame in records if (before[frame] is None) != (records[frame] is None)])
        return before

    def get(self, frame: int) -> BoxRecord | None:
        """The record stored at this frame; for what a person sees there use ``interpolation.record_at``."""
        return self._records.get(frame)

    def __len__(self) -> int:
        return len(self._frames)

    def items(self, first: int = 0, last: int | None = None) -> Iterator[tuple[int, BoxRecord]]:
        """Stored records from ``first`` to ``last`` (both included), in the order of frames."""
        start = bisect_left(self._frames, first)
        stop = len(self._frames) if last is None else bisect_right(self._frames, last)
        for position in range(start, stop):
            frame = self._frames[position]
            yield frame, self._records[frame]

    @property
    def first_frame(self) -> int | None:
        return self._frames[0] if self._frames else None

    @property
    def last_frame(self) -> int | None:
        return self._frames[-1] if self._frames else None

    def frame_before(self, frame: int) -> int | None:
        """The nearest frame with a record before this one."""
        position = bisect_left(self._frames, frame)
        return self._frames[position - 1] if position else None

    def frame_after(self, frame: int) -> int | None:
        """The nearest frame with a record after this one."""
        position = bisect_right(self._frames, frame)
        return self._frames[position] if position < len(self._frames) else None

    def keyframe_before(self, frame: int) -> int | None:
        """The nearest frame before this one that a person has drawn."""
        return self._first_keyframe(range(bisect_left(self._frames, frame) - 1, -1, -1))

    def keyframe_after(self, frame: int) -> int | None:
        """The nearest frame after this one that a person has drawn."""
        return self._first_keyframe(range(bisect_right(self._frames, frame), len(self._frames)))

    def copy(self) -> Track:
        return Track(self.id, self.label, self.colour, dict(self.attributes), dict(self._records), list(self._frames))

    def _first_keyframe(self, positions: range) -> int | None:
        frames = (self._frames[position] for position in positions)
        return next((frame for frame in frames if self._records[frame].is_keyframe), None)

    def _refresh_frames(self, changed: list[int]) -> None:
        """Bring the sorted frames up to date where ``changed`` frames have gained or lost their record."""
        if len(changed) * 256 > len(self._records):  # undo of a long run: one sort costs less than so many insertions
            self._frames = sorted(self._records)
            return
        for frame in changed:
            if frame in self._records:
                insort(self._frames, frame)
            else:
                del self._frames[bisect_left(self._frames, frame)]
