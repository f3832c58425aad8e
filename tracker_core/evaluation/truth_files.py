"""The files beside the frames: boxes, VOT's regions, labels, and VOT's key-value file.

Every error names the file and the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tracker_core.evaluation.regions import Polygon, polygon_of_box
from tracker_core.evaluation.sequences import SequenceError
from tracker_core.weights.sentences import shown

Floats = NDArray[np.float64]

WIDEST = 20_000  # pixels of a mask; no picture is wider


def read_boxes(path: Path) -> Floats:
    """(N, 4): rows ``x, y, width, height``, separated by commas, tabs or spaces; NaN rows if there is no box.

    A row without a box has a number that is not finite or a side that is not positive: ``NaN,NaN,NaN,NaN`` and
    ``0,0,0,0`` are both in use.

    Raises:
        SequenceError: if the file cannot be read or is malformed.
    """
    rows = []
    for number, line in _lines(path):
        row = _numbers(path, number, line)
        if len(row) != 4:
            raise SequenceError(f"{path}, line {number}: {len(row)} numbers, but a row is x, y, width, height.")
        rows.append(row)
    boxes = np.array(rows, dtype=np.float64).reshape(-1, 4)
    boxes[~np.isfinite(boxes).all(axis=1) | (boxes[:, 2:] <= 0).any(axis=1)] = np.nan
    return boxes


def read_regions(path: Path) -> tuple[Polygon | None, ...]:
    """The region of each line, as the VOT toolkit writes them; None if there is none.

    Four numbers are a rectangle; six, eight or more are corners. A line that begins with ``m`` is a mask, and becomes
    the rectangle around its pixels. A single number, or a NaN among several, means no region.
    """
    return tuple(_region(path, number, line) for number, line in _lines(path))


def read_flags(path: Path, *, rows: int) -> NDArray[np.bool_]:
    """(rows,): whether each label is other than 0; labels are in lines (GOT-10k, VOT) or in one line with commas
    (LaSOT).

    VOT leaves out zeros at the end, so fewer labels than rows are allowed.

    Raises:
        SequenceError: if the file cannot be read or is malformed.
    """
    labels = read_labels(path)
    if len(labels) > rows:
        raise SequenceError(f"{path} has {len(labels)} labels, but the truth beside it has {rows} rows.")
    return np.pad(labels > 0, (0, rows - len(labels)))


def read_labels(path: Path, *, rows: int | None = None) -> Floats:
    """(rows,): numbers in lines, or in one line with commas; ``rows`` says how many there must be.

    Raises:
        SequenceError: if the file cannot be read or is malformed.
    """
    labels = [value for number, line in _lines(path) for value in _numbers(path, number, line)]
    if rows is not None and len(labels) != rows:
        raise SequenceError(f"{path} has {len(labels)} labels, but the truth beside it has {rows} rows.")
    return np.array(labels, dtype=np.float64)


def read_names(path: Path) -> list[str]:
    """The lines of a ``list.txt``."""
    return [line for _, line in _lines(path)]


def read_properties(path: Path) -> dict[str, str]:
    """``key=value`` lines: the file ``sequence`` of VOT.

    Raises:
        SequenceError: if the file cannot be read or is malformed.
    """
    pairs = {}
    for number, line in _lines(path):
        key, equals, value = line.partition("=")
        if not equals:
            raise SequenceError(f"{path}, line {number}: {shown(line)!r} is not key=value.")
        pairs[key.strip()] = value.strip()
    return pairs


def count_numbers(path: Path) -> int:
    """How many numbers the first row has; 0 for an empty file and for a mask."""
    for number, line in _lines(path):
        return 0 if line.startswith("m") else len(_numbers(path, number, line))
    return 0


def _region(path: Path, number: int, line: str) -> Polygon | None:
    if line.startswith("m"):
        return _round_mask(path, number, line)
    values = _numbers(path, number, line)
    if len(values) == 1 or not np.isfinite(values).all():
        return None
    if len(values) == 4:
        return polygon_of_box(np.array(values)) if min(values[2:]) > 0 else None
    if len(values) < 6 or len(values) % 2:
        raise SequenceError(
            f"{path}, line {number}: {len(values)} numbers, but a region is x, y, width, height, or x, y of 3 or more "
            "corners, or a mask."
        )
    return np.array(values, dtype=np.float64).reshape(-1, 2)


def _round_mask(path: Path, number: int, line: str) -> Polygon | None:
    """The rectangle around a mask ``mX,Y,WIDTH,HEIGHT,zeros,ones,zeros,...``: run lengths, row by row from the
    left-top.
    """
    values = _numbers(path, number, line[1:])
    if len(values) < 4 or not np.isfinite(values).all() or max(values[2:4]) > WIDEST:
        raise SequenceError(
            f"{path}, line {number}: a mask is mX,Y,WIDTH,HEIGHT and its runs, but this is {shown(line)!r}."
        )
    left, top, width, height, *lengths = map(int, values)
    if min(width, height) < 1 or min(lengths, default=0) < 0 or sum(lengths) > width * height:
        raise SequenceError(f"{path}, line {number}: the runs of the mask do not fit its {width} x {height} pixels.")
    runs = np.array(lengths, dtype=np.int64)
    ends = np.cumsum(runs)
    starts, ends = (ends - runs)[1::2], ends[1::2]  # of the runs of ones: first pixel, and the one after the last
    starts, ends = starts[ends > starts], ends[ends > starts]
    if not len(starts):
        return None
    # A run that continues in the next row touches both borders. No pixels are drawn, so no mask can fill the memory.
    is_broken = starts // width != (ends - 1) // width
    x = int(np.where(is_broken, 0, starts % width).min())
    right = int(np.where(is_broken, width - 1, (ends - 1) % width).max())
    y, bottom = int(starts[0]) // width, int(ends[-1] - 1) // width
    return polygon_of_box(np.array([left + x, top + y, right - x + 1, bottom - y + 1], dtype=np.float64))


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines that are not empty, with their 1-based number."""
    try:
        text = path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        raise SequenceError(f"{path} cannot be read: {error.strerror}.") from error
    lines = (line.strip() for line in text.splitlines())
    return ((number, line) for number, line in enumerate(lines, start=1) if line)


def _numbers(path: Path, number: int, line: str) -> list[float]:
    try:
        return [float(word) for word in re.split(r"\s*,\s*|\s+", line)]
    except ValueError:
        raise SequenceError(f"{path}, line {number}: {shown(line)!r} is not a row of numbers.") from None
