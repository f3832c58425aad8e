"""Rows of the project file to the model and back."""

from __future__ import annotations

import gc
import json
import os
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from app.model.box_record import BoxRecord, Source
from app.model.frame_spans import FrameSpans, Span
from app.model.meeting import LeftAsIs, MeetingKind
from app.model.project import Label, Project, Run, VideoReference
from app.model.track import Track
from app.model.track_marks import Overruled, TrackMarks
from app.store.bounds import (
    HIGHEST_ID,
    LARGEST_NUMBER,
    check_colour,
    check_frame,
    check_id,
    check_number,
    check_numbers,
    check_records,
    check_share,
    check_text,
    check_texts,
    check_video,
)
from app.store.certificate_rows import read_certificate
from app.store.errors import StoreError
from app.store.note_rows import read_notes
from tracker_core.geometry import Box

LEFT_AS_IS = "left_as_is"
"""The key in ``meta`` of what a person has said of meetings of tracks."""

Row = tuple[object, ...]

RUN_COLUMNS = (
    "id, tracker, started_at, first_frame, last_frame, device, constants, has_measured_scores,"
    " family, weights, precision, direction"
)
TRACK_COLUMNS = "id, label, colour, attributes"
RECORD_COLUMNS = "track_id, frame, x, y, width, height, source, score, occluded, reviewed, run_id, accord"

LONGEST_PATH = 4096  # characters
LONGEST_RATE = 50  # characters; Fraction would count in numbers of any length


def video_row(video: VideoReference, folder: Path) -> Row:
    path = portable_path(video.path, folder)
    return 1, path, video.frame_count, video.width, video.height, str(video.frame_rate), video.fingerprint


def track_row(track: Track) -> Row:
    return track.id, track.label, track.colour, _json(track.attributes)


def run_row(run: Run) -> Row:
    about = run.id, run.tracker, run.started_at, run.first_frame, run.last_frame, run.device
    made_by = run.family, run.weights, run.precision, run.direction
    return *about, _json(dict(run.constants)), *made_by, bool(run.has_measured_scores)


def gap_rows(track_id: int, marks: TrackMarks) -> list[Row]:
    return [(track_id, first, last) for first, last in marks.gaps.spans]


def overruled_rows(track_id: int, marks: TrackMarks) -> list[Row]:
    return [(track_id, span.first, span.last, span.run_id) for span in marks.overruled]


def record_row(track_id: int, frame: int, record: BoxRecord) -> Row:
    """A row that can be read again: an absurd box of a tracker is cut to the bounds of a file."""
    # int() and float(), because a tracker's numbers may be numpy scalars, which SQLite does not know.
    place = (None,) * 4 if record.box is None else tuple(map(_bounded, record.box.as_tuple()))
    score, accord = (None if value is None else _share(value) for value in (record.score, record.accord))
    flags = bool(record.occluded), bool(record.reviewed)
    return track_id, int(frame), *place, record.source.value, score, *flags, record.run_id, accord


def _bounded(value: float) -> float:
    return min(max(float(value), -LARGEST_NUMBER), LARGEST_NUMBER)


def _share(value: float) -> float:
    return min(max(float(value), 0.0), 1.0)


def read_project(connection: sqlite3.Connection, folder: Path) -> Project:
    """The whole project; relative video paths start from ``folder``.

    Raises:
        sqlite3.Error, ValueError, TypeError, ArithmeticError: if the file holds something that Siamark never writes.
    """
    project = Project(read_video(connection, folder))
    check_records(connection)
    project.labels.update(map(label_of, connection.execute("SELECT name, colour FROM label ORDER BY id")))
    project.runs.update(map(run_of, connection.execute(f"SELECT {RUN_COLUMNS} FROM run ORDER BY id")))
    with _garbage_collection_paused():
        records = _read_records(connection)
    gaps, overruled = _read_gaps(connection), _read_overruled(connection)
    for row in connection.execute(f"SELECT {TRACK_COLUMNS} FROM track ORDER BY id"):
        marks = TrackMarks(FrameSpans.of(gaps[row[0]]), tuple(overruled[row[0]]))
        track = track_of(row, marks)
        track.put(records[track.id])
        project.tracks[track.id] = track
    project.certificate = read_certificate(connection)
    project.left_as_is = read_left_as_is(connection)
    project.notes = read_notes(connection)
    last_ids = dict(connection.execute("SELECT of, id FROM last_id"))
    project.last_track_id = max(last_ids.get("track", 0), *project.tracks, 0)
    project.last_run_id = max(last_ids.get("run", 0), *project.runs, 0)
    return project


def left_as_is_row(answers: Iterable[LeftAsIs]) -> tuple[str, str]:
    """Key and value in ``meta``, where a version that knows nothing of it leaves it alone."""
    return LEFT_AS_IS, json.dumps([[a.kind, a.one, a.other, a.first_frame, a.frame] for a in sorted(answers)])


