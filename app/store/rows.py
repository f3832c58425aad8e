"""Rows of the project file to the model and back."""

from __future__ import annotations

import gc
import json
import os
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

from app.model.box_record import BoxRecord, Source
from app.model.frame_spans import FrameSpans, Span
from app.model.project import Label, Project, Run, VideoReference
from app.model.track import Track
from app.model.track_marks import Overruled, TrackMarks
from app.store.errors import StoreError
from tracker_core.geometry import Box

Row = tuple[object, ...]


def video_row(video: VideoReference, folder: Path) -> Row:
    path = portable_path(video.path, folder)
    return 1, path, video.frame_count, video.width, video.height, str(video.frame_rate), video.fingerprint


def track_row(track: Track) -> Row:
    return track.id, track.label, track.colour, _json(track.attributes)


def run_row(run: Run) -> Row:
    about = run.id, run.tracker, run.started_at, run.first_frame, run.last_frame, run.device
    return *about, _json(dict(run.constants)), run.family, run.weights, run.precision, run.direction


def gap_rows(track_id: int, marks: TrackMarks) -> list[Row]:
    return [(track_id, first, last) for first, last in marks.gaps.spans]


def overruled_rows(track_id: int, marks: TrackMarks) -> list[Row]:
    return [(track_id, span.first, span.last, span.run_id) for span in marks.overruled]


def record_row(track_id: int, frame: int, record: BoxRecord) -> Row:
    # int() and float(), because a tracker's numbers may be numpy scalars, which SQLite does not know.
    place = (None,) * 4 if record.box is None else tuple(map(float, record.box.as_tuple()))
    score = None if record.score is None else float(record.score)
    flags = bool(record.occluded), bool(record.reviewed)
    accord = None if record.accord is None else float(record.accord)
    return track_id, int(frame), *place, record.source.value, score, *flags, record.run_id, accord


def read_project(connection: sqlite3.Connection, folder: Path) -> Project:
    """The whole project; ``folder`` is what a relative video path starts from.

    Raises:
        sqlite3.Error, ValueError, TypeError, ArithmeticError: if the file holds something that no Siamark writes.
    """
    project = Project(read_video(connection, folder))
    for name, colour in connection.execute("SELECT name, colour FROM label ORDER BY id"):
        project.labels[name] = Label(name, colour)
    for run_id, tracker, started_at, first, last, device, constants, *made_by in connection.execute(
        "SELECT id, tracker, started_at, first_frame, last_frame, device, constants,"
        " family, weights, precision, direction FROM run ORDER BY id"
    ):
        project.runs[run_id] = Run(run_id, tracker, started_at, first, last, device, json.loads(constants), *made_by)
    with _garbage_collection_paused():
        records = _read_records(connection)
    gaps, overruled = _read_gaps(connection), _read_overruled(connection)
    for track_id, label, colour, attributes in connection.execute("SELECT * FROM track ORDER BY id"):
        marks = TrackMarks(FrameSpans.of(gaps[track_id]), tuple(overruled[track_id]))
        track = Track(track_id, label, colour, json.loads(attributes), marks=marks)
        track.put(records[track_id])
        project.tracks[track_id] = track
    last_ids = dict(connection.execute("SELECT of, id FROM last_id"))
    project.last_track_id = max(last_ids.get("track", 0), *project.tracks, 0)
    project.last_run_id = max(last_ids.get("run", 0), *project.runs, 0)
    return project


def read_video(connection: sqlite3.Connection, folder: Path) -> VideoReference:
    """The video alone; arguments and errors as for ``read_project``."""
    video = connection.execute("SELECT path, frame_count, width, height, frame_rate, fingerprint FROM video").fetchone()
    if video is None:
        raise ValueError("it names no video")
    path, frame_count, width, height, frame_rate, fingerprint = video
    return VideoReference(folder / path, frame_count, width, height, Fraction(frame_rate), fingerprint)


def portable_path(video: Path, folder: Path) -> str:
    """Relative to the project's folder where the video lies below it, so that the two can move together."""
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
        "SELECT track_id, frame, x, y, width, height, source, score, occluded, reviewed, run_id, accord"
        " FROM record ORDER BY track_id, frame"
    ):
        if source not in sources:
            raise ValueError(f"frame {frame} of track {track_id} is by {source!r}")
        box = None if x is None else Box(x, y, width, height)
        records[track_id][frame] = BoxRecord(box, sources[source], score, occluded == 1, reviewed == 1, run_id, accord)
    return records


@contextmanager
def _garbage_collection_paused() -> Iterator[None]:
    """A few hundred thousand objects, none of them garbage: searching them again and again took a third of loading."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
