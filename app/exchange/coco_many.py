"""Writes and compares the annotations of a COCO file with millions of boxes.

As trees of dicts, five million annotations would take ten gigabytes. So they are put together as texts, numbers by the
column (orjson), and a part of the lines at a time is read again.
"""

from __future__ import annotations

import gc
import mmap
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

import numpy as np
import orjson
from numpy.typing import NDArray

from app.exchange.box_rows import BoxRows
from app.model.record_block import INTERPOLATED, SOURCES, Flag

AT_ONCE: Final = 1000  # annotations that fit into the processor's cache; with 20,000 it took twice as long
LIST: Final = b'"annotations": ['
_SEEN: Final = Flag.SOURCE | Flag.OCCLUDED | Flag.REVIEWED
_JSON_BOOL: Final = {False: "false", True: "true"}
_SIDES: Final = ("x", "y", "width", "height")
_KEYS = (
    "id", "image_id", "video_id", "category_id", "track_id", "instance_id", "bbox", "area", "iscrowd", "attributes",
)  # fmt: skip
_ATTRIBUTES = ("source", "score", "reviewed", "occluded", "interpolated")
_values_of = itemgetter(*_KEYS)
_attributes_of = itemgetter(*_ATTRIBUTES)


def annotation_texts(rows: BoxRows, category_of_track: Mapping[int, int], *, video_id: int) -> Iterator[str]:
    """The annotations as JSON, in the order of the rows."""
    heads = {
        track: f'"video_id": {video_id}, "category_id": {category}, "track_id": {track}, "instance_id": {track}, '
        '"bbox": ['
        for track, category in category_of_track.items()
    }
    before_score, after_score = _said_of_flags()
    for start in range(0, len(rows), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        records = rows.records[part]
        flags = (records["flags"] & _SEEN).tolist()
        yield from (
            f'{{"id": {number}, "image_id": {image}, {heads[track]}{box}], "area": {area}, "iscrowd": 0, '
            f"{before_score[flag]}{score}{after_score[flag]}"
            for number, (image, track, box, area, score, flag) in enumerate(
                zip(
                    (rows.frames[part] + 1).tolist(),
                    rows.track_ids[part].tolist(),
                    _box_texts(records),
                    _number_texts(records["width"] * records["height"]),
                    _score_texts(records),
                    flags,
                    strict=True,
                ),
                start=start + 1,
            )
        )


def _said_of_flags() -> tuple[dict[int, str], dict[int, str]]:
    """The texts before and after the score, for each set of flags."""
    flags = [flag for flag in range(_SEEN + 1) if flag & Flag.SOURCE]
    before = {flag: f'"attributes": {{"source": "{SOURCES[flag & Flag.SOURCE].value}", "score": ' for flag in flags}
    after = {
        flag: f', "reviewed": {_JSON_BOOL[bool(flag & Flag.REVIEWED)]}, '
        f'"occluded": {_JSON_BOOL[bool(flag & Flag.OCCLUDED)]}, '
        f'"interpolated": {_JSON_BOOL[flag & Flag.SOURCE == INTERPOLATED]}}}}}'
        for flag in flags
    }
    return before, after


def _number_texts(numbers: NDArray[np.float64]) -> list[str]:
    text = orjson.dumps(np.ascontiguousarray(numbers), option=orjson.OPT_SERIALIZE_NUMPY).decode("ascii")
    return text[1:-1].split(",") if len(numbers) else []


def _box_texts(records: NDArray[np.void]) -> list[str]:
    boxes = np.stack([records[side] for side in _SIDES], axis=1)
    text = orjson.dumps(boxes, option=orjson.OPT_SERIALIZE_NUMPY).decode("ascii")
    return text[2:-2].replace(",", ", ").split("], [") if len(boxes) else []


def _score_texts(records: NDArray[np.void]) -> list[str]:
    texts = _number_texts(records["score"])
    for place in np.flatnonzero(records["flags"] & Flag.HAS_SCORE == 0).tolist():
        texts[place] = "null"
    return texts


def without_annotations(path: Path) -> tuple[bytes, int, int]:
    """One of our files as JSON without its annotations, and where their lines begin and end in the file.

    Raises:
        ValueError: if it has no such list.
    """
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        start = content.find(b"\n" + LIST) + 1
        stop = content.rfind(b"]")
        if start == 0 or stop < start:
            raise ValueError("there is no list of annotations")
        start += len(LIST)
        return content[:start] + content[stop:], start, stop


def difference(
    path: Path, begins: int, ends: int, rows: BoxRows, category_of_track: Mapping[int, int], *, video_id: int
) -> str | None:
    """What differs between the file and these rows, or breaks readers; None if all is right.

    Args:
        begins, ends: where the lines of annotations are in the file.
    """
    categories = np.array([category_of_track.get(track, 0) for track in np.unique(rows.track_ids).tolist()])
    category_of = categories[np.searchsorted(np.unique(rows.track_ids), rows.track_ids)] if len(rows) else rows.frames
    twice = (np.diff(rows.frames) == 0) & (np.diff(rows.track_ids) == 0)
    if twice.any():
        return f"track {rows.track_ids[np.argmax(twice)]} has two boxes in frame {rows.frames[np.argmax(twice)]}"
    with _garbage_collection_paused():
        return _difference(_parts(path, begins, ends), rows, category_of, video_id)


@contextmanager
def _garbage_collection_paused() -> Iterator[None]:
    """Pause garbage collection, because the parts hold no cycles and searching for them took longer than reading."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _difference(
    parts: Iterable[list[dict[str, Any]]], rows: BoxRows, category_of: NDArray[np.int64], video_id: int
) -> str | None:
    done = 0
    for entries in parts:
        part = slice(done, done + len(entries))
        if part.stop > len(rows):
            return f"{len(rows)} boxes became more"
        expected = _expected(rows, category_of, part, video_id)
        found = [*zip(*map(_values_of, entries), strict=True)]
        found[-1:] = [*zip(*map(_attributes_of, found[-1]), strict=True)]
        for name, ours, theirs in zip((*_KEYS[:-1], *_ATTRIBUTES), expected, found, strict=True):
            if ours != theirs:
                place = next(n for n, (one, other) in enumerate(zip(ours, theirs, strict=True)) if one != other)
                row = rows[done + place]
                return f"{name} of track {row.track_id} in frame {row.frame} became {theirs[place]!r}"
        done = part.stop
    return None if done == len(rows) else f"{len(rows)} boxes became {done}"


def _expected(rows: BoxRows, category_of: NDArray[np.int64], part: slice, video_id: int) -> list[tuple[Any, ...]]:
    """The values of ``_KEYS`` and ``_ATTRIBUTES``, a tuple for each key."""
    records = rows.records[part]
    flags, count = records["flags"], len(records)
    tracks = tuple(rows.track_ids[part].tolist())
    sources = flags & Flag.SOURCE
    scores = records["score"].tolist()
    for place in np.flatnonzero(flags & Flag.HAS_SCORE == 0).tolist():
        scores[place] = None
    return [
        tuple(range(part.start + 1, part.start + count + 1)),
        tuple((rows.frames[part] + 1).tolist()),
        (video_id,) * count,
        tuple(category_of[part].tolist()),
        tracks,
        tracks,
        tuple(np.stack([records[side] for side in _SIDES], axis=1).tolist()),
        tuple((records["width"] * records["height"]).tolist()),
        (0,) * count,
        tuple(SOURCES[code].value for code in sources.tolist()),
        tuple(scores),
        tuple((flags & Flag.REVIEWED != 0).tolist()),
        tuple((flags & Flag.OCCLUDED != 0).tolist()),
        tuple((sources == INTERPOLATED).tolist()),
    ]


def _parts(path: Path, begins: int, ends: int) -> Iterator[list[dict[str, Any]]]:
    """The annotations between two places of a file, in parts.

    Raises:
        ValueError: for what is not JSON.
        KeyError: (while iterating) for an annotation without a required key.
    """
    with path.open("rb") as file:
        file.seek(begins)
        left = ends - begins
        rest = b""
        while left:
            text = file.read(min(left, AT_ONCE * 300))
            left -= len(text)
            text = rest + text
            cut = len(text) if not left else text.rfind(b",\n")
            rest = text[cut + 1 :]
            if text[:cut].strip():
                yield orjson.loads(b"[" + text[:cut] + b"]")
