"""Copies what can still be read of a damaged project into a new one. The damaged file is not changed."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from app.model.attributes import AttributeChanges, Change
from app.model.box_record import BoxRecord
from app.model.detection import Detection, Detections
from app.model.frame_spans import FrameSpans
from app.model.project import LABEL_COLOURS, Project
from app.model.track import Track
from app.model.track_marks import TrackMarks
from app.model.words import counted
from app.store.attribute_rows import (
    ATTRIBUTE_COLUMNS,
    ATTRIBUTES_SINCE,
    CHANGE_COLUMNS,
    DETECTION_COLUMNS,
    attribute_of,
    change_of,
    detection_of,
)
from app.store.block_rows import BLOCKS_SINCE, OLD_COLUMNS, old_record_of, rows_of
from app.store.bounds import HIGHEST_ID, MOST_FRAMES, check_id
from app.store.connection import checked_version, connect, migrate
from app.store.errors import StoreError, UnreadableProjectError, explained
from app.store.left_blocks import left_tracks
from app.store.note_rows import NOTE_COLUMNS, note_of
from app.store.project_store import ProjectStore
from app.store.rows import (
    OLD_RUN_COLUMNS,
    OWN_CONSTANTS_SINCE,
    RUN_COLUMNS,
    TRACK_COLUMNS,
    label_of,
    overruled_of,
    read_class_numbers,
    read_left_as_is,
    read_video,
    run_of,
    track_of,
)
from app.store.unfinished import free_name_beside

SINGLE_STEPS = 100  # keys to try one by one after a damaged page, before the steps double
UNKNOWN_LABEL = "recovered"  # label of a track of which only boxes are left

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was recovered, and in how many places something could not be read."""

    path: Path
    tracks: int
    records: int
    unreadable: int

    @property
    def sentence(self) -> str:
        kept = f"{counted(self.tracks, 'track')} and {counted(self.records, 'box record')}"
        if not self.unreadable:
            return f"{kept} were recovered into {self.path}; everything could be read."
        return f"{kept} were recovered into {self.path}; {counted(self.unreadable, 'place')} could not be read."


def beside(damaged: Path) -> Path:
    """A free name for what is recovered, beside the damaged project."""
    return free_name_beside(damaged.with_name(f"{damaged.stem} recovered{damaged.suffix}"))


def salvage(damaged: Path, goal: Path) -> Salvaged:
    """Make a project at ``goal`` from what can be read of a damaged one.

    The certificate is left out, because some of its boxes may be missing.

    Raises:
        StoreError: if nothing can be read, or the new project cannot be written.
    """
    with TemporaryDirectory(prefix="siamark-salvage-") as room:
        copy = Path(room, "damaged.siamark")
        try:
            shutil.copyfile(damaged, copy)
            log = damaged.with_name(f"{damaged.name}-wal")
            if log.exists():
                shutil.copyfile(log, copy.with_name(f"{copy.name}-wal"))
        except OSError as error:
            raise StoreError(f"The project {damaged} cannot be read ({error.strerror}); check the disk.") from error
        project, unreadable = _read(copy, damaged)
    store = ProjectStore.create(goal, project.video)
    try:
        store.put_project(project)
    finally:
        store.close()
    return Salvaged(goal, len(project.tracks), sum(map(len, project.tracks.values())), unreadable)


def _read(copy: Path, damaged: Path) -> tuple[Project, int]:
    connection = connect(copy, known_as=damaged)
    with closing(connection):
        version = checked_version(connection, damaged)
        with explained(damaged):
            connection.execute("PRAGMA cell_size_check = OFF")
            migrate(connection, version, damaged, to=BLOCKS_SINCE - 1)  # packing stops at the first bad record
            try:
                project = Project(read_video(connection, damaged.parent))
            except (ValueError, TypeError, ArithmeticError) as error:
                raise UnreadableProjectError(f"Of {damaged} not even its video can be read ({error}).") from error
        reader = _Reader(connection)
        reader.fill(project, version)
    return project, reader.unreadable


