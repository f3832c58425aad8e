"""The progress of an errand, in the status bar."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.views.style.buttons import action_button
from app.views.style.progress import SlimBar


class ErrandStatus(QWidget):
    """'tightening 60 boxes 12/60 [stop]'. Hidden while no errand runs."""

    def __init__(self, stop: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = QLabel()
        self.label.setMinimumWidth(1)  # beside a run, cut the text instead of widening the window
        self.bar = SlimBar()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.bar)
        row.addWidget(self.label)
        row.addWidget(action_button(stop, icon_size=16))
        self._name = ""
        self.hide()

    def start(self, name: str) -> None:
        """Show a new errand. ``name``: what it does, as in "tightening 60 boxes"."""
        self._name = name
        self.bar.setRange(0, 0)
        self.label.setText(name)
        self.show()

    def set_progress(self, done: int, total: int) -> None:
        self.bar.set_done(done, total)
        self.label.setText(self._name if total < 2 else f"{self._name} {done}/{total}")

    def end(self) -> None:
        self.hide()
