"""Connects what shows runs to the tracking controller: the choice of tracker, the progress, and the offer to track
again.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QRectF, Signal, Slot
from PySide6.QtGui import QAction

from app.assist.wished_run import RunWish
from app.controllers.models import ModelsController
from app.controllers.score_map import ScoreMapController
from app.controllers.tracker_choice import TrackerChoiceController
from app.controllers.tracking import TrackingController, tracks_named
from app.document.document import Document
from app.document.session import Session
from app.language import tr, translated
from app.model.box_record import BoxRecord
from app.model.direction import BACKWARD, FORWARD
from app.views.canvas.canvas_view import CanvasView
from app.views.tracking.retrack_bar import RetrackBar
from app.views.tracking.run_dialog import RunDialog
from app.views.tracking.run_status import RunStatus
from app.views.tracking.tracker_bar import ConstantChange, TrackerBar, TrackerEntry
from app.workers.tracking_messages import RunOutcome, RunProgress, RunRequest
from tracker_core.decision.score_map import Constants
from tracker_core.weights.catalog import Model


class TrackingPresenter(QObject):
    """
    Signals:
        told: a sentence about a run, for the status bar.
    """

    told = Signal(str)

    def __init__(
        self,
        document: Document,
        session: Session,
        *,
        tracking: TrackingController,
        choice: TrackerChoiceController,
        models: ModelsController,
        score_map: ScoreMapController,
        canvas: CanvasView,
        actions: Mapping[str, QAction],
    ) -> None:
        """``canvas``: the widget over which the offer to track again is shown."""
        super().__init__(canvas)
        self._document = document
        self._session = session
        self._last_wish: RunWish | None = None
        self._canvas = canvas
        self._choice = choice
        self._models = models
        self._score_map = score_map
        self._tracking = tracking
        self._keeps_outcome = False  # of the last run, while the next one that has waited begins
        self.tracker_bar = TrackerBar()
        self.run_status = RunStatus(actions)
        self.retrack_bar = RetrackBar(canvas)

        tracking.run_started.connect(self._on_run_started)
        tracking.progressed.connect(self._on_progressed)
        tracking.pause_changed.connect(self.run_status.set_paused)
        tracking.waiting_changed.connect(self.run_status.set_waiting)
        tracking.run_finished.connect(self._on_run_finished)
        tracking.failed.connect(self.run_status.end)
        tracking.refused.connect(self.told)
        tracking.retrack_offered.connect(self._on_retrack_offered)
        tracking.offer_withdrawn.connect(self.retrack_bar.hide)
        self.retrack_bar.accepted.connect(tracking.accept_offer)
        self.retrack_bar.declined.connect(tracking.decline_offer)

        models.models_changed.connect(self._list_trackers)
        choice.changed.connect(self._show_choice)
        self.tracker_bar.tracker_chosen.connect(choice.choose_tracker)
        self.tracker_bar.device_chosen.connect(choice.choose_device)
        self.tracker_bar.precision_chosen.connect(choice.choose_precision)
        score_map.constants_changed.connect(self._on_constants_changed)
        self.tracker_bar.take_back_requested.connect(score_map.take_back)
        self._show_choice()

    @Slot()
    def ask(self) -> None:
        """Ask which tracks to track, in which direction and how far, and then track them."""
        project = self._document.project
        if project is None:
            return
        selected = self._session.selected_track_ids
        dialog = RunDialog(
            selected=selected,
            selected_text=tr("the selected: {tracks}", tracks=tracks_named(selected)),
            free=self._tracking.free_track_ids,
            frame=self._session.current_frame,
            frame_count=project.video.frame_count,
            last=self._last_wish,
            outcome=self._tracking.outcome_of,
            parent=self._canvas.window(),
        )
        dialog.chosen.connect(self._on_wished)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(object)
    def _on_wished(self, wish: RunWish) -> None:
        self._last_wish = wish
        self._tracking.track(wish)

    @Slot()
    def _list_trackers(self) -> None:
        self.tracker_bar.set_trackers(map(_entry, self._models.trackers))

    @Slot()
    def _show_choice(self) -> None:
        self.tracker_bar.set_choice(self._choice.current)

    @Slot(object)
    def _on_constants_changed(self, constants: Constants | None) -> None:
        self.tracker_bar.set_changed_constants(_changes(self._score_map.own_constants, constants))

    @Slot(object)
    def _on_run_started(self, request: RunRequest) -> None:
        self.run_status.start(_name(request))
        if not self._keeps_outcome:
            self.told.emit("")
        self._keeps_outcome = False

    @Slot(object)
    def _on_progressed(self, progress: RunProgress) -> None:
        self.run_status.set_progress(
            done=progress.done,
            total=progress.total,
            frames_per_second=progress.frames_per_second,
            seconds_left=progress.seconds_left,
        )

    @Slot(object)
    def _on_run_finished(self, outcome: RunOutcome) -> None:
        self.run_status.end()
        self._keeps_outcome = self._tracking.waiting > 0
        self.told.emit(outcome.sentence)

    @Slot(int, int)
    def _on_retrack_offered(self, track_id: int, frame: int) -> None:
        track = self._document.opened_project.tracks[track_id]
        self.retrack_bar.show_offer(
            track_id, frame, until=track.keyframe_after(frame), beside=self._place_of(track.get(frame))
        )

    def _place_of(self, record: BoxRecord | None) -> QRectF:
        if record is None or record.box is None:
            return QRectF()
        to_widget = self._canvas.widget_point
        return QRectF(to_widget(record.box.x, record.box.y), to_widget(record.box.right, record.box.bottom))


def _entry(model: Model) -> TrackerEntry:
    origin = tr("comes with Siamark") if model.is_built_in else tr("added by you")
    return TrackerEntry(
        model.name,
        model.family.title,
        tr("{title}, {size:.1f} MB, {origin}", title=model.family.title, size=model.size / 1e6, origin=origin),
    )


def _changes(own: Constants | None, used: Constants | None) -> list[ConstantChange]:
    if own is None or used is None:
        return []
    before, now = own.as_mapping(), used.as_mapping()
    return [
        ConstantChange(translated(tunable.title), now[tunable.name], before[tunable.name])
        for tunable in own.tunables
        if now[tunable.name] != before[tunable.name]
    ]


def _name(request: RunRequest) -> str:
    """The name of a run, such as "tracking #1 forward"."""
    plan = request.plan
    who = tracks_named(plan.track_ids)
    ahead = {FORWARD if part.last_frame > part.start_frame else BACKWARD for part in plan.one_way}
    ahead |= {stretch.from_here for stretch in plan.two_sided if stretch.from_here is not None}
    if ahead == {FORWARD}:
        return tr("tracking {who} forward", who=who)
    return tr("tracking {who} backward", who=who) if ahead == {BACKWARD} else tr("tracking {who}", who=who)
