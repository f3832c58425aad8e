"""Opens the import dialog and connects it to its controller."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.controllers.importing import ImportingController
from app.document.document import Document
from app.exchange.formats import all_formats
from app.language import tr, tr_counted
from app.views.importing.import_dialog import ImportDialog


class ImportingPresenter(QObject):
    """
    Signals:
        told: a sentence for the status bar.
    """

    told = Signal(str)

    def __init__(self, window: QWidget, document: Document, *, importing: ImportingController) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._importing = importing
        importing.imported.connect(self._on_imported)
        importing.detected.connect(self._on_detected)

    @Slot()
    def ask(self) -> None:
        """Open the dialog."""
        importing = self._importing
        labels = list(self._document.opened_project.labels)
        dialog = ImportDialog(all_formats(), folder=importing.folder, labels=labels, parent=self._window)
        dialog.read_requested.connect(
            lambda name, path, options, least_iou, as_ghosts: importing.read(
                name, path, options, least_iou=least_iou, as_ghosts=as_ghosts
            )
        )
        dialog.take_requested.connect(importing.take)
        dialog.cancel_requested.connect(importing.cancel)
        importing.stepped.connect(dialog.show_step)
        importing.cancelled.connect(dialog.show_cancelled)
        importing.previewed.connect(dialog.show_preview)
        importing.failed.connect(dialog.show_failure)
        importing.undecided.connect(dialog.show_choices)
        importing.imported.connect(dialog.accept)
        importing.detected.connect(dialog.accept)
        dialog.finished.connect(importing.forget)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(int)
    def _on_detected(self, count: int) -> None:
        detections = tr_counted(count, "detection")
        self.told.emit(
            tr("{detections} imported as ghosts: Enter takes all of a frame, a click takes one.", detections=detections)
        )

    @Slot(int)
    def _on_imported(self, tracks: int) -> None:
        self.told.emit(tr("{tracks} imported; Undo removes them.", tracks=tr_counted(tracks, "track")))
