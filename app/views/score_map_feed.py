"""Keeps the score-map panel and the map over the picture in step with what the tracker has decided."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from app.controllers.score_map import ScoreMapController
from app.document.session import Session
from app.settings.schema import OVERLAY_OPACITY, OVERLAY_VISIBLE
from app.settings.store import SettingsError, SettingsStore
from app.views.canvas.looked_at import LookedAt
from app.views.window.main_window import MainWindow
from tracker_core.tracker import Evidence


class ScoreMapFeed(QObject):
    """The map lies over the picture while it is wanted and the canvas shows the frame of the evidence."""

    def __init__(
        self,
        window: MainWindow,
        session: Session,
        controller: ScoreMapController,
        settings: SettingsStore,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._canvas = window.canvas
        self._panel = window.score_map
        self._dock = window.docks.score_map
        self._action: QAction = window.actions_by_id["overlay"]
        self._session = session
        self._controller = controller
        self._settings = settings
        self._evidence: Evidence | None = None
        self._frame: int | None = None
        controller.evidence_changed.connect(self._on_evidence_changed)
        controller.constants_for.connect(self._panel.set_constants)
        controller.preview_box.connect(window.feed.set_preview)
        controller.failed.connect(window.status.tell)
        self._panel.constants_changed.connect(controller.set_constants)
        self._panel.overlay_changed.connect(self._take_overlay)
        self._action.triggered.connect(self._on_overlay_triggered)
        self._dock.visibilityChanged.connect(self._tell_visible)
        window.closing.connect(self._keep_overlay)
        self._panel.set_overlay(visible=settings.get(OVERLAY_VISIBLE), opacity=settings.get(OVERLAY_OPACITY))
        self._take_overlay()

    @Slot()
    def refresh_overlay(self) -> None:
        """To be called when the canvas shows another frame."""
        opacity, evidence = self._session.map_overlay_opacity, self._evidence
        if evidence is None or opacity == 0 or self._frame != self._canvas.frame_index:
            self._canvas.clear_overlay()
            self._canvas.set_looked_at(None)
        else:
            self._canvas.set_overlay(evidence.decided, evidence.map_box, opacity)
            distractors = tuple(distractor.box for distractor in evidence.distractors)
            self._canvas.set_looked_at(LookedAt(evidence.search_region_box, evidence.is_searching, distractors))

    @Slot(object, object, str)
    def _on_evidence_changed(self, evidence: Evidence | None, frame: int | None, track_text: str) -> None:
        self._evidence, self._frame = evidence, frame
        self._panel.show_evidence(evidence, frame=frame, track_text=track_text)
        self.refresh_overlay()

    @Slot(bool)
    def _on_overlay_triggered(self, checked: bool) -> None:
        self._panel.overlay_box.setChecked(checked)

    @Slot()
    def _take_overlay(self) -> None:
        visible = self._panel.overlay_box.isChecked()
        self._action.setChecked(visible)
        self._session.set_map_overlay_opacity(self._panel.overlay_slider.number if visible else 0.0)
        self._tell_visible()
        self.refresh_overlay()

    @Slot()
    def _keep_overlay(self) -> None:
        """Once, at the end: a slider moves a hundred times a second."""
        with suppress(SettingsError):  # how opaque something was is no reason to hold up a person who leaves
            self._settings.set(OVERLAY_VISIBLE, self._panel.overlay_box.isChecked())
            self._settings.set(OVERLAY_OPACITY, self._panel.overlay_slider.number)

    @Slot()
    def _tell_visible(self) -> None:
        """Evidence costs time, so it is made only while somebody looks."""
        self._controller.set_visible(self._dock.isVisible() or self._session.map_overlay_opacity > 0)
