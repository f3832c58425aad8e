"""Opens the export dialog and connects it to the exporter and the review queue."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from app.controllers.exporting import ExportingController
from app.controllers.review import ReviewController
from app.document.document import Document
from app.exchange.formats import all_exports
from app.exchange.rows import labels_in_order
from app.model.doubt_words import tally
from app.views.exporting.export_dialog import ExportDialog


class ExportingPresenter(QObject):
    def __init__(
        self, window: QWidget, document: Document, *, exporting: ExportingController, review: ReviewController
    ) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._exporting = exporting
        self._review = review
        self._dialog: ExportDialog | None = None
        review.changed.connect(self._show_doubts)

    @Slot()
    def ask(self) -> None:
        """Open the dialog."""
        project, exporting = self._document.opened_project, self._exporting
        dialog = self._dialog = ExportDialog(
            all_exports(),
            stem=exporting.folder / f"{project.video.name}_tracks",
            format_name=exporting.last_format,
            labels=labels_in_order(project),
            frame_count=project.video.frame_count,
            parent=self._window,
        )
        dialog.export_requested.connect(exporting.export)
        dialog.cancel_requested.connect(exporting.cancel)
        dialog.review_requested.connect(self._go_to_first_doubt)
        exporting.stepped.connect(dialog.show_step)
        exporting.exported.connect(dialog.show_report)
        exporting.cancelled.connect(dialog.show_cancelled)
        exporting.failed.connect(dialog.show_failure)
        dialog.finished.connect(self._on_finished)
        self._show_doubts()
        dialog.open()

    @Slot()
    def _show_doubts(self) -> None:
        """Show how many doubts are left; the review queue may still be working while the dialog is open."""
        if self._dialog is not None:
            self._dialog.show_doubts(tally(self._review.doubts))

    @Slot()
    def _go_to_first_doubt(self) -> None:
        if self._review.doubts:
            self._review.go_to(self._review.doubts[0])

    @Slot()
    def _on_finished(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None
