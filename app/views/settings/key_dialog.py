"""The dialog that gives an action another key."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QKeySequenceEdit, QLabel, QPushButton, QVBoxLayout, QWidget

from app.language import tr
from app.views.style.button_box import button_box
from app.views.style.wrapped import WrappedLabel


class KeyDialog(QDialog):
    """Asks for a key, and says which action already has it.

    Signals:
        key_chosen: the key in QKeySequence's notation ("Ctrl+K"); empty for none.
    """

    key_chosen = Signal(str)

    def __init__(
        self,
        *,
        action: str,
        key: str,
        default: str,
        owner_of: Callable[[str], str | None],
        parent: QWidget | None = None,
    ) -> None:
        """
        Args:
            action: the action's text, for the title.
            owner_of: maps a key to the text of another action that has it, or None.
        """
        super().__init__(parent)
        self.setWindowTitle(tr("Key for “{action}”", action=action))
        self._owner_of = owner_of
        self.field = QKeySequenceEdit(QKeySequence(key))
        self.field.setMaximumSequenceLength(1)
        self.field.setClearButtonEnabled(True)
        self.note = WrappedLabel()
        buttons = button_box(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.default_button = QPushButton(
            tr("Default ({default})", default=default) if default else tr("Default (none)")
        )
        buttons.addButton(self.default_button, QDialogButtonBox.ButtonRole.ResetRole)
        self.default_button.clicked.connect(lambda: self.field.setKeySequence(QKeySequence(default)))
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(QLabel(tr("Press the key:")))
        column.addWidget(self.field)
        column.addWidget(self.note)
        column.addWidget(buttons)
        self.field.keySequenceChanged.connect(self._write_note)
        self._write_note()

    def sizeHint(self) -> QSize:
        return QSize(380, 150)

    @property
    def key(self) -> str:
        return self.field.keySequence().toString()

    @Slot()
    def _write_note(self) -> None:
        owner = self._owner_of(self.key) if self.key else None
        if owner is not None:
            self.note.setText(tr("“{owner}” has this key and will lose it.", owner=owner))
        else:
            self.note.setText("" if self.key else tr("Without a key, it stays in the menu."))

    @Slot()
    def _on_accepted(self) -> None:
        self.key_chosen.emit(self.key)
        self.accept()
