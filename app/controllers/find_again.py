"""Find it again: searches the video for a lost target. Its finds join the review queue, to be accepted or rejected."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from app.assist.find_again import SECONDS_BETWEEN, Appearance, FindAgain, accepted, doubt_of, is_known, plan_search
from app.controllers.errands import ErrandsController
from app.controllers.review import ReviewController
from app.controllers.tracking import TrackingController
from app.document.commands import PutRecords
from app.document.document import Document
from app.document.session import Session
from app.language import tr, tr_counted
from app.model.doubt import Doubt, DoubtKind
from app.settings.store import SettingsStore
from app.settings.tracker_choice import tracker_choice


class FindAgainController(QObject):
    """Finds are kept until the project is closed.

    Signals:
        asked_changed: the panel should ask about another find, or about none.
        told: a sentence about what happened or why nothing did, or the question about a find.
        taken_back: that question is over, because the person has answered or gone elsewhere.
    """

    asked_changed = Signal()
    told = Signal(str)
    taken_back = Signal(str)

    def __init__(
        self,
        document: Document,
        session: Session,
        searches: ErrandsController,
        settings: SettingsStore,
        *,
        review: ReviewController,
        tracking: TrackingController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._session = session
        self._searches = searches
        self._settings = settings
        self._review = review
        self._tracking = tracking
        self._found: list[Appearance] = []
        self._asked: Doubt | None = None
        document.project_closed.connect(self._on_project_closed)
        document.boxes_changed.connect(self._forget_known)
        document.track_removed.connect(self._forget_known)
        session.frame_changed.connect(self._check_asked)
        session.selection_changed.connect(self._check_asked)
        review.changed.connect(self._check_asked)
        review.seen_again.connect(self._on_found)

    @property
    def asked(self) -> Doubt | None:
        """The find that the person is asked about now."""
        return self._asked

    @Slot()
    def find(self) -> None:
        """Search for the active track's target where the track does not show it."""
        active = self._session.active_track_id
        if active is None:
            self.told.emit(tr("Select a track first: click on its box."))
            return
        if not self._document.may_change(active):
            return
        project = self._document.opened_project
        plan = plan_search(project, project.tracks[active], self._session.current_frame)
        if isinstance(plan, str):
            self.told.emit(plan)
            return
        example, first = plan
        video = project.video
        search = FindAgain(
            video.path,
            video.fingerprint,
            tracker_choice(self._settings),
            example,
            first,
            video.frame_count - 1,
            max(round(float(video.frame_rate) * SECONDS_BETWEEN), 1),
        )
        self._searches.begin(
            search,
            tr("looking for #{active}", active=active),
            on_done=partial(self._on_done, active),
            on_found=self._on_found,
        )

    @Slot()
    def accept(self) -> None:
        """This is the target: make the box a keyframe and track from there."""
        asked, project = self._asked, self._document.opened_project
        if asked is None or asked.found is None:
            return
        track = project.tracks[asked.track_id]
        edit = accepted(project, track.id, asked.frame, asked.found)
        command = PutRecords(self._document, tr("Found again"), track.id, edit.records, marks=edit.marks)
        if not self._document.undo_stack.do(command):
            return
        self._session.select(track.id)
        if self._tracking.is_running:
            self.told.emit(
                tr("#{id} has a keyframe here. When the current run has ended, press T to track it.", id=track.id)
            )
        else:
            self._tracking.track_forward()

    @Slot()
    def reject(self) -> None:
        """This is something else: drop it and go to the next doubt."""
        asked = self._asked
        if asked is not None:
            self._found = [one for one in self._found if doubt_of(one) != asked]
            self._tell()
            self._review.go_to_next()

    @Slot(object)
    def _on_found(self, appearance: Appearance) -> None:
        if not is_known(self._document.opened_project, appearance) and appearance not in self._found:
            self._found.append(appearance)
            self._tell()

    def _on_done(self, track_id: int, answer: object) -> None:
        count = sum(one.track_id == track_id for one in self._found)
        found = tr(
            "{places} where #{track_id} may be back: N goes there.",
            places=tr_counted(count, "place"),
            track_id=track_id,
        )
        self.told.emit(found if count else tr("#{track_id} was not found again.", track_id=track_id))

    @Slot()
    def _forget_known(self) -> None:
        """Drop finds that a track shows by now."""
        project = self._document.project
        if project is not None and self._found:
            left = [one for one in self._found if not is_known(project, one)]
            if left != self._found:
                self._found = left
                self._tell()

    def _tell(self) -> None:
        self._review.set_found_again([doubt_of(one) for one in self._found])
        self._check_asked()

    @Slot()
    def _check_asked(self) -> None:
        at_hand = self._review.at_hand
        asked = at_hand if at_hand is not None and at_hand.kind is DoubtKind.FOUND_AGAIN else None
        if asked != self._asked:
            if self._asked is not None:
                self.taken_back.emit(_question(self._asked))  # Enter and X mean something else there
            self._asked = asked
            self.asked_changed.emit()
            if asked is not None:
                self.told.emit(_question(asked))

    @Slot()
    def _on_project_closed(self) -> None:
        self._found.clear()
        self._check_asked()


def _question(asked: Doubt) -> str:
    return tr("Is this #{track_id}? Enter: yes, track it from here. X: no. N: decide later.", track_id=asked.track_id)
