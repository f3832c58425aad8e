"""Reviewing: goes from doubt to doubt, and writes the person's answers into the project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal, Slot

from app.assist.doubt_pace import DoubtPace
from app.assist.review_marks import Records, looked_through, reviewed, right, said_wrong
from app.assist.review_outlook import Outlook, marked_sentence, outlook
from app.assist.review_queue import Order, ReviewQueue, TrackProgress
from app.assist.run_plan import frames_to_make
from app.controllers.editing import EditingController
from app.controllers.playback import PlaybackController
from app.document.commands import DocumentCommand, LeaveAsIs, PutAnswers, PutRecords, SeveralEdits
from app.document.document import Document
from app.document.session import Session
from app.language import plural, tr, tr_counted
from app.model.doubt import Doubt, DoubtKind
from app.model.interpolation import record_at
from app.model.meeting import Meeting, left_as_is
from app.model.track import Track
from app.workers.tracking_messages import RunRequest
from app.workers.turns import Soon

ASKED = (DoubtKind.IDENTITY, DoubtKind.FOUND_AGAIN)
"""Questions rather than spans of boxes: one of them is at hand only after the person went to it."""

AT_ONCE_AFTER_AN_ANSWER = 20_000
"""How many frames may be read at once after an answer: the next doubt must be known before the key is released."""


class ReviewController(QObject):
    """Keeps the review queue up to date with the open project, a slice between two window events.

    The doubt at hand is that of the active track at the current frame, no matter how the person got there.

    Signals:
        changed: the doubts, or the number left, have changed.
        went: the person goes to a doubt of this track, but is not there yet.
        arrived: the person is there.
        seen_again: where a target may be back (an Appearance) after an absent mark removed its boxes.
        told: a sentence about what happened or why nothing did.
    """

    changed = Signal()
    went = Signal(int)
    arrived = Signal()
    seen_again = Signal(object)
    told = Signal(str)

    def __init__(
        self,
        document: Document,
        session: Session,
        *,
        playback: PlaybackController,
        editing: EditingController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._session = session
        self._playback = playback
        self._editing = editing
        self._queue: ReviewQueue | None = None
        self._order = Order.STRENGTH
        self._asked: Doubt | None = None  # the question the person went to last
        self._working = Soon(self)
        self._working.due.connect(self._work)
        self._corrects: int | None = None  # whose doubt the next drawn box answers
        self._moves_on = False  # go to the next doubt once the run from that box is over
        self._run_is_over = False
        editing.keyframe_made.connect(self._on_keyframe_made)
        session.frame_changed.connect(self._stay)
        session.selection_changed.connect(self._stay)
        document.project_opened.connect(self._on_project_opened)
        document.project_closed.connect(self._on_project_closed)
        document.track_added.connect(self._on_track_added)
        document.track_removed.connect(self._on_track_removed)
        document.track_changed.connect(self._on_track_changed)
        document.boxes_changed.connect(self._on_boxes_changed)
        document.certificate_changed.connect(self._on_certificate_changed)
        session.doubt_rules_changed.connect(self._on_rules_changed)

    # State

    @property
    def order(self) -> Order:
        return self._order

    def set_order(self, order: Order) -> None:
        """Choose the order of the doubts."""
        if order is not self._order:
            self._order = order
            self.changed.emit()

    @property
    def doubts(self) -> list[Doubt]:
        """In the chosen order."""
        return [] if self._queue is None else self._queue.doubts(self._order)

    @property
    def at_hand(self) -> Doubt | None:
        """The doubt of the active track at the current frame; if there are two, the one that the person went to."""
        track_id = self._session.active_track_id
        if self._queue is None or track_id is None:
            return None
        asked = self._asked
        here = track_id, self._session.current_frame
        if asked is not None and (asked.track_id, asked.frame) == here and asked in self._queue.asked:
            return asked
        return self._queue.doubt_at(*here)

    @property
    def progress(self) -> TrackProgress:
        """Of all tracks together."""
        return TrackProgress(0, 0, 0, 0) if self._queue is None else self._queue.progress()

    @property
    def outlook(self) -> Outlook:
        """How much is left to do."""
        return outlook(self.doubts)

    @property
    def is_possible(self) -> bool:
        """Whether there is a track to be reviewed."""
        return self._document.project is not None and bool(self._document.project.tracks)

    @property
    def is_settled(self) -> bool:
        """Whether the doubts are complete: no run is active, and every change has been read."""
        return self._queue is not None and self._queue.is_current and not self._queue.is_awaiting

    def doubts_of(self, track_id: int) -> tuple[Doubt, ...]:
        """The doubts of one track, by frame."""
        return () if self._queue is None else self._queue.doubts_of(track_id)

    def is_doubtful(self, track_id: int, frame: int) -> bool:
        """Whether the queue asks about the box of this track at this frame."""
        return self._queue is not None and self._queue.doubt_at(track_id, frame) is not None

    # Runs

    @Slot(object)
    def on_run_started(self, request: RunRequest) -> None:
        """Frames that the run is about to track do not count as gaps."""
        if self._queue is not None:
            self._queue.set_awaited(frames_to_make(request.plan))
            self._working.start()

    @Slot()
    def on_run_ended(self) -> None:
        """Frames that the run left without a box are doubtful from now on."""
        if self._queue is not None:
            self._queue.set_awaited({})
            self._run_is_over = True
            self._working.start()

    @Slot()
    def on_nothing_to_track(self) -> None:
        """Called if the drawn box needs no run."""
        self._run_is_over = True
        self._working.start()

    # Who is who

    def meetings(self) -> list[Meeting]:
        """Where tracks of one label may be mixed up. Empty while a run goes on or the queue is not up to date."""
        project = self._document.project
        if self._queue is None or project is None or not self._queue.is_current or self._queue.is_awaiting:
            return []
        return self._queue.meetings(project.tracks)

    @property
    def identity(self) -> tuple[Doubt, ...]:
        """The identity doubts."""
        return () if self._queue is None else self._queue.identity

    def set_found_again(self, doubts: Sequence[Doubt]) -> None:
        """Replace the doubts about lost targets that were found again."""
        if self._queue is not None:
            self._queue.set_found_again(doubts)
            self.changed.emit()

    def set_identity(self, doubts: Sequence[Doubt]) -> None:
        """Replace the identity doubts."""
        if self._queue is not None and tuple(doubts) != self._queue.identity:
            self._queue.set_identity(doubts)
            self.changed.emit()

    # Going from doubt to doubt

    @Slot()
    def go_to_next(self) -> None:
        """Go to the doubt after the current place; from the last one to the first."""
        self._go(forward=True)

    @Slot()
    def go_to_previous(self) -> None:
        self._go(forward=False)

    @Slot(object)
    def go_to(self, doubt: Doubt) -> None:
        """Show its most doubtful frame, and select its track; for an identity doubt, both tracks."""
        self.went.emit(doubt.track_id)
        self._asked = doubt if doubt.kind in ASKED else None
        others = () if self._asked is None or doubt.other_track_id is None else (doubt.other_track_id,)
        self._session.select(doubt.track_id, *others)
        self._playback.go_to(doubt.frame)
        self.arrived.emit()

    @Slot()
    def go_where_to_draw(self) -> None:
        """Show the frame whose box would settle most: of the active track, or of all tracks if the active one has no
        doubt. Locked tracks are left out: no box can be drawn there.
        """
        self._settle()
        project, queue, active = self._document.project, self._queue, self._session.active_track_id
        if project is None or queue is None:
            return
        free = [track_id for track_id in project.tracks if not self._document.is_locked(track_id)]
        found = queue.where_to_draw(active) if active in free else None
        if found is None:
            others = map(queue.where_to_draw, free)
            found = max((each for each in others if each is not None), key=lambda each: each.settles, default=None)
        if found is None:
            is_locked_away = any(map(queue.where_to_draw, project.tracks.keys() - free))
            self.told.emit(
                tr("Only locked tracks are doubtful; Shift+L unlocks one.")
                if is_locked_away
                else tr("Nothing is doubtful.")
            )
            return
        self.went.emit(found.track_id)
        self._session.select(found.track_id)
        self._playback.go_to(found.frame)
        self.arrived.emit()
        self.told.emit(
            tr(
                "A box of #{track_id} here, or Enter if it is right, may settle {wrong_boxes}.",
                track_id=found.track_id,
                wrong_boxes=tr_counted(max(round(found.settles), 1), "wrong box", "wrong boxes"),
            )
        )

    @Slot()
    def play_by_doubt(self) -> None:
        """Play fast where the tracker is sure, slowly where it is not, and stop at the next doubt."""
        self._settle()
        self._playback.play_at(DoubtPace(self.doubts, self._strength_at))

    def _strength_at(self, frame: int) -> float:
        """How likely the most doubtful box of this frame is wrong."""
        project = self._document.project
        if self._queue is None or project is None:
            return 0.0
        strengths = (self._queue.strengths_of(track_id) for track_id in project.tracks)
        return max((float(of_track[frame]) for of_track in strengths if of_track is not None), default=0.0)

    # Answers

    @Slot()
    def accept(self) -> None:
        """Say that what is shown is right: mark the span of the doubt at hand as reviewed, and go to the next doubt.
        Without a doubt, only the shown box is marked.
        """
        track = self._active_track()
        if track is None:
            self._go(forward=True)
            return
        doubt, frame = self.at_hand, self._session.current_frame
        if doubt is not None and doubt.meeting is not None:
            self._leave_as_is(doubt, doubt.meeting)
            return
        done: str | None = ""
        if doubt is not None:
            done = self._accept_doubt(track, doubt, frame)
        elif record_at(track, frame) and not self._write(track.id, reviewed(track, frame, frame)):
            done = None
        if done is not None:
            self._go(forward=True, done=done)

    def _accept_doubt(self, track: Track, doubt: Doubt, frame: int) -> str | None:
        """Returns what was done beyond the shown frame, None if nothing was. Boxes that the certificate's judge called
        wrong stay wrong, except the shown one: nobody has looked at the others again.
        """
        if doubt.kind is DoubtKind.GAP and len(track) == 1:  # just drawn: the missing boxes say nothing yet
            self.told.emit(tr("{track} has one box so far. T tracks it; X calls it absent here.", track=track.name))
            return None
        wrong = said_wrong(self._document.opened_project.certificate, doubt)
        records = {
            place: record for place, record in right(track, doubt).items() if place == frame or place not in wrong
        }
        answers: dict[int, bool | None] = dict.fromkeys(wrong.get(frame, ()), True)
        if not self._write(track.id, records, answers=answers):
            return None
        if left := len(wrong.keys() - {frame}):
            return plural(
                left,
                "{n} box said to be wrong is still in the queue.",
                "{n} boxes said to be wrong are still in the queue.",
            )
        if doubt.kind is DoubtKind.GAP:
            return tr("{track} is absent from frame {frame} on.", track=track.name, frame=doubt.first_frame)
        return marked_sentence(track, records) if len(records) > 1 else ""

    def _leave_as_is(self, doubt: Doubt, meeting: Meeting) -> None:
        """Keep the two tracks as they are, because the identities are right."""
        assert self._queue is not None
        following = self._queue.next_after(doubt.track_id, doubt.frame, self._order, at=doubt)
        if not self._document.undo_stack.do(LeaveAsIs(self._document, left_as_is(meeting))):
            return
        if following is None:
            self._go(forward=True)
        else:
            self.go_to(following)

    @Slot()
    def accept_up_to_here(self) -> None:
        """Mark every box of the active track from the last drawn one up to this frame as right. A correction after them
        leaves them as they are.
        """
        track, frame = self._active_track(), self._session.current_frame
        if track is None:
            self.told.emit(tr("Select a track first."))
            return
        records = looked_through(track, frame)
        if not records:
            self.told.emit(
                tr("{track} has no unreviewed box between the last drawn one and this frame.", track=track.name)
            )
            return
        if self._write(track.id, records):
            self.told.emit(marked_sentence(track, records))

    def mark_right(self, track_id: int, first: int, last: int) -> None:
        """Mark every box of a track from ``first`` to ``last`` (both included) as right."""
        track = self._document.opened_project.tracks.get(track_id)
        if track is not None:
            self._write(track_id, reviewed(track, first, last))

    @Slot()
    def mark_absent(self) -> None:
        """Mark the target as absent from here on. If that answers a doubt, go to the next one."""
        doubt, queue = self.at_hand, self._queue
        back = None if queue is None else queue.seen_after_absence(self._active_track(), self._session.current_frame)
        self._editing.toggle_absent()
        if back is not None:
            self.seen_again.emit(back)
        if doubt is not None and self._settle() and self.at_hand != doubt:
            self._go(forward=True)

    @Slot()
    def correct(self) -> None:
        """The next drawn box replaces the active track's box in this frame. If that answers a doubt, the next one is
        shown when the run from this box is over.
        """
        track = self._active_track()
        if track is None:
            self.told.emit(tr("Select a track first: click on its box."))
            return
        if not self._document.may_change(track.id):
            return
        self._playback.pause()
        self._corrects = None if self.at_hand is None else track.id
        self._editing.begin_correction(track.id)

    # Implementation

    def _go(self, *, forward: bool, done: str = "") -> None:
        """``done``: a sentence about what was just done."""
        self._settle()
        queue, doubts = self._queue, self.doubts
        if queue is None or not doubts:
            found_none = tr("Nothing is doubtful.") if self.is_possible else tr("There is nothing to review yet.")
            self.told.emit(f"{done} {found_none}".strip())
            return
        here = self._session.active_track_id, self._session.current_frame
        at = self.at_hand
        if at is not None and at.kind not in ASKED:
            at = None
        found = (queue.next_after if forward else queue.before)(*here, self._order, at=at)
        if found is None:
            found = doubts[0 if forward else -1]
            past = (
                tr("That was the last doubt; here is the first.")
                if forward
                else tr("That was the first doubt; here is the last.")
            )
            done = f"{done} {past}".strip()
        if done:
            self.told.emit(done)
        self.go_to(found)

    def _write(self, track_id: int, records: Records, *, answers: Mapping[int, bool | None] | None = None) -> bool:
        """Whether it was done, or there was nothing to write."""
        edits: list[DocumentCommand] = []
        if records:
            edits.append(PutRecords(self._document, tr("Mark as right"), track_id, records))
        if answers:
            edits.append(PutAnswers(self._document, answers))
        if not edits:
            return True
        command = edits[0] if len(edits) == 1 else SeveralEdits(self._document, tr("Mark as right"), edits)
        return self._document.undo_stack.do(command)

    def _active_track(self) -> Track | None:
        active = self._session.active_track_id
        return None if active is None else self._document.opened_project.tracks[active]

    def _settle(self) -> bool:
        """Read pending changes before the next doubt is chosen. False if there are too many to wait for."""
        project = self._document.project
        if self._queue is None or project is None:
            return False
        if not self._queue.is_current:
            self._queue.refresh(project.tracks, frames_at_most=AT_ONCE_AFTER_AN_ANSWER)
            self.changed.emit()
        return self._queue.is_current

    @Slot()
    def _work(self) -> None:
        project = self._document.project
        if self._queue is None or project is None:
            return
        if not self._queue.refresh(project.tracks):
            self._working.start()
        self.changed.emit()
        if self._moves_on and self._run_is_over and self.is_settled:
            self._stay()
            self._go(forward=True)

    @Slot(int, int)
    def _on_keyframe_made(self, track_id: int, frame: int) -> None:
        """If the box answers a doubt, go to the next one after its run, unless the person goes elsewhere first."""
        doubt = self.at_hand
        is_drawn_where_none_was = doubt is not None and doubt.kind in (DoubtKind.LOST, DoubtKind.GAP)
        is_here = (track_id, frame) == (self._session.active_track_id, self._session.current_frame)
        self._moves_on = is_here and (self._corrects == track_id or is_drawn_where_none_was)
        self._corrects, self._run_is_over = None, False

    @Slot()
    def _stay(self) -> None:
        self._corrects, self._moves_on = None, False

    def _note(self, track_id: int, first: int = 0, last: int | None = None) -> None:
        if self._queue is not None:
            self._queue.note_change(track_id, first, last)
            self._working.start()

    @Slot()
    def _on_project_opened(self) -> None:
        project = self._document.opened_project
        self._queue = ReviewQueue(project.video, self._session.doubt_rules)
        if project.certificate is not None:
            self._queue.set_said_wrong(project.certificate.said_wrong())
        for track_id in project.tracks:
            self._note(track_id)
        self.changed.emit()

    @Slot()
    def _on_certificate_changed(self) -> None:
        certificate = self._document.opened_project.certificate
        if self._queue is not None:
            self._queue.set_said_wrong({} if certificate is None else certificate.said_wrong())
            self._working.start()

    @Slot()
    def _on_project_closed(self) -> None:
        self._working.stop()
        self._queue = None
        self.changed.emit()

    @Slot(int)
    def _on_track_added(self, track_id: int) -> None:
        self._note(track_id)

    @Slot(int)
    def _on_track_removed(self, track_id: int) -> None:
        if self._queue is not None:
            self._queue.forget_track(track_id)
            self._working.start()

    @Slot(int)
    def _on_track_changed(self, track_id: int) -> None:
        if self._queue is not None:
            self._queue.note_label(track_id)
            self._working.start()

    @Slot(int, int, int)
    def _on_boxes_changed(self, track_id: int, first: int, last: int) -> None:
        self._note(track_id, first, last)

    @Slot()
    def _on_rules_changed(self) -> None:
        if self._queue is not None:
            self._queue.set_rules(self._session.doubt_rules)
            self._working.start()
