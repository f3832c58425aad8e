"""The person's choice of tracker, device and precision, kept in the settings."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from app.controllers.models import ModelsController
from app.language import tr, translated
from app.settings.schema import DEVICE, PRECISION, TRACKER, Setting
from app.settings.store import SettingsError, SettingsStore
from app.settings.tracker_choice import TrackerChoice, give_up_choice, tracker_choice
from app.workers.tracker_pool import TrackerPool
from app.workers.tracking_messages import RunBegun


class TrackerChoiceController(QObject):
    """A choice takes effect with the next run. If the chosen model is removed, the default takes its place.

    Signals:
        changed: another tracker, device or precision was chosen.
        device_changed: what the tracker computes on, in words, as far as known.
        failed: why a choice could not be saved; the sentence for the person.
    """

    changed = Signal()
    device_changed = Signal(str)
    failed = Signal(str)

    def __init__(
        self, settings: SettingsStore, pool: TrackerPool, models: ModelsController, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._pool = pool
        self._device_text = ""
        self._tell_device()
        models.added.connect(pool.forget)
        models.removed.connect(self._on_removed)

    @property
    def current(self) -> TrackerChoice:
        return tracker_choice(self._settings)

    @property
    def device_text(self) -> str:
        """What the tracker computes on; before the first run, the choice."""
        return self._device_text

    @property
    def device_name(self) -> str:
        """The same without the word "device", for use next to that word."""
        loaded = self._pool.loaded(self.current)
        return str(loaded.tracker.place) if loaded else self._chosen_name

    @property
    def _chosen_name(self) -> str:
        return translated(dict(DEVICE.choices)[self.current.device])

    @Slot(str)
    def choose_tracker(self, name: str) -> None:
        self._choose(TRACKER, name)

    @Slot(str)
    def choose_device(self, name: str) -> None:
        self._choose(DEVICE, name)

    @Slot(str)
    def choose_precision(self, name: str) -> None:
        self._choose(PRECISION, name)

    @Slot(object)
    def on_run_begun(self, begun: RunBegun) -> None:
        """Connect to TrackingWorker.run_begun: only a loaded tracker knows what "automatic" means."""
        self._set_device_text(str(begun.place))

    def _choose(self, setting: Setting[str], value: str) -> None:
        try:
            self._settings.set(setting, value)
        except SettingsError as error:
            self.failed.emit(str(error))
        self._tell_device()
        self.changed.emit()

    def _tell_device(self) -> None:
        loaded = self._pool.loaded(self.current)
        chosen = tr("device: {name}", name=self._chosen_name)
        self._set_device_text(str(loaded.tracker.place) if loaded else chosen)

    def _set_device_text(self, text: str) -> None:
        self._device_text = text
        self.device_changed.emit(text)

    @Slot(str)
    def _on_removed(self, name: str) -> None:
        self._pool.forget(name)
        try:
            was_chosen = give_up_choice(self._settings, name)
        except SettingsError as error:
            was_chosen = True
            self.failed.emit(str(error))
        if was_chosen:
            self._tell_device()
            self.changed.emit()
