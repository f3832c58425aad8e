"""Shows what a run of the tracker does: progress in the status bar, and the offer to track again."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, Slot

from app.assist.exemplar import FORWARD
from app.controllers.tracking import TrackingController
from app.document.document import Document
from app.model.box_record import BoxRecord
from app.views.window.action_states import ActionStates
from app.views.window.main_window import MainWindow
from app.workers.tracking_messages import RunOutcome, RunProgress, RunRequest

MOST_TRACKS_BY_NUMBER = 3


class RunFeed(QObject):
    def __init__(
        self,
        window: MainWindow,
        document: Document,
        tracking: TrackingController,
        states: ActionStates,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._canvas = window.canvas
        self._status = window.status
        self._retrack_bar = window.retrack_bar
        self._states = states
        tracking.run_started.connect(self._on_run_started)
        tracking.progressed.connect(self._on_progressed)
        tracking.pause_changed.connect(self._status.run.set_paused)
        tracking.run_finished.connect(self._on_run_finished)
        tracking.failed.connect(self._on_failed)
        tracking.refused.connect(self._status.tell)
        tracking.retrack_offered.connect(self._on_retrack_offered)
        self._retrack_bar.accepted.connect(tracking.retrack)
        document.project_closed.connect(self._retrack_bar.withdraw)
        document.track_removed.connect(self._on_track_removed)

    @Slot(object)
    def _on_run_started(self, request: RunRequest) -> None:
        self._retrack_bar.withdraw()
        self._status.forget()
        self._status.run.start(_name(request))
        self._states.set_running(True)

    @Slot(object)
    def _on_progressed(self, progress: RunProgress) -> None:
        self._status.run.set_progress(
            done=progress.done,
            total=progress.total,
            frames_per_second=progress.frames_per_second,
            seconds_left=progress.seconds_left,
        )

    @Slot(object)
    def _on_run_finished(self, outcome: RunOutcome) -> None:
        self._end()
        self._status.tell(outcome.sentence)

    @Slot()
    def _on_failed(self) -> None:
        self._end()

    def _end(self) -> None:
        self._status.run.end()
        self._states.set_running(False)

    @Slot(int, int)
    def _on_retrack_offered(self, track_id: int, frame: int) -> None:
        track = self._document.opened_project.tracks[track_id]
        self._retrack_bar.make_offer(
            track_id, frame, until=track.keyframe_after(frame), beside=self._place_of(track.get(frame))
        )

    def _place_of(self, record: BoxRecord | None) -> QRectF:
        if record is None or record.box is None:
            return QRectF()
        to_widget = self._canvas.widget_point
        return QRectF(to_widget(record.box.x, record.box.y), to_widget(record.box.right, record.box.bottom))

    @Slot(int)
    def _on_track_removed(self, track_id: int) -> None:
        if self._retrack_bar.offer is not None and self._retrack_bar.offer[0] == track_id:
            self._retrack_bar.withdraw()


def _name(request: RunRequest) -> str:
    """As in "tracking #1 forward"."""
    ids = [track.track_id for track in request.plan.tracks]
    who = ", ".join(f"#{track_id}" for track_id in ids) if len(ids) <= MOST_TRACKS_BY_NUMBER else f"{len(ids)} tracks"
    return f"tracking {who} {'forward' if request.plan.direction == FORWARD else 'backward'}"
