"""The process that a window lives in: Qt's application, who collects Python's garbage, from start to end."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.application import Application
from app.views.style.icons import app_icon
from app.workers.garbage import GarbageCollector


def make_qt_application() -> QApplication:
    """Once a process, before anything else of Qt."""
    qt = QApplication(sys.argv[:1])
    qt.setApplicationName("Siamark")
    qt.setWindowIcon(app_icon())
    GarbageCollector(qt)
    return qt


def run_window(path: Path | None) -> int:
    """Show the window until it is closed. Returns the exit code."""
    qt = make_qt_application()
    application = Application(qt)
    application.start(path)
    return qt.exec()
