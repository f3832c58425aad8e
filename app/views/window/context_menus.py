"""The context menus of the picture, a track and the timeline: actions of the table below a title that names what they
apply to.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtWidgets import QMenu

from app.document.document import Document
from app.document.session import Session
from app.language import tr, tr_counted
from app.views.window.action_set import Actions
from app.views.window.main_window import MainWindow

OF_SPAN: Final = (
    "span_right", "span_delete", "span_absent", "span_occluded", "-",
    "span_track", "span_line", "span_curve", "span_simplify", "span_smooth", "-",
    "span_copy", "forget_span",
)  # fmt: skip
OF_BOX: Final = (
    "accept_doubt", "correct_doubt", "toggle_occluded", "toggle_absent", "-",
    "delete_box", "delete_to_start", "delete_to_end", "-",
    "track_forward", "track_backward", "retrack_stale", "-",
    "split_track", "join_tracks", "swap_tracks", "-",
    "begin_span", "end_span", "span_of_track", "-",
    "edit_label", "attributes", "leave_note", "hide_track", "solo", "lock", "duplicate", "delete_track",
)  # fmt: skip
OF_TRACK: Final = (
    "solo", "hide_others", "show_all", "lock", "duplicate", "split_track", "join_tracks", "swap_tracks",
    "span_of_track", "track_forward", "track_backward",
)  # fmt: skip
OF_PICTURE: Final = ("draw_box", "-", "fit", "zoom_100", "overlay")


class ContextMenus(QObject):
    """``shown`` is the menu that was opened last."""

    def __init__(self, window: MainWindow, document: Document, session: Session, actions: Actions) -> None:
        super().__init__(window)
        self.shown: QMenu | None = None
        self._window = window
        self._document = document
        self._session = session
        self._actions = actions

    @Slot(QPoint)
    def show_for_picture(self, where: QPoint) -> None:
        """Open the menu on the picture: for the selected track, whose box was clicked, or for the picture itself."""
        self._show(OF_BOX if self._session.selected_track_ids else OF_PICTURE, where)

    @Slot(QPoint)
    def show_for_timeline(self, where: QPoint) -> None:
        """Open the menu on a row of the timeline: for the chosen span, or else for the track."""
        if self._session.selected_track_ids:
            self._show(OF_BOX if self._session.span is None else OF_SPAN, where)

    def _show(self, ids: tuple[str, ...], where: QPoint) -> None:
        self.shown = self._actions.menu_of(ids, self._window, self._title(of_span=ids is OF_SPAN))
        self.shown.popup(where)

    def _title(self, *, of_span: bool) -> str:
        selected, span = self._session.selected_track_ids, self._session.span
        if not selected:
            return ""
        name = self._document.opened_project.tracks[selected[0]].name
        if of_span and span is not None:
            return tr(
                "{name}, frames {first} to {last} ({frames})",
                name=name,
                first=span[0],
                last=span[1],
                frames=tr_counted(span[1] - span[0] + 1, "frame"),
            )
        return name if len(selected) == 1 else tr("{name} and {others} more", name=name, others=len(selected) - 1)
