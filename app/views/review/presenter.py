"""Connects the review panel to the review controller."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QAction

from app.assist.review_queue import TrackProgress
from app.controllers.review import ReviewController
from app.document.document import Document
from app.document.session import Session
from app.language import marked, tr, tr_counted, translated
from app.model.doubt import Doubt, DoubtKind
from app.model.interpolation import record_at
from app.model.score_meaning import ScoreMeaning
from app.views.review.doubt_list import MOST_ROWS, PICTURE_SIDE, DoubtRow
from app.views.review.panel import ReviewPanel
from app.views.style.pictures import pixmap_of
from app.workers.crop_worker import CropWorker, WantedCrop
from tracker_core.tracker import Image

PICTURED = 40
"""How many rows get a picture: more than fit into the panel."""
REFRESH_MILLISECONDS = 60
"""Shortest time between two updates of the list during a run."""

NO_PROJECT = marked("Open a video to begin.")
NO_TRACKS = marked("Draw a box and track it. What is doubtful then is listed here.")


class ReviewPresenter(QObject):
    def __init__(
        self,
        document: Document,
        session: Session,
        *,
        review: ReviewController,
        crops: CropWorker,
        actions: Mapping[str, QAction],
    ) -> None:
        self.view = ReviewPanel(actions)
        super().__init__(self.view)
        self._document = document
        self._review = review
        self._crops = crops
        self._soon = QTimer(self, singleShot=True, interval=REFRESH_MILLISECONDS)
        self._soon.timeout.connect(self.refresh)
        review.changed.connect(self._refresh_soon)
        crops.crop_ready.connect(self._on_crop_ready)
        document.project_closed.connect(crops.forget)
        document.track_changed.connect(self._refresh_soon)
        session.selection_changed.connect(self._refresh_soon)
        session.frame_changed.connect(self._refresh_soon)
        self.view.list.doubt_clicked.connect(review.go_to)
        self.view.order_chosen.connect(review.set_order)
        self.view.side_changed.connect(self._refresh_soon)  # requests missing pictures again
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Update the panel."""
        self._soon.stop()
        review, view = self._review, self.view
        doubts, progress = review.doubts, review.progress
        view.set_order(review.order)
        at_hand = review.at_hand
        view.show_candidate(at_hand is not None and at_hand.kind is DoubtKind.FOUND_AGAIN)
        if not review.is_possible:
            view.show_head(headline=tr("Nothing to review"), detail="", share=0.0, left=0)
            view.show_hint(translated(NO_PROJECT) if self._document.project is None else translated(NO_TRACKS))
        elif not doubts and not review.is_settled:
            view.show_head(headline=tr("Nothing is doubtful so far"), detail="", share=0.0, left=0)
            view.show_hint(tr("What may be wrong is listed here as it is found."))
        elif not doubts:
            view.show_head(headline=tr("Nothing is doubtful"), detail=_rests_on(progress), share=1.0, left=0)
            view.show_hint(tr("Nobody has looked at the boxes that the tracker was sure of."))
        else:
            view.show_head(
                headline=tr("{doubts} left", doubts=len(doubts)),
                detail=review.outlook.sentence, share=progress.share_done,
                left=len(doubts),
            )  # fmt: skip
            view.list.show_rows([self._row(doubt) for doubt in doubts[:MOST_ROWS]], review.at_hand)
            view.show_list()
            self._ask_for_pictures()

    def _row(self, doubt: Doubt) -> DoubtRow:
        track = self._document.opened_project.tracks.get(doubt.track_id)
        if track is None:
            return DoubtRow(doubt, "", "#808080")
        record = record_at(track, doubt.frame)
        box, meaning = doubt.found, ScoreMeaning.MEASURED
        if record is not None:
            box = box or record.box
            if record.score is not None:
                meaning = self._document.opened_project.score_meaning(record)
        return DoubtRow(doubt, track.label, track.colour, box, meaning)

    def _ask_for_pictures(self) -> None:
        """Ask for the pictures of the first rows, by frame, so that the video is read once from front to back."""
        missing = sorted(self.view.list.rows.without_picture(PICTURED), key=lambda key: key[0])
        if missing and self.view.list.isVisible():
            video = self._document.opened_project.video.path
            self._crops.request(video, [WantedCrop(frame, box, PICTURE_SIDE) for frame, box in missing])

    @Slot(object, object)
    def _on_crop_ready(self, wanted: WantedCrop, picture: Image) -> None:
        self.view.list.rows.set_picture(wanted.frame, wanted.box, pixmap_of(picture))

    @Slot()
    def _refresh_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start()


def _rests_on(progress: TrackProgress) -> str:
    """Says what "done" rests on: how many boxes a person vouches for, and how many only the tracker."""
    seen, trusted = (
        tr_counted(progress.settled_frames, "box", "boxes"),
        tr_counted(progress.sure_frames, "box", "boxes"),
    )
    return tr("{seen} vouched for by a person, {trusted} taken on the tracker's word", seen=seen, trusted=trusted)
