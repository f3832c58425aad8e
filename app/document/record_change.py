"""New records for some tracks and the old ones, stored compactly: the part of a command that could fill the memory."""

from __future__ import annotations

from collections.abc import Mapping

from app.document.document import Document
from app.model.box_record import BoxRecord
from app.model.frame_spans import Span
from app.model.track_marks import TrackMarks

Changes = dict[int, dict[int, BoxRecord | None]]
"""Track, then frame, to the record, or to None if there is none."""


class RecordChange:
    """Puts records and marks, and puts back what they replaced. Holds the new records until it is done first, and then
    the blocks that are not in the document: those before it, or those after it. Between doing and undoing, no other
    change of these blocks may be left: that is so on an undo stack.
    """

    def __init__(self, document: Document, records: Changes, marks: Mapping[int, TrackMarks]) -> None:
        self._document = document
        self._records = {track_id: frames for track_id, frames in records.items() if frames}
        self._marks = dict(marks)
        self._blocks: dict[int, dict[int, bytes]] = {}
        self._marks_then: dict[int, TrackMarks] = dict(marks)
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
        if not self._records:
            self.revert()
            return
        marks = self._marks_now()
        self._keep(self._document.put_records(self._records, self._marks_then), marks)

    def revert(self) -> None:
        """Swap new and old records: the first call undoes the change, the next one does it again."""
        marks = self._marks_now()
        self._keep(self._document.put_blocks(self._blocks, self._extents, self._marks_then), marks)

    def _marks_now(self) -> dict[int, TrackMarks]:
        tracks = self._document.opened_project.tracks
        return {track_id: tracks[track_id].marks for track_id in self._marks_then}

    def _keep(self, blocks: dict[int, dict[int, bytes]], marks: dict[int, TrackMarks]) -> None:
        def keep() -> None:
            self._records, self._blocks, self._marks_then = {}, blocks, marks

        self._document.when_written(keep)

    def absorb(self, later: RecordChange) -> None:
        """Merge a change that was applied after this one."""
        for track_id, (first, last) in later._extents.items():
            own = self._extents.get(track_id, (first, last))
            self._extents[track_id] = min(own[0], first), max(own[1], last)
        for track_id, blocks in later._blocks.items():
            self._blocks[track_id] = blocks | self._blocks.get(track_id, {})
        self._marks |= later._marks
        self._marks_then = later._marks_then | self._marks_then
