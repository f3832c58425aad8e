"""Hands to the editing controller what a person does to boxes and tracks: on the picture, the timeline and the list."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from app.controllers.editing import EditingController
from app.document.session import Session
from app.views.window.main_window import MainWindow
from tracker_core.geometry import Box


class EditingFeed(QObject):
    def __init__(
        self, window: MainWindow, session: Session, editing: EditingController, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._canvas = window.canvas
        self._feed = window.feed
        self._editing = editing
        window.canvas.box_drawn.connect(self._on_box_drawn)
        window.canvas.box_edited.connect(self._on_box_edited)
        for view in (window.canvas, window.timeline):
            view.track_clicked.connect(editing.click_track)
        tracks = window.track_list
        tracks.rename_requested.connect(editing.rename)
        tracks.colour_requested.connect(editing.recolour)
        tracks.visibility_requested.connect(lambda track, visible: session.set_hidden(track, not visible))
        tracks.delete_requested.connect(editing.delete_tracks)
        editing.told.connect(window.status.tell)

    @Slot(object)
    def _on_box_drawn(self, box: Box) -> None:
        frame = self._canvas.frame_index  # what the person saw, also where the next frame is on its way
        if frame is not None:
            self._editing.draw_box(frame, box)

    @Slot(int, object)
    def _on_box_edited(self, track_id: int, box: Box) -> None:
        frame = self._canvas.frame_index
        if frame is not None:
            self._editing.correct_box(frame, track_id, box)
            self._feed.refresh()  # at once: the next nudge starts from what the canvas shows
