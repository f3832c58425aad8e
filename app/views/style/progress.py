"""The progress bar of the status bar."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar


class SlimBar(QProgressBar):
    """A thin bar without text; the text is beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextVisible(False)
        self.setFixedSize(120, 8)

    def set_done(self, done: int, total: int) -> None:
        """Show ``done`` of ``total``. If ``total`` is 0, the bar runs to and fro.

        ``setValue`` alone repaints at once, together with everything else that waits to be painted: many times a second
        during a run.
        """
        self.setUpdatesEnabled(False)
        self.setRange(0, total)
        self.setValue(done)
        self.setUpdatesEnabled(True)
