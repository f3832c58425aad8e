"""Joins the timeline to playback and selection."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from app.controllers.editing import EditingController
from app.controllers.playback import PlaybackController
from app.controllers.project import ProjectController
from app.document.document import Document
from app.document.session import Session
from app.video.info import VideoInfo
from app.views.timeline.timeline_view import TimelineView


class TimelinePresenter(QObject):
    def __init__(
        self,
        document: Document,
        session: Session,
        *,
        project: ProjectController,
        playback: PlaybackController,
        editing: EditingController,
    ) -> None:
        self.view = TimelineView(document, session)
        super().__init__(self.view)
        project.video_opened.connect(self._on_video_opened)
        self.view.frame_requested.connect(playback.go_to)
        self.view.track_clicked.connect(editing.click_track)

    @Slot(object)
    def _on_video_opened(self, info: VideoInfo) -> None:
        self.view.set_frame_times(info.times)
