"""New records for some tracks and the old ones, stored compactly: the part of a command that could fill the memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from app.document.document import Document
from app.model.box_record import BoxRecord
from app.model.frame_spans import NO_FRAMES, FrameSpans, Span
from app.model.track_marks import TrackMarks

Changes = dict[int, dict[int, BoxRecord | None]]
"""Track, then frame, to the record, or to None if there is none."""


@dataclass(slots=True)
class _Before:
    """The old records of one track. Frames without a record, as most of a run's, cost nothing."""

    records: dict[int, BoxRecord] = field(default_factory=dict)
    empty: FrameSpans = NO_FRAMES

    def note(self, before: Mapping[int, BoxRecord | None]) -> None:
        """Add frames that were not noted before; for the others the first note stays."""
        new = [frame for frame in before if frame not in self.records and frame not in self.empty]
        self.records.update({frame: record for frame in new if (record := before[frame]) is not None})
        without = sorted(frame for frame in new if before[frame] is None)
        if without:
            self.empty = FrameSpans.of([*self.empty.spans, *_spans_of(without)])

    def all(self) -> dict[int, BoxRecord | None]:
        frames = (frame for first, last in self.empty.spans for frame in range(first, last + 1))
        return {**dict.fromkeys(frames), **self.records}


class RecordChange:
    """Puts records and marks, and puts back what they replaced. Holds either the new or the old records; the others are
    in the document.
    """

    def __init__(self, document: Document, records: Changes, marks: Mapping[int, TrackMarks]) -> None:
        self._document = document
        self._records = {track_id: frames for track_id, frames in records.items() if frames}
        self._marks = dict(marks)
        self._before: dict[int, _Before] = {}
        self._marks_before: dict[int, TrackMarks] = {}
        self._extents = {track_id: (min(frames), max(frames)) for track_id, frames in self._records.items()}

    @property
    def is_empty(self) -> bool:
        return not self._extents and not self._marks

    @property
    def extents(self) -> dict[int, Span | None]:
        """The changed tracks, each with its first and last changed frame; None if only marks change."""
        return {**dict.fromkeys(self._marks), **self._extents}

    @property
    def tracks_with_records(self) -> int:
        return len(self._extents)

    def apply(self) -> None:
        tracks = self._document.opened_project.tracks
        marks_before = {track_id: tracks[track_id].marks for track_id in self._marks}
        before = self._document.put_records(self._records, self._marks)

        def keep() -> None:
            self._records, self._marks_before = {}, marks_before
            self._before = {track_id: _Before() for track_id in before}
            for track_id, records in before.items():
                self._before[track_id].note(records)

        self._document.when_written(keep)

    def revert(self) -> None:
        before = {track_id: kept.all() for track_id, kept in self._before.items()}
        after = self._document.put_records(before, self._marks_before)

        def keep() -> None:
            self._records, self._before = after, {}

        self._document.when_written(keep)

    def absorb(self, later: RecordChange) -> None:
        """Merge a change that was applied after this one."""
        for track_id, (first, last) in later._extents.items():
            own = self._extents.get(track_id, (first, last))
            self._extents[track_id] = min(own[0], first), max(own[1], last)
        for track_id, kept in later._before.items():
            self._before.setdefault(track_id, _Before()).note(kept.all())
        self._marks |= later._marks
        self._marks_before = later._marks_before | self._marks_before


def _spans_of(frames: Iterable[int]) -> Iterator[Span]:
    """Frames in order, as spans."""
    first = last = -1
    for frame in frames:
        if first < 0:
            first = last = frame
        elif frame == last + 1:
            last = frame
        else:
            yield first, last
            first = last = frame
    if first >= 0:
        yield first, last
