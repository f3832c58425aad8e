"""The page of doubts: which doubts it shows side by side, and what the person answers."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from app.assist.doubt_page import PagedDoubt, SeenBox, answered, page_of
from app.assist.review_marks import right
from app.controllers.playback import PlaybackController
from app.controllers.review import ReviewController
from app.document.commands import PutRecords, SeveralEdits
from app.document.document import Document
from app.language import plural, tr
from app.model.doubt import Doubt
from tracker_core.geometry import Box

LEAST: Final = 6
"""The least number of doubts on a page, however small the panel is."""


class DoubtPageController(QObject):
    """The page holds the first doubts of the queue. A click on a wrong box leaves the page for that doubt; after the
    answer, the page returns with what is left.

    Signals:
        changed: the page, or whether it is shown.
        begun: the person has asked for the page.
        told: a sentence about what happened or why nothing did.
    """

    changed = Signal()
    begun = Signal()
    told = Signal(str)

    def __init__(
        self,
        document: Document,
        *,
        review: ReviewController,
        playback: PlaybackController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._review = review
        self._playback = playback
        self._is_on = False
        self._is_aside = False  # the person is answering one of the doubts alone
        self._room = LEAST
        self._page: tuple[PagedDoubt, ...] = ()
        self._seen: set[SeenBox] = set()
        self._left_out: set[Doubt] = set()  # doubts with frames that cannot be read
        review.changed.connect(self._on_review_changed)
        review.went.connect(self._on_went)
        document.project_closed.connect(self._on_project_closed)

    @property
    def is_shown(self) -> bool:
        """Whether the panel shows the page rather than the list."""
        return self._is_on and not self._is_aside

    @property
    def page(self) -> tuple[PagedDoubt, ...]:
        return self._page

    def is_seen(self, paged: PagedDoubt) -> bool:
        """Whether all boxes of the doubt have been on the screen."""
        return paged.is_seen(self._seen)

    def set_room(self, doubts: int) -> None:
        """Set how many doubts the panel has room for."""
        if max(doubts, LEAST) != self._room:
            self._room = max(doubts, LEAST)
            self._renew()

    def note_seen(self, track_id: int, frame: int, box: Box) -> None:
        """Note that this box has been on the screen."""
        self._seen.add((track_id, frame, box))

    def leave_out(self, paged: PagedDoubt, frame: int) -> None:
        """Leave a doubt out of the page, because this frame of it cannot be read."""
        if paged in self._page:
            self._left_out.add(paged.doubt)
            self.told.emit(
                tr("Frame {frame} cannot be read, so its doubt is not among these; N goes there.", frame=frame)
            )
            self._renew()

    @Slot()
    def show_or_leave(self) -> None:
        """Show the page, or the list of doubts if the page is shown."""
        if self.is_shown:
            self.leave()
            return
        self._is_on, self._is_aside = True, False
        self._left_out.clear()  # try frames again that could not be read
        self._playback.pause()
        self._renew()
        if self._page:
            self.begun.emit()
            self.changed.emit()
        else:
            self.leave()
            self.told.emit(
                tr("What is doubtful here can only be answered one by one; N goes there.")
                if self._review.doubts
                else tr("Nothing is doubtful.")
            )

    @Slot()
    def leave(self) -> None:
        """Return to the list of doubts."""
        was_on, self._is_on = self._is_on, False
        self._page = ()
        if was_on:
            self.changed.emit()

    @Slot()
    def accept(self) -> None:
        """Mark everything on the page as right."""
        tracks = self._document.opened_project.tracks
        if not all(map(self.is_seen, self._page)):
            self.told.emit(tr("One moment: not every box has been shown yet."))
            return
        done = answered(self._page, self._review.doubts, tracks, self._seen)
        edits = [
            PutRecords(self._document, tr("Mark as right"), paged.doubt.track_id, records)
            for paged in done
            if (records := right(tracks[paged.doubt.track_id], paged.doubt))
        ]
        if not self._document.may_change(*{paged.doubt.track_id for paged in done}):
            return
        if edits and not self._document.undo_stack.do(SeveralEdits(self._document, tr("Mark as right"), edits)):
            return
        self.told.emit(plural(len(done), "{n} doubt answered: right.", "{n} doubts answered: all right."))

    @Slot(object, int)
    def go_to(self, doubt: Doubt, frame: int) -> None:
        """Show one doubt alone, at this frame of it. After the answer, the page returns."""
        self._review.go_to(doubt)
        self._is_on, self._is_aside = True, True
        self._playback.go_to(frame)
        self.changed.emit()

    # Implementation

    @Slot()
    def _on_review_changed(self) -> None:
        if self._is_on and self._review.is_settled:
            self._renew()

    @Slot()
    def _on_went(self) -> None:
        """The person goes on: return to the page after an answer to a single doubt, or leave the page for a doubt."""
        if not self._is_on:
            return
        if self._is_aside:
            self._is_aside = False
            self.changed.emit()
        else:
            self.leave()

    @Slot()
    def _on_project_closed(self) -> None:
        self._seen.clear()  # the next project may have the same boxes
        self.leave()

    def _renew(self) -> None:
        """Fill the page again. If nothing is left for it, go on to the next doubt in the queue."""
        if not self._is_on:
            return
        before = self._page
        doubts = [
            doubt
            for doubt in self._review.doubts
            if doubt not in self._left_out and not self._document.is_locked(doubt.track_id)
        ]
        self._page = page_of(doubts, self._document.opened_project.tracks, most=self._room)
        if self._page == before:
            return
        if not self._page and before and not self._is_aside:
            self.leave()
            if self._review.doubts:
                self._review.go_to_next()
            return
        self.changed.emit()
