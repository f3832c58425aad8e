"""Tracking: starts, pauses and stops runs, and writes their boxes into the project."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from app.assist.correction import plan_correction
from app.assist.overruling import marks_after_run, overruled_by_run, start_over_stale
from app.assist.run_plan import RunPlan, Until, amended, frames_to_make
from app.assist.span_run import plan_span
from app.assist.wished_run import BOTH_WAYS, Directions, RunWish, plan_wish
from app.document.commands import ExtendTracks
from app.document.document import Document
from app.document.session import Session
from app.language import listed, plural, tr, tr_counted
from app.model.box_record import BoxRecord
from app.model.direction import BACKWARD, FORWARD
from app.model.track_marks import TrackMarks
from app.settings.schema import RETRACK_AT_ONCE
from app.settings.store import SettingsStore
from app.settings.tracker_choice import tracker_choice
from app.workers.tracking_messages import EndReason, RunBatch, RunBegun, RunOutcome, RunRequest
from app.workers.tracking_worker import TrackingWorker
from app.workers.turns import Soon
from tracker_core.decision.score_map import Constants

MOST_TRACKS_BY_NUMBER: Final = 3
MOST_REFUSALS: Final = 2


class TrackingController(QObject):
    """Turns requests to track into runs, and a run's batches into one undo step.

    What is asked for while a run goes on waits for its end; stopping the run also drops what waits.

    The run follows the project: it starts again at keyframes drawn on its way and drops tracks that are deleted or
    locked.

    An undo, a redo, closing the project, or an edit that could not be written ends a run at once, and no more of its
    batches arrive.

    Signals:
        run_started: the RunRequest.
        refused: why a track, or all of them, could not start or go on; for the status bar, also while others run.
        progressed: RunProgress, at most 30 a second.
        found: what a batch says of each track, by frame, also of boxes that it does not replace.
        evidence_found: LiveEvidence of the newest box of the active track, before the session goes to its frame.
        pause_changed: whether the run is paused now.
        run_finished: RunOutcome.
        waiting_changed: how many runs wait for the end of this one.
        failed: the sentence for the person; the run is over, and what it had found is kept.
        nothing_to_track: a correction has no frames beside it that need a run.
        retrack_offered: track and frame of a correction that the tracked boxes after it do not follow yet.
        offer_withdrawn: that offer no longer holds.
    """

    run_started = Signal(object)
    refused = Signal(str)
    progressed = Signal(object)
    found = Signal(object)
    evidence_found = Signal(object)
    pause_changed = Signal(bool)
    run_finished = Signal(object)
    waiting_changed = Signal(int)
    failed = Signal(str)
    nothing_to_track = Signal()
    retrack_offered = Signal(int, int)
    offer_withdrawn = Signal()

    def __init__(
        self,
        document: Document,
        session: Session,
        worker: TrackingWorker,
        settings: SettingsStore,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._session = session
        self._worker = worker
        self._settings = settings
        self._constants: Constants | None = None
        self._request: RunRequest | None = None
        self._plan: RunPlan | None = None  # of the request, as amended since
        self._locked: set[int] = set()  # tracks that were locked during the run
        self._marked: set[int] = set()  # tracks whose older boxes the run has overruled
        self._retrack_next: tuple[int, int] | None = None
        self._offer: tuple[int, int] | None = None
        self._follows = False
        self._waiting: list[RunWish] = []
        self._left_frame = 0  # shown when the first run began; shown again at the end if only following led away
        self._next_frame: int | None = None  # the newest frame of the run, not shown yet
        self._following = Soon(self)
        self._following.due.connect(self._follow)
        self._is_writing = False  # writing a batch of the run itself, which cannot change the plan
        worker.run_begun.connect(self._on_run_begun)
        worker.predictions_ready.connect(self._on_predictions_ready)
        worker.progressed.connect(self.progressed)
        worker.finished.connect(self._on_finished)
        worker.failed.connect(self._on_failed)
        document.undo_stack.stepped.connect(self._on_undo_or_redo)
        document.boxes_changed.connect(self._amend_plan)
        document.track_removed.connect(self._on_track_removed)
        document.lock_changed.connect(self._on_lock_changed)
        document.project_closed.connect(self._on_project_closed)
        document.write_failed.connect(self._on_write_failed)
        document.track_removed.connect(self._check_offer)
        document.boxes_changed.connect(self._check_offer)
        session.selection_changed.connect(self._check_offer)
        session.frame_changed.connect(self._on_frame_changed)

    @property
    def is_running(self) -> bool:
        return self._request is not None

    @property
    def is_paused(self) -> bool:
        return self._worker.is_paused

    @property
    def follows(self) -> bool:
        """Whether the session follows the run. It does until the person goes elsewhere or begins to draw."""
        return self._follows

    @Slot()
    def stop_following(self) -> None:
        """Stay on the shown frame while the run goes on: a person who begins to draw means the frame they see."""
        self._follows = False

    @property
    def offer(self) -> tuple[int, int] | None:
        """Track and frame of a correction from which tracking again is offered."""
        return self._offer

    @property
    def waiting(self) -> int:
        """How many runs are waiting for this one to end."""
        return len(self._waiting)

    @Slot()
    def track_forward(self) -> None:
        """Track the selected tracks from the current frame, each to its next keyframe or to the end."""
        if self._offer is not None and self.is_running:
            self.retrack(*self._offer)
        else:
            self._track_selected((FORWARD,))

    @Slot()
    def track_backward(self) -> None:
        """Track the selected tracks backward from the current frame."""
        self._track_selected((BACKWARD,))

    @Slot()
    def track_both_ways(self) -> None:
        """Track the selected tracks forward and backward, each to its neighbouring keyframes."""
        self._track_selected(BOTH_WAYS)

    @Slot()
    def track_through(self) -> None:
        """Track the selected tracks through all keyframes to the end of the video."""
        self._track_selected((FORWARD,), Until.END)

    @Slot()
    def track_all(self) -> None:
        """Track all unlocked tracks forward, in one pass."""
        if self._document.project is None:
            return
        free = self.free_track_ids
        if not free:
            self.refused.emit(tr("There is no track that may be tracked: draw a box first, or unlock a track."))
            return
        self.track(RunWish(free, self._session.current_frame))

    @property
    def free_track_ids(self) -> tuple[int, ...]:
        """All unlocked tracks, the selected ones first."""
        project = self._document.project
        ids = () if project is None else tuple(dict.fromkeys((*self._session.selected_track_ids, *project.tracks)))
        return tuple(track_id for track_id in ids if not self._document.is_locked(track_id))

    def outcome_of(self, wish: RunWish) -> str:
        """A sentence about what a wish would do now."""
        busy = set(self._plan.track_ids) if self._plan is not None and self.is_running else set()
        plan = plan_wish(self._document.opened_project, wish.of(set(wish.track_ids) - busy))
        frames = [sum(last - first + 1 for first, last in spans.spans) for spans in frames_to_make(plan).values()]
        boxes = tr_counted(sum(frames), "box", "boxes")
        done = tr("{boxes} of {tracks} would be tracked.", boxes=boxes, tracks=tr_counted(len(frames), "track"))
        there = busy & set(wish.track_ids)
        already = tr("Already being tracked: {who}.", who=tracks_named(there)) if there else ""
        return " ".join(part for part in (done, _said(plan.refusals), already) if part)

    def track(self, wish: RunWish) -> None:
        """Start a run, or let it wait for the end of the present one, whose own tracks are refused until then."""
        if self._plan is None or not self.is_running:
            self._carry_out(plan_wish(self._document.opened_project, wish), follows=True)
            return
        others = wish.of(set(wish.track_ids) - set(self._plan.track_ids))
        if others.track_ids and others not in self._waiting:
            self._waiting.append(others)
            self.waiting_changed.emit(self.waiting)
            self.refused.emit(
                tr("Waiting for this run to end: {who}. Esc stops both.", who=tracks_named(others.track_ids))
            )
        elif not others.track_ids:
            self.refused.emit(tr("Already being tracked: {who}. Esc stops the run.", who=tracks_named(wish.track_ids)))

    @Slot(int, int)
    def retrack(self, track_id: int, frame: int, *, all_the_way: bool = False) -> None:
        """Track one track again on both sides of a correction, each to its next keyframe.

        A running run is stopped first, and the new one covers all of its frames. The session does not move.
        """
        project = self._document.project
        if self.is_running:
            self._retrack_next = (track_id, frame)
            self._worker.stop()
        elif project is not None and track_id in project.tracks:
            self._carry_out(plan_correction(project, track_id, frame, all_the_way=all_the_way), follows=False)

    @Slot()
    def retrack_stale(self) -> None:
        """Track the active track's stale boxes again: those at the current frame, or the nearest."""
        active = self._session.active_track_id
        if self.is_running or active is None:
            return
        start = start_over_stale(self._document.opened_project.tracks[active], self._session.current_frame)
        if start is None:
            self.refused.emit(tr("Track {active} has no stale boxes beside a box to start from.", active=active))
        else:
            frame, direction = start
            self.track(RunWish((active,), frame, (direction,)))

    def track_span(self, track_id: int, first: int, last: int) -> None:
        """Track the frames after ``first`` up to ``last`` of one track again; the session stays where it is."""
        if self.is_running:
            self.refused.emit(tr("Another run is going on; Esc stops it."))
        else:
            self._carry_out(plan_span(self._document.opened_project, track_id, first, last), follows=False)

    @Slot()
    def pause_or_resume(self) -> None:
        if not self.is_running:
            return
        if self._worker.is_paused:
            self._worker.resume()
        else:
            self._worker.pause()
        self.pause_changed.emit(self._worker.is_paused)

    @Slot()
    def accept_offer(self) -> None:
        """Track again from the correction."""
        if self._offer is not None:
            self.retrack(*self._offer)

    @Slot()
    def decline_offer(self) -> None:
        """Leave the boxes after the correction as they are."""
        if self._offer is not None:
            self._offer = None
            self.offer_withdrawn.emit()

    @Slot()
    def stop(self) -> None:
        """End the run, keep what it has found, and drop the runs that wait."""
        self._wait_for_nothing()
        self._worker.stop()

    @Slot(object)
    def set_constants(self, constants: Constants | None) -> None:
        """Set the constants of the next run; None for the tracker's own."""
        self._constants = constants

    @Slot(int, int)
    def on_keyframe_made(self, track_id: int, frame: int) -> None:
        """A person has drawn here: track the neighbouring frames again, or offer to; a run of other tracks goes on."""
        project = self._document.opened_project
        if plan_correction(project, track_id, frame).is_empty:
            self.nothing_to_track.emit()
            return
        is_free = self._plan is None or not self.is_running or self._plan.track_ids == (track_id,)
        if self._settings.get(RETRACK_AT_ONCE) and is_free:
            self.retrack(track_id, frame)
        else:
            self._offer = (track_id, frame)
            self.retrack_offered.emit(track_id, frame)

    @Slot()
    def _check_offer(self) -> None:
        """Withdraw an offer when the person leaves its track or frame, or undoes the correction."""
        if self._offer is None:
            return
        track_id, frame = self._offer
        track = self._document.opened_project.tracks.get(track_id) if self._document.project else None
        record = None if track is None else track.get(frame)
        is_here = (track_id, frame) == (self._session.active_track_id, self._session.current_frame)
        if not is_here or record is None or not record.is_keyframe:
            self.decline_offer()

    # Starting

    def _track_selected(self, directions: Directions, until: Until = Until.NEXT_KEYFRAME) -> None:
        if self._document.project is None:
            return
        if not self._session.selected_track_ids:
            self.refused.emit(tr("Select the track to be tracked first: click on its box."))
            return
        self.track(RunWish(self._session.selected_track_ids, self._session.current_frame, directions, until))

    def _carry_out(self, plan: RunPlan, *, follows: bool) -> None:
        project = self._document.opened_project
        if plan.refusals:
            self.refused.emit(_said(plan.refusals))
        if plan.is_empty or not self._document.may_change(*plan.track_ids):
            return
        self._request = RunRequest(
            run_id=project.next_run_id(),
            video=project.video.path,
            plan=plan,
            tracker=tracker_choice(self._settings),
            constants=self._constants,
            known_as=project.video.fingerprint,
        )
        self._plan = plan
        self._marked.clear()
        self._locked.clear()
        self._follows = follows
        self._left_frame = self._session.current_frame
        self.decline_offer()
        self._worker.start(self._request)
        self.run_started.emit(self._request)

    @Slot(object)
    def _on_run_begun(self, begun: RunBegun) -> None:
        self._document.attempt(lambda: self._document.add_run(begun.run))

    # Going on

    @Slot(object)
    def _on_predictions_ready(self, batch: RunBatch) -> None:
        free = {key: found for key, found in batch.records.items() if key not in self._locked}
        records = {track_id: self._planned(track_id, found) for track_id, found in free.items()}
        marks = {key: new for key, new in self._marks_of_first_boxes(batch).items() if key in free}
        self.found.emit(records)
        self._is_writing = True
        self._document.undo_stack.push(ExtendTracks(self._document, batch.run_id, records, marks=marks))
        self._is_writing = False
        if not self.is_running:  # the file could not be written
            return
        if batch.evidence is not None:
            self.evidence_found.emit(batch.evidence)
        self._next_frame = batch.last_frame
        self._following.start()

    @Slot()
    def _follow(self) -> None:
        """Show the newest frame, in a later turn than the one that wrote its boxes."""
        frame, self._next_frame = self._next_frame, None
        if frame is not None and self._follows:
            self._session.set_frame(frame)
            self._follows = True

    def _planned(self, track_id: int, records: Mapping[int, BoxRecord]) -> dict[int, BoxRecord]:
        """Drop results beyond the track's new end, made before the amended plan arrived."""
        plan = self._plan
        assert plan is not None
        return {frame: record for frame, record in records.items() if plan.covers(track_id, frame)}

    def _marks_of_first_boxes(self, batch: RunBatch) -> dict[int, TrackMarks]:
        """With a track's first boxes, overrule its older ones ahead in the same write: a crash leaves none unmarked."""
        assert self._request is not None
        tracks = self._document.opened_project.tracks
        plan = self._request.plan
        first = [track_id for track_id in batch.records if track_id in tracks and track_id not in self._marked]
        self._marked.update(first)
        return {key: overruled_by_run(tracks[key], plan, run_id=batch.run_id) for key in first}

    @Slot()
    def _amend_plan(self) -> None:
        """Send the run a plan that fits the project now."""
        if self._is_writing or self._request is None or self._document.project is None:
            return
        plan = amended(self._request.plan, self._document.project, dropped=self._locked)
        if plan != self._plan:
            self._plan = plan
            self._worker.replan(plan)

    @Slot(int)
    def _on_track_removed(self, track_id: int) -> None:
        is_tracked = self._plan is not None and track_id in self._plan.track_ids
        if self.is_running and is_tracked:
            self._amend_plan()
            self.refused.emit(tr("Track {track_id} was deleted; it is not tracked any further.", track_id=track_id))

    @Slot(int)
    def _on_lock_changed(self, track_id: int) -> None:
        """A track that was locked during the run stays out of it: frames would be missing in between."""
        is_tracked = self._plan is not None and track_id in self._plan.track_ids
        if self.is_running and is_tracked and self._document.is_locked(track_id):
            self._locked.add(track_id)
            self._amend_plan()
            self.refused.emit(tr("Track {track_id} was locked; it is not tracked any further.", track_id=track_id))

    @Slot(int)
    def _on_frame_changed(self, frame: int) -> None:
        self._follows = False
        self._check_offer()

    # Ending

    @Slot(object)
    def _on_finished(self, outcome: RunOutcome) -> None:
        self._follow()
        self._clear_marks(outcome)
        self._request = None
        followed, left_frame = self._follows, self._left_frame
        self.run_finished.emit(outcome)
        if self._retrack_next is not None:
            (track_id, frame), self._retrack_next = self._retrack_next, None
            self.retrack(track_id, frame, all_the_way=True)
        while self._waiting and not self.is_running:
            self._begin_waiting(follows=followed, left_frame=left_frame)
        if followed and not self.is_running and outcome.reason is EndReason.COMPLETED:
            self._session.set_frame(left_frame)

    def _begin_waiting(self, *, follows: bool, left_frame: int) -> None:
        """Start the next waiting run, with those of its tracks that can still be tracked."""
        wanted = self._waiting.pop(0)
        wish = wanted.of(self.free_track_ids)
        if gone := set(wanted.track_ids) - set(wish.track_ids):
            self.refused.emit(tr("Not tracked, because deleted or locked since: {who}.", who=tracks_named(gone)))
        self.waiting_changed.emit(self.waiting)
        if wish.track_ids:
            self._carry_out(plan_wish(self._document.opened_project, wish), follows=follows)
            self._left_frame = left_frame

    def _wait_for_nothing(self) -> None:
        if self._waiting:
            self._waiting.clear()
            self.waiting_changed.emit(0)

    def _clear_marks(self, outcome: RunOutcome) -> None:
        """If a track reached the end of the plan, no older box is left, so no mark is needed."""
        assert self._request is not None
        tracks = self._document.opened_project.tracks
        plan, run_id = self._request.plan, outcome.run_id
        marks: dict[int, TrackMarks] = {}
        for end in outcome.ends:
            if end.track_id in tracks and end.track_id not in self._locked:
                before = marks.get(end.track_id, tracks[end.track_id].marks)
                marks[end.track_id] = marks_after_run(before, plan, end, run_id=run_id)
        self._document.undo_stack.push(ExtendTracks(self._document, outcome.run_id, {}, marks=marks))

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        self._follow()
        self._request = self._retrack_next = None
        self._wait_for_nothing()
        self.failed.emit(sentence)

    @Slot()
    def _on_undo_or_redo(self) -> None:
        self._abandon(tr("Tracking was stopped by undo."))

    @Slot()
    def _on_project_closed(self) -> None:
        self.decline_offer()
        self._abandon(tr("Tracking was stopped: the project was closed."))

    @Slot(str)
    def _on_write_failed(self, sentence: str) -> None:
        self._abandon(tr("Tracking was stopped: the project file could not be written."))

    def _abandon(self, sentence: str) -> None:
        request, self._request, self._retrack_next, self._next_frame = self._request, None, None, None
        self._wait_for_nothing()
        if request is not None:
            self._worker.abandon()
            self.run_finished.emit(RunOutcome(request.run_id, EndReason.STOPPED, (), sentence))


def _said(refusals: Sequence[str]) -> str:
    """A sentence about why tracks cannot start. With many, it names only the first."""
    if len(refusals) <= MOST_REFUSALS:
        return " ".join(refusals)
    others = plural(len(refusals) - 1, "{n} more track cannot start.", "{n} more tracks cannot start.")
    return f"{refusals[0]} {others}"


def tracks_named(track_ids: Collection[int]) -> str:
    """The tracks of a run, such as "#1, #2", or their number if there are many."""
    if len(track_ids) > MOST_TRACKS_BY_NUMBER:
        return tr_counted(len(track_ids), "track")
    return listed(f"#{track_id}" for track_id in sorted(track_ids))
