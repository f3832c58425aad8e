"""The progress of a learning, in the status bar."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.language import tr
from app.model.words import duration_text
from app.views.style.buttons import action_button
from app.views.style.progress import SlimBar


class LearningStatus(QWidget):
    """'learning from 34 boxes: 2 min left [stop]'. Hidden while no learning runs."""

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = QLabel()
        self.label.setMinimumWidth(1)  # beside a run, cut the text instead of widening the window
        self.bar = SlimBar()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.bar)
        row.addWidget(self.label)
        row.addWidget(action_button(actions["stop_learning"], icon_size=16))
        self._progress = ""
        self._waits = False
        self.hide()

    def start(self) -> None:
        self._progress, self._waits = tr("learning begins"), False
        self.bar.setRange(0, 0)
        self._write()
        self.show()

    def set_progress(self, *, what: str, done: float, seconds_left: float | None) -> None:
        """``done``: from 0 (unknown) to 1."""
        self.bar.set_done(round(1000 * done), 1000 if done else 0)
        self._progress = (
            what
            if seconds_left is None
            else tr("{what}: {duration_text} left", what=what, duration_text=duration_text(seconds_left))
        )
        self._write()

    def set_waiting(self, waits: bool) -> None:
        """Show that the learning waits for a run."""
        self._waits = waits
        self._write()

    def end(self) -> None:
        self.hide()

    def _write(self) -> None:
        self.bar.setVisible(not self._waits)  # there is little room beside a run
        self.label.setText(tr("learning waits") if self._waits else self._progress)
