"""The filter of tracks: words of their labels, and conditions."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from app.controllers.shown_tracks import TrackFilter
from app.language import marked, tr, translated

BUTTONS = (
    ("doubtful", "!", marked("Only tracks that the review asks about")),
    ("unreviewed", "?", marked("Only tracks with boxes of a tracker that nobody has looked at")),
    ("on_screen", "▣", marked("Only tracks that show a box in this frame")),
)


class _Words(QLineEdit):
    """A field that Esc empties. If it is empty, Esc goes on to the window."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class FilterBar(QWidget):
    """
    Signals:
        wanted_changed(TrackFilter): the person changed the filter.
    """

    wanted_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted = TrackFilter()
        self.words = _Words()
        self.words.setPlaceholderText(tr("Filter tracks"))
        self.words.setAccessibleName(tr("Filter tracks by label or number"))
        self.words.setToolTip(tr("Words of the label or number; Esc shows all again"))
        self.words.setClearButtonEnabled(True)
        self.words.setFrame(False)
        self.words.textChanged.connect(self._on_changed)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(2)
        row.addWidget(self.words, 1)
        self.buttons: dict[str, QToolButton] = {}
        for name, sign, tooltip in BUTTONS:
            button = QToolButton()
            button.setText(sign)
            button.setToolTip(translated(tooltip))
            button.setAccessibleName(translated(tooltip))
            button.setCheckable(True)
            button.setAutoRaise(True)
            button.setFixedSize(24, 22)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.toggled.connect(self._on_changed)
            row.addWidget(button)
            self.buttons[name] = button

    def show_filter(self, wanted: TrackFilter) -> None:
        """Show this filter without emitting a signal."""
        self._wanted = wanted
        if self.words.text() != wanted.words:
            with QSignalBlocker(self.words):
                self.words.setText(wanted.words)
        for name, button in self.buttons.items():
            with QSignalBlocker(button):
                button.setChecked(getattr(wanted, name))

    @Slot()
    def _on_changed(self) -> None:
        ticked = {name: button.isChecked() for name, button in self.buttons.items()}
        wanted = replace(self._wanted, words=self.words.text(), **ticked)
        if wanted != self._wanted:
            self._wanted = wanted
            self.wanted_changed.emit(wanted)
