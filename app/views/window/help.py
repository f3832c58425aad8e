"""Opens the command palette and the about page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDialog, QWidget

from app import __version__
from app.controllers.tracker_choice import TrackerChoiceController
from app.views.dialogs.about import AboutDialog
from app.views.dialogs.palette import Command, CommandPalette


class HelpPresenter(QObject):
    def __init__(
        self, window: QWidget, *, choice: TrackerChoiceController, commands: Callable[[], list[Command]]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._choice = choice
        self._commands = commands

    @Slot()
    def show_palette(self) -> None:
        """Open the command palette."""
        self._open(CommandPalette(self._commands(), self._window))

    @Slot()
    def show_about(self) -> None:
        self._open(AboutDialog(siamark_version=__version__, device=self._choice.device_name, parent=self._window))

    def _open(self, dialog: QDialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
