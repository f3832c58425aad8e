"""The dialog for a note on a track or a frame."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QPlainTextEdit, QWidget

from app.language import marked, tr, translated
from app.model.note import LONGEST_NOTE, NotePlace, clean_note
from app.views.style.button_box import button_box
from app.views.style.wrapped import WrappedLabel

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
HINT = marked("Ctrl+Enter saves it; an empty note is deleted. Notes stay in the project; reports of exports say so.")


class NoteChoice(NamedTuple):
    """A place for a note, its name, and its current note."""

    place: NotePlace
    name: str
    text: str


class NoteDialog(QDialog):
    """
    Signals:
        chosen(NotePlace, str): the place and its new note.
    """

    chosen = Signal(object, str)

    def __init__(self, choices: Sequence[NoteChoice], parent: QWidget | None = None) -> None:
        """``choices``: the first one that has a note is shown, or else the first."""
        super().__init__(parent)
        self.setWindowTitle(tr("Note"))
        self._texts = [choice.text for choice in choices]
        self._places = [choice.place for choice in choices]
        self.about = QComboBox()
        self.about.setAccessibleName(tr("What the note is about"))
        self.about.addItems([choice.name for choice in choices])
        self.field = QPlainTextEdit()
        self.field.setAccessibleName(tr("Note"))
        self.field.setTabChangesFocus(True)
        self.field.setPlaceholderText(tr("What should the note say?"))
        hint = WrappedLabel(translated(HINT))
        hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        kinds = QDialogButtonBox.StandardButton
        buttons = button_box(kinds.Ok | kinds.Cancel)
        self.ok = buttons.button(kinds.Ok)
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        form = QFormLayout(self)
        form.addRow(tr("&About"), self.about)
        form.addRow(tr("&Note"), self.field)
        form.addRow(hint)
        form.addRow(buttons)
        self.resize(420, 240)
        self._shown = next((place for place, text in enumerate(self._texts) if text), 0)
        self.about.setCurrentIndex(self._shown)
        self.field.setPlainText(self._texts[self._shown])
        self.field.selectAll()
        self.field.setFocus()
        self.about.currentIndexChanged.connect(self._on_place_chosen)
        self.field.textChanged.connect(self._on_text_changed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier and self.ok.isEnabled():
            self._on_accepted()
            return
        super().keyPressEvent(event)

    @Slot(int)
    def _on_place_chosen(self, index: int) -> None:
        """Move typed text along to a place without a note: a person may type first and choose the place last."""
        typed, is_new = self.field.toPlainText(), self.field.toPlainText() != self._texts[self._shown]
        self._shown = index
        self.field.setPlainText(typed if is_new and not self._texts[index] else self._texts[index])

    @Slot()
    def _on_text_changed(self) -> None:
        too_long = len(self.field.toPlainText().strip()) > LONGEST_NOTE
        self.ok.setEnabled(not too_long)
        self.ok.setToolTip(
            tr("A note has at most {longest_note:,} characters", longest_note=LONGEST_NOTE) if too_long else ""
        )

    @Slot()
    def _on_accepted(self) -> None:
        self.chosen.emit(self._places[self.about.currentIndex()], clean_note(self.field.toPlainText()))
        self.accept()
