"""A labelled target through the video."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.model.box_record import BoxRecord


@dataclass(slots=True)
class Track:
    """A target with at most one record a frame.

    Look-ups by frame are O(1) or O(log n). ``put`` is the only way to change records, so the sorted list of frames and the
    records cannot drift apart.
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
                if self._records.pop(frame, None) is not None:
                    del self._frames[bisect_left(self._frames, frame)]
            else:
                if frame not in self._records:
                    insort(self._frames, frame)
                self._records[frame] = record
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
        before = self.frame_before(frame)
        while before is not None and not self._records[before].is_keyframe:
            before = self.frame_before(before)
        return before

    def keyframe_after(self, frame: int) -> int | None:
        """The nearest frame after this one that a person has drawn."""
        after = self.frame_after(frame)
        while after is not None and not self._records[after].is_keyframe:
            after = self.frame_after(after)
        return after

    def copy(self) -> Track:
        return Track(self.id, self.label, self.colour, dict(self.attributes), dict(self._records), list(self._frames))