class _Reader:
    """Reads row by row, and skips what cannot be read."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._left: set[int] = set()
        self.unreadable = 0

    def fill(self, project: Project, version: int) -> None:
        """Read everything possible from a file of this version."""
        self._each("label", "name, colour", lambda row: project.labels.update([label_of(row)]))
        run_columns = RUN_COLUMNS if version >= OWN_CONSTANTS_SINCE else OLD_RUN_COLUMNS
        self._each("run", run_columns, lambda row: project.runs.update([run_of(row)]))
        self._each("track", TRACK_COLUMNS, lambda row: project.tracks.update([(row[0], track_of(row, TrackMarks()))]))
        if version >= BLOCKS_SINCE:
            self._find_left()
            self._each("block", "track_id, number, records", lambda row: self._add_block(project, *row))
        else:
            self._each("record", OLD_COLUMNS, lambda row: _add_old(project, *row), key="track_id, frame")
        columns = "track_id, first_frame, last_frame"
        self._each("gap", columns, lambda row: _add_gap(project, *row), key="track_id, first_frame")
        self._each("overruled", f"{columns}, run_id", lambda row: _add_overruled(project, *row))
        self._each("last_id", "of, id", lambda row: _note_last_id(project, *row))
        self._each("note", NOTE_COLUMNS, lambda row: project.notes.update([note_of(row)]), key="track_id, frame")
        if version >= ATTRIBUTES_SINCE:
            self._add_attributes(project)
        for read in (self._read_left_as_is, self._read_class_numbers):
            try:
                read(project)
            except (sqlite3.Error, ValueError, TypeError):
                self.unreadable += 1
        project.tracks = dict(sorted(project.tracks.items()))

    def _read_left_as_is(self, project: Project) -> None:
        project.left_as_is = read_left_as_is(self._connection)

    def _read_class_numbers(self, project: Project) -> None:
        project.class_numbers = read_class_numbers(self._connection)

    def _add_attributes(self, project: Project) -> None:
        self._each("attribute", ATTRIBUTE_COLUMNS, lambda row: project.attributes.update([attribute_of(row)]))
        self._each("attribute_change", CHANGE_COLUMNS, lambda row: _add_change(project, *change_of(row)))
        found: list[Detection] = []
        self._each("detection", DETECTION_COLUMNS, lambda row: found.append(detection_of(row)))
        project.detections = Detections(found)

    def _each(self, table: str, columns: str, take_in: Callable[[Row], None], *, key: str = "rowid") -> None:
        for row in self._rows(table, columns, key):
            try:
                take_in(row)
            except (ValueError, TypeError, ArithmeticError):
                self.unreadable += 1

    def _find_left(self) -> None:
        """Find deleted tracks, which must not come back. If they cannot be found, too many tracks come back rather than
        too few.
        """
        try:
            self._left = left_tracks(self._connection)
        except sqlite3.Error:
            self.unreadable += 1

    def _add_block(self, project: Project, track_id: object, number: object, block: object) -> None:
        if track_id in self._left and track_id not in project.tracks:
            return
        found, lost = rows_of(number, block)
        self.unreadable += lost
        _add_records(project, check_id(track_id, "a track"), found)

    def _rows(self, table: str, columns: str, key: str) -> Iterator[Row]:
        """The rows in the order of their key. At a damaged page reading continues with the next key that can be found,
        and the rows between are read backward.
        """
        parts = key.count(",") + 1
        places = ", ".join("?" * parts)
        # One row per query: Python reads one row ahead, and would lose both if that fails.
        onward = f"SELECT {key}, {columns} FROM {table} WHERE ({key}) > ({places}) ORDER BY {key} LIMIT 1"
        descending = key.replace(",", " DESC,") + " DESC"
        back = f"SELECT {key}, {columns} FROM {table} WHERE ({key}) < ({places}) AND ({key}) > ({places})"
        last: Row = (-1,) * parts
        start, tries = last, 0
        while True:
            try:
                row = self._connection.execute(onward, start).fetchone()
                if row is not None and not row[:parts] > start:  # a damaged page may lead in circles
                    raise sqlite3.DatabaseError("the rows are in no order")
            except sqlite3.OperationalError:  # the table itself is missing
                self.unreadable += 1
                return
            except (sqlite3.DatabaseError, UnicodeDecodeError):
                self.unreadable += tries == 0
                beyond = _beyond(start, 2 ** max(tries - SINGLE_STEPS, 0))
                if beyond is not None:
                    start, tries = beyond, tries + 1
                    continue
                row, start = None, (HIGHEST_ID,) * parts
            if start != last:
                end = (HIGHEST_ID + 1,) * parts if row is None else row[:parts]
                yield from self._rows_back(f"{back} ORDER BY {descending} LIMIT 1", end, last)
            if row is None:
                return
            last = start = row[:parts]
            tries = 0
            yield row[parts:]

    def _rows_back(self, question: str, before: Row, after: Row) -> Iterator[Row]:
        while True:
            try:
                row = self._connection.execute(question, (*before, *after)).fetchone()
            except (sqlite3.DatabaseError, UnicodeDecodeError):
                return  # reached the damaged place from its other side
            if row is None or not after < row[: len(before)] < before:
                return
            before = row[: len(before)]
            yield row[len(before) :]


def _add_old(project: Project, *row: object) -> None:
    track_id, frame, record = old_record_of(row)
    _add_records(project, track_id, {frame: record})


def _add_records(project: Project, track_id: int, records: Mapping[int, BoxRecord]) -> None:
    if track_id not in project.tracks:
        colour = LABEL_COLOURS[track_id % len(LABEL_COLOURS)]
        project.tracks[track_id] = Track(track_id, UNKNOWN_LABEL, colour)
    known = {
        frame: record if record.run_id in project.runs else replace(record, run_id=None)
        for frame, record in records.items()
    }
    project.tracks[track_id].put(known)


def _add_gap(project: Project, track_id: int, first: int, last: int) -> None:
    track = project.tracks.get(track_id)
    if track is not None:
        track.marks = replace(track.marks, gaps=FrameSpans.of([*track.marks.gaps.spans, (first, last)]))


def _add_overruled(project: Project, track_id: int, first: int, last: int, run_id: int) -> None:
    """Add the overruled spans, without which overruled boxes would look valid."""
    track = project.tracks.get(track_id)
    if track is not None:
        track.marks = replace(track.marks, overruled=(*track.marks.overruled, overruled_of(first, last, run_id)))


def _add_change(project: Project, track_id: int, name: str, change: Change) -> None:
    track = project.tracks.get(track_id)
    if track is not None:
        changes = {**track.changes.by_name, name: (*track.changes.by_name.get(name, ()), change)}
        track.changes = AttributeChanges.of(changes, track.attributes)


def _note_last_id(project: Project, of: str, last: int) -> None:
    """Note the highest id, because ids are never reused, even those of tracks deleted before the damage."""
    if of == "track":
        project.last_track_id = max(project.last_track_id, last)
    elif of == "run":
        project.last_run_id = max(project.last_run_id, last)


def _beyond(last: Row, step: int) -> Row | None:
    """A key some steps further, going from the last frame of a track to the next track. None if no key is so high."""
    *front, end = last
    if front and end + step >= MOST_FRAMES:
        return (front[0] + 1, -1) if front[0] < HIGHEST_ID and step < HIGHEST_ID else None
    return (*front, end + step) if end + step < HIGHEST_ID else None
