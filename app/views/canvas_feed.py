"""Keeps the boxes on the canvas in step with document and session."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Slot

from app.document.document import Document
from app.document.session import Session
from app.model.box_record import BoxRecord, Source
from app.model.project import Project
from app.views.canvas.canvas_view import CanvasView
from app.views.canvas.shown_box import ShownBox, shown_boxes
from tracker_core.geometry import Box


class CanvasFeed(QObject):
    """The boxes are those of the picture on show, which may lag behind the session while a frame is being decoded.

    However many things change in one turn of the event loop, the boxes are gathered once, after it.
    """

    def __init__(self, canvas: CanvasView, document: Document, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._document = document
        self._session = session
        self._preview: Box | None = None
        self._refreshing = QTimer(self, singleShot=True, interval=0)
        self._refreshing.timeout.connect(self.refresh)
        document.project_closed.connect(self._on_project_closed)
        document.boxes_changed.connect(self._on_boxes_changed)
        for changed in (
            document.project_opened,
            document.track_added,
            document.track_removed,
            document.track_changed,
            session.selection_changed,
            session.visibility_changed,
        ):
            changed.connect(self._on_changed)

    @Slot(int, object)
    def show_frame(self, index: int, image: NDArray[np.uint8]) -> None:
        self._canvas.show_frame(index, image)
        self.refresh()

    @Slot(object)
    def set_preview(self, box: Box | None) -> None:
        """Where other constants would put the active track in this frame; drawn as a ghost."""
        self._preview = box
        self._on_changed()

    @Slot()
    def refresh(self) -> None:
        self._refreshing.stop()
        project, frame = self._document.project, self._canvas.frame_index
        if project is None:
            return
        self._canvas.set_has_tracks(bool(project.tracks))
        if frame is not None:
            self._canvas.set_boxes((*self._preview_boxes(project), *shown_boxes(project, self._session, frame)))

    def _preview_boxes(self, project: Project) -> Iterator[ShownBox]:
        active = self._session.active_track_id
        if self._preview is not None and active is not None:
            track = project.tracks[active]
            yield ShownBox(track.id, BoxRecord(self._preview, Source.TRACKER), track.colour, track.label, ghost=True)

    @Slot(int, int, int)
    def _on_boxes_changed(self, track_id: int, first: int, last: int) -> None:
        # Its ghost is seen elsewhere than in the frames where its boxes changed.
        frame = self._canvas.frame_index
        if frame is not None and (first <= frame <= last or track_id == self._session.active_track_id):
            self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        if not self._refreshing.isActive():
            self._refreshing.start()

    @Slot()
    def _on_project_closed(self) -> None:
        self._canvas.clear()
        self._canvas.set_has_tracks(False)
