"""The tour: a person does the whole job once on the demo clip, guided step by step."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QObject, Signal, Slot

from app.controllers.editing import EditingController
from app.controllers.exporting import ExportingController
from app.controllers.playback import PlaybackController
from app.controllers.project import ProjectController
from app.controllers.review import ReviewController
from app.controllers.settings import SettingsController
from app.controllers.tracking import TrackingController
from app.document.document import Document
from app.document.session import Session
from app.model.record_block import TRACKER
from app.settings.schema import TOUR_DONE
from app.workers.tracking_messages import RunRequest
from resources import DEMO_VIDEO


class TourStep(IntEnum):
    """In the order in which they come."""

    OFFER = 0  # shown at the first start; not part of the tour itself
    DRAW = 1
    NAME = 2
    TRACK = 3
    WATCH = 4
    SCORE = 5
    CORRECT = 6
    FIND = 7  # the next doubt
    ANSWER = 8
    EXPORT = 9
    END = 10


OF_A_BOX = (TourStep.NAME, TourStep.TRACK)
"""Steps that are about the first box."""
OF_A_RUN = (TourStep.WATCH, TourStep.SCORE, TourStep.CORRECT, TourStep.FIND, TourStep.ANSWER)
"""Steps that are about the boxes of a run."""


class TourController(QObject):
    """A step ends when the person does what it asks, or skips it. Everything else stays possible meanwhile.

    Signals:
        changed: another step is shown, or none.
    """

    changed = Signal()

    def __init__(
        self,
        document: Document,
        session: Session,
        settings: SettingsController,
        *,
        project: ProjectController,
        playback: PlaybackController,
        editing: EditingController,
        tracking: TrackingController,
        review: ReviewController,
        exporting: ExportingController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._session = session
        self._settings = settings
        self._project = project
        self._playback = playback
        self._tracking = tracking
        self._review = review
        self._step: TourStep | None = None
        self._is_opening = False  # the demo clip
        self._has_tracked = False  # a run has made boxes, which an undo may take back
        self._run_began_at = 0  # the frame to return to after a run
        document.project_opened.connect(self._on_project_opened)
        document.project_closed.connect(self._on_project_closed)
        project.failed.connect(self._on_opening_failed)
        editing.track_drawn.connect(self._on_track_drawn)
        editing.keyframe_made.connect(self._on_keyframe_made)
        document.track_removed.connect(self._on_track_removed)
        document.track_changed.connect(self.on_named)
        tracking.run_started.connect(self._on_run_started)
        tracking.run_finished.connect(self._on_run_ended)
        tracking.failed.connect(self._on_run_ended)
        session.frame_changed.connect(self._on_frame_changed)
        review.went.connect(self._on_went_to_doubt)
        review.told.connect(self._on_review_told)
        document.boxes_changed.connect(self._on_boxes_changed)
        exporting.exported.connect(self._on_exported)

    @property
    def step(self) -> TourStep | None:
        """The shown step; None if there is none."""
        return self._step

    @property
    def is_on(self) -> bool:
        """Whether a step or the offer is shown."""
        return self._step is not None

    def offer(self) -> None:
        """Offer the tour at a start of the program, unless the person has taken or declined it."""
        if not self._settings.get(TOUR_DONE) and self._step is None:
            self._show(TourStep.OFFER)

    @Slot()
    def begin(self) -> None:
        """Open the demo clip if it is not open, and show the first step."""
        project = self._document.project
        if project is not None and project.video.path == DEMO_VIDEO:
            self._show_first()
            return
        self._show(None)
        self._is_opening = True
        self._project.open(DEMO_VIDEO)

    @Slot()
    def go_on(self) -> None:
        """Go to the next step, even if this one was not done. After the last step, end the tour."""
        if self._step is TourStep.OFFER:
            self.begin()
        elif self._step is TourStep.END:
            self.end()
        elif self._step is not None:
            self._show(TourStep(self._step + 1))

    @Slot()
    def end(self) -> None:
        """End the tour, and do not offer it again."""
        self._show(None)
        self._settings.set(TOUR_DONE, True)

    @Slot()
    def on_named(self) -> None:
        """The person has given the new track a label, or left the field without one."""
        self._on_done(TourStep.NAME)

    # Implementation

    def _show(self, step: TourStep | None) -> None:
        if step is not self._step:
            self._step = step
            self.changed.emit()

    def _show_first(self) -> None:
        self._playback.go_to_first()
        self._session.select()  # otherwise the first box would go to an older track
        self._show(TourStep.DRAW)

    def _on_done(self, *steps: TourStep) -> None:
        """If one of these steps is shown, show the next one."""
        if self._step in steps:
            self.go_on()

    @Slot()
    def _on_project_opened(self) -> None:
        is_demo = self._document.opened_project.video.path == DEMO_VIDEO
        was_opening, self._is_opening = self._is_opening, False
        if was_opening and is_demo:  # not if the person has opened another video meanwhile
            self._show_first()
        elif self._step is TourStep.OFFER and not is_demo:
            self._show(None)  # a person who opens a video wants to work on it; the next start offers the tour again

    @Slot()
    def _on_project_closed(self) -> None:
        """The person has opened another video."""
        if self._step not in (None, TourStep.OFFER):
            self.end()

    @Slot()
    def _on_opening_failed(self) -> None:
        self._is_opening = False

    @Slot()
    def _on_track_drawn(self) -> None:
        self._on_done(TourStep.DRAW)

    @Slot()
    def _on_keyframe_made(self) -> None:
        """On a clip that was annotated before, the first drag may move a box instead of drawing one."""
        if self._step is TourStep.DRAW:
            self._show(TourStep.TRACK)
        self._on_done(TourStep.CORRECT)

    @Slot()
    def _on_track_removed(self) -> None:
        """Undo may remove the drawn box, which all later steps need."""
        if self._step in (*OF_A_BOX, *OF_A_RUN) and not self._document.opened_project.tracks:
            self._has_tracked = False
            self._show(TourStep.DRAW)

    @Slot(object)
    def _on_run_started(self, request: RunRequest) -> None:
        self._run_began_at = self._session.current_frame
        if self._step in (TourStep.NAME, TourStep.TRACK):
            self._show(TourStep.WATCH)

    @Slot()
    def _on_run_ended(self) -> None:
        self._has_tracked = self._has_tracked_boxes()
        self._on_done(TourStep.WATCH)

    @Slot(int)
    def _on_frame_changed(self, frame: int) -> None:
        if not self._tracking.is_running and frame != self._run_began_at:
            self._on_done(TourStep.SCORE)

    @Slot()
    def _on_went_to_doubt(self) -> None:
        self._on_done(TourStep.FIND)

    @Slot()
    def _on_review_told(self) -> None:
        """The queue may have nothing to answer."""
        if not self._review.doubts and self._step is TourStep.FIND:
            self._show(TourStep.EXPORT)

    @Slot()
    def _on_boxes_changed(self) -> None:
        if self._tracking.is_running:
            return
        if self._step in OF_A_RUN and self._has_tracked and not self._has_tracked_boxes():
            self._has_tracked = False
            self._show(TourStep.TRACK)  # the run was undone
        else:
            self._on_done(TourStep.ANSWER)

    def _has_tracked_boxes(self) -> bool:
        project = self._document.project
        return project is not None and any(
            (track.columns().sources == TRACKER).any() for track in project.tracks.values()
        )

    @Slot()
    def _on_exported(self) -> None:
        self._on_done(TourStep.EXPORT)
