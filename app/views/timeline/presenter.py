"""Joins the timeline to playback, selection and review."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot

from app.controllers.editing import EditingController
from app.controllers.playback import PlaybackController
from app.controllers.project import ProjectController
from app.controllers.review import ReviewController
from app.document.document import Document
from app.document.session import Session
from app.video.info import VideoInfo
from app.views.timeline.timeline_view import TimelineView

DOUBTS_MILLISECONDS = 60
"""While a run brings batches the marks of doubt are drawn anew this often at most."""


class TimelinePresenter(QObject):
    def __init__(
        self,
        document: Document,
        session: Session,
        *,
        project: ProjectController,
        playback: PlaybackController,
        editing: EditingController,
        review: ReviewController,
    ) -> None:
        self.view = TimelineView(document, session)
        super().__init__(self.view)
        self._document = document
        self._review = review
        self._soon = QTimer(self, singleShot=True, interval=DOUBTS_MILLISECONDS)
        self._soon.timeout.connect(self._show_doubts)
        review.changed.connect(self._show_doubts_soon)
        project.video_opened.connect(self._on_video_opened)
        self.view.frame_requested.connect(playback.go_to)
        self.view.track_clicked.connect(editing.click_track)

    @Slot(object)
    def _on_video_opened(self, info: VideoInfo) -> None:
        self.view.set_frame_times(info.times)

    @Slot()
    def _show_doubts_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    @Slot()
    def _show_doubts(self) -> None:
        project = self._document.project
        for track_id in project.tracks if project else ():
            spans = tuple((doubt.first_frame, doubt.last_frame) for doubt in self._review.doubts_of(track_id))
            self.view.set_doubts(track_id, spans)
