"""The certificate: boxes are drawn at random, a person judges them, and it says how many of all boxes are right."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from functools import partial
from typing import Final

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from app.assist.certificate_check import CertificateCheck
from app.assist.certificate_draw import draw_certificate, has_boxes
from app.controllers.playback import PlaybackController
from app.document.commands import PutAnswers, PutCertificate
from app.document.document import Document
from app.document.session import Session
from app.language import plural, tr
from app.model.certificate import Certificate
from app.model.certificate_words import statement, unfinished
from app.settings.schema import CERTIFICATE_BOXES
from app.settings.store import SettingsStore
from app.workers.background import run_in_background
from app.workers.turns import Soon

LEAST: Final = 6
"""How many boxes are shown side by side at least, however small the panel is; one key accepts all of them."""


class CertificateController(QObject):
    """A person can stop at any time and go on later: the project keeps the drawn boxes and the answers.

    A box is judged as it was when it was drawn, even if it has changed since. It can only be judged after its picture
    was shown (``note_seen``), so a key that is held down does not answer for pictures still being read.

    Signals:
        changed: the certificate, the number of boxes changed since, or whether boxes are being judged.
        begun: judging begins.
        told: a sentence about what happened or why nothing did.
        failed: why no boxes could be drawn.
    """

    changed = Signal()
    begun = Signal()
    told = Signal(str)
    failed = Signal(str)

    def __init__(
        self,
        document: Document,
        session: Session,
        settings: SettingsStore,
        *,
        playback: PlaybackController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._session = session
        self._settings = settings
        self._playback = playback
        self._check: CertificateCheck | None = None
        self._is_judging = False
        self._is_drawing = False
        self._draws = 0  # numbers the draws: the result for a closed project is dropped
        self._seen: set[int] = set()
        self._unreadable: frozenset[int] = frozenset()
        self._room = LEAST
        self._chosen: int | None = None  # the box that the person wants to judge next
        self._working = Soon(self)
        self._working.due.connect(self._work)
        document.project_opened.connect(self._on_project_opened)
        document.project_closed.connect(self._on_project_closed)
        document.certificate_changed.connect(self._on_certificate_changed)
        document.boxes_changed.connect(self._note)
        document.track_added.connect(self._note)
        document.track_removed.connect(self._note)

    # State

    @property
    def certificate(self) -> Certificate | None:
        project = self._document.project
        return None if project is None else project.certificate

    @property
    def is_possible(self) -> bool:
        """Whether any track has boxes to draw from."""
        project = self._document.project
        return project is not None and (bool(project.tracks) or project.certificate is not None)

    @property
    def is_judging(self) -> bool:
        """Whether the panel shows the boxes to be judged, or the result."""
        return self._is_judging

    @property
    def is_drawing(self) -> bool:
        """Whether boxes are being drawn now."""
        return self._is_drawing

    @property
    def changed_count(self) -> int:
        """How many boxes have changed since they were drawn."""
        return 0 if self._check is None else self._check.changed_count

    @property
    def at_hand(self) -> int | None:
        """The place of the box to judge now: the chosen one, or the next without an answer; None if all are judged."""
        certificate = self.certificate
        if certificate is None or not self._is_judging or certificate.next_open is None:
            return None
        return certificate.next_open if self._chosen is None else self._chosen

    @property
    def page(self) -> range:
        """The places of the boxes shown side by side: those around the next without an answer, or the last ones when
        all are judged.
        """
        certificate = self.certificate
        if certificate is None:
            return range(0)
        place = certificate.next_open
        start = (len(certificate.drawn) - 1 if place is None else place) // self._room * self._room
        return range(start, min(start + self._room, len(certificate.drawn)))

    def set_room(self, boxes: int) -> None:
        """How many boxes the panel has room for."""
        if max(boxes, LEAST) != self._room:
            self._room, self._chosen = max(boxes, LEAST), None
            self.changed.emit()

    def note_seen(self, place: int) -> None:
        """Note that the picture of this box is on the screen."""
        self._seen.add(place)

    def is_seen(self, place: int) -> bool:
        """Whether the picture of this box has been on the screen."""
        return place in self._seen

    def note_unreadable(self, places: Collection[int]) -> None:
        """Note the boxes whose frames cannot be read. Nobody knows whether they are right, so they can only be called
        wrong.
        """
        self._unreadable = frozenset(places)

    # Requests

    @Slot()
    def begin_or_leave(self) -> None:
        """Continue the certificate. Draw new boxes if there are none, or if a finished one is out of date. If boxes are
        being judged already, leave them for later.
        """
        certificate, project = self.certificate, self._document.project
        if self._is_judging:
            self.leave()
        elif project is None:
            return
        elif certificate is None or (certificate.is_complete and self._is_out_of_date(certificate)):
            self.draw_anew()
        else:
            self._judge()

    @Slot()
    def draw_anew(self) -> None:
        """Draw new boxes and judge them. Undo brings the old ones back."""
        project = self._document.project
        if project is None or self._is_drawing:
            return
        if not has_boxes(project):
            self.told.emit(tr("There are no boxes to certify yet: draw and track something first."))
            return
        self._is_drawing = True
        self._draws += 1
        run_in_background(
            partial(
                draw_certificate,
                project.copy(),
                self._session.doubt_rules,
                count=self._settings.get(CERTIFICATE_BOXES),
                random=np.random.default_rng(),
                drawn_at=datetime.now(UTC).isoformat(timespec="seconds"),
            ),
            on_done=partial(self._on_drawn, self._draws),
            on_error=partial(self._on_draw_failed, self._draws),
            owner=self,
        )
        self.changed.emit()

    @Slot(int)
    def choose(self, place: int) -> None:
        """Judge this box of the page next, and show its frame."""
        if self._is_judging and place in self.page:
            self._chosen = place
            self._show_at_hand()
            self.changed.emit()

    @Slot()
    def say_right(self) -> None:
        """The box at hand overlaps its target by at least the target IoU."""
        self._say(is_right=True)

    @Slot()
    def say_wrong(self) -> None:
        """The box at hand does not; it becomes a doubt in the review queue."""
        self._say(is_right=False)

    @Slot()
    def say_page_right(self) -> None:
        """All shown boxes that are not judged yet are right."""
        certificate = self.certificate
        if certificate is not None and self.at_hand is not None:
            places = [place for place in self.page if certificate.drawn[place].is_right is None]
            self._answer(dict.fromkeys(places, True))

    @Slot()
    def leave(self) -> None:
        """Stop judging; the answers stay."""
        if not self._is_judging:
            return
        self._is_judging = False
        certificate = self.certificate
        if certificate is not None and not certificate.is_complete:
            self.told.emit(
                tr("You can continue the certificate at any time: {unfinished}.", unfinished=unfinished(certificate))
            )
        self.changed.emit()

    # Implementation

    def _is_out_of_date(self, certificate: Certificate) -> bool:
        return self.changed_count > 0 or certificate.target_iou != self._session.doubt_rules.target_iou

    def _judge(self) -> None:
        self._is_judging, self._chosen = True, None
        self._playback.pause()
        self.begun.emit()
        self._show_at_hand()
        self.changed.emit()

    def _say(self, *, is_right: bool) -> None:
        place = self.at_hand
        if place is not None:
            self._answer({place: is_right})

    def _answer(self, answers: dict[int, bool | None]) -> None:
        unseen_right = {place for place in self._unreadable & answers.keys() if answers[place]}
        answers = {place: answer for place, answer in answers.items() if place not in unseen_right}
        if unseen_right:
            self.told.emit(
                plural(
                    len(unseen_right),
                    "{n} box cannot be called right: its frame cannot be read. Call it wrong to continue.",
                    "{n} boxes cannot be called right: their frames cannot be read. Call them wrong to continue.",
                )
            )
        if not answers:
            return
        if not self._seen.union(self._unreadable).issuperset(answers):
            self.told.emit(tr("One moment: the picture is still being read."))
            return
        self._chosen = None
        self._document.undo_stack.push(PutAnswers(self._document, answers))
        certificate = self.certificate
        if certificate is not None and certificate.is_complete:
            self.told.emit(f"{statement(certificate)}.")
        self._show_at_hand()

    def _show_at_hand(self) -> None:
        certificate, place = self.certificate, self.at_hand
        if certificate is not None and place is not None:
            drawn = certificate.drawn[place]
            self._session.select(drawn.track_id)
            self._playback.go_to(drawn.frame)

    def _on_drawn(self, draw: int, certificate: Certificate) -> None:
        self._is_drawing = False
        if draw != self._draws or self._document.project is None:
            self.changed.emit()
            return
        self._document.undo_stack.push(PutCertificate(self._document, certificate))
        if self.certificate is certificate:  # else the file could not be written
            self.told.emit(
                plural(
                    len(certificate.drawn),
                    "{n} box of {box_count:,} was drawn. Say of each whether it is right.",
                    "{n} boxes of {box_count:,} were drawn. Say of each whether it is right.",
                    box_count=certificate.box_count,
                )
            )
            self._judge()
        self.changed.emit()

    def _on_draw_failed(self, draw: int, error: Exception) -> None:
        self._is_drawing = False
        self.changed.emit()
        if not isinstance(error, ValueError):
            raise error
        if draw == self._draws:
            self.failed.emit(tr("No boxes could be drawn: {error}.", error=error))

    @Slot()
    def _on_certificate_changed(self) -> None:
        certificate = self.certificate
        if certificate is None:
            self._check, self._is_judging = None, False
        elif self._check is None or not self._check.speaks_of(certificate):
            self._begin_check(certificate)
        self.changed.emit()

    def _begin_check(self, certificate: Certificate) -> None:
        project = self._document.opened_project
        self._seen.clear()
        self._check = CertificateCheck(certificate, project.video.frame_count)
        for track_id in certificate.codes.keys() | project.tracks.keys():
            self._check.note(track_id)
        self._working.start()

    @Slot(int)
    @Slot(int, int, int)
    def _note(self, track_id: int, first: int = 0, last: int | None = None) -> None:
        if self._check is not None:
            self._check.note(track_id, first, last)
            self._working.start()

    @Slot()
    def _work(self) -> None:
        project = self._document.project
        if self._check is None or project is None:
            return
        before = self._check.changed_count
        if not self._check.refresh(project.tracks):
            self._working.start()
        if self._check.changed_count != before:
            self.changed.emit()

    @Slot()
    def _on_project_opened(self) -> None:
        certificate = self.certificate
        if certificate is not None:
            self._begin_check(certificate)
        self.changed.emit()

    @Slot()
    def _on_project_closed(self) -> None:
        self._working.stop()
        self._check = None
        self._is_judging = self._is_drawing = False
        self._draws += 1
        self._seen.clear()
        self.changed.emit()
