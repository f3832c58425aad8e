"""The progress bar of the status bar."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar


class SlimBar(QProgressBar):
    """Without text, which is beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextVisible(False)
        self.setFixedSize(120, 8)

    def set_done(self, done: int, total: int) -> None:
        """``done`` of ``total``; of 0 the bar runs to and fro.

        ``setValue`` alone would repaint at once, with all of the window that waits to be painted: during a run many
        times a second.
        """
        self.setUpdatesEnabled(False)
        self.setRange(0, total)
        self.setValue(done)
        self.setUpdatesEnabled(True)
