"""The progress bar of the status bar."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar


def slim_bar() -> QProgressBar:
    """Without text, which is beside it."""
    bar = QProgressBar()
    bar.setTextVisible(False)
    bar.setFixedSize(120, 8)
    return bar
