"""Restores the keyboard focus after a dialog was busy: a control loses it when it is disabled."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid


class KeptFocus:
    """Remembers which control of a dialog had the focus."""

    def __init__(self, dialog: QWidget) -> None:
        self._dialog = dialog
        self._had: QWidget | None = None

    def keep(self) -> None:
        """Call before controls are disabled."""
        self._had = self._dialog.focusWidget()

    def give_back(self) -> None:
        """Call when they are enabled again."""
        had, self._had = self._had, None
        if had is not None and isValid(had) and had.isEnabled():
            had.setFocus()
