"""Box records as bytes: a block holds the records of one track in 64 frames, in memory and in the project file.

A long project has millions of records. As Python objects they would take ten times the memory, and as rows of a table
half a minute to read. So they are packed, and become objects only when needed.

A block of n records is n bytes, the places of their frames in the block in ascending order, and then n rows of
``ROW_BYTES`` bytes, little-endian: flags, x, y, width, height, score, accord (float64), run (int64). What a record does
not have is 0 in its row, and its flag is not set.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from struct import Struct
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.model.box_record import BoxRecord, Source
from tracker_core.geometry import Box

BLOCK_FRAMES: Final = 64
"""A full block fills one page of the project file: so an edit writes one page, and a damaged page costs one block."""
LARGEST_NUMBER: Final = 1e9
"""Pixels. A box may reach far outside the picture, but stays finite in every format."""

_ROW: Final = Struct("<B6dq")
ROW_BYTES: Final = _ROW.size
_EACH: Final = ROW_BYTES + 1  # bytes of a record in a block
ROW_TYPE: Final = np.dtype(
    [("flags", "u1"), *((name, "<f8") for name in ("x", "y", "width", "height", "score", "accord")), ("run", "<i8")]
)


class Flag:
    """Bits of a row; the lowest two are the source. Plain numbers, because an enum is slow in arrays."""

    SOURCE: Final = 3
    ABSENT: Final = 4
    OCCLUDED: Final = 8
    REVIEWED: Final = 16
    HAS_SCORE: Final = 32
    HAS_ACCORD: Final = 64
    HAS_RUN: Final = 128


HUMAN, TRACKER, INTERPOLATED = 1, 2, 3  # not 0, so that a page of zeros is not a valid box
CODES: Final = {Source.HUMAN: HUMAN, Source.TRACKER: TRACKER, Source.INTERPOLATED: INTERPOLATED}
SOURCES: Final = {code: source for source, code in CODES.items()}

_Values = tuple[int, float, float, float, float, float, float, int]


def pack(record: BoxRecord) -> bytes:
    """A row. Extreme boxes and scores of a tracker are cut to the bounds of a file."""
    flags = CODES[record.source] + Flag.OCCLUDED * bool(record.occluded) + Flag.REVIEWED * bool(record.reviewed)
    box, score, accord, run = record.box, record.score, record.accord, record.run_id
    sides: tuple[float, ...] = (0.0,) * 4
    if box is None:
        flags += Flag.ABSENT
    else:
        sides = tuple(min(max(float(side), -LARGEST_NUMBER), LARGEST_NUMBER) for side in box.as_tuple())
    if score is not None and score == score:  # not NaN
        flags += Flag.HAS_SCORE
    else:
        score = 0.0
    if accord is not None and accord == accord:
        flags += Flag.HAS_ACCORD
    else:
        accord = 0.0
    if run is not None:
        flags += Flag.HAS_RUN
    # float(): a tracker's numbers may be numpy scalars
    shares = min(max(float(score), 0.0), 1.0), min(max(float(accord), 0.0), 1.0)
    return _ROW.pack(flags, *sides, *shares, 0 if run is None else int(run))


def unpacked(values: _Values) -> BoxRecord:
    """The record with the values of a row."""
    flags, x, y, width, height, score, accord, run = values
    return BoxRecord(
        None if flags & Flag.ABSENT else Box(x, y, width, height),
        SOURCES[flags & Flag.SOURCE],
        score if flags & Flag.HAS_SCORE else None,
        flags & Flag.OCCLUDED != 0,
        flags & Flag.REVIEWED != 0,
        run if flags & Flag.HAS_RUN else None,
        accord if flags & Flag.HAS_ACCORD else None,
    )


def count(block: bytes) -> int:
    """How many records a block holds."""
    return len(block) // _EACH


def record_in(block: bytes, place: int) -> BoxRecord | None:
    """The record at a place of the block, from 0."""
    held = len(block) // _EACH
    position = block.find(place, 0, held)
    return None if position < 0 else unpacked(_ROW.unpack_from(block, held + position * ROW_BYTES))


def place_before(block: bytes, place: int) -> int | None:
    """The last place with a record before this one."""
    position = bisect_left(block, place, 0, len(block) // _EACH)
    return block[position - 1] if position else None


def place_after(block: bytes, place: int) -> int | None:
    """The first place with a record after this one."""
    held = len(block) // _EACH
    position = bisect_left(block, place + 1, 0, held)
    return block[position] if position < held else None


def last_place(block: bytes) -> int:
    """The last place with a record."""
    return block[count(block) - 1]


def records_in(block: bytes) -> Iterator[tuple[int, BoxRecord]]:
    """All places and records, in order."""
    held = len(block) // _EACH
    return zip(block[:held], map(unpacked, _ROW.iter_unpack(memoryview(block)[held:])), strict=True)


def changed(block: bytes, changes: Iterable[tuple[int, bytes | None]]) -> bytes:
    """The block with new rows at some places; None removes a record."""
    held = len(block) // _EACH
    places, rows = bytearray(block[:held]), bytearray(block[held:])
    for place, row in changes:
        position = bisect_left(places, place)
        is_there = position < len(places) and places[position] == place
        span = slice(position * ROW_BYTES, (position + is_there) * ROW_BYTES)
        if row is not None:
            rows[span] = row
            if not is_there:
                places.insert(position, place)
        elif is_there:
            del rows[span], places[position]
    return bytes(places + rows)


def by_block(records: Mapping[int, BoxRecord | None]) -> dict[int, list[tuple[int, bytes | None]]]:
    """Sort records by block number, as ``changed`` takes them."""
    found: dict[int, list[tuple[int, bytes | None]]] = {}
    for frame, record in records.items():
        number, place = divmod(int(frame), BLOCK_FRAMES)
        row = None if record is None else pack(record)
        if number in found:
            found[number].append((place, row))
        else:
            found[number] = [(place, row)]
    return found


@dataclass(frozen=True, slots=True)
class RecordColumns:
    """Many records as arrays.

    Attributes:
        frames: (N,) in ascending order.
        rows: (N,) of ``ROW_TYPE``.
    """

    frames: NDArray[np.int64]
    rows: NDArray[np.void]

    @classmethod
    def of(cls, blocks: Mapping[int, bytes], numbers: Iterable[int]) -> RecordColumns:
        chosen = [(number, blocks[number]) for number in numbers]
        held = [len(block) // _EACH for _, block in chosen]
        places = np.frombuffer(b"".join(block[:n] for (_, block), n in zip(chosen, held, strict=True)), np.uint8)
        rows = np.frombuffer(b"".join(block[n:] for (_, block), n in zip(chosen, held, strict=True)), ROW_TYPE)
        firsts = np.array([number * BLOCK_FRAMES for number, _ in chosen], np.int64)
        return cls(np.repeat(firsts, held) + places, rows)

    def __len__(self) -> int:
        return len(self.frames)

    def between(self, first: int, last: int | None) -> RecordColumns:
        """The records from ``first`` to ``last``, both included."""
        start = np.searchsorted(self.frames, first)
        stop = len(self.frames) if last is None else np.searchsorted(self.frames, last, side="right")
        return RecordColumns(self.frames[start:stop], self.rows[start:stop])

    def chosen(self, where: NDArray[np.bool_]) -> RecordColumns:
        """The records at which ``where``, (N,), is true."""
        return RecordColumns(self.frames[where], self.rows[where])

    def has(self, flag: int) -> NDArray[np.bool_]:
        """(N,) whether a ``Flag`` is set."""
        return np.asarray(self.rows["flags"] & flag != 0)

    @property
    def sources(self) -> NDArray[np.uint8]:
        """(N,) ``HUMAN``, ``TRACKER`` or ``INTERPOLATED``."""
        return np.asarray(self.rows["flags"] & Flag.SOURCE)

    @property
    def boxes(self) -> NDArray[np.float64]:
        """(N, 4) x, y, width, height; NaN where the target is absent."""
        boxes = np.stack([self.rows[name] for name in ("x", "y", "width", "height")], axis=1)
        boxes[self.has(Flag.ABSENT)] = np.nan
        return boxes

    @property
    def scores(self) -> NDArray[np.float64]:
        """(N,) NaN where there is none."""
        return np.where(self.has(Flag.HAS_SCORE), self.rows["score"], np.nan)

    @property
    def accords(self) -> NDArray[np.float64]:
        """(N,) NaN where there is none."""
        return np.where(self.has(Flag.HAS_ACCORD), self.rows["accord"], np.nan)


def packed(columns: RecordColumns) -> dict[int, bytes]:
    """The blocks of records in ascending order of frames."""
    frames, rows = columns.frames, columns.rows
    numbers, places = frames // BLOCK_FRAMES, (frames % BLOCK_FRAMES).astype(np.uint8)
    edges = [0, *(np.flatnonzero(np.diff(numbers)) + 1).tolist(), len(frames)]
    return {
        int(numbers[start]): places[start:stop].tobytes() + rows[start:stop].tobytes()
        for start, stop in pairwise(edges)
        if start < stop
    }
