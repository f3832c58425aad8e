"""Connects the list of tracks to editing, and opens the dialog for label and colour."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot

from app.controllers.editing import EditingController
from app.controllers.review import ReviewController
from app.controllers.showing import ShowingController
from app.controllers.shown_tracks import ShownTracks
from app.document.document import Document
from app.document.session import Session
from app.views.track_list.label_dialog import LabelDialog
from app.views.track_list.track_list_view import TrackListView

DOUBTS_MILLISECONDS = 60
"""Shortest time between two updates of the numbers of doubts during a run."""


class TrackListPresenter(QObject):
    def __init__(
        self,
        document: Document,
        session: Session,
        *,
        shown: ShownTracks,
        editing: EditingController,
        review: ReviewController,
        showing: ShowingController,
    ) -> None:
        self.view = TrackListView(document, session, shown, doubts_of=lambda track_id: len(review.doubts_of(track_id)))
        super().__init__(self.view)
        self._document = document
        self._session = session
        self._editing = editing
        self.view.rename_requested.connect(editing.rename)
        self.view.colour_requested.connect(editing.recolour)
        self.view.visibility_requested.connect(self._on_visibility_requested)
        self.view.lock_requested.connect(showing.toggle_lock_of)
        self.view.delete_requested.connect(editing.delete_tracks)
        self._soon = QTimer(self, singleShot=True, interval=DOUBTS_MILLISECONDS)
        self._soon.timeout.connect(self.view.model.show_doubts)
        review.changed.connect(self._show_doubts_soon)

    @Slot()
    def _show_doubts_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    @Slot()
    def ask_for_label(self) -> None:
        """Open the dialog for the label and colour of the selected tracks."""
        selected, project = self._session.selected_track_ids, self._document.opened_project
        if not selected:
            return
        tracks = [project.tracks[track_id] for track_id in selected]
        dialog = LabelDialog(
            labels=self._session.known_labels,
            names=[track.label for track in tracks],
            colours=[track.colour for track in tracks],
            parent=self.view.window(),
        )
        dialog.label_chosen.connect(lambda name, colour: self._editing.set_label(selected, name=name, colour=colour))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def rename_active(self) -> None:
        """Open the editor in the active track's row, or the dialog if the row is not shown."""
        if not self.view.rename_active():
            self.ask_for_label()

    @Slot(int, bool)
    def _on_visibility_requested(self, track_id: int, visible: bool) -> None:
        self._session.set_hidden(track_id, not visible)
