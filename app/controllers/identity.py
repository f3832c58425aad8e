"""Who is who: compares tracks at their meetings in the background, and lets a person join, swap or keep them."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.assist.errand import Errand
from app.assist.identity import Comparison, Verdict, identity_doubts
from app.controllers.arranging import ArrangingController
from app.controllers.review import ReviewController
from app.document.document import Document
from app.document.session import Session
from app.language import tr
from app.model.doubt import Doubt
from app.model.meeting import Meeting, MeetingKind
from app.workers.errand_worker import ErrandWorker

WAIT_MILLISECONDS = 300
"""How long after the last change tracks are compared."""


class IdentityController(QObject):
    """
    Signals:
        asked_changed: the panel should ask about another meeting, or about none.
        told: a sentence about what happened or why nothing did.
    """

    asked_changed = Signal()
    told = Signal(str)

    def __init__(
        self,
        document: Document,
        session: Session,
        worker: ErrandWorker,
        *,
        review: ReviewController,
        arranging: ArrangingController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._session = session
        self._worker = worker
        self._review = review
        self._arranging = arranging
        self._verdicts: dict[Meeting, Verdict] = {}
        self._failed: set[Meeting] = set()
        self._asked: Doubt | None = None
        self._soon = QTimer(self, singleShot=True, interval=WAIT_MILLISECONDS)
        self._soon.timeout.connect(self.refresh)
        worker.found.connect(self._on_found)
        worker.finished.connect(self._on_finished)
        worker.failed.connect(self._on_failed)
        for changed in (document.boxes_changed, document.track_added, document.track_removed, document.track_changed):
            changed.connect(self._refresh_soon)
        document.project_opened.connect(self._refresh_soon)
        document.project_closed.connect(self._on_project_closed)
        document.left_as_is_changed.connect(self._tell_doubts)
        session.doubt_rules_changed.connect(self._tell_doubts)
        session.frame_changed.connect(self._check_asked)
        session.selection_changed.connect(self._check_asked)
        review.changed.connect(self._on_review_changed)

    @property
    def asked(self) -> Doubt | None:
        """The identity doubt that the person is asked about now."""
        return self._asked

    @property
    def asks_join(self) -> bool:
        return self._asks(MeetingKind.RELAY)

    @property
    def asks_swap(self) -> bool:
        return self._asks(MeetingKind.CROSSING)

    @Slot()
    def join_here(self) -> None:
        """Join the two tracks of the meeting at hand, because they are one object, and go to the next doubt."""
        meeting = self._meeting_at_hand(MeetingKind.RELAY)
        if meeting is not None:
            tracks, stack = self._document.opened_project.tracks, self._document.undo_stack
            before = stack.index()
            self._arranging.join(tracks[meeting.one], tracks[meeting.other])
            if stack.index() != before:  # if a track is locked or the file could not be written, the question stays
                self._go_on(meeting)

    @Slot()
    def swap_here(self) -> None:
        """Swap the two tracks of the meeting at hand from there on, and go to the next doubt."""
        meeting = self._meeting_at_hand(MeetingKind.CROSSING)
        if meeting is not None:
            tracks, stack = self._document.opened_project.tracks, self._document.undo_stack
            before = stack.index()
            self._arranging.swap(tracks[meeting.one], tracks[meeting.other], meeting.frame)
            if stack.index() != before:
                self._go_on(meeting)

    @Slot()
    def refresh(self) -> None:
        """Find the meetings again, and compare those that are new."""
        self._soon.stop()
        project = self._document.project
        if project is None:
            return
        if not self._review.is_settled:
            self._soon.start()
            return
        meetings = self._review.meetings()
        known = set(meetings)
        self._verdicts = {meeting: verdict for meeting, verdict in self._verdicts.items() if meeting in known}
        self._tell_doubts()
        unknown = tuple(
            meeting
            for meeting in meetings
            if meeting not in self._verdicts
            and meeting not in self._failed
            and not any(answer.answers(meeting) for answer in project.left_as_is)
        )
        if unknown:
            self._worker.start(Comparison(project.video.path, project.video.fingerprint, unknown))
        else:
            self._worker.forget()  # closes the video

    def _asks(self, kind: MeetingKind) -> bool:
        return self._asked is not None and self._asked.meeting is not None and self._asked.meeting.kind is kind

    def _meeting_at_hand(self, kind: MeetingKind) -> Meeting | None:
        if self._asks(kind) and self._asked is not None:
            return self._asked.meeting
        self.told.emit(tr("There is no question about two tracks here. N goes to the next doubt."))
        return None

    def _go_on(self, answered: Meeting) -> None:
        """Forget the verdicts on the two tracks, which have changed, before the next doubt is chosen."""
        pair = {answered.one, answered.other}
        self._verdicts = {key: verdict for key, verdict in self._verdicts.items() if not pair & {key.one, key.other}}
        self._tell_doubts()
        self._review.go_to_next()

    @Slot()
    def _refresh_soon(self) -> None:
        self._soon.start()

    @Slot()
    def _tell_doubts(self) -> None:
        project = self._document.project
        if project is not None:
            threshold = self._session.doubt_rules.threshold
            doubts = identity_doubts(self._verdicts.values(), project.left_as_is, threshold=threshold)
            self._review.set_identity(doubts)
            self._check_asked()

    @Slot(object, object)
    def _on_found(self, errand: Errand, verdict: Verdict) -> None:
        self._verdicts[verdict.meeting] = verdict

    @Slot(object, object)
    def _on_finished(self, errand: Errand, answer: object) -> None:
        self._tell_doubts()
        self._worker.forget()

    @Slot(object, str)
    def _on_failed(self, errand: Errand, sentence: str) -> None:
        """These meetings stay without a verdict; they are not compared again until their boxes change."""
        assert isinstance(errand, Comparison)
        self._failed.update(meeting for meeting in errand.meetings if meeting not in self._verdicts)
        self._tell_doubts()
        self.told.emit(tr("Tracks could not be compared: {sentence}", sentence=sentence))

    @Slot()
    def _on_review_changed(self) -> None:
        self._check_asked()

    @Slot()
    def _check_asked(self) -> None:
        at_hand = self._review.at_hand
        asked = at_hand if at_hand is not None and at_hand.meeting is not None else None
        if asked != self._asked:
            self._asked = asked
            self.asked_changed.emit()

    @Slot()
    def _on_project_closed(self) -> None:
        self._soon.stop()
        self._verdicts.clear()
        self._failed.clear()
        self._worker.forget()
        self._check_asked()
