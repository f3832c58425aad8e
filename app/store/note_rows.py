"""Converts notes between rows and the model."""

from __future__ import annotations

import sqlite3
from typing import Any

from app.model.note import NO_TRACK, NotePlace
from app.store.bounds import check_frame, check_id, check_text

NOTE_COLUMNS = "track_id, frame, text"


def write_note(connection: sqlite3.Connection, place: NotePlace, text: str) -> None:
    """Replace a note; an empty text deletes it."""
    key = int(place.track_id), int(place.frame)
    if text:
        connection.execute("INSERT OR REPLACE INTO note VALUES (?, ?, ?)", (*key, text))
    else:
        connection.execute("DELETE FROM note WHERE track_id = ? AND frame = ?", key)


def read_notes(connection: sqlite3.Connection) -> dict[NotePlace, str]:
    """
    Raises:
        ValueError: if one is of a kind that no Siamark writes.
    """
    return dict(map(note_of, connection.execute(f"SELECT {NOTE_COLUMNS} FROM note ORDER BY frame, track_id")))


def note_of(row: tuple[Any, ...]) -> tuple[NotePlace, str]:
    """From ``NOTE_COLUMNS``."""
    track_id, frame, text = row
    check_frame(frame, "a note")
    if track_id != NO_TRACK:
        check_id(track_id, "the track of a note")
    return NotePlace(frame, track_id), check_text(text, "a note")
