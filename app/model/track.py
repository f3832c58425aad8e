"""A labelled target through the video."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.model.box_record import BoxRecord, Source
from app.model.frame_set import FrameSet
from app.model.frame_spans import FrameSpans
from app.model.track_marks import TrackMarks


@dataclass(slots=True)
class Track:
    """A target with at most one record a frame.

    Look-ups by frame are O(1) or O(log n). Only ``put`` changes records, so that the records and the two ordered sets
    of frames always agree.
    """

    id: int
    label: str
    colour: str  # "#rrggbb"
    attributes: dict[str, str] = field(default_factory=dict)
    marks: TrackMarks = field(default=TrackMarks(), kw_only=True)
    _records: dict[int, BoxRecord] = field(default_factory=dict)
    _frames: FrameSet = field(default_factory=FrameSet)
    _keyframes: FrameSet = field(default_factory=FrameSet)

    @property
    def name(self) -> str:
        """What a person calls it: "car #1", or "#1" without a label."""
        return f"{self.label} #{self.id}".lstrip()

    def put(self, records: Mapping[int, BoxRecord | None]) -> dict[int, BoxRecord | None]:
        """Set the records of some frames (None removes one). Returns the previous records, ready to be put back.

        Raises:
            ValueError: for a negative frame.
        """
        if records and min(records) < 0:
            raise ValueError(f"a frame cannot be negative: {min(records)}")
        stored, before = self._records, dict[int, BoxRecord | None]()
        added, removed, keys_added, keys_removed = list[int](), list[int](), list[int](), list[int]()
        for frame, record in records.items():
            old = before[frame] = stored.get(frame)
            was_key, is_key = old is not None and old.is_keyframe, record is not None and record.is_keyframe
            if record is not None:
                stored[frame] = record
                if old is None:
                    added.append(frame)
            elif old is not None:
                del stored[frame]
                removed.append(frame)
            if is_key is not was_key:
                (keys_added if is_key else keys_removed).append(frame)
        self._frames.update(added=added, removed=removed)
        self._keyframes.update(added=keys_added, removed=keys_removed)
        return before

    def get(self, frame: int) -> BoxRecord | None:
        """The record stored at this frame; ``interpolation.record_at`` gives what a person sees there."""
        return self._records.get(frame)

    def __len__(self) -> int:
        return len(self._frames)

    def items(self, first: int = 0, last: int | None = None) -> Iterator[tuple[int, BoxRecord]]:
        """Stored records from ``first`` to ``last`` (both included), in the order of frames."""
        for frame in self._frames.between(first, last):
            yield frame, self._records[frame]

    @property
    def first_frame(self) -> int | None:
        return self._frames.first

    @property
    def last_frame(self) -> int | None:
        return self._frames.last

    def frame_before(self, frame: int) -> int | None:
        """The nearest frame with a record before this one."""
        return self._frames.before(frame)

    def frame_after(self, frame: int) -> int | None:
        """The nearest frame with a record after this one."""
        return self._frames.after(frame)

    def run_ids(self, first: int, last: int) -> set[int]:
        """The runs that made the boxes stored from ``first`` to ``last``, both included."""
        records = self._records
        run_ids = {records[frame].run_id for frame in self._frames.between(first, last)}
        return {run_id for run_id in run_ids if run_id is not None}

    def is_stale(self, frame: int) -> bool:
        """Whether a tracker's box is stored here that was overruled (``Overruled``) and that nobody has reviewed."""
        record = self._records.get(frame)
        return (
            record is not None
            and record.source is Source.TRACKER
            and not record.reviewed
            and record.run_id is not None
            and self.marks.is_overruled(frame, record.run_id)
        )

    def stale_frames(self, first: int = 0, last: int | None = None) -> Iterator[int]:
        """The frames from ``first`` to ``last`` (both included) at which ``is_stale``, each once and in order."""
        spans = FrameSpans.of((span.first, span.last) for span in self.marks.overruled)
        for begins, ends in spans.between(first, sys.maxsize if last is None else last):
            yield from (frame for frame in self._frames.between(begins, ends) if self.is_stale(frame))

    @property
    def keyframe_count(self) -> int:
        """The frames with a person's record."""
        return len(self._keyframes)

    def keyframe_before(self, frame: int) -> int | None:
        """The nearest frame before this one that a person has drawn."""
        return self._keyframes.before(frame)

    def keyframe_after(self, frame: int) -> int | None:
        """The nearest frame after this one that a person has drawn."""
        return self._keyframes.after(frame)

    def copy(self) -> Track:
        return Track(
            self.id,
            self.label,
            self.colour,
            dict(self.attributes),
            dict(self._records),
            self._frames.copy(),
            self._keyframes.copy(),
            marks=self.marks,
        )
