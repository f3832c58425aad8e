"""Notes that a person leaves on a frame, or on a track at a frame, for the next person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from app.model.names import clean_text
from app.model.words import counted

NO_TRACK: Final = 0
LONGEST_NOTE: Final = 2000  # characters


class NotePlace(NamedTuple):
    """The place of a note. Each place has at most one note. ``track_id`` is NO_TRACK for a note on the frame as a
    whole.

    A note outlives its track, and is then shown as a note on the frame.
    """

    frame: int
    track_id: int = NO_TRACK


Notes = Mapping[NotePlace, str]


def clean_note(text: str) -> str:
    """The note without control characters and surrounding spaces, cut to the maximum length."""
    return clean_text(text).strip()[:LONGEST_NOTE].strip()


def frames_with_notes(notes: Notes) -> list[int]:
    """The frames with notes, in order, each once."""
    return sorted({place.frame for place in notes})


def by_track(places: Iterable[NotePlace]) -> dict[int, list[int]]:
    """The frames with a note of each track, in order; NO_TRACK has those on frames."""
    frames: dict[int, list[int]] = {}
    for place in sorted(set(places)):
        frames.setdefault(place.track_id, []).append(place.frame)
    return frames


def report(notes: Notes) -> tuple[str, ...]:
    """The sentence for the report of every export; none if there are no notes."""
    if not notes:
        return ()
    stay = "stays" if len(notes) == 1 else "stay"
    return (f"{counted(len(notes), 'note')} of this project {stay} in it: no format has a place for notes.",)
