"""The command palette: find any action by a few letters of its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.language import tr

LISTS_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


@dataclass(frozen=True, slots=True)
class Command:
    """An action with its menu."""

    menu: str
    action: QAction

    @property
    def text(self) -> str:
        """Such as "Track: Track forward (T)"."""
        key = self.action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        name = self.action.text().replace("&", "").rstrip("…")
        return f"{self.menu}: {name}" + (f"  ({key})" if key else "")


def rank(command: str, wanted: str) -> int | None:
    """How well a command matches the typed text, the smaller the better; None if it does not match. The letters must
    occur in order: "trf" matches "Track forward". Contiguous matches are better, and those at the beginning of a word
    best.
    """
    text, wanted = command.casefold(), "".join(wanted.casefold().split())
    squeezed = "".join(text.split())
    place = squeezed.find(wanted)
    if place >= 0:
        starts_word = any(word.startswith(wanted) for word in text.replace(":", " ").split())
        return place - (1000 if starts_word else 500)
    at = -1
    for letter in wanted:
        at = squeezed.find(letter, at + 1)
        if at < 0:
            return None
    return at


class CommandPalette(QDialog):
    """Type, choose with the arrow keys, press Enter. Commands that cannot be used now are left out."""

    def __init__(self, commands: Sequence[Command], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Commands"))
        self._commands = [command for command in commands if command.action.isEnabled()]
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("What do you want to do?"))
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        column = QVBoxLayout(self)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        self.search.textChanged.connect(self._fill)
        self.search.returnPressed.connect(self._do)
        self.search.installEventFilter(self)
        self.list.itemClicked.connect(self._do)
        self._fill()

    def sizeHint(self) -> QSize:
        return QSize(480, 360)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrow keys move in the list while the person types."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in LISTS_KEYS:
            self.list.keyPressEvent(event)
            return True
        return False

    @Slot()
    def _fill(self) -> None:
        wanted = self.search.text()
        ranked = [(rank(command.text, wanted), number) for number, command in enumerate(self._commands)]
        found = sorted((value, number) for value, number in ranked if value is not None)
        self.list.clear()
        for _, number in found:
            item = QListWidgetItem(self._commands[number].text, self.list)
            item.setData(Qt.ItemDataRole.UserRole, number)
        self.list.setCurrentRow(0)

    @Slot()
    def _do(self) -> None:
        if self.list.currentRow() < 0:
            return
        action = self._commands[self.list.currentItem().data(Qt.ItemDataRole.UserRole)].action
        self.accept()
        action.trigger()
