"""Connects the attributes panel and dialog to the project and its tracks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from app.controllers.attributes import AttributesController
from app.document.document import Document
from app.document.session import Session
from app.language import marked, tr
from app.views.attributes.attributes_dialog import AttributesDialog
from app.views.attributes.panel import AttributesPanel
from app.workers.turns import Soon

PANEL = marked("Attributes")


class AttributesPresenter(QObject):
    """The panel is updated at most once per turn of the event loop, and only while it is visible."""

    def __init__(
        self,
        window: QWidget,
        document: Document,
        session: Session,
        *,
        attributes: AttributesController,
        bring_forward: Callable[[str], None],
    ) -> None:
        """``bring_forward`` shows the panel with a title."""
        super().__init__(window)
        self._window = window
        self._bring_forward = bring_forward
        self._document = document
        self._session = session
        self._attributes = attributes
        self.dialog: AttributesDialog | None = None
        self._is_dialog_old = True
        view = self.view = AttributesPanel()
        view.value_chosen.connect(self._on_value_chosen)
        view.forget_requested.connect(attributes.forget_change)
        view.go_requested.connect(attributes.go_to_change)
        view.define_requested.connect(self.show_dialog)
        self._soon = Soon(self)
        self._soon.due.connect(self.refresh)
        for news in (
            document.project_opened, document.project_closed, document.track_added, document.track_removed,
            document.track_changed, document.attributes_changed, session.shared_attributes_changed,
        ):  # fmt: skip
            news.connect(self._refresh_soon)
        for news in (session.selection_changed, session.frame_changed, view.shown):
            news.connect(self._show_values_soon)
        document.project_closed.connect(self._close)

    @Slot()
    def edit(self) -> None:
        """Show the panel and focus its first field."""
        self._bring_forward(PANEL)
        self.refresh()
        self.view.focus_first()

    @Slot()
    def show_dialog(self) -> None:
        """Open the dialog, or bring it to the front."""
        if self._document.project is None:
            return
        if self.dialog is None:
            dialog = self.dialog = AttributesDialog(self._window)
            dialog.add_requested.connect(self._attributes.add)
            dialog.change_requested.connect(self._attributes.change)
            dialog.move_requested.connect(self._attributes.move)
            dialog.delete_requested.connect(self._attributes.delete)
            dialog.finished.connect(self._on_finished)
            self._is_dialog_old = True
            self.refresh()
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    @Slot()
    def _refresh_soon(self) -> None:
        self._is_dialog_old = True
        self._soon.start()

    @Slot()
    def _show_values_soon(self) -> None:
        if self.view.isVisible():
            self._soon.start()

    @Slot()
    def refresh(self) -> None:
        """Update the panel and the dialog."""
        if self.dialog is not None and self._is_dialog_old:
            self._is_dialog_old = False
            self.dialog.show_uses(self._attributes.uses, self._attributes.shared)
        if self.view.isVisible():
            self.view.show_values(self._name, self._attributes.values)

    @property
    def _name(self) -> str:
        selected, project = self._session.selected_track_ids, self._document.project
        if not selected or project is None:
            return ""
        name = project.tracks[selected[0]].name
        return name if len(selected) == 1 else tr("{name} and {others} more", name=name, others=len(selected) - 1)

    @Slot(str, str)
    def _on_value_chosen(self, name: str, value: str) -> None:
        self._attributes.set(name, value)
        self.refresh()

    @Slot()
    def _close(self) -> None:
        if self.dialog is not None:
            self.dialog.reject()

    @Slot()
    def _on_finished(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = None
