"""Connects the page of doubts to its controller, and requests its pictures."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QPixmap

from app.controllers.doubt_page import DoubtPageController
from app.controllers.review import ReviewController
from app.document.document import Document
from app.language import plural
from app.model.doubt import Doubt
from app.views.review.doubt_sheet import Clip
from app.views.review.panel import ReviewPanel
from app.views.style.pictures import pixmap_of
from app.workers.crop_worker import CropWorker, WantedCrop
from tracker_core.geometry import Box
from tracker_core.tracker import Image

PICTURE_SIDE = 128
REFRESH_MILLISECONDS = 30


class DoubtSheetPresenter(QObject):
    def __init__(
        self,
        document: Document,
        *,
        doubt_page: DoubtPageController,
        review: ReviewController,
        crops: CropWorker,
        panel: ReviewPanel,
    ) -> None:
        super().__init__(panel)
        self._document = document
        self._doubt_page = doubt_page
        self._review = review
        self._crops = crops
        self._panel = panel
        self._sheet = panel.many.sheet
        self._soon = QTimer(self, singleShot=True, interval=REFRESH_MILLISECONDS)
        self._soon.timeout.connect(self.refresh)
        doubt_page.changed.connect(self._refresh_soon)
        review.changed.connect(self._show_headline)
        crops.crop_ready.connect(self._on_crop_ready)
        crops.failed.connect(self._on_crop_failed)
        self._sheet.box_seen.connect(self._on_box_seen)
        self._sheet.doubt_clicked.connect(doubt_page.go_to)
        self._sheet.room_changed.connect(self._on_room_changed)

    @Slot()
    def refresh(self) -> None:
        """Show the page, or the list again."""
        self._soon.stop()
        self._panel.show_many(self._doubt_page.is_shown)
        if not self._doubt_page.is_shown:
            self._sheet.show_clips([])
            return
        known = {clip.paged: clip for clip in self._sheet.clips}
        self._sheet.show_clips(
            [known.get(paged) or Clip(paged, _title(paged.doubt)) for paged in self._doubt_page.page]
        )
        self._show_headline()
        self._doubt_page.set_room(self._sheet.room)
        self._ask_for_pictures()

    @Slot()
    def _show_headline(self) -> None:
        if self._doubt_page.is_shown:
            left = len(self._review.doubts)
            shown = plural(len(self._doubt_page.page), "{n} of {left} doubts", "{n} of {left} doubts", left=left)
            self._panel.many.headline.setText(shown)

    def _ask_for_pictures(self) -> None:
        """Request missing pictures in order of frames, so that the video is read once from front to back."""
        missing = {
            WantedCrop(frame, box, PICTURE_SIDE)
            for clip in self._sheet.clips
            for frame, box in clip.paged.boxes
            if frame not in clip.pictures
        }
        video = self._document.opened_project.video
        wanted = sorted(missing, key=lambda crop: (crop.frame, crop.box.as_tuple()))
        self._crops.request(video.path, wanted, known_as=video.fingerprint)

    @Slot(object, object)
    def _on_crop_ready(self, wanted: WantedCrop, picture: Image) -> None:
        self._take_in(wanted, pixmap_of(picture))

    @Slot(object, str)
    def _on_crop_failed(self, wanted: WantedCrop, reason: str) -> None:
        """Leave out a doubt with an unreadable frame, because it cannot be judged here."""
        for clip in self._sheet.clips:
            if wanted.size == PICTURE_SIDE and (wanted.frame, wanted.box) in clip.paged.boxes:
                self._doubt_page.leave_out(clip.paged, wanted.frame)

    def _take_in(self, wanted: WantedCrop, picture: QPixmap) -> None:
        for clip in self._sheet.clips:
            if wanted.size == PICTURE_SIDE and (wanted.frame, wanted.box) in clip.paged.boxes:
                clip.pictures[wanted.frame] = picture

    @Slot(int, int, object)
    def _on_box_seen(self, track_id: int, frame: int, box: Box) -> None:
        self._doubt_page.note_seen(track_id, frame, box)
        for clip in self._sheet.clips:
            if not clip.is_seen and clip.frame == frame and clip.paged.doubt.track_id == track_id:
                clip.is_seen = self._doubt_page.is_seen(clip.paged)

    @Slot(int)
    def _on_room_changed(self, room: int) -> None:
        if self._doubt_page.is_shown:
            self._doubt_page.set_room(room)

    @Slot()
    def _refresh_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start()


def _title(doubt: Doubt) -> str:
    frames = str(doubt.first_frame) if doubt.frame_count == 1 else f"{doubt.first_frame}–{doubt.last_frame}"
    return f"#{doubt.track_id}  {frames}"
