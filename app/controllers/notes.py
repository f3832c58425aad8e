"""Writes, deletes and goes to notes on frames and tracks."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.controllers.playback import PlaybackController
from app.document.commands import PutNote
from app.document.document import Document
from app.document.session import Session
from app.language import tr
from app.model.note import NO_TRACK, NotePlace, clean_note, frames_with_notes


class NotesController(QObject):
    """
    Signals:
        told: the notes of the frame it went to, or why there is none.
    """

    told = Signal(str)

    def __init__(
        self, document: Document, session: Session, *, playback: PlaybackController, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._session = session
        self._playback = playback

    @property
    def places_here(self) -> list[NotePlace]:
        """What a new note can be about: the active track at this frame, which comes first, or the frame."""
        frame, active = self._session.current_frame, self._session.active_track_id
        return [*([] if active is None else [NotePlace(frame, active)]), NotePlace(frame)]

    def name_of(self, place: NotePlace) -> str:
        """As in "car #1, frame 12"; a deleted track is named by its number."""
        if place.track_id == NO_TRACK:
            return tr("frame {frame}", frame=place.frame)
        track = self._document.opened_project.tracks.get(place.track_id)
        return tr(
            "{track}, frame {frame}",
            track=track.name if track else tr("deleted track #{track_id}", track_id=place.track_id),
            frame=place.frame,
        )

    def text_at(self, place: NotePlace) -> str:
        """Empty if there is no note."""
        return self._document.opened_project.notes.get(place, "")

    def put(self, place: NotePlace, text: str) -> None:
        """Replace the note there; an empty text deletes it."""
        text = clean_note(text)
        if text != self.text_at(place):
            self._document.undo_stack.push(PutNote(self._document, place, text))

    def go(self, direction: int) -> None:
        """Go to the nearest frame with a note after (1) or before (-1) the current one, and tell its notes."""
        project, here = self._document.opened_project, self._session.current_frame
        frames = frames_with_notes(project.notes)
        ahead = [frame for frame in frames if (frame - here) * direction > 0]
        if not frames:
            self.told.emit(tr("There is no note yet; Ctrl+N leaves one."))
        elif not ahead:
            self.told.emit(
                tr("There is no note after this frame.") if direction > 0 else tr("There is no note before this frame.")
            )
        else:
            self._show(min(ahead, key=lambda frame: abs(frame - here)))

    def _show(self, frame: int) -> None:
        notes = self._document.opened_project.notes
        there = sorted(place for place in notes if place.frame == frame)
        tracks = [place.track_id for place in there if place.track_id in self._document.opened_project.tracks]
        if tracks:
            self._session.select(*tracks)
        self._playback.go_to(frame)
        self.told.emit("  ".join(f"{self._titled(place)}: {_one_line(notes[place])}" for place in there))

    def _titled(self, place: NotePlace) -> str:
        name = self.name_of(place)
        return name[:1].upper() + name[1:] if place.track_id == NO_TRACK else name


def _one_line(text: str) -> str:
    return " ".join(text.split())
