"""Runs of the tracker: Track forward and backward, pause, stop, and the boxes that come of it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.document.document import Document
from app.document.session import Session
from app.settings.store import SettingsStore
from app.workers.tracking_worker import TrackingWorker
from tracker_core.score_map import TrackingConstants


class TrackingController(QObject):
    """Turns the wish to track into a run, and its batches into one undo step.

    Signals:
        run_started: the RunRequest.
        refused: why a track, or all of them, could not start; a sentence for the status bar, also while others run.
        progressed: RunProgress, at most 30 a second.
        evidence_found: LiveEvidence of the newest box of the active track, before the session goes to its frame.
        pause_changed: whether the run is paused now.
        run_finished: RunOutcome.
        failed: the sentence for the person; what was tracked until then is kept.
        retrack_offered: track and frame of a correction that later tracked boxes do not know of yet.
    """

    run_started = Signal(object)
    refused = Signal(str)
    progressed = Signal(object)
    evidence_found = Signal(object)
    pause_changed = Signal(bool)
    run_finished = Signal(object)
    failed = Signal(str)
    retrack_offered = Signal(int, int)

    def __init__(
        self,
        document: Document,
        session: Session,
        worker: TrackingWorker,
        settings: SettingsStore,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)

    @property
    def is_running(self) -> bool:
        raise NotImplementedError

    @property
    def is_paused(self) -> bool:
        raise NotImplementedError

    def track_forward(self) -> None:
        raise NotImplementedError

    def track_backward(self) -> None:
        raise NotImplementedError

    def retrack(self, track_id: int, frame: int) -> None:
        raise NotImplementedError

    def pause_or_resume(self) -> None:
        raise NotImplementedError

    def stop(self) -> None:
        raise NotImplementedError

    def set_constants(self, constants: TrackingConstants | None) -> None:
        """What the next run decides with; None for the tracker's own."""
        raise NotImplementedError

    def on_keyframe_made(self, track_id: int, frame: int) -> None:
        raise NotImplementedError
