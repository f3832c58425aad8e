"""Opens the note dialog and writes the note to the project."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from app.controllers.notes import NotesController
from app.document.document import Document
from app.views.notes.note_dialog import NoteChoice, NoteDialog


class NotesPresenter(QObject):
    def __init__(self, window: QWidget, document: Document, *, notes: NotesController) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._notes = notes

    @Slot()
    def ask_for_note(self) -> None:
        """Edit the note on the active track at this frame, or on the frame."""
        if self._document.project is None:
            return
        notes = self._notes
        choices = [NoteChoice(place, notes.name_of(place), notes.text_at(place)) for place in notes.places_here]
        dialog = NoteDialog(choices, self._window)
        dialog.chosen.connect(notes.put)
        self._document.project_closed.connect(dialog.reject)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
