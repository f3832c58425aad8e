"""Connects the settings dialog and the key dialog to the settings."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Protocol

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDialog, QWidget

from app.controllers.settings import SettingsController
from app.language import translated
from app.settings.schema import DEVICE, KEYS, PRECISION, SETTINGS, TOUR_DONE, Kind, Setting
from app.views.dialogs.shortcuts import ShortcutRow, ShortcutsDialog
from app.views.settings.key_dialog import KeyDialog
from app.views.settings.settings_dialog import SettingsDialog

TITLES = {
    "window": "Appearance",
    "tracking": "Tracking",
    "editing": "Editing",
    "review": "Review",
    "video": "Video",
    "score_map": "Score map",
    "export": "Export",
    "import": "Import",
}
"""Titles of groups, by the first part of a setting's key."""
ELSEWHERE = (DEVICE, PRECISION, TOUR_DONE)
"""Settings without a row in the dialog: they are changed on the toolbar or while working."""


class Keyed(Protocol):
    """What this presenter uses of the window's actions: their keys."""

    def shortcut_rows(self) -> list[ShortcutRow]: ...
    def row(self, action_id: str) -> Any: ...  # noqa: ANN401  (ActionRow, whose module knows this one)
    def key_of(self, action_id: str) -> str: ...
    def owner_of(self, key: str) -> str | None: ...
    def give_key(self, action_id: str, key: str) -> dict[str, str]: ...


class SettingsPresenter(QObject):
    def __init__(self, window: QWidget, *, settings: SettingsController, actions: Keyed) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._actions = actions

    @Slot()
    def show_dialog(self) -> None:
        """Open the dialog of settings."""
        groups = shown_settings()
        values = {setting.key: self._settings.get(setting) for group in groups.values() for setting in group}
        dialog = SettingsDialog(groups, values, self._window)
        dialog.chosen.connect(self._settings.set)
        self._open(dialog)

    @Slot()
    def show_shortcuts(self) -> None:
        """Open the page of shortcuts."""
        dialog = ShortcutsDialog(self._actions.shortcut_rows(), self._window)
        dialog.key_requested.connect(lambda action_id: self._ask_for_key(dialog, action_id))
        self._open(dialog)

    def _ask_for_key(self, page: ShortcutsDialog, action_id: str) -> None:
        row = self._actions.row(action_id)

        def owner_of(key: str) -> str | None:
            owner = self._actions.owner_of(key)
            return None if owner in (None, action_id) else translated(self._actions.row(str(owner)).text).rstrip("…")

        def give(key: str) -> None:
            keys = self._actions.give_key(action_id, key)
            self._settings.set(KEYS, tuple(f"{changed}={key}" for changed, key in sorted(keys.items())))
            page.set_rows(self._actions.shortcut_rows())

        dialog = KeyDialog(
            action=translated(row.text).rstrip("…"),
            key=self._actions.key_of(action_id), default=row.key, owner_of=owner_of,
            parent=page,
        )  # fmt: skip
        dialog.key_chosen.connect(give)
        self._open(dialog)

    def _open(self, dialog: QDialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def shown_settings() -> dict[str, list[Setting[Any]]]:
    """The settings of the dialog, by title."""
    groups: dict[str, list[Setting[Any]]] = defaultdict(list)
    for setting in SETTINGS:
        if setting.kind not in (Kind.LIST, Kind.TEXT) and setting not in ELSEWHERE:
            groups[TITLES[setting.key.partition(".")[0]]].append(setting)
    return dict(groups)


def chosen_keys(settings: SettingsController) -> dict[str, str]:
    """The person's own keys by action id."""
    pairs = (entry.partition("=") for entry in settings.get(KEYS))
    return {action_id: key for action_id, sign, key in pairs if sign}
