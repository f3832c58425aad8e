"""Opens the dialog that links detections and connects it to its controller."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from app.assist.detections import Taking
from app.controllers.detections import DetectionsController
from app.document.document import Document
from app.model.linking import LinkRules
from app.views.detections.link_dialog import LinkDialog


class DetectionsPresenter(QObject):
    def __init__(self, window: QWidget, document: Document, *, detections: DetectionsController) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._detections = detections
        self.dialog: LinkDialog | None = None
        detections.link_counted.connect(self._on_counted)
        detections.linked.connect(self._close)
        document.project_closed.connect(self._close)

    @Slot()
    def ask_to_link(self) -> None:
        """Open the dialog. The result of its numbers is counted as they change."""
        if self.dialog is not None or not self._detections.count:
            return
        dialog = self.dialog = LinkDialog(self._detections.count, self._window)
        dialog.count_requested.connect(self._detections.count_link)
        dialog.take_requested.connect(self._detections.take_link)
        dialog.finished.connect(self._on_finished)
        dialog.open()

    @Slot(object, object)
    def _on_counted(self, taking: Taking, rules: LinkRules) -> None:
        if self.dialog is not None:
            self.dialog.show_outcome(len(taking.added), len(taking.used), rules)

    @Slot()
    def _close(self) -> None:
        if self.dialog is not None:
            self.dialog.reject()

    @Slot()
    def _on_finished(self) -> None:
        self._detections.forget_link()
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = None
