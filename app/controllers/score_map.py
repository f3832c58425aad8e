"""What the score-map panel shows: the evidence of the active track on the current frame, and trials with its
sliders.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.assist.exemplar import box_before, exemplar_for
from app.controllers.evidence_cache import EvidenceCache, SeenEvidence
from app.document.document import Document
from app.document.session import Session
from app.model.box_record import BoxRecord
from app.model.direction import FORWARD, Direction
from app.model.interpolation import record_at
from app.model.track import Track
from app.settings.schema import TRACKER
from app.settings.store import SettingsStore
from app.settings.tracker_choice import tracker_choice
from app.workers.explanation_worker import ExplanationWorker, Question
from app.workers.tracking_messages import LiveEvidence
from tracker_core.decision.evidence import redecide
from tracker_core.decision.score_map import Constants
from tracker_core.geometry import Box
from tracker_core.tracker import Evidence, Prediction
from tracker_core.weights.catalog import CatalogError

SETTLE_MS = 60  # ms that a frame must stay before the tracker is asked: not while a video plays
BLANK_MS = 200  # ms that the previous evidence stays while the answer is awaited, so that stepping does not flicker


class ScoreMapController(QObject):
    """While the panel is visible, shows the evidence of the current run, else cached evidence, else asks the tracker.

    The sliders' constants are a trial: only the shown frame is decided again with them, and they are dropped when
    another frame or track is shown. ``take_trial`` makes later runs use them, until ``take_back``.

    Signals:
        evidence_changed: Evidence or None, its frame or None, and the active track in words ("car #1", or empty).
        preview_box: the Box chosen by the sliders, or None if they are as when the box was made.
        sliders_changed: the chosen tracker's own Constants, and those of the sliders; both None if there is no such
            tracker.
        constants_changed: Constants for later runs, or None for the tracker's own.
        failed: why there is no evidence; each reason is reported once.
    """

    evidence_changed = Signal(object, object, str)
    preview_box = Signal(object)
    sliders_changed = Signal(object, object)
    constants_changed = Signal(object)
    failed = Signal(str)

    def __init__(
        self,
        document: Document,
        session: Session,
        explanation_worker: ExplanationWorker,
        settings: SettingsStore,
        own_constants: Callable[[str], Constants],
        parent: QObject | None = None,
    ) -> None:
        """``own_constants``: returns a tracker's own constants by its name, or raises CatalogError."""
        super().__init__(parent)
        self._document = document
        self._session = session
        self._worker = explanation_worker
        self._settings = settings
        self._own_constants = own_constants
        self._own: Constants | None = None
        self._taken: Constants | None = None
        self._trial: Constants | None = None
        self._visible = False
        self._cache = EvidenceCache()
        self._asked: tuple[int, Question] | None = None  # track and question
        self._shown_track: int | None = None
        self._evidence: Evidence | None = None
        self._evidence_frame: int | None = None
        self._preview: Box | None = None
        self._last_failure = ""
        self._settled = _single_shot(self, SETTLE_MS, self._on_settled)
        self._blank = _single_shot(self, BLANK_MS, self._show_nothing)
        explanation_worker.evidence_ready.connect(self._on_evidence_ready)
        explanation_worker.failed.connect(self._on_explanation_failed)
        session.frame_changed.connect(self._on_place_changed)
        session.selection_changed.connect(self._on_place_changed)
        document.project_opened.connect(self._forget_all)
        document.project_closed.connect(self._forget_all)
        document.track_changed.connect(self._refresh)
        document.track_removed.connect(self._on_track_removed)
        document.boxes_changed.connect(self._on_boxes_changed)

    @property
    def evidence(self) -> Evidence | None:
        """The shown decision, as last emitted."""
        return self._evidence

    @property
    def evidence_frame(self) -> int | None:
        """The frame of the shown decision."""
        return self._evidence_frame

    @property
    def current_constants(self) -> Constants | None:
        """The constants of later runs; None for the tracker's own."""
        return self._taken

    @property
    def own_constants(self) -> Constants | None:
        """The chosen tracker's own constants; None if there is no such tracker."""
        return self._own

    @property
    def has_trial(self) -> bool:
        """Whether the sliders differ from the constants of later runs."""
        return self._trial is not None

    @property
    def is_visible(self) -> bool:
        """Whether the decision is visible, so that the tracker is asked for it."""
        return self._visible

    @Slot(bool)
    def set_visible(self, visible: bool) -> None:
        """Set whether the panel is visible. Nothing is computed for a hidden one."""
        self._visible = visible
        self._refresh()

    @Slot(object)
    def try_constants(self, constants: Constants) -> None:
        """Decide only the shown frame with these constants.

        Raises:
            TypeError: if they belong to another family than the chosen tracker's.
        """
        if type(constants) is not type(self._own):
            raise TypeError(f"the tracker has {type(self._own).__name__}, not {type(constants).__name__}")
        self._set_trial(None if constants == self._in_force else constants)
        seen = self._seen_now()
        if seen is not None:
            self._show(seen)

    @Slot()
    def take_trial(self) -> None:
        """Use the trial for later runs."""
        trial, self._trial = self._trial, None
        if trial is not None:
            self._take(None if trial == self._own else trial)

    @Slot()
    def take_back(self) -> None:
        """Later runs use the tracker's own constants again."""
        self._trial = None
        self._take(None)
        seen = self._seen_now()
        if seen is not None:
            self._show(seen)

    @Slot(object)
    def on_evidence_found(self, live: LiveEvidence) -> None:
        """Connect to TrackingController.evidence_found: a run has just seen this."""
        self._cache.put(live.track_id, live.frame, SeenEvidence(live.evidence, live.constants))
        if (live.track_id, live.frame) == (self._session.active_track_id, self._session.current_frame):
            self._refresh()

    @Slot()
    def on_tracker_changed(self) -> None:
        """Call when another tracker or device was chosen."""
        try:
            self._own = self._own_constants(self._settings.get(TRACKER))
        except CatalogError as error:
            self._own = None
            self._tell_failure(str(error))
        self._trial = None
        self._take(None)
        self._forget_all()

    @Slot()
    def on_models_changed(self) -> None:
        """Call when the list of trackers has changed. A tracker that is gone is ignored: its removal chooses another
        one.
        """
        if self._own is not None:
            try:
                is_as_it_was = self._own_constants(self._settings.get(TRACKER)) == self._own
            except CatalogError:
                is_as_it_was = True
            if is_as_it_was:
                return
        self.on_tracker_changed()

    # Trials

    @property
    def _in_force(self) -> Constants | None:
        return self._taken or self._own

    def _set_trial(self, constants: Constants | None) -> None:
        if constants != self._trial:
            self._trial = constants
            self._tell_sliders()

    def _take(self, constants: Constants | None) -> None:
        is_news = constants != self._taken
        self._taken = constants
        self._tell_sliders()
        if is_news:
            self.constants_changed.emit(constants)

    def _tell_sliders(self) -> None:
        self.sliders_changed.emit(self._own, self._trial or self._in_force)

    @Slot()
    def _on_place_changed(self) -> None:
        """A trial belongs to one frame of one track."""
        self._set_trial(None)
        self._refresh()

    # What to show

    @Slot()
    def _refresh(self) -> None:
        seen = self._seen_now()
        if seen is not None:
            self._show(seen)
            return
        if self._session.active_track_id != self._shown_track or self._session.active_track_id is None:
            self._show_nothing()
        elif not self._blank.isActive():
            self._blank.start()
        if self._visible and self._session.active_track_id is not None:
            self._settled.start()
        else:
            self._settled.stop()

    def _seen_now(self) -> SeenEvidence | None:
        track_id = self._session.active_track_id
        return None if track_id is None else self._cache.get(track_id, self._session.current_frame)

    def _show(self, seen: SeenEvidence) -> None:
        self._blank.stop()
        self._settled.stop()
        prediction = _redecided(seen, self._trial or self._in_force)
        if prediction is None:
            self._tell(seen.evidence, None)
        else:
            self._tell(prediction.evidence, prediction.box)

    @Slot()
    def _show_nothing(self) -> None:
        self._blank.stop()
        self._tell(None, None)

    def _tell(self, evidence: Evidence | None, preview: Box | None) -> None:
        track = self._active_track()
        self._shown_track = None if track is None else track.id
        frame = None if track is None else self._session.current_frame
        self._evidence, self._evidence_frame = evidence, frame
        self.evidence_changed.emit(evidence, frame, "" if track is None else track.name)
        if preview != self._preview:
            self._preview = preview
            self.preview_box.emit(preview)

    def _active_track(self) -> Track | None:
        project, track_id = self._document.project, self._session.active_track_id
        return None if project is None or track_id is None else project.tracks.get(track_id)

    # Asking the tracker

    @Slot()
    def _on_settled(self) -> None:
        track = self._active_track()
        question = None if track is None else self._question(track, self._session.current_frame)
        if track is not None and question is not None:
            self._asked = (track.id, question)
            self._worker.request(question)

    def _question(self, track: Track, frame: int) -> Question | None:
        """The question about a frame with a box: how a run would have reached it."""
        shown = record_at(track, frame)
        if shown is None or shown.box is None:
            return None
        direction = self._direction_of(shown)
        exemplar_frame, exemplar_box = exemplar_for(track, frame - direction, direction) or (frame, shown.box)
        return Question(
            video=self._document.opened_project.video.path,
            exemplar_frame=exemplar_frame,
            exemplar_box=exemplar_box,
            previous_box=box_before(track, frame, direction) or shown.box,
            frame=frame,
            tracker=tracker_choice(self._settings),
            known_as=self._document.opened_project.video.fingerprint,
        )

    def _direction_of(self, record: BoxRecord) -> Direction:
        run = None if record.run_id is None else self._document.opened_project.runs.get(record.run_id)
        return FORWARD if run is None else run.direction

    @Slot(object, object)
    def _on_evidence_ready(self, question: Question, evidence: Evidence | None) -> None:
        if self._asked is None or question != self._asked[1]:
            return
        (track_id, _), self._asked = self._asked, None
        self._last_failure = ""
        if evidence is not None:
            self._cache.put(track_id, question.frame, SeenEvidence(evidence, self._own))
            if (track_id, question.frame) == (self._session.active_track_id, self._session.current_frame):
                self._refresh()

    @Slot(object, str)
    def _on_explanation_failed(self, question: Question, sentence: str) -> None:
        if self._asked is not None and question == self._asked[1]:
            self._asked = None
            self._tell_failure(sentence)

    def _tell_failure(self, sentence: str) -> None:
        if sentence != self._last_failure:  # not again for every frame
            self._last_failure = sentence
            self.failed.emit(sentence)

    # What is out of date

    @Slot(int, int, int)
    def _on_boxes_changed(self, track_id: int, first: int, last: int) -> None:
        # The tracker reached the frame after a changed box from that box (in a backward run, the frame before).
        first, last = first - 1, last + 1
        self._cache.drop(track_id, first=first, last=last)
        if track_id == self._session.active_track_id and first <= self._session.current_frame <= last:
            self._asked = None
            self._refresh()

    @Slot(int)
    def _on_track_removed(self, track_id: int) -> None:
        self._cache.drop(track_id)  # a new track may get its id

    @Slot()
    def _forget_all(self) -> None:
        self._cache.clear()
        self._asked = None
        self._refresh()


def _redecided(seen: SeenEvidence, constants: Constants | None) -> Prediction | None:
    """The evidence decided with other constants; None if nothing changes or it cannot be decided again."""
    # A run may still use a tracker of another family than the chosen one.
    if constants is None or constants == seen.constants or type(constants) is not type(seen.constants):
        return None
    try:
        return redecide(seen.evidence, constants)
    except ValueError:  # the evidence does not contain the network's answer
        return None


def _single_shot(parent: QObject, milliseconds: int, on_timeout: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(on_timeout)
    return timer
