"""Opens the dialog that exports tracks, joined to who writes them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from app.controllers.exporting import ExportingController
from app.document.document import Document
from app.exchange.formats import FORMATS
from app.views.exporting.export_dialog import ExportDialog


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
        stem = exporting.folder / f"{video.name}_tracks"
        dialog = ExportDialog(FORMATS, stem=stem, format_name=exporting.last_format, parent=self._window)
        dialog.export_requested.connect(exporting.export)
        dialog.cancel_requested.connect(exporting.cancel)
        exporting.stepped.connect(dialog.show_step)
        exporting.exported.connect(dialog.show_report)
        exporting.cancelled.connect(dialog.show_cancelled)
        exporting.failed.connect(dialog.show_failure)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
