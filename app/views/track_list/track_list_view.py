"""The list of tracks: one row per track, in step with the selection."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel, QStackedLayout, QWidget
from shiboken6 import isValid

from app.controllers.shown_tracks import ShownTracks
from app.document.document import Document
from app.document.session import Session
from app.language import marked, translated
from app.views.track_list.track_menu import TrackMenu
from app.views.track_list.track_table import TrackTable
from app.views.track_list.track_table_model import Column, TrackTableModel

NO_PROJECT = marked("Open a video to begin.")
NONE_PASSES = marked("No track matches the filter.")
NO_TRACKS = marked("No tracks yet. Drag a box on the picture.")


class TrackListView(QWidget):
    """Selecting a row selects its track in the session, and vice versa. The row clicked last is active. Everything else
    that a person wants is emitted as a signal.
    """

    rename_requested = Signal(int, str)
    colour_requested = Signal(tuple, str)  # tracks, "#rrggbb"
    visibility_requested = Signal(int, bool)  # track, visible
    lock_requested = Signal(int)  # track: lock or unlock
    delete_requested = Signal(tuple)  # tracks
    menu_requested = Signal(QPoint)  # a place on the screen; the menu is for the selected tracks

    def __init__(
        self,
        document: Document,
        session: Session,
        shown: ShownTracks,
        *,
        doubts_of: Callable[[int], int] = lambda track_id: 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._session = session
        self._following = False  # the table is being updated from the session
        self._leading = False  # the session is being updated from the table
        self._had_keys: QWidget | None = None  # before a row is renamed
        self._shown = shown
        self.model = TrackTableModel(document, session, shown, doubts_of=doubts_of, parent=self)
        self.table = TrackTable(self.model, self)
        self.menu = TrackMenu(session, self)
        self._hint = _hint(self)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._hint)
        self.setFocusProxy(self.table)
        self._connect()
        self._on_rows_changed()

    def _connect(self) -> None:
        self.model.rename_requested.connect(self.rename_requested)
        self.model.rowsInserted.connect(self._on_rows_changed)
        self.model.rowsRemoved.connect(self._on_rows_changed)
        self.model.modelReset.connect(self._on_rows_changed)
        self._document.project_opened.connect(self._on_rows_changed)
        self._document.project_closed.connect(self._on_rows_changed)
        self._shown.filter_changed.connect(self._on_rows_changed)
        self.menu.rename_requested.connect(self.rename_active)
        self.menu.colour_requested.connect(self.colour_requested)
        self.menu.visibility_requested.connect(self.visibility_requested)
        self.menu.delete_requested.connect(self.delete_requested)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._on_context_menu_requested)
        self.table.sign_clicked.connect(self._on_sign_clicked)
        self.table.doubleClicked.connect(self._on_double_clicked)
        self.table.selectionModel().selectionChanged.connect(self._on_table_selection_changed)
        self.table.selectionModel().currentChanged.connect(self._on_table_selection_changed)
        self.table.itemDelegateForColumn(Column.LABEL).closeEditor.connect(self._on_editor_closed)
        self._session.selection_changed.connect(self._on_session_selection_changed)

    @Slot()
    def rename_active(self) -> bool:
        """Open the editor in the row of the active track. Returns False if that row is not shown."""
        active = self._session.active_track_id
        row = None if active is None else self.model.row_of(active)
        if row is None or not self.table.isVisible():
            return False
        self._had_keys = QApplication.focusWidget()
        self.table.setFocus()
        self.table.edit(self.model.index(row, Column.LABEL))
        return True

    @Slot()
    def _on_editor_closed(self) -> None:
        """Return the focus to where F2 was pressed, usually the picture."""
        had, self._had_keys = self._had_keys, None
        if had is not None and isValid(had):
            had.setFocus()

    @Slot()
    def _on_rows_changed(self) -> None:
        none = translated(NONE_PASSES) if self._shown.count_in_all else translated(NO_TRACKS)
        self._hint.setText(none if self._document.project else translated(NO_PROJECT))
        self._pages.setCurrentWidget(self.table if self.model.rowCount() else self._hint)
        self._follow_session()

    @Slot()
    def _on_table_selection_changed(self) -> None:
        if self._following or self.model.is_changing:
            return
        selection = self.table.selectionModel()
        chosen = [self.model.track(index.row()).id for index in selection.selectedRows()]
        current = selection.currentIndex()
        active = self.model.track(current.row()).id if current.isValid() else None
        if active not in chosen:  # during a click or a row's removal
            active = self._session.active_track_id
        self._leading = True
        self._session.select(*sorted(chosen, key=lambda track_id: (track_id != active, track_id)))
        self._leading = False

    @Slot()
    def _on_session_selection_changed(self) -> None:
        self.table.viewport().update()  # the active row may change within the same selection
        if not self._leading:
            self._follow_session()

    def _follow_session(self) -> None:
        rows = [row for row in map(self.model.row_of, self._session.selected_track_ids) if row is not None]
        chosen = QItemSelection()
        for row in rows:
            chosen.select(self.model.index(row, 0), self.model.index(row, len(Column) - 1))
        selection = self.table.selectionModel()
        self._following = True
        selection.select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if rows and selection.currentIndex().row() != rows[0]:
            active = self.model.index(rows[0], Column.LABEL)
            selection.setCurrentIndex(active, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.table.scrollTo(active)
        self._following = False

    @Slot(int, Column)
    def _on_sign_clicked(self, track_id: int, column: Column) -> None:
        if column == Column.LOCKED:
            self.lock_requested.emit(track_id)
        else:
            self.visibility_requested.emit(track_id, self._session.is_hidden(track_id))

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        if index.column() == Column.COLOUR:
            self.menu.choose_colour()

    @Slot(QPoint)
    def _on_context_menu_requested(self, where: QPoint) -> None:
        self.menu.popup(self.table.viewport().mapToGlobal(where))


def _hint(parent: QWidget) -> QLabel:
    hint = QLabel(parent)
    hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
    hint.setWordWrap(True)
    hint.setMargin(16)
    hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return hint
