"""Hides, isolates (solo) and locks tracks. None of this is an edit, so it is neither undone nor saved."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from app.document.document import Document
from app.document.session import Session
from app.language import tr, tr_counted


class ShowingController(QObject):
    """
    Signals:
        told: how many tracks are hidden now.
    """

    told = Signal(str)

    def __init__(self, document: Document, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._session = session
        self._hidden_before: frozenset[int] | None = None  # what was hidden before solo; None when solo is off
        document.project_opened.connect(self._forget_solo)
        document.project_closed.connect(self._forget_solo)

    @Slot()
    def hide_others(self) -> None:
        """Show only the selected tracks."""
        self._forget_solo()
        hidden = self._others()
        self._show_all_but(hidden)
        self.told.emit(tr("{tracks} hidden.", tracks=tr_counted(len(hidden), "track")))

    @Slot()
    def show_all(self) -> None:
        self._forget_solo()
        self._show_all_but(set())

    @Slot()
    def toggle_solo(self) -> None:
        """Show only the selected tracks; called again, show what was shown before."""
        before = self._hidden_before
        if before is not None:
            self._forget_solo()
            self._show_all_but(set(before))
        elif self._session.selected_track_ids:
            self._hidden_before = frozenset(filter(self._session.is_hidden, self._document.opened_project.tracks))
            self._show_all_but(self._others())

    @Slot()
    def toggle_lock(self) -> None:
        """Lock the selected tracks, so that nothing changes them; called again, unlock them."""
        selected = self._session.selected_track_ids
        if selected:
            lock = not self._document.is_locked(selected[0])
            for track_id in selected:
                self._document.set_locked(track_id, lock)

    @Slot(int)
    def toggle_lock_of(self, track_id: int) -> None:
        self._document.set_locked(track_id, not self._document.is_locked(track_id))

    def _others(self) -> set[int]:
        return set(self._document.opened_project.tracks) - set(self._session.selected_track_ids)

    def _show_all_but(self, hidden: set[int]) -> None:
        for track_id in self._document.opened_project.tracks:
            self._session.set_hidden(track_id, track_id in hidden)

    @Slot()
    def _forget_solo(self) -> None:
        self._hidden_before = None
