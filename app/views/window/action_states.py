"""Which actions make sense at the moment."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from app.document.document import Document
from app.document.session import Session
from app.views.window.actions import set_tooltip

WITH_PROJECT = (
    "save_as", "export", "close_project", "draw_box", "play", "slower", "faster", "step_back", "step_forward",
    "step_back_10", "step_forward_10", "previous_keyframe", "next_keyframe", "first_frame", "last_frame",
    "go_to_frame", "fit", "zoom_in", "zoom_out", "zoom_100", "next_track", "previous_track",
    "delete_box", "toggle_occluded", "toggle_absent", "track_forward", "track_backward",
)  # fmt: skip
WITH_SELECTION = ("edit_label", "hide_track", "delete_track")
WITH_RUN = ("pause_run",)


class ActionStates(QObject):
    def __init__(
        self,
        actions: Mapping[str, QAction],
        document: Document,
        session: Session,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        self._document = document
        self._session = session
        document.project_opened.connect(self.refresh)
        document.project_closed.connect(self.refresh)
        session.selection_changed.connect(self.refresh)
        stack = document.undo_stack
        stack.canUndoChanged.connect(actions["undo"].setEnabled)
        stack.canRedoChanged.connect(actions["redo"].setEnabled)
        stack.undoTextChanged.connect(lambda text: _name(actions["undo"], "Undo", text))
        stack.redoTextChanged.connect(lambda text: _name(actions["redo"], "Redo", text))
        actions["undo"].setEnabled(stack.canUndo())
        actions["redo"].setEnabled(stack.canRedo())
        self.set_running(False)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        has_project = self._document.project is not None
        for name in WITH_PROJECT:
            self._actions[name].setEnabled(has_project)
        for name in WITH_SELECTION:
            self._actions[name].setEnabled(bool(self._session.selected_track_ids))

    def set_running(self, running: bool) -> None:
        for name in WITH_RUN:
            self._actions[name].setEnabled(running)


def _name(action: QAction, verb: str, what: str) -> None:
    action.setText(f"{verb} {what[:1].lower()}{what[1:]}" if what else verb)
    set_tooltip(action, action.text())
