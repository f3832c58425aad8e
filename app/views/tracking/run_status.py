"""The progress of a run, in the status bar."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.language import plural, tr
from app.model.words import duration_text
from app.views.style.buttons import action_button
from app.views.style.progress import SlimBar


class RunStatus(QWidget):
    """'tracking #1 forward 312/659, 104 frames/s, 3 s left [pause] [stop]'. Hidden while nothing runs."""

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = QLabel()
        self.bar = SlimBar()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.bar)
        row.addWidget(self.label)
        for name in ("pause_run", "stop_run"):
            row.addWidget(action_button(actions[name], icon_size=16))
        self._name = ""
        self._progress = ""
        self._paused = False
        self._waiting = 0
        self.hide()

    def start(self, name: str) -> None:
        """``name``: of the run, such as "tracking #1 forward"."""
        self._name, self._progress, self._paused = name, "", False
        self.bar.setRange(0, 0)
        self._write()
        self.show()

    def set_progress(
        self, *, done: int, total: int, frames_per_second: float | None, seconds_left: float | None
    ) -> None:
        self.bar.set_done(done, total)
        self._progress = f"{done}/{total}"
        if frames_per_second is not None and seconds_left is not None:
            self._progress += tr(
                ", {frames_per_second:.0f} frames/s, {duration_text} left",
                frames_per_second=frames_per_second,
                duration_text=duration_text(seconds_left),
            )
        self._write()

    @Slot(int)
    def set_waiting(self, runs: int) -> None:
        """How many runs wait for the end of this one."""
        self._waiting = runs
        self._write()

    def set_paused(self, paused: bool) -> None:
        self._paused = paused
        self._write()

    def end(self) -> None:
        self.hide()

    def _write(self) -> None:
        name = self._name
        run = f"{name} {self._progress}" if self._progress else tr("{run}: starting", run=name)
        if self._waiting:
            run += plural(self._waiting, ", {n} run waits", ", {n} runs wait")
        self.label.setText(tr("paused, {run}", run=run) if self._paused else run)
