"""Looking at many doubts at once: the page on show, and the answers to it."""

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
"""How many doubts a page has at least, however small the panel is."""


class DoubtPageController(QObject):
    """The page holds the first doubts of the queue. A click on a wrong box leaves the page for that doubt; once it is
    answered, the page is back with what is left.

    Signals:
        changed: the page, or whether it is on show.
        begun: the page is wanted on the screen.
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
        self._is_aside = False  # the person answers one of the doubts by itself
        self._room = LEAST
        self._page: tuple[PagedDoubt, ...] = ()
        self._seen: set[SeenBox] = set()
        self._left_out: set[Doubt] = set()  # they have frames that cannot be read
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
        """Whether all of its boxes have been on the screen."""
        return paged.is_seen(self._seen)

    def set_room(self, doubts: int) -> None:
        """How many doubts the panel has room for."""
        if max(doubts, LEAST) != self._room:
            self._room = max(doubts, LEAST)
            self._renew()

    def note_seen(self, track_id: int, frame: int, box: Box) -> None:
        """Note that this box is on the screen."""
        self._seen.add((track_id, frame, box))

    def leave_out(self, paged: PagedDoubt, frame: int) -> None:
        """This frame of a doubt cannot be read, so the doubt is answered by itself."""
        if paged in self._page:
            self._left_out.add(paged.doubt)
            self.told.emit(
                tr("Frame {frame} cannot be read, so its doubt is not among these; N goes there.", frame=frame)
            )
            self._renew()

    @Slot()
    def show_or_leave(self) -> None:
        """Show the doubts side by side; if they are, show the list again."""
        if self.is_shown:
            self.leave()
            return
        self._is_on, self._is_aside = True, False
        self._left_out.clear()  # what could not be read may be there again
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
        """Show the list of doubts again."""
        was_on, self._is_on = self._is_on, False
        self._page = ()
        if was_on:
            self.changed.emit()

    @Slot()
    def accept(self) -> None:
        """Everything on the page is right."""
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
        """Look at one doubt by itself, at this frame of it; then come back."""
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
        """The queue goes on: after an answer back to the page; from the page, to a doubt by itself."""
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
        """Fill the page again. When nothing is left for it, the queue goes on one by one."""
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