def read_left_as_is(connection: sqlite3.Connection) -> frozenset[LeftAsIs]:
    """Which meetings a person has left as they are.

    Raises:
        ValueError: for what no Siamark writes.
    """
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (LEFT_AS_IS,)).fetchone()
    entries = [] if row is None else json.loads(row[0])
    if not isinstance(entries, list) or not all(isinstance(entry, list) and len(entry) == 5 for entry in entries):
        raise ValueError("what is said of meetings of tracks is no list")
    answers = []
    for kind, *numbers in entries:
        if not all(type(number) is int and 0 <= number <= HIGHEST_ID for number in numbers):
            raise ValueError(f"a meeting of tracks cannot have the numbers {str(numbers)[:60]}")
        answers.append(LeftAsIs(MeetingKind(kind), *numbers))
    return frozenset(answers)


def label_of(row: tuple[Any, ...]) -> tuple[str, Label]:
    """From name and colour. This and the next three raise ValueError for values that Siamark never writes."""
    name, colour = row
    return check_text(name, "a label"), Label(name, check_colour(colour, f"label {name}"))


def run_of(row: tuple[Any, ...]) -> tuple[int, Run]:
    """From ``RUN_COLUMNS``."""
    run_id, tracker, started_at, first, last, device, constants, measured, *made_by = row
    numbers = check_numbers(_parsed(constants), f"run {run_id}")
    run = Run(run_id, tracker, started_at, first, last, device, numbers, *made_by)
    return check_id(run_id, "a run"), replace(run, has_measured_scores=measured == 1)


def track_of(row: tuple[Any, ...], marks: TrackMarks) -> Track:
    """From ``TRACK_COLUMNS``; without records."""
    track_id, label, colour, attributes = row
    texts = check_texts(_parsed(attributes), f"track {track_id}")
    check_text(label, f"the label of track {track_id}")
    return Track(check_id(track_id, "a track"), label, check_colour(colour, f"track {track_id}"), texts, marks=marks)


def record_of(row: tuple[Any, ...]) -> tuple[int, int, BoxRecord]:
    """Track, frame and record, from ``RECORD_COLUMNS``. For many records ``check_records`` is faster."""
    track_id, frame, x, y, width, height, source, score, occluded, reviewed, run_id, accord = row
    check_frame(frame, f"a box of track {track_id}")
    box = None if x is None else Box(*(check_number(side, "a box") for side in (x, y, width, height)))
    shares = [None if share is None else check_share(share, "a score") for share in (score, accord)]
    record = BoxRecord(box, Source(source), shares[0], occluded == 1, reviewed == 1, run_id, shares[1])
    return check_id(track_id, "a track"), frame, record


def read_video(connection: sqlite3.Connection, folder: Path) -> VideoReference:
    """Only the video; arguments and errors as for ``read_project``."""
    row = connection.execute("SELECT path, frame_count, width, height, frame_rate, fingerprint FROM video").fetchone()
    if row is None:
        raise ValueError("it names no video")
    path, frame_count, width, height, frame_rate, fingerprint = row
    if "\0" in path or len(path) > LONGEST_PATH:
        raise ValueError("its video has no path")
    if len(frame_rate) > LONGEST_RATE:
        raise ValueError("its frame rate is not a number")
    video = VideoReference(folder / path, frame_count, width, height, Fraction(frame_rate), fingerprint)
    check_video(video)
    return video


def portable_path(video: Path, folder: Path) -> str:
    """Relative to the project's folder if the video is below it, so that both can move together."""
    absolute = Path(os.path.abspath(video))
    path = (absolute.relative_to(folder) if absolute.is_relative_to(folder) else absolute).as_posix()
    try:
        path.encode()
    except UnicodeEncodeError:
        raise StoreError(f"The path of the video, {path!a}, holds bytes that are no text; rename it.") from None
    return path


def _read_gaps(connection: sqlite3.Connection) -> dict[int, list[Span]]:
    gaps: dict[int, list[Span]] = defaultdict(list)
    for track_id, first, last in connection.execute("SELECT track_id, first_frame, last_frame FROM gap"):
        gaps[track_id].append((first, last))
    return gaps


def _read_overruled(connection: sqlite3.Connection) -> dict[int, list[Overruled]]:
    overruled: dict[int, list[Overruled]] = defaultdict(list)
    for track_id, first, last, run_id in connection.execute(
        "SELECT track_id, first_frame, last_frame, run_id FROM overruled ORDER BY rowid"
    ):
        overruled[track_id].append(Overruled(first, last, run_id))
    return overruled


def _read_records(connection: sqlite3.Connection) -> dict[int, dict[int, BoxRecord | None]]:
    sources = {
        source.value: source for source in Source
    }  # several times faster than Source(text), and this is the hot loop
    records: dict[int, dict[int, BoxRecord | None]] = defaultdict(dict)
    for track_id, frame, x, y, width, height, source, score, occluded, reviewed, run_id, accord in connection.execute(
        f"SELECT {RECORD_COLUMNS} FROM record ORDER BY track_id, frame"
    ):
        if source not in sources:
            raise ValueError(f"frame {frame} of track {track_id} is by {source!r}")
        box = None if x is None else Box(x, y, width, height)
        records[track_id][frame] = BoxRecord(box, sources[source], score, occluded == 1, reviewed == 1, run_id, accord)
    return records


@contextmanager
def _garbage_collection_paused() -> Iterator[None]:
    """Without garbage collection: searching a few hundred thousand live objects again and again took a third of
    loading.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("something in it is nested too deeply") from None


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
