"""Opens the dialog that exports tracks, joined to who writes them."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from app.controllers.exporting import ExportingController
from app.document.document import Document
from app.exchange.formats import FORMATS
from app.views.exporting.export_dialog import ExportDialog
from resources import DEMO_VIDEO


class ExportingPresenter(QObject):
    def __init__(self, window: QWidget, document: Document, *, exporting: ExportingController) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._exporting = exporting

    @Slot()
    def ask(self) -> None:
        """Open the dialog."""
        video, exporting = self._document.opened_project.video, self._exporting
        dialog = ExportDialog(FORMATS, stem=_place_beside(video.path) / f"{video.name}_tracks", parent=self._window)
        dialog.export_requested.connect(exporting.export)
        dialog.cancel_requested.connect(exporting.cancel)
        exporting.stepped.connect(dialog.show_step)
        exporting.exported.connect(dialog.show_report)
        exporting.cancelled.connect(dialog.show_cancelled)
        exporting.failed.connect(dialog.show_failure)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _place_beside(video: Path) -> Path:
    """The folder of the video; the home folder where the video's cannot be written to or is the program's own."""
    if video == DEMO_VIDEO or not os.access(video.parent, os.W_OK):
        return Path.home()
    return video.parent
