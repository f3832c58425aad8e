"""Converts rows of the project file to the model and back."""

from __future__ import annotations

import json
import os
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from app.model.attributes import NO_CHANGES
from app.model.frame_spans import FrameSpans, Span
from app.model.meeting import LeftAsIs, MeetingKind
from app.model.project import Label, Project, Run, VideoReference
from app.model.track import Track
from app.model.track_marks import Overruled, TrackMarks
from app.store.attribute_rows import read_attributes, read_changes, read_detections
from app.store.block_rows import read_blocks
from app.store.bounds import (
    HIGHEST_ID,
    check_colour,
    check_id,
    check_numbers,
    check_text,
    check_texts,
    check_video,
)
from app.store.certificate_rows import read_certificate
from app.store.errors import StoreError
from app.store.note_rows import read_notes

LEFT_AS_IS = "left_as_is"
CLASS_NUMBERS = "class_numbers"
"""The key in ``meta`` of what a person has said of meetings of tracks."""

Row = tuple[object, ...]

RUN_COLUMNS = (
    "id, tracker, started_at, first_frame, last_frame, device, constants, has_measured_scores,"
    " own_constants, family, weights, precision, direction"
)
OWN_CONSTANTS_SINCE = 11
OLD_RUN_COLUMNS = RUN_COLUMNS.replace("own_constants", "'{}'")  # before that version
TRACK_COLUMNS = "id, label, colour, attributes"

LONGEST_PATH = 4096  # characters
LONGEST_RATE = 50  # characters; Fraction would compute with numbers of any length


def video_row(video: VideoReference, folder: Path) -> Row:
    path = portable_path(video.path, folder)
    return 1, path, video.frame_count, video.width, video.height, str(video.frame_rate), video.fingerprint


def track_row(track: Track) -> Row:
    return track.id, track.label, track.colour, _json(track.attributes)


def run_row(run: Run) -> Row:
    about = run.id, run.tracker, run.started_at, run.first_frame, run.last_frame, run.device
    made_by = run.family, run.weights, run.precision, run.direction
    return *about, _json(dict(run.constants)), *made_by, bool(run.has_measured_scores), _json(dict(run.own_constants))


def gap_rows(track_id: int, marks: TrackMarks) -> list[Row]:
    return [(track_id, first, last) for first, last in marks.gaps.spans]


def overruled_rows(track_id: int, marks: TrackMarks) -> list[Row]:
    return [(track_id, span.first, span.last, span.run_id) for span in marks.overruled]


def read_project(connection: sqlite3.Connection, folder: Path) -> Project:
    """The whole project; relative video paths start from ``folder``.

    Raises:
        sqlite3.Error, ValueError, TypeError, ArithmeticError: if the file holds something that Siamark never writes.
    """
    project = Project(read_video(connection, folder))
    project.labels.update(map(label_of, connection.execute("SELECT name, colour FROM label ORDER BY id")))
    project.runs.update(map(run_of, connection.execute(f"SELECT {RUN_COLUMNS} FROM run ORDER BY id")))
    blocks = read_blocks(connection)
    gaps, overruled, changes = _read_gaps(connection), _read_overruled(connection), read_changes(connection)
    for row in connection.execute(f"SELECT {TRACK_COLUMNS} FROM track ORDER BY id"):
        marks = TrackMarks(FrameSpans.of(gaps[row[0]]), tuple(overruled[row[0]]))
        track = track_of(row, marks)
        track.put_blocks(blocks.pop(track.id, {}))
        track.changes = changes.get(track.id, NO_CHANGES)
        project.tracks[track.id] = track
    project.certificate = read_certificate(connection)
    project.left_as_is = read_left_as_is(connection)
    project.class_numbers = read_class_numbers(connection)
    project.notes = read_notes(connection)
    project.attributes = read_attributes(connection)
    project.detections = read_detections(connection)
    last_ids = dict(connection.execute("SELECT of, id FROM last_id"))
    project.last_track_id = max(last_ids.get("track", 0), *project.tracks, 0)
    project.last_run_id = max(last_ids.get("run", 0), *project.runs, 0)
    return project


def left_as_is_row(answers: Iterable[LeftAsIs]) -> tuple[str, str]:
    """Key and value in ``meta``, which older versions leave alone."""
    return LEFT_AS_IS, json.dumps([[a.kind, a.one, a.other, a.first_frame, a.frame] for a in sorted(answers)])


def read_left_as_is(connection: sqlite3.Connection) -> frozenset[LeftAsIs]:
    """The meetings that a person has left as they are.

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


def class_numbers_row(numbers: Mapping[str, int]) -> tuple[str, str]:
    """As ``left_as_is_row``."""
    return CLASS_NUMBERS, json.dumps(numbers)


def read_class_numbers(connection: sqlite3.Connection) -> dict[str, int]:
    """The class numbers of labels.

    Raises:
        ValueError: for what no Siamark writes.
    """
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (CLASS_NUMBERS,)).fetchone()
    numbers = {} if row is None else json.loads(row[0])
    if not isinstance(numbers, dict) or not all(type(number) is int for number in numbers.values()):
        raise ValueError("the class numbers are no numbers by label")
    if sorted(numbers.values()) != list(range(1, len(numbers) + 1)):
        raise ValueError(f"the class numbers of {len(numbers)} labels are not those from 1 on")
    return {check_text(label, "a label"): number for label, number in numbers.items()}


def label_of(row: tuple[Any, ...]) -> tuple[str, Label]:
    """From name and colour. This and the next three raise ValueError for values that Siamark never writes."""
    name, colour = row
    return check_text(name, "a label"), Label(name, check_colour(colour, f"label {name}"))


def run_of(row: tuple[Any, ...]) -> tuple[int, Run]:
    """From ``RUN_COLUMNS``."""
    run_id, tracker, started_at, first, last, device, constants, measured, own, *made_by = row
    numbers, own_numbers = (check_numbers(_parsed(told), f"run {run_id}") for told in (constants, own))
    run = Run(run_id, tracker, started_at, first, last, device, numbers, *made_by)
    return check_id(run_id, "a run"), replace(run, has_measured_scores=measured == 1, own_constants=own_numbers)


def track_of(row: tuple[Any, ...], marks: TrackMarks) -> Track:
    """From ``TRACK_COLUMNS``; without records."""
    track_id, label, colour, attributes = row
    texts = check_texts(_parsed(attributes), f"track {track_id}")
    check_text(label, f"the label of track {track_id}")
    return Track(check_id(track_id, "a track"), label, check_colour(colour, f"track {track_id}"), texts, marks=marks)


def read_video(connection: sqlite3.Connection, folder: Path) -> VideoReference:
    """Read only the video; arguments and errors as for ``read_project``."""
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
        overruled[track_id].append(overruled_of(first, last, run_id))
    return overruled


def overruled_of(first: int, last: int, run_id: int) -> Overruled:
    """
    Raises:
        ValueError: for a span that no Siamark writes.
    """
    if not 0 <= first <= last:
        raise ValueError(f"boxes from frame {first} to {last} cannot be overruled")
    return Overruled(first, last, run_id)


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("something in it is nested too deeply") from None


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
