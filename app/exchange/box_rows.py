"""Many rows of boxes as arrays. A row becomes an object only when a writer asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
from numpy.typing import NDArray

from app.exchange.annotations import Row
from app.model.record_block import ROW_TYPE, pack, unpacked

_AT_ONCE = 10_000  # rows that are objects at the same time


@dataclass(frozen=True, slots=True, eq=False)
class BoxRows(Sequence[Row]):
    """Like a tuple of rows, in a sixth of the memory.

    Attributes:
        frames, track_ids: (N,)
        records: (N,) of ``record_block.ROW_TYPE``.
    """

    frames: NDArray[np.int64]
    track_ids: NDArray[np.int64]
    records: NDArray[np.void]

    @classmethod
    def of(cls, rows: Iterable[Row]) -> BoxRows:
        if isinstance(rows, BoxRows):
            return rows
        kept = list(rows)
        frames = np.array([row.frame for row in kept], np.int64)
        track_ids = np.array([row.track_id for row in kept], np.int64)
        return cls(frames, track_ids, np.frombuffer(b"".join(pack(row.record) for row in kept), ROW_TYPE))

    @classmethod
    def joined(cls, parts: list[BoxRows]) -> BoxRows:
        """All rows of these parts, by frame and then by track. Empties the list, so that no box is in memory three
        times.
        """
        frames = np.concatenate([part.frames for part in parts] or [np.zeros(0, np.int64)])
        track_ids = np.concatenate([part.track_ids for part in parts] or [np.zeros(0, np.int64)])
        order = np.lexsort((track_ids, frames))
        frames, track_ids = frames[order], track_ids[order]
        places = np.empty_like(order)
        places[order] = np.arange(len(order))
        records = np.empty(len(order), ROW_TYPE)
        stop = len(order)
        while parts:
            part = parts.pop()
            records[places[stop - len(part) : stop]] = part.records
            stop -= len(part)
        return cls(frames, track_ids, records)

    def __len__(self) -> int:
        return len(self.frames)

    def __iter__(self) -> Iterator[Row]:
        for start in range(0, len(self), _AT_ONCE):
            yield from self._made(slice(start, start + _AT_ONCE))

    @overload
    def __getitem__(self, place: int) -> Row: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Row, ...]: ...

    def __getitem__(self, place: int | slice) -> Row | tuple[Row, ...]:
        if isinstance(place, slice):
            return tuple(self._made(place))
        chosen = range(len(self))[place]
        return next(self._made(slice(chosen, chosen + 1)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(ours == theirs for ours, theirs in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash(len(self))

    def _made(self, part: slice) -> Iterator[Row]:
        return map(
            Row,
            self.frames[part].tolist(),
            self.track_ids[part].tolist(),
            map(unpacked, self.records[part].tolist()),
        )
