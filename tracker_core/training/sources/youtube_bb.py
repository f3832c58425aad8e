"""YouTube-BoundingBoxes: its CSV, and frames as image files that the user must extract from the videos.

A row is ``youtube_id,timestamp_ms,class_id,class_name,object_id,object_presence,xmin,xmax,ymin,ymax``, with sides
relative to the size of the picture. A first line with these names is optional. A CSV is recognised by its first line,
whatever its name. A frame is found by the id and the time in its row, as one of

    ID/MS.jpg    ID_MS.jpg    ID+MS.jpg    ID+CLASS+OBJECT+MS.jpg

beside the CSV or in a folder there with the name ``frames``, ``images``, ``JPEGImages`` or that of the CSV; PNG works
too.

There are 380,000 clips of about twenty frames each. So a source is a part of the CSV: about ``ROWS_A_SOURCE`` rows,
without splitting a video, and with its own track numbers. Only that part is in memory.
"""

from __future__ import annotations

import csv
import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from tracker_core.evaluation.frames import read_picture
from tracker_core.evaluation.sequences import SequenceError
from tracker_core.geometry import Box
from tracker_core.training.pictures.prepared import Instance
from tracker_core.training.sources.reader import AnnotatedPicture, Note, SourceReader, box_or_none

ROWS_A_SOURCE = 20_000
COLUMNS = 10
PRESENCES = ("present", "absent", "uncertain")
FOLDERS = ("", "frames", "images", "JPEGImages")
SUFFIXES = (".jpg", ".jpeg", ".png")


class Row(NamedTuple):
    video: str
    milliseconds: str
    class_id: str
    class_name: str
    object_id: str
    presence: str
    xmin: str
    xmax: str
    ymin: str
    ymax: str


NAMINGS: tuple[Callable[[Row], str], ...] = (
    lambda row: f"{row.video}/{row.milliseconds}",
    lambda row: f"{row.video}_{row.milliseconds}",
    lambda row: f"{row.video}+{row.milliseconds}",
    lambda row: f"{row.video}+{row.class_id}+{row.object_id}+{row.milliseconds}",
)


def readers_in(folder: Path, files: Sequence[str]) -> list[SourceReader]:
    indices = [folder / name for name in files if name.lower().endswith(".csv") and _is_index(folder / name)]
    return [reader for path in indices for reader in _readers_of(path)]


def _is_index(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            fields = _fields(file.readline(1000))
    except OSError:
        return False
    return len(fields) == COLUMNS and (fields[0] == "youtube_id" or fields[5].strip() in PRESENCES)


def _readers_of(path: Path) -> Iterator[SourceReader]:
    begin = end = rows = number = 0
    video = b""
    with path.open("rb") as file:
        for line in file:
            name = line.split(b",", 1)[0]
            if rows >= ROWS_A_SOURCE and name != video:
                yield YouTubeReader(path, number, begin, end)
                begin, rows, number = end, 0, number + 1
            video, rows, end = name, rows + 1, end + len(line)
    yield YouTubeReader(path, number, begin, end)


@dataclass(frozen=True, slots=True)
class YouTubeReader:
    path: Path  # the CSV
    number: int  # the number of this source among those of the CSV
    begin: int  # where its rows begin and end, in bytes
    end: int
    kind: Literal["video"] = "video"

    @property
    def name(self) -> str:
        return f"{self.path.parent.name}.{self.path.stem}-{self.number:04d}"

    def mark(self) -> str:
        return hashlib.sha256(self._content()).hexdigest()[:16]

    def pictures(self, note: Note) -> Iterator[AnnotatedPicture]:
        tracks: dict[tuple[str, str, str], int] = {}
        for path, rows in self._rows_by_picture(note).items():
            try:
                image = read_picture(path)
            except SequenceError:
                note("unreadable image", path.name)
                continue
            height, width = image.shape[:2]
            instances = []
            for row in rows:
                box = _box(row, width=width, height=height)
                if box is None:
                    note("broken box", path.name)
                    continue
                track = tracks.setdefault((row.video, row.class_id, row.object_id), len(tracks))
                instances.append(Instance(track, row.class_name, box))
            if instances:
                yield image, instances

    def _content(self) -> bytes:
        with self.path.open("rb") as file:
            file.seek(self.begin)
            return file.read(self.end - self.begin)

    def _rows_by_picture(self, note: Note) -> dict[Path, list[Row]]:
        """The pictures that exist, video by video in the order of time, with the rows of their targets."""
        found: dict[Path, list[Row]] = {}
        places = _Places(self.path)
        for row in sorted(self._rows(note), key=lambda row: (row.video, int(row.milliseconds))):
            path = places.picture_of(row)
            if path is None:
                note("missing picture", f"{row.video} at {row.milliseconds} ms")
            else:
                found.setdefault(path, []).append(row)
        return found

    def _rows(self, note: Note) -> Iterator[Row]:
        """The rows whose target is visible."""
        text = self._content().decode("utf-8-sig", errors="replace")
        for line in text.splitlines():
            fields = _fields(line)
            if not fields or fields[0] == "youtube_id":
                continue
            row = Row(*(field.strip() for field in fields)) if len(fields) == COLUMNS else None
            if row is None or row.presence not in PRESENCES or not row.milliseconds.isdecimal():
                note("invalid row", line[:60])
            elif row.presence != "present":
                note(f"target {row.presence}", f"{row.video} at {row.milliseconds} ms")
            else:
                yield row


def _fields(line: str) -> list[str]:
    try:
        return next(csv.reader([line]), [])
    except csv.Error:
        return [line]


def _box(row: Row, *, width: int, height: int) -> Box | None:
    try:
        left, right = float(row.xmin) * width, float(row.xmax) * width
        top, bottom = float(row.ymin) * height, float(row.ymax) * height
    except ValueError:
        return None
    return box_or_none(left, top, right - left, bottom - top)


class _Places:
    """Finds the pictures. It first tries the folder and the naming of the last one found."""

    def __init__(self, index: Path) -> None:
        folders = [index.parent / name for name in (*FOLDERS, index.stem)]
        self._ways = [
            (folder, naming, suffix)
            for folder in folders
            if folder.is_dir()
            for naming in NAMINGS
            for suffix in SUFFIXES
        ]

    def picture_of(self, row: Row) -> Path | None:
        for position, (folder, naming, suffix) in enumerate(self._ways):
            path = folder / f"{naming(row)}{suffix}"
            if os.path.isfile(path):  # Path.is_file raises an error for a name that is too long
                self._ways.insert(0, self._ways.pop(position))
                return path
        return None
