"""Connects the contact sheet to the active track: cells and crops in, clicks out."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtGui import QPaintEvent

from app.assist.contact_sheet import sheet_cells
from app.controllers.playback import PlaybackController
from app.controllers.review import ReviewController
from app.controllers.tightening import TighteningController
from app.document.document import Document
from app.document.session import Session
from app.language import marked, translated
from app.views.contact_sheet.panel import ContactSheetPanel
from app.views.contact_sheet.sheet_view import CROP_SIDE
from app.workers.crop_worker import CropWorker, WantedCrop
from tracker_core.tracker import Image

ABOUT_CELLS = 60
"""The default number of pictures on a sheet, however long the track is."""
REFRESH_MILLISECONDS = 150

NO_TRACK = marked("Select a track to see it in pictures.")


class ContactSheetPresenter(QObject):
    """Reads the video only while the sheet is visible."""

    def __init__(
        self,
        document: Document,
        session: Session,
        *,
        playback: PlaybackController,
        review: ReviewController,
        tightening: TighteningController,
        crops: CropWorker,
    ) -> None:
        self.view = ContactSheetPanel()
        super().__init__(self.view)
        self._document = document
        self._session = session
        self._review = review
        self._tightening = tightening
        self._crops = crops
        self._shown_track: int | None = None
        self._every: int | None = None  # chosen by the person for this track
        self._soon = QTimer(self, singleShot=True, interval=REFRESH_MILLISECONDS)
        self._soon.timeout.connect(self.refresh)
        document.project_closed.connect(self._on_project_closed)
        document.boxes_changed.connect(self._on_boxes_changed)
        session.selection_changed.connect(self._refresh_soon)
        session.frame_changed.connect(self.view.sheet.mark)
        review.changed.connect(self._refresh_soon)
        crops.crop_ready.connect(self._on_crop_ready)
        self.view.sheet.frame_clicked.connect(playback.go_to)
        self.view.every_chosen.connect(self._on_every_chosen)
        self.view.right_requested.connect(self._on_right_requested)
        self.view.tighten_requested.connect(self._on_tighten_requested)
        self.view.installEventFilter(self)
        self._is_old = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Only a painted panel is really visible; Qt also calls one behind another tab visible."""
        if self._is_old and isinstance(event, QPaintEvent) and not self._soon.isActive():
            self._soon.start()
        return False

    @Slot()
    def refresh(self) -> None:
        """Choose the cells of the sheet again."""
        self._soon.stop()
        self._is_old = False
        project, active = self._document.project, self._session.active_track_id
        if project is None or active is None:
            self._shown_track = None
            self.view.sheet.cells.set_cells([], keep_pictures=False)
            self.view.show_hint(translated(NO_TRACK))
            return
        track, is_same = project.tracks[active], active == self._shown_track
        if not is_same:
            self._every = None
        last = project.video.frame_count - 1
        every = self._every or max(1, (1 + (track.last_frame or 0) - (track.first_frame or 0)) // ABOUT_CELLS)
        self.view.set_every(every)
        doubts = self._review.doubts_of(active)
        cells = sheet_cells(track, doubts, every=every, last_frame=last, meaning_of=project.score_meaning)
        self.view.sheet.cells.set_cells(cells, keep_pictures=is_same)
        self._shown_track = active
        self.view.show_sheet()
        self.view.sheet.mark(self._session.current_frame)
        self._crops.request(
            project.video.path,
            [WantedCrop(cell.frame, cell.box, CROP_SIDE) for cell in self.view.sheet.cells.without_picture()],
            known_as=project.video.fingerprint,
        )

    @Slot()
    def _refresh_soon(self) -> None:
        self._is_old = True
        self.view.update()

    @Slot(int, int, int)
    def _on_boxes_changed(self, track_id: int, first: int, last: int) -> None:
        if track_id == self._session.active_track_id:
            self._refresh_soon()

    @Slot()
    def _on_project_closed(self) -> None:
        self._shown_track = None
        self._crops.forget()
        self._refresh_soon()

    @Slot(object, object)
    def _on_crop_ready(self, wanted: WantedCrop, picture: Image) -> None:
        self.view.sheet.cells.set_picture(wanted.frame, wanted.box, picture)

    @Slot(int)
    def _on_every_chosen(self, every: int) -> None:
        self._every = every
        self._refresh_soon()

    @Slot(int, int)
    def _on_right_requested(self, first: int, last: int) -> None:
        if self._shown_track is not None:
            self._review.mark_right(self._shown_track, first, last)

    @Slot(int, int)
    def _on_tighten_requested(self, first: int, last: int) -> None:
        if self._shown_track is not None:
            self._tightening.tighten_span(self._shown_track, first, last)
