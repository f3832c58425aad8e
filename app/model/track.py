"""A labelled target through the video."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from app.model import record_block
from app.model.attributes import NO_CHANGES, AttributeChanges, values_at
from app.model.box_record import BoxRecord
from app.model.frame_set import FrameSet
from app.model.frame_spans import FrameSpans
from app.model.record_block import BLOCK_FRAMES, HUMAN, TRACKER, Flag, RecordColumns
from app.model.track_marks import TrackMarks

NO_BLOCKS: Final[Mapping[int, bytes]] = {}


@dataclass(slots=True, weakref_slot=True)
class Track:
    """A target with at most one record a frame.

    ``attributes``: its values as a whole; ``changes``: those from a frame on.

    Look-ups by frame are O(1) or O(log n). Only ``put`` and ``put_blocks`` change records, so that records and the
    ordered sets of blocks and keyframes always agree. Records are kept as bytes (``record_block.py``), and each access
    makes a new object; use ``columns`` to read many.
    """

    id: int
    label: str
    colour: str  # "#rrggbb"
    attributes: dict[str, str] = field(default_factory=dict)
    marks: TrackMarks = field(default=TrackMarks(), kw_only=True)
    changes: AttributeChanges = field(default=NO_CHANGES, kw_only=True)
    _blocks: dict[int, bytes] = field(default_factory=dict, repr=False)
    _order: FrameSet = field(default_factory=FrameSet, repr=False)  # block numbers
    _keyframes: FrameSet = field(default_factory=FrameSet, repr=False)
    _count: int = 0

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
        before = {frame: self.get(frame) for frame in records}
        self.put_blocks(self.changed_blocks(records))
        return before

    def changed_blocks(
        self, records: Mapping[int, BoxRecord | None], newer: Mapping[int, bytes] = NO_BLOCKS
    ) -> dict[int, bytes]:
        """The blocks to pass to ``put_blocks`` to set the records of some frames. Changes nothing.

        Args:
            newer: blocks that will have been put by then.
        """
        return {
            number: record_block.changed(newer[number] if number in newer else self._blocks.get(number, b""), changes)
            for number, changes in record_block.by_block(records).items()
        }

    def put_blocks(self, blocks: Mapping[int, bytes]) -> dict[int, bytes]:
        """Set whole blocks by their numbers; an empty one removes the block. Returns the previous ones, ready to be put
        back.

        They are not checked, so take them only from another track or a checked file.
        """
        before = {number: self._blocks.get(number, b"") for number in blocks}
        was, now = _keyframes_in(before), _keyframes_in(blocks)
        self._keyframes.update(added=now - was, removed=was - now)
        stored, added, removed = self._blocks, list[int](), list[int]()
        for number, block in blocks.items():
            old = stored.get(number)
            self._count += record_block.count(block) - (0 if old is None else record_block.count(old))
            if block:
                stored[number] = block
                if old is None:
                    added.append(number)
            elif old is not None:
                del stored[number]
                removed.append(number)
        self._order.update(added=added, removed=removed)
        return before

    def blocks(self) -> Mapping[int, bytes]:
        """All records, in the form for ``put_blocks``."""
        return self._blocks

    def get(self, frame: int) -> BoxRecord | None:
        """The record stored at this frame. Use ``interpolation.record_at`` for what a person sees there."""
        number, place = divmod(int(frame), BLOCK_FRAMES)
        block = self._blocks.get(number)
        return None if block is None else record_block.record_in(block, place)

    def __len__(self) -> int:
        return self._count

    @property
    def box_count(self) -> int:
        """Stored records with a box."""
        return int(np.count_nonzero(~self.columns().has(Flag.ABSENT)))

    def items(self, first: int = 0, last: int | None = None) -> Iterator[tuple[int, BoxRecord]]:
        """Stored records from ``first`` to ``last`` (both included), in the order of frames."""
        blocks = [(number * BLOCK_FRAMES, self._blocks[number]) for number in self._numbers(first, last)]
        end = sys.maxsize if last is None else last
        for begins, block in blocks:
            if first <= begins and begins + BLOCK_FRAMES - 1 <= end:
                for place, record in record_block.records_in(block):
                    yield begins + place, record
            else:
                for place in block[: record_block.count(block)]:
                    if first <= begins + place <= end:
                        found = record_block.record_in(block, place)
                        assert found is not None
                        yield begins + place, found

    def columns(self, first: int = 0, last: int | None = None) -> RecordColumns:
        """Stored records from ``first`` to ``last`` (both included) as arrays, many times faster than ``items``."""
        return RecordColumns.of(self._blocks, self._numbers(first, last)).between(first, last)

    def _numbers(self, first: int, last: int | None) -> Iterator[int]:
        """The blocks that reach into these frames, in order."""
        return self._order.between(max(first, 0) // BLOCK_FRAMES, None if last is None else last // BLOCK_FRAMES)

    @property
    def first_frame(self) -> int | None:
        number = self._order.first
        return None if number is None else number * BLOCK_FRAMES + self._blocks[number][0]

    @property
    def last_frame(self) -> int | None:
        return self._last_of(self._order.last)

    def frame_before(self, frame: int) -> int | None:
        """The nearest frame with a record before this one."""
        number, place = divmod(int(frame), BLOCK_FRAMES)
        found = record_block.place_before(self._blocks.get(number, b""), place)
        return self._last_of(self._order.before(number)) if found is None else number * BLOCK_FRAMES + found

    def frame_after(self, frame: int) -> int | None:
        """The nearest frame with a record after this one."""
        number, place = divmod(int(frame), BLOCK_FRAMES)
        found = record_block.place_after(self._blocks.get(number, b""), place)
        if found is not None:
            return number * BLOCK_FRAMES + found
        after = self._order.after(number)
        return None if after is None else after * BLOCK_FRAMES + self._blocks[after][0]

    def _last_of(self, number: int | None) -> int | None:
        if number is None:
            return None
        block = self._blocks[number]
        return number * BLOCK_FRAMES + record_block.last_place(block)

    def run_ids(self, first: int, last: int) -> set[int]:
        """The runs that made the boxes stored from ``first`` to ``last``, both included."""
        found = self.columns(first, last)
        return set(np.unique(found.rows["run"][found.has(Flag.HAS_RUN)]).tolist())

    def is_stale(self, frame: int) -> bool:
        """Whether the stored box is a tracker's, overruled (``Overruled``) and not reviewed."""
        return any(self.stale_frames(frame, frame))

    def stale_frames(self, first: int = 0, last: int | None = None) -> Iterator[int]:
        """The frames from ``first`` to ``last`` (both included) at which ``is_stale``, each once and in order."""
        spans = FrameSpans.of((span.first, span.last) for span in self.marks.overruled)
        for begins, ends in spans.between(first, sys.maxsize if last is None else last):
            found = self.columns(begins, ends)
            asked = (found.sources == TRACKER) & ~found.has(Flag.REVIEWED) & found.has(Flag.HAS_RUN)
            for frame, run in zip(found.frames[asked].tolist(), found.rows["run"][asked].tolist(), strict=True):
                if self.marks.is_overruled(frame, run):
                    yield frame

    def attributes_at(self, frame: int) -> dict[str, str]:
        """The values that hold at a frame."""
        return values_at(self.attributes, self.changes, frame)

    @property
    def keyframe_count(self) -> int:
        """How many frames have a person's record."""
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
            dict(self._blocks),
            self._order.copy(),
            self._keyframes.copy(),
            self._count,
            marks=self.marks,
            changes=self.changes,
        )


def _keyframes_in(blocks: Mapping[int, bytes]) -> set[int]:
    found = RecordColumns.of(blocks, sorted(number for number, block in blocks.items() if block))
    return set(found.frames[found.sources == HUMAN].tolist())
