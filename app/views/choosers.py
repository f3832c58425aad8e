"""Theme, tracker and device: what a person chooses is kept in the settings and shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication

from app.settings.schema import DEVICE, THEME, TRACKER, Setting
from app.settings.store import SettingsError, SettingsStore
from app.views.main_window import MainWindow
from app.views.theme import apply_theme
from app.workers.tracker_pool import TrackerPool
from app.workers.tracking_messages import RunBegun


class Choosers(QObject):
    """
    Signals:
        tracker_changed: another tracker or device is to be used from the next run on.
        failed: why a choice could not be kept.
    """

    tracker_changed = Signal()
    failed = Signal(str)

    def __init__(
        self,
        qt: QApplication,
        window: MainWindow,
        settings: SettingsStore,
        pool: TrackerPool,
        *,
        show_device: Callable[[str], None],
        parent: QObject | None = None,
    ) -> None:
        """``show_device``: is told what is computed on, as soon as that is known."""
        super().__init__(parent)
        self._qt = qt
        self._window = window
        self._settings = settings
        self._pool = pool
        self._show_device = show_device
        window.theme_menu.set_theme(settings.get(THEME))
        window.theme_menu.theme_chosen.connect(self._on_theme_chosen)
        window.tracker_bar.tracker_chosen.connect(lambda name: self._choose(TRACKER, name))
        window.tracker_bar.device_chosen.connect(lambda name: self._choose(DEVICE, name))
        self._show_tracker()

    @Slot(object)
    def on_run_begun(self, begun: RunBegun) -> None:
        """To be connected to TrackingWorker.run_begun: only now "automatic" has become a device."""
        self._show_device(begun.device_text)

    def _choose(self, setting: Setting[str], value: str) -> None:
        self._keep(setting, value)
        self._show_tracker()
        self.tracker_changed.emit()

    def _show_tracker(self) -> None:
        tracker, device = self._settings.get(TRACKER), self._settings.get(DEVICE)
        self._window.tracker_bar.set_choice(tracker=tracker, device=device)
        loaded = self._pool.loaded(tracker, device)
        self._show_device(loaded.device_text if loaded else f"device: {dict(DEVICE.choices)[device]}")

    @Slot(str)
    def _on_theme_chosen(self, name: str) -> None:
        apply_theme(self._qt, name)
        self._keep(THEME, name)

    def _keep(self, setting: Setting[str], value: str) -> None:
        try:
            self._settings.set(setting, value)
        except SettingsError as error:
            self.failed.emit(str(error))
