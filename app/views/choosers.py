"""Theme, tracker, device and precision: what a person chooses is kept in the settings and shown."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication

from app.controllers.models import ModelsController
from app.settings.schema import DEVICE, PRECISION, THEME, TRACKER, Setting
from app.settings.store import SettingsError, SettingsStore
from app.settings.tracker_choice import tracker_choice
from app.views.models.models_dialog import ModelsDialog
from app.views.models_feed import ModelsFeed
from app.views.style.theme import apply_theme
from app.views.tracking.tracker_bar import TrackerEntry
from app.views.window.main_window import MainWindow
from app.workers.tracker_pool import TrackerPool
from app.workers.tracking_messages import RunBegun
from tracker_core.weights.catalog import Model


class Choosers(QObject):
    """
    Signals:
        tracker_changed: another tracker, device or precision is to be used from the next run on.
        device_told: what is computed on, as far as that is known.
        failed: why a choice could not be kept.
    """

    tracker_changed = Signal()
    device_told = Signal(str)
    failed = Signal(str)

    def __init__(
        self,
        qt: QApplication,
        window: MainWindow,
        settings: SettingsStore,
        pool: TrackerPool,
        models: ModelsController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._qt = qt
        self._window = window
        self._settings = settings
        self._pool = pool
        self._models = models
        models.models_changed.connect(self._list_trackers)
        models.added.connect(pool.forget)
        models.removed.connect(self._on_removed)
        window.closing.connect(models.cancel)
        window.theme_menu.set_theme(settings.get(THEME))
        window.theme_menu.theme_chosen.connect(self._on_theme_chosen)
        window.tracker_bar.tracker_chosen.connect(self.choose_tracker)
        window.tracker_bar.device_chosen.connect(lambda name: self._choose(DEVICE, name))
        window.tracker_bar.precision_chosen.connect(lambda name: self._choose(PRECISION, name))

    @Slot(str)
    def choose_tracker(self, name: str) -> None:
        """Follow with this one from the next run on."""
        self._choose(TRACKER, name)

    @Slot()
    def show_models(self) -> None:
        """Open the dialog of the models."""
        self._models.refresh()
        dialog = ModelsDialog(self._window)
        feed = ModelsFeed(dialog, self._models, self._settings)
        dialog.choose_requested.connect(self.choose_tracker)
        self.tracker_changed.connect(feed.refresh)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(object)
    def on_run_begun(self, begun: RunBegun) -> None:
        """To be connected to TrackingWorker.run_begun: only now "automatic" has become a device."""
        self.device_told.emit(begun.device_text)

    def _choose(self, setting: Setting[str], value: str) -> None:
        self._keep(setting, value)
        self.refresh()
        self.tracker_changed.emit()

    @Slot()
    def _list_trackers(self) -> None:
        self._window.tracker_bar.set_trackers(map(_entry, self._models.trackers))

    def refresh(self) -> None:
        """Show what is chosen; to be called once all is connected."""
        choice = tracker_choice(self._settings)
        self._window.tracker_bar.set_choice(choice)
        loaded = self._pool.loaded(choice)
        self.device_told.emit(
            loaded.tracker.device_text if loaded else f"device: {dict(DEVICE.choices)[choice.device]}"
        )

    @Slot(str)
    def _on_removed(self, name: str) -> None:
        self._pool.forget(name)
        if name == self._settings.get(TRACKER):
            self.choose_tracker(TRACKER.default)

    @Slot(str)
    def _on_theme_chosen(self, name: str) -> None:
        apply_theme(self._qt, name)
        self._keep(THEME, name)

    def _keep(self, setting: Setting[str], value: str) -> None:
        try:
            self._settings.set(setting, value)
        except SettingsError as error:
            self.failed.emit(str(error))


def _entry(model: Model) -> TrackerEntry:
    origin = "comes with Siamark" if model.is_built_in else "added by you"
    return TrackerEntry(model.name, model.family.title, f"{model.family.title}, {model.size / 1e6:.1f} MB, {origin}")
