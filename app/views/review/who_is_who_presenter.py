"""Connects the who-is-who question to the review panel."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from app.controllers.identity import IdentityController
from app.document.document import Document
from app.views.review.panel import ReviewPanel
from app.views.review.who_is_who import CROP_SIDE, Question
from app.views.style.pictures import pixmap_of
from app.workers.crop_worker import CropWorker, WantedCrop
from tracker_core.tracker import Image


class WhoIsWhoPresenter(QObject):
    """Shows both tracks of the meeting that is asked about side by side."""

    def __init__(
        self, document: Document, *, identity: IdentityController, crops: CropWorker, panel: ReviewPanel
    ) -> None:
        super().__init__(panel)
        self._document = document
        self._identity = identity
        self._crops = crops
        self._panel = panel
        identity.asked_changed.connect(self._on_asked_changed)
        crops.crop_ready.connect(self._on_crop_ready)
        document.project_closed.connect(crops.forget)

    @Slot()
    def _on_asked_changed(self) -> None:
        asked = self._identity.asked
        if asked is None or asked.meeting is None:
            self._panel.show_question(None)
            self._crops.forget()
            return
        question = Question(asked.meeting, asked.strength)
        self._panel.show_question(question)
        video = self._document.opened_project.video
        sights = sorted((sight for row in question.rows for sight in row), key=lambda sight: sight.frame)
        wanted = [WantedCrop(sight.frame, sight.box, CROP_SIDE) for sight in sights]
        self._crops.request(video.path, wanted, known_as=video.fingerprint)

    @Slot(object, object)
    def _on_crop_ready(self, wanted: WantedCrop, picture: Image) -> None:
        question = self._panel.who_is_who.question
        for row in question.rows if question is not None else ():
            for sight in row:
                if (sight.frame, sight.box) == (wanted.frame, wanted.box):
                    self._panel.who_is_who.set_picture(sight, pixmap_of(picture))
