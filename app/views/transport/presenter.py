"""Connects the bar under the picture to playback, and opens its dialogs."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from app.controllers.playback import SPEEDS, PlaybackController
from app.controllers.project import ProjectController
from app.document.document import Document
from app.document.session import Session
from app.video.info import VideoInfo
from app.views.transport.contrast_dialog import ContrastDialog
from app.views.transport.go_to_frame import GoToFrameDialog
from app.views.transport.transport_bar import TransportBar


class TransportPresenter(QObject):
    def __init__(
        self,
        document: Document,
        session: Session,
        *,
        project: ProjectController,
        playback: PlaybackController,
        actions: Mapping[str, QAction],
    ) -> None:
        self.view = TransportBar(actions, speeds=SPEEDS)
        super().__init__(self.view)
        self._session = session
        self._playback = playback
        project.video_opened.connect(self._on_video_opened)
        document.project_closed.connect(self._on_project_closed)
        session.frame_changed.connect(self.view.set_frame)
        playback.playing_changed.connect(self.view.set_playing)
        playback.speed_changed.connect(self.view.set_speed)
        self.view.frame_requested.connect(playback.go_to)
        self.view.speed_requested.connect(playback.set_speed)

    @Slot()
    def ask_for_frame(self) -> None:
        """Open the dialog that goes to a frame or time."""
        if self._playback.info is None:
            return
        dialog = GoToFrameDialog(
            times=self._playback.info.times, current=self._session.current_frame, parent=self.view.window()
        )
        dialog.go_to_requested.connect(self._playback.go_to)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def ask_for_contrast(self) -> None:
        """Open the dialog for the levels of deep pictures."""
        levels, automatic = self._playback.levels, self._playback.automatic_levels
        if levels is None or automatic is None:
            return
        dialog = ContrastDialog(levels=levels, automatic=automatic, parent=self.view.window())
        dialog.tried.connect(self._playback.try_levels)
        dialog.taken.connect(self._playback.take_levels)
        dialog.given_up.connect(self._playback.give_levels_up)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(object)
    def _on_video_opened(self, info: VideoInfo) -> None:
        self.view.set_times(info.times)
        self.view.set_frame(self._session.current_frame)  # a project opens at the frame where it was left

    @Slot()
    def _on_project_closed(self) -> None:
        self.view.set_times(None)
