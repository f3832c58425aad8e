"""Connects the timeline to playback, selection and review."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot

from app.controllers.editing import EditingController
from app.controllers.playback import PlaybackController
from app.controllers.project import ProjectController
from app.controllers.review import ReviewController
from app.controllers.settings import SettingsController
from app.controllers.shown_tracks import ShownTracks
from app.controllers.spans import SpanController
from app.document.document import Document
from app.document.session import Session
from app.language import tr
from app.settings.schema import SIMPLIFY_IOU
from app.video.info import VideoInfo
from app.views.timeline.span_dialogs import CopyDialog, SimplifyDialog
from app.views.timeline.timeline_view import TimelineView

DOUBTS_MILLISECONDS = 60
"""Shortest time between two updates of the doubt marks during a run."""


class TimelinePresenter(QObject):
    def __init__(
        self,
        document: Document,
        session: Session,
        *,
        shown: ShownTracks,
        project: ProjectController,
        playback: PlaybackController,
        editing: EditingController,
        review: ReviewController,
        spans: SpanController,
        settings: SettingsController,
    ) -> None:
        self.view = TimelineView(document, session, shown)
        super().__init__(self.view)
        self._document = document
        self._session = session
        self._spans = spans
        self._settings = settings
        self._review = review
        self._soon = QTimer(self, singleShot=True, interval=DOUBTS_MILLISECONDS)
        self._soon.timeout.connect(self._show_doubts)
        self._shown = shown
        review.changed.connect(self._show_doubts_soon)
        project.video_opened.connect(self._on_video_opened)
        self.view.frame_requested.connect(playback.go_to)
        self.view.track_clicked.connect(editing.click_track)
        self.view.span_requested.connect(spans.choose)
        self.view.no_span_requested.connect(spans.forget)

    @Slot()
    def ask_to_simplify(self) -> None:
        """Ask how well lines must overlap the boxes that they replace, and then simplify the span."""
        dialog = SimplifyDialog(
            least_iou=self._settings.get(SIMPLIFY_IOU), outcome=self._spans.simplified, parent=self.view.window()
        )
        dialog.chosen.connect(self._on_overlap_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def ask_where_to_copy(self) -> None:
        """Ask which track to copy the span to."""
        span, selected = self._session.span, self._session.selected_track_ids
        if span is None:
            return
        tracks = self._document.opened_project.tracks
        others = sorted(tracks.keys() - selected[:1], key=lambda track_id: (track_id not in selected, track_id))
        dialog = CopyDialog(
            what=tr("Frames {first} to {last} of {name}", first=span[0], last=span[1], name=tracks[selected[0]].name),
            tracks=[(track_id, tracks[track_id].name) for track_id in others],
            parent=self.view.window(),
        )
        dialog.chosen.connect(self._spans.copy_to)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(float)
    def _on_overlap_chosen(self, least_iou: float) -> None:
        self._settings.set(SIMPLIFY_IOU, least_iou)
        self._spans.simplify(least_iou)

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
        self.view.update_strip()
        self._shown.refresh_soon()
