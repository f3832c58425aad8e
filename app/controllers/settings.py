"""Changes settings: saves them at once, and notifies everything that uses them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.settings.schema import Setting, T
from app.settings.store import SettingsError, SettingsStore


class SettingsController(QObject):
    """
    Signals:
        changed: the Setting with a new value. failed: why a change could not be saved; it still applies to this
            session.
    """

    changed = Signal(object)
    failed = Signal(str)

    def __init__(self, store: SettingsStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store

    def get(self, setting: Setting[T]) -> T:
        return self._store.get(setting)

    def set(self, setting: Setting[T], value: T) -> None:
        """Change a setting.

        Raises:
            ValueError: if the value is not allowed.
        """
        before = self._store.get(setting)
        try:
            self._store.set(setting, value)
        except SettingsError as error:
            self.failed.emit(str(error))
        if self._store.get(setting) != before:
            self.changed.emit(setting)
