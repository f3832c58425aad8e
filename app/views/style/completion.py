"""Offers known names in a list below a text field."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit

ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class NameCompleter(QCompleter):
    """Enter in the list ends the typing, even if no name is selected. With Qt's own completer, Enter only closes the
    list and typing goes on.

    Signals:
        taken: Enter was pressed or a name was clicked; the field already has the text.
    """

    taken = Signal()

    def __init__(self, names: Iterable[str], field: QLineEdit) -> None:
        super().__init__(sorted(names), field)
        self._field = field
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.activated.connect(self.taken, Qt.ConnectionType.QueuedConnection)  # after the text is filled in
        field.setCompleter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_enter = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in ENTER
        names = self.popup()
        if not is_enter or names is None or watched != names:
            return super().eventFilter(watched, event)
        picked = names.currentIndex()
        names.hide()
        if picked.isValid():
            self._field.setText(picked.data())
        self.taken.emit()
        return True
