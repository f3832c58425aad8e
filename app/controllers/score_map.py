"""What the score-map panel shows: the evidence of the active track on the current frame, decided with its sliders."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.document.document import Document
from app.document.session import Session
from app.settings.store import SettingsStore
from app.workers.explanation_worker import ExplanationWorker
from tracker_core.score_map import TrackingConstants


class ScoreMapController(QObject):
    """Signals:
    evidence_changed: Evidence or None, frame or None, and the active track in words ("1 car", or empty).
    preview_box: the Box that the sliders' constants would choose, or None where that is the tracker's own choice.
    constants_for: TrackingConstants that the chosen tracker comes with: where the sliders stand at first.
    constants_changed: TrackingConstants for the next run, or None for the tracker's own.
    failed: why there is no evidence, told once.
    """

    evidence_changed = Signal(object, object, str)
    preview_box = Signal(object)
    constants_for = Signal(object)
    constants_changed = Signal(object)
    failed = Signal(str)

    def __init__(
        self,
        document: Document,
        session: Session,
        explanation_worker: ExplanationWorker,
        settings: SettingsStore,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)

    @property
    def current_constants(self) -> TrackingConstants | None:
        """What the next run decides with; None for the tracker's own."""
        raise NotImplementedError

    def set_visible(self, visible: bool) -> None:
        raise NotImplementedError

    def set_constants(self, window_influence: float, penalty_k: float, size_lr: float) -> None:
        raise NotImplementedError

    def on_evidence_found(self, live: object) -> None:
        """To be connected to TrackingController.evidence_found."""
        raise NotImplementedError

    def on_tracker_changed(self) -> None:
        """To be called once all is connected, and whenever the person has chosen another tracker or device."""
        raise NotImplementedError
