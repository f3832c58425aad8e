"""Connects the score-map panel to the tracker's decisions, and keeps the settings of the overlay."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QDockWidget

from app.controllers.score_map import ScoreMapController
from app.document.document import Document
from app.document.session import Session
from app.settings.schema import OVERLAY_OPACITY, OVERLAY_VISIBLE
from app.settings.store import SettingsError, SettingsStore
from app.views.score_map.panel import ScoreMapPanel
from app.views.style.plotting import import_soon
from tracker_core.decision.score_map import Constants
from tracker_core.tracker import Evidence


class ScoreMapPresenter(QObject):
    """
    Signals:
        overlay_changed: the overlay was switched on or off, or its opacity changed.
    """

    overlay_changed = Signal()

    def __init__(
        self, document: Document, session: Session, *, score_map: ScoreMapController, settings: SettingsStore
    ) -> None:
        self.view = ScoreMapPanel()
        super().__init__(self.view)
        self._document = document
        self._session = session
        self._score_map = score_map
        self._settings = settings
        self._is_on_top = True
        self._undrawn: tuple[Evidence | None, int | None, str] | None = None  # came while another tab covered the panel
        session.selection_changed.connect(import_soon)  # a selected target is tracked next, and its maps are shown
        score_map.evidence_changed.connect(self._on_evidence_changed)
        score_map.sliders_changed.connect(self._on_sliders_changed)
        self.view.constants_changed.connect(score_map.try_constants)
        self.view.use_requested.connect(score_map.take_trial)
        self.view.overlay_changed.connect(self._take_overlay)
        self.view.visibility_changed.connect(self._tell_visible)
        self.view.set_overlay(visible=settings.get(OVERLAY_VISIBLE), opacity=settings.get(OVERLAY_OPACITY))
        self._take_overlay()

    @property
    def has_overlay(self) -> bool:
        """Whether the score map is over the picture."""
        return self.view.overlay_box.isChecked()

    @Slot(bool)
    def set_overlay(self, visible: bool) -> None:
        """Show the score map over the picture, or hide it."""
        self.view.overlay_box.setChecked(visible)

    def follow(self, dock: QDockWidget) -> None:
        """Do not draw, and do not ask the tracker, while another tab covers the panel. Qt calls a covered panel
        visible, so this listens to the dock. A dock that began behind a tab counts as covered even when it floats, so
        floating ones are always on top.
        """

        def note(is_on_top: bool) -> None:
            self._is_on_top = is_on_top or dock.isFloating()
            self._draw()
            self._tell_visible()

        dock.visibilityChanged.connect(note)
        dock.topLevelChanged.connect(note)

    @Slot()
    def keep_overlay(self) -> None:
        """Save the overlay's settings. Called once, when the window closes, because a slider moves a hundred times a
        second.
        """
        with suppress(SettingsError):  # failing to save the opacity must not block closing
            self._settings.set(OVERLAY_VISIBLE, self.has_overlay)
            self._settings.set(OVERLAY_OPACITY, self.view.overlay_slider.number)

    @Slot(object, object, str)
    def _on_evidence_changed(self, evidence: Evidence | None, frame: int | None, track_text: str) -> None:
        self._undrawn = evidence, frame, track_text
        self._draw()

    def _draw(self) -> None:
        if self._is_on_top and self._undrawn is not None:
            (evidence, frame, track_text), self._undrawn = self._undrawn, None
            self.view.show_evidence(evidence, frame=frame, track_text=track_text, is_drawn=self._is_drawn(frame))

    def _is_drawn(self, frame: int | None) -> bool:
        active, project = self._session.active_track_id, self._document.project
        if frame is None or active is None or project is None:
            return False
        record = project.tracks[active].get(frame)
        return record is not None and record.is_keyframe

    @Slot(object, object)
    def _on_sliders_changed(self, own: Constants | None, shown: Constants | None) -> None:
        self.view.set_constants(own, shown, is_trial=self._score_map.has_trial)

    @Slot()
    def _take_overlay(self) -> None:
        self._session.set_map_overlay_opacity(self.view.overlay_slider.number if self.has_overlay else 0.0)
        self._tell_visible()
        self.overlay_changed.emit()

    @Slot()
    def _tell_visible(self) -> None:
        """Tell whether evidence is visible. It costs time, so it is only computed while somebody sees it."""
        is_shown = self.view.isVisible() and self._is_on_top
        self._score_map.set_visible(is_shown or self._session.map_overlay_opacity > 0)
