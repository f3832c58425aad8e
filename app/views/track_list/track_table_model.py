"""The tracks of the open project as a table model."""

from __future__ import annotations

from bisect import bisect_left
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QBrush, QGuiApplication, QPalette

from app.document.document import Document
from app.document.session import Session
from app.model.track import Track
from app.views.style.icons import icon
from app.views.track_list.record_counts import Count, RecordCounts

AnyIndex = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
SHORT_TEXT = Qt.ItemDataRole.UserRole
IS_ACTIVE = Qt.ItemDataRole.UserRole + 1
NO_LABEL = "no label"


class Column(IntEnum):
    VISIBLE = 0
    COLOUR = 1
    ID = 2
    LABEL = 3
    SUMMARY = 4


TITLES = {
    Column.VISIBLE: "Visible",
    Column.COLOUR: "Colour",
    Column.ID: "Number",
    Column.LABEL: "Label",
    Column.SUMMARY: "Records",
}


class TrackTableModel(QAbstractTableModel):
    """One row a track, in the order of ids. Rows are inserted, removed and changed one by one, so the selection
    survives every edit.
    """

    rename_requested = Signal(int, str)

    def __init__(self, document: Document, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._session = session
        self._tracks: list[Track] = []  # not looked up by id: rows briefly outlive removed tracks
        self._counts: dict[int, RecordCounts] = {}
        document.project_opened.connect(self._on_project_changed)
        document.project_closed.connect(self._on_project_changed)
        document.track_added.connect(self._on_track_added)
        document.track_removed.connect(self._on_track_removed)
        document.track_changed.connect(self._on_row_changed)
        document.boxes_changed.connect(self._on_boxes_changed)
        session.visibility_changed.connect(self._on_row_changed)
        self._on_project_changed()

    def track(self, row: int) -> Track:
        return self._tracks[row]

    def row_of(self, track_id: int) -> int | None:
        row = self._place_of(track_id)
        return row if row < len(self._tracks) and self._tracks[row].id == track_id else None

    def known_labels(self) -> list[str]:
        """Every label of the project, used or not, and those of the workspace."""
        project = self._document.opened_project
        return sorted({*self._session.known_labels, *(track.label for track in project.tracks.values())})

    # Qt's interface

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._tracks)

    def columnCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == Column.LABEL else flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return TITLES[Column(section)]
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's own QVariant
        track, column = self.track(index.row()), Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole if column == Column.LABEL and not track.label:
                return NO_LABEL
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return self._text(track, column)
            case Qt.ItemDataRole.DecorationRole if column == Column.VISIBLE:
                return icon("eye-off" if self._session.is_hidden(track.id) else "eye")
            case Qt.ItemDataRole.ForegroundRole if column != Column.LABEL or self._is_dim(track):
                return QBrush(QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText))
            case Qt.ItemDataRole.TextAlignmentRole if column == Column.ID:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.ToolTipRole:
                return self._tool_tip(track, column)
            case Qt.ItemDataRole.AccessibleTextRole if column == Column.VISIBLE:
                return "hidden" if self._session.is_hidden(track.id) else "visible"
            case _ if role == SHORT_TEXT and column == Column.SUMMARY:
                return self._count(track).short
            case _ if role == IS_ACTIVE:
                return track.id == self._session.active_track_id
        return None

    def setData(self, index: AnyIndex, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Request another label. The table changes when the document does."""
        label, track = str(value).strip(), self.track(index.row())
        if not label or label == track.label:
            return False
        self.rename_requested.emit(track.id, label)
        return True

    def _text(self, track: Track, column: Column) -> str:
        match column:
            case Column.ID:
                return f"#{track.id}"
            case Column.LABEL:
                return track.label
            case Column.SUMMARY:
                return str(self._count(track))
            case Column.COLOUR:
                return track.colour
            case _:
                return ""

    def _tool_tip(self, track: Track, column: Column) -> str:
        name = track.name
        match column:
            case Column.VISIBLE:
                return f"Show {name}" if self._session.is_hidden(track.id) else f"Hide {name}"
            case Column.COLOUR:
                return f"Double-click for another colour of {name}"
            case _:
                return f"{name}: {self._count(track)}\nF2 renames"

    def _is_dim(self, track: Track) -> bool:
        return not track.label or self._session.is_hidden(track.id)

    def _count(self, track: Track) -> Count:
        if track.id not in self._counts:
            self._counts[track.id] = RecordCounts(track)
        return self._counts[track.id].total

    def _place_of(self, track_id: int) -> int:
        return bisect_left(self._tracks, track_id, key=lambda track: track.id)

    # news

    @Slot()
    def _on_project_changed(self) -> None:
        project = self._document.project
        self.beginResetModel()
        self._tracks = [project.tracks[track_id] for track_id in sorted(project.tracks)] if project else []
        self._counts.clear()
        self.endResetModel()

    @Slot(int)
    def _on_track_added(self, track_id: int) -> None:
        row = self._place_of(track_id)
        self.beginInsertRows(NOWHERE, row, row)
        self._tracks.insert(row, self._document.opened_project.tracks[track_id])
        self.endInsertRows()

    @Slot(int)
    def _on_track_removed(self, track_id: int) -> None:
        row = self._place_of(track_id)
        self.beginRemoveRows(NOWHERE, row, row)
        del self._tracks[row]
        self._counts.pop(track_id, None)
        self.endRemoveRows()

    @Slot(int, int, int)
    def _on_boxes_changed(self, track_id: int, first: int, last: int) -> None:
        row = self.row_of(track_id)
        if row is None or track_id not in self._counts:  # not counted yet, because it was never shown
            return
        self._counts[track_id].refresh(self._tracks[row], first, last)
        changed = self.index(row, Column.SUMMARY)
        self.dataChanged.emit(changed, changed)

    @Slot(int)
    def _on_row_changed(self, track_id: int) -> None:
        row = self.row_of(track_id)
        if row is not None:
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))
