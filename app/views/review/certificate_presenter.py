"""Connects the certificate's line and view in the review panel to its controller."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QPixmap

from app.controllers.certificate import CertificateController
from app.document.document import Document
from app.language import tr, tr_counted
from app.model.certificate import Certificate, DrawnBox
from app.model.certificate_words import interval_words, overlap_words, percent, statement, uncalibrated
from app.model.interpolation import record_at
from app.views.review.judged_boxes import JudgedBox
from app.views.review.panel import ReviewPanel
from app.views.style.pictures import pixmap_of
from app.workers.crop_worker import CropWorker, WantedCrop
from tracker_core.tracker import Image

PICTURE_SIDE = 160
SURROUNDINGS = 2.2
"""Side of a picture as a multiple of the box's longer side. The surroundings show whether a box is too loose.
"""
PAGES_AHEAD = 2
"""For how many pages after the shown one pictures are read in advance, so that the next ones show at once."""
REFRESH_MILLISECONDS = 30


class CertificatePresenter(QObject):
    def __init__(
        self,
        document: Document,
        *,
        certificate: CertificateController,
        crops: CropWorker,
        panel: ReviewPanel,
    ) -> None:
        super().__init__(panel)
        self._document = document
        self._certificate = certificate
        self._crops = crops
        self._panel = panel
        self._pictures: dict[int, QPixmap] = {}
        self._unreadable: set[int] = set()
        self._of: tuple[DrawnBox, ...] = ()  # the drawn boxes to which the pictures belong
        self._asked: list[int] = []
        self._soon = QTimer(self, singleShot=True, interval=REFRESH_MILLISECONDS)
        self._soon.timeout.connect(self.refresh)
        certificate.changed.connect(self._refresh_soon)
        crops.crop_ready.connect(self._on_crop_ready)
        crops.failed.connect(self._on_crop_failed)
        panel.judging.boxes.box_seen.connect(self._on_box_seen)
        certificate.begun.connect(self._try_again)
        panel.judging.boxes.box_clicked.connect(certificate.choose)
        panel.judging.boxes.room_changed.connect(certificate.set_room)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Update the line, and the view while boxes are judged."""
        self._soon.stop()
        self._show_line()
        certificate = self._certificate.certificate
        is_judging = self._certificate.is_judging and certificate is not None
        self._panel.show_judging(is_judging)
        if certificate is None or not is_judging:
            self._asked = []
            return
        self._keep_pictures_of(certificate)
        if certificate.is_complete:
            self._show_result(certificate)
        else:
            self._show_question(certificate)

    def _show_line(self) -> None:
        controller, line = self._certificate, self._panel.certificate_line
        certificate = controller.certificate
        line.setVisible(controller.is_possible)
        if controller.is_drawing:
            line.show_state(tr("Boxes are being drawn…"), tr("Certify"))
        elif certificate is None:
            line.show_state(
                tr("No certificate"),
                tr("Certify"),
                tooltip=tr("Judge boxes drawn at random, to know how many of all are right"),
            )
        elif not certificate.is_complete:
            done = tr(
                "Certificate: {judged_count} of {drawn} looked at",
                judged_count=certificate.judged_count,
                drawn=len(certificate.drawn),
            )
            line.show_state(done, tr("Go on"))
        elif controller.changed_count:
            line.show_state(
                tr(
                    "Certificate out of date: {boxes} changed since",
                    boxes=tr_counted(controller.changed_count, "box", "boxes"),
                ),
                tr("Certify"),
                tooltip=tr("It said that {statement}.", statement=statement(certificate)),
            )
        else:
            share = certificate.share
            line.show_state(
                tr(
                    "Certified: {percent} right ({interval_words})",
                    percent=percent(share.share),
                    interval_words=interval_words(share),
                ),
                tr("Show"),
                tooltip=f"{statement(certificate)}.",
            )

    def _show_question(self, certificate: Certificate) -> None:
        at_hand = self._certificate.at_hand
        left = len(certificate.drawn) - certificate.judged_count
        self._panel.judging.show_question(
            headline=tr(
                "Certificate: {judged_count} of {drawn} looked at",
                judged_count=certificate.judged_count,
                drawn=len(certificate.drawn),
            ),
            detail=tr(
                "Does the box {replace}?",
                replace=overlap_words(certificate.target_iou).replace("overlap their", "overlap its"),
            ),
            share=certificate.judged_count / len(certificate.drawn),
            left=left,
        )
        self._panel.judging.boxes.show_boxes(
            [
                JudgedBox(
                    place,
                    self._title(certificate.drawn[place]),
                    self._pictures.get(place),
                    certificate.drawn[place].is_right,
                    place == at_hand,
                    place in self._unreadable,
                )
                for place in self._certificate.page
            ]
        )
        self._ask_for_pictures(certificate)

    def _show_result(self, certificate: Certificate) -> None:
        changed = self._certificate.changed_count
        share, wrong = certificate.share, sum(drawn.is_right is False for drawn in certificate.drawn)
        if changed:
            note = tr(
                "Out of date: {boxes} changed since. Draw other boxes to certify the current ones.",
                boxes=tr_counted(changed, "box", "boxes"),
            )
        elif wrong:
            note = tr(
                "{boxes} said to be wrong: N goes there. Every export's report tells this.",
                boxes=tr_counted(wrong, "box", "boxes"),
            )
        else:
            note = tr("Every export's report tells this.")
        sentence = statement(certificate)
        self._panel.judging.show_result(
            headline=tr("{percent} of the boxes are right", percent=percent(share.share)),
            detail=" ".join((f"{sentence}.", *uncalibrated(self._document.opened_project))),
            note=note,
        )

    def _title(self, drawn: DrawnBox) -> str:
        track = self._document.opened_project.tracks.get(drawn.track_id)
        now = None if track is None else record_at(track, drawn.frame)
        has_changed = now is None or now.box is None or now.box.iou(drawn.box) < 0.99
        return tr("#{track_id} frame {frame}", track_id=drawn.track_id, frame=drawn.frame) + (
            tr(", since changed") if has_changed else ""
        )

    def _keep_pictures_of(self, certificate: Certificate) -> None:
        if not self._shows(certificate):
            self._of, self._pictures, self._asked = certificate.drawn, {}, []
            self._unreadable.clear()
            self._certificate.note_unreadable(())

    def _ask_for_pictures(self, certificate: Certificate) -> None:
        """Ask for the pictures of the shown boxes and of some after them."""
        page = self._certificate.page
        wanted = range(page.start, min(page.stop + PAGES_AHEAD * len(page), len(certificate.drawn)))
        missing = [place for place in wanted if place not in self._pictures]
        if missing and not set(missing) <= set(self._asked):
            self._asked = missing
            video = self._document.opened_project.video
            self._crops.request(
                video.path, [_crop_of(certificate.drawn[place]) for place in missing], known_as=video.fingerprint
            )
        self._pictures = {
            place: picture for place, picture in self._pictures.items() if place >= page.start - len(page)
        }

    def _shows(self, certificate: Certificate) -> bool:
        """Whether the shown boxes belong to this certificate, whatever its answers are by now."""
        boxes = [(drawn.frame, drawn.box) for drawn in certificate.drawn]
        return boxes == [(drawn.frame, drawn.box) for drawn in self._of]

    @Slot(int)
    def _on_box_seen(self, place: int) -> None:
        certificate = self._certificate.certificate
        if certificate is not None and self._shows(certificate):  # otherwise new boxes were just drawn
            self._certificate.note_seen(place)

    @Slot()
    def _try_again(self) -> None:
        """Try frames again that could not be read."""
        for place in self._unreadable:
            self._pictures.pop(place, None)
        self._asked = []
        self._unreadable.clear()
        self._certificate.note_unreadable(())

    @Slot(object, object)
    def _on_crop_ready(self, wanted: WantedCrop, picture: Image) -> None:
        self._take_in(wanted, pixmap_of(picture))

    @Slot(object, str)
    def _on_crop_failed(self, wanted: WantedCrop, reason: str) -> None:
        empty = QPixmap(PICTURE_SIDE, PICTURE_SIDE)
        empty.fill(self._panel.palette().mid().color())
        self._unreadable.update(place for place in self._asked if _crop_of(self._of[place]) == wanted)
        self._take_in(wanted, empty)
        self._certificate.note_unreadable(self._unreadable)

    def _take_in(self, wanted: WantedCrop, picture: QPixmap) -> None:
        for place in self._asked:
            if _crop_of(self._of[place]) == wanted:
                self._pictures[place] = picture
        self._refresh_soon()

    @Slot()
    def _refresh_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start()


def _crop_of(drawn: DrawnBox) -> WantedCrop:
    return WantedCrop(drawn.frame, drawn.box, PICTURE_SIDE, SURROUNDINGS)
