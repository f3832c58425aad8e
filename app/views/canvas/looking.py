"""How the picture is shown: trails, following a target, brightness. Also opens the dialog to enter a box by numbers."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from app.controllers.editing import EditingController
from app.controllers.playback import PlaybackController
from app.document.document import Document
from app.document.session import Session
from app.language import tr
from app.model.interpolation import record_at
from app.views.canvas.box_dialog import BoxDialog
from app.views.canvas.canvas_view import CanvasView
from app.views.canvas.look_dialog import LookDialog
from app.views.canvas.trails import trail_of
from tracker_core.geometry import Box

SHARE_OF_VIEW = 0.3
"""When following begins, zoom in until the target fills at least this share of the view."""
LARGEST_ZOOM = 4.0


class LookingPresenter(QObject):
    """
    Signals:
        changed: something was switched on or off.
        told: a sentence about why nothing happened.
    """

    changed = Signal()
    told = Signal(str)

    def __init__(
        self, document: Document, session: Session, *, view: CanvasView, playback: PlaybackController,
        editing: EditingController,
    ) -> None:  # fmt: skip
        super().__init__(view)
        self._document = document
        self._session = session
        self._view = view
        self._editing = editing
        self.has_trails = False
        self.follows = False
        playback.frame_shown.connect(self._refresh)
        playback.stand_in_shown.connect(self._refresh)
        session.selection_changed.connect(self._refresh)
        document.boxes_changed.connect(self._on_boxes_changed)
        document.track_removed.connect(self._refresh)
        document.project_closed.connect(self._on_project_closed)

    @Slot(bool)
    def set_trails(self, shown: bool) -> None:
        """Show or hide the trails of the selected targets."""
        self.has_trails = shown
        self._refresh()
        self.changed.emit()

    @Slot(bool)
    def set_follows(self, follows: bool) -> None:
        """Keep the active target in the middle of the view, or stop doing so."""
        self.follows = follows
        box = self._active_box()
        if follows and box is not None:
            view, side = self._view, max(box.width, box.height) * self._view.zoom
            wanted = SHARE_OF_VIEW * min(view.width(), view.height())
            if side < wanted:
                view.zoom_to(100 * min(view.zoom * wanted / max(side, 1.0), max(LARGEST_ZOOM, view.zoom)))
        self._refresh()
        self.changed.emit()

    @Slot()
    def ask_for_look(self) -> None:
        """Open the dialog of brightness and contrast."""
        brightness, contrast = self._view.look
        dialog = LookDialog(brightness=brightness, contrast=contrast, parent=self._view.window())
        dialog.look_changed.connect(self._view.set_look)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def ask_for_box(self) -> None:
        """Open the dialog to enter the active track's box in this frame by numbers."""
        box, active, frame = self._active_box(), self._session.active_track_id, self._session.current_frame
        if active is None or box is None:
            self.told.emit(tr("Select a track that shows a box here: click on its box."))
            return
        project = self._document.opened_project
        dialog = BoxDialog(
            box=box, picture=(project.video.width, project.video.height), name=project.tracks[active].name,
            parent=self._view.window(),
        )  # fmt: skip
        dialog.chosen.connect(lambda chosen: self._editing.correct_box(frame, active, chosen))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _active_box(self) -> Box | None:
        project, active = self._document.project, self._session.active_track_id
        if project is None or active is None:
            return None
        record = record_at(project.tracks[active], self._session.current_frame)
        return None if record is None else record.box

    @Slot()
    def _refresh(self) -> None:
        project, frame = self._document.project, self._view.frame_index
        if project is None or frame is None:
            return
        selected = self._session.selected_track_ids if self.has_trails else ()
        self._view.set_trails([trail_of(project.tracks[track_id], frame) for track_id in selected])
        box = self._active_box() if self.follows else None
        if box is not None:
            self._view.centre_on(box.cx, box.cy)

    @Slot(int, int, int)
    def _on_boxes_changed(self, track_id: int, first: int, last: int) -> None:
        if self.has_trails and track_id in self._session.selected_track_ids:
            self._refresh()

    @Slot()
    def _on_project_closed(self) -> None:
        self._view.set_trails(())
