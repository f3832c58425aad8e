"""Drawing is an answer: where the queue has led to a doubt, the next drawn box replaces the doubted one."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from app.controllers.review import ASKED, ReviewController
from app.document.document import Document
from app.document.session import Session
from app.language import tr


class RedrawingController(QObject):
    """It holds while the person stays at that doubt: not after the choice of another track, and not after Esc.

    Signals:
        changed: whether it holds may have changed.
        told: that a drawn box is about to replace one, and how to begin a new track instead.
    """

    changed = Signal()
    told = Signal(str)

    def __init__(
        self, document: Document, session: Session, *, review: ReviewController, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._session = session
        self._review = review
        self._track_id: int | None = None  # the track to whose doubt the queue has led
        review.went.connect(self._on_went)
        review.arrived.connect(self.changed)
        session.selection_changed.connect(self._on_selection_changed)
        document.project_closed.connect(self.give_up)

    @property
    def is_on(self) -> bool:
        """Whether a drawn box answers the doubt at hand."""
        active = self._session.active_track_id
        if active is None or active != self._track_id:
            return False
        doubt = self._review.at_hand
        return doubt is not None and doubt.kind not in ASKED

    def begin(self) -> bool:
        """The box that is drawn now is the answer. False if the track is locked: then the box must not be drawn, least
        of all as a new track.
        """
        if self._track_id is None or not self._document.may_change(self._track_id):
            return False
        self.told.emit(
            tr(
                "The box of #{track_id} is replaced. For a new track, press Esc first, then draw.",
                track_id=self._track_id,
            )
        )
        self._review.correct()
        return True

    @Slot()
    def give_up(self) -> None:
        """The next drawn box is a new track's."""
        self._track_id = None
        self.changed.emit()

    @Slot(int)
    def _on_went(self, track_id: int) -> None:
        self._track_id = track_id

    @Slot()
    def _on_selection_changed(self) -> None:
        if self._session.active_track_id != self._track_id:
            self._track_id = None
