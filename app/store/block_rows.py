"""Blocks of box records (``app/model/record_block.py``) in the project file, and their upgrade from older files."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.model import record_block
from app.model.box_record import BoxRecord, Source
from app.model.record_block import BLOCK_FRAMES, HUMAN, LARGEST_NUMBER, ROW_BYTES, Flag, RecordColumns
from app.store.bounds import HIGHEST_ID, MOST_FRAMES, check_frame, check_id, check_number, check_share
from tracker_core.geometry import Box

OLD_COLUMNS: Final = "track_id, frame, x, y, width, height, source, score, occluded, reviewed, run_id, accord"
"""Of the table ``record``, in which versions up to 8 had a row for each box."""
BLOCKS_SINCE: Final = 9
_PUT: Final = (
    "INSERT INTO block VALUES (?, ?, ?) ON CONFLICT (track_id, number) DO UPDATE SET records = excluded.records"
)

Blocks = dict[int, bytes]
"""From their numbers; an empty one is none."""


def read_blocks(connection: sqlite3.Connection) -> dict[int, Blocks]:
    """All blocks by track, checked.

    Raises:
        ValueError: for what no Siamark writes.
    """
    blocks: dict[int, Blocks] = defaultdict(dict)
    # In the order of the file: sorting millions of records would copy them.
    for track_id, number, records in connection.execute("SELECT track_id, number, records FROM block"):
        blocks[track_id][number] = records
    for track_id, of_track in blocks.items():
        check_blocks(track_id, of_track)
    return blocks


def check_blocks(track_id: int, blocks: Mapping[int, bytes]) -> None:
    """
    Raises:
        ValueError: for blocks that no Siamark writes.
    """
    check_id(track_id, "a track")
    for number, block in blocks.items():
        if not _is_block(number, block):
            raise ValueError(f"block {number} of track {track_id} is none")
    found = RecordColumns.of(blocks, sorted(blocks))
    good = sound_rows(found)
    good[1:] &= found.frames[1:] > found.frames[:-1]
    if not good.all():
        frame = int(found.frames[np.argmin(good)])
        raise ValueError(f"what is said of track {track_id} on frame {frame} cannot be of a box in a video")


def _is_block(number: object, block: object) -> bool:
    return (
        isinstance(number, int)
        and 0 <= number <= (MOST_FRAMES - 1) // BLOCK_FRAMES
        and isinstance(block, bytes)
        and 0 < len(block) <= BLOCK_FRAMES * (ROW_BYTES + 1)
        and len(block) % (ROW_BYTES + 1) == 0
        and max(block[: record_block.count(block)]) < BLOCK_FRAMES
    )


def sound_rows(found: RecordColumns) -> NDArray[np.bool_]:
    """(N,) whether each row is what ``record_block.pack`` makes. NaN fails every comparison."""
    flags, rows = found.rows["flags"], found.rows
    good = (found.frames >= 0) & (found.frames < MOST_FRAMES) & (found.sources != 0)
    good &= ~((found.sources == HUMAN) & found.has(Flag.HAS_SCORE))
    good &= flags & (Flag.ABSENT | Flag.OCCLUDED) != Flag.ABSENT | Flag.OCCLUDED
    for name, least in (("x", -LARGEST_NUMBER), ("y", -LARGEST_NUMBER), ("width", 0), ("height", 0)):
        good &= (rows[name] >= least) & (rows[name] <= LARGEST_NUMBER)
    for name in ("score", "accord"):
        good &= (rows[name] >= 0) & (rows[name] <= 1)
    good &= (rows["run"] >= 0) & (rows["run"] <= HIGHEST_ID)
    return np.asarray(good)


def rows_of(number: object, block: object) -> tuple[dict[int, BoxRecord], int]:
    """What can be read of a block of a damaged file: frames with their records, and how many could not be read.

    Raises:
        ValueError: if nothing can.
    """
    if not _is_block(number, block):
        raise ValueError(f"block {number} is none")
    assert isinstance(number, int)
    assert isinstance(block, bytes)
    held = record_block.count(block)
    good = sound_rows(RecordColumns.of({number: block}, [number]))
    found: dict[int, BoxRecord] = {}
    for position in np.flatnonzero(good).tolist():
        row = block[held + position * ROW_BYTES : held + (position + 1) * ROW_BYTES]
        ((place, record),) = record_block.records_in(block[position : position + 1] + row)
        found.setdefault(number * BLOCK_FRAMES + place, record)
    return found, held - len(found)


def put_blocks(connection: sqlite3.Connection, track_id: int, blocks: Mapping[int, bytes]) -> None:
    """Replace blocks of a stored track by their numbers; an empty one is deleted."""
    rows = [(track_id, number, block) for number, block in blocks.items() if block]
    gone = [(track_id, number) for number, block in blocks.items() if not block]
    if rows:
        connection.executemany(_PUT, rows)
    if gone:
        connection.executemany("DELETE FROM block WHERE track_id = ? AND number = ?", gone)


def put_records(connection: sqlite3.Connection, track_id: int, records: Mapping[int, BoxRecord | None]) -> None:
    """Set the records of some frames of a stored track; None removes one."""
    changes = record_block.by_block(records)
    before = {
        number: connection.execute(
            "SELECT records FROM block WHERE track_id = ? AND number = ?", (track_id, number)
        ).fetchone()
        for number in changes
    }
    put_blocks(
        connection,
        track_id,
        {
            number: record_block.changed(b"" if before[number] is None else before[number][0], of_block)
            for number, of_block in changes.items()
        },
    )


def pack_old_records(connection: sqlite3.Connection) -> None:
    """The step to version 9: rows of the table ``record`` become blocks.

    Raises:
        ValueError, TypeError, ArithmeticError: for a row that Siamark cannot have written.
    """
    asked = f"SELECT {OLD_COLUMNS} FROM record WHERE track_id = ? ORDER BY frame"
    for (track_id,) in connection.execute("SELECT DISTINCT track_id FROM record").fetchall():
        check_id(track_id, "a track")
        found = _old_columns(connection.execute(asked, (track_id,)).fetchall())
        good = sound_rows(found)
        if not good.all():
            raise ValueError(
                f"what is said of track {track_id} on frame {found.frames[np.argmin(good)]} cannot be of a box"
            )
        put_blocks(connection, track_id, record_block.packed(found))
    connection.execute("DROP TABLE record")


def _old_columns(rows: list[tuple[Any, ...]]) -> RecordColumns:
    """Whole tracks at once: a file may hold millions, and objects for each would take ten times as long."""
    _, frame, x, y, width, height, source, score, occluded, reviewed, run_id, accord = zip(*rows, strict=True)
    codes = {name: record_block.CODES[of] for name, of in _SOURCES.items()}
    if strangers := set(source) - codes.keys():
        raise ValueError(f"a box is by {next(iter(strangers))!r}")
    records = np.zeros(len(rows), record_block.ROW_TYPE)
    flags = np.array([codes[name] for name in source], np.uint8)
    for flag, values in ((Flag.OCCLUDED, occluded), (Flag.REVIEWED, reviewed)):
        flags |= np.where(np.array(values) == 1, np.uint8(flag), np.uint8(0))
    for name, values, flag in (
        ("score", score, Flag.HAS_SCORE),
        ("accord", accord, Flag.HAS_ACCORD),
        ("run", run_id, Flag.HAS_RUN),
    ):
        said = np.array(values, np.float64)  # None becomes NaN
        flags |= np.where(np.isnan(said), np.uint8(0), np.uint8(flag))
        records[name] = np.nan_to_num(said, nan=0.0)
    absent = np.isnan(np.array(x, np.float64))
    flags |= np.where(absent, np.uint8(Flag.ABSENT), np.uint8(0))
    for name, values in (("x", x), ("y", y), ("width", width), ("height", height)):
        records[name] = np.where(absent, 0.0, np.array(values, np.float64))
    records["flags"] = flags
    return RecordColumns(np.array(frame, np.int64), records)


_SOURCES: Final[dict[object, Source]] = {source.value: source for source in Source}


def old_record_of(row: tuple[Any, ...]) -> tuple[int, int, BoxRecord]:
    """Track, frame and record, from ``OLD_COLUMNS``.

    Raises:
        ValueError: for values that Siamark never writes.
    """
    track_id, frame, x, y, width, height, source, score, occluded, reviewed, run_id, accord = row
    check_frame(frame, f"a box of track {track_id}")
    if source not in _SOURCES:
        raise ValueError(f"frame {frame} of track {track_id} is by {source!r}")
    box = None if x is None else Box(*(check_number(side, "a box") for side in (x, y, width, height)))
    shares = [None if share is None else check_share(share, "a score") for share in (score, accord)]
    if run_id is not None:
        check_id(run_id, "a run")
    record = BoxRecord(box, _SOURCES[source], shares[0], occluded == 1, reviewed == 1, run_id, shares[1])
    return check_id(track_id, "a track"), frame, record
