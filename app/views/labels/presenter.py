"""Connects the labels dialog to the labels of the project."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from app.controllers.labels import LabelsController
from app.document.document import Document
from app.views.labels.labels_dialog import LabelRow, LabelsDialog


class LabelsPresenter(QObject):
    def __init__(self, window: QWidget, document: Document, *, labels: LabelsController) -> None:
        super().__init__(window)
        self._window = window
        self._labels = labels
        self.dialog: LabelsDialog | None = None
        for news in (document.labels_changed, document.track_changed, document.track_added, document.track_removed):
            news.connect(self._refresh)
        document.project_closed.connect(self._close)

    @Slot()
    def show_dialog(self) -> None:
        """Open the dialog, or bring it to the front."""
        if self.dialog is None:
            dialog = self.dialog = LabelsDialog(self._window)
            dialog.add_requested.connect(self._labels.add)
            dialog.rename_requested.connect(self._labels.rename)
            dialog.recolour_requested.connect(self._labels.recolour)
            dialog.move_requested.connect(self._labels.move)
            dialog.merge_requested.connect(self._labels.merge)
            dialog.delete_unused_requested.connect(self._labels.delete_unused)
            dialog.finished.connect(self._on_finished)
            self._refresh()
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    @Slot()
    def _refresh(self) -> None:
        if self.dialog is not None:
            numbers = self._labels.class_numbers
            self.dialog.show_rows(
                [
                    LabelRow(one.name, one.colour, len(self._labels.tracks_with(one.name)), numbers.get(one.name))
                    for one in self._labels.labels
                ]
            )

    @Slot()
    def _close(self) -> None:
        if self.dialog is not None:
            self.dialog.reject()

    @Slot()
    def _on_finished(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = None
