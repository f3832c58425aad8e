"""The tracks of the open project as a table model."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QBrush, QGuiApplication, QPalette

from app.controllers.shown_tracks import ShownTracks
from app.document.document import Document
from app.document.session import Session
from app.language import marked, tr, tr_counted, translated
from app.model.track import Track
from app.views.style.icons import icon
from app.views.track_list.record_counts import Count, RecordCounts

AnyIndex = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
SHORT_TEXT = Qt.ItemDataRole.UserRole
IS_ACTIVE = Qt.ItemDataRole.UserRole + 1
NO_LABEL = marked("no label")
MOST_ONE_BY_ONE = 8
MOST_NOTES = 5  # shown in a tooltip


class Column(IntEnum):
    VISIBLE = 0
    LOCKED = 1
    COLOUR = 2
    ID = 3
    LABEL = 4
    DOUBTS = 5
    SUMMARY = 6


TITLES = {
    Column.VISIBLE: marked("Visible"),
    Column.LOCKED: marked("Locked"),
    Column.COLOUR: marked("Colour"),
    Column.ID: marked("Number"),
    Column.LABEL: marked("Label"),
    Column.DOUBTS: marked("Doubts"),
    Column.SUMMARY: marked("Records"),
}


class TrackTableModel(QAbstractTableModel):
    """One row a track, in the order of ids. Rows are inserted, removed and changed one by one, so the selection
    survives every edit.
    """

    rename_requested = Signal(int, str)

    def __init__(
        self,
        document: Document,
        session: Session,
        shown: ShownTracks,
        *,
        doubts_of: Callable[[int], int] = lambda track_id: 0,
        parent: QObject | None = None,
    ) -> None:
        """``doubts_of``: from a track to how many of its doubts are left."""
        super().__init__(parent)
        self.is_changing = False  # while rows are added and removed, a changed selection is not the person's
        self._document = document
        self._session = session
        self._shown = shown
        self._doubts_of = doubts_of
        self._tracks: list[Track] = []  # tracks, not ids: while tracks are removed, rows outlive them for a moment
        self._counts: dict[int, RecordCounts] = {}
        document.project_opened.connect(self._counts.clear)
        document.project_closed.connect(self._counts.clear)
        document.track_removed.connect(self._on_track_removed)
        document.track_changed.connect(self._on_row_changed)
        document.lock_changed.connect(self._on_row_changed)
        document.notes_changed.connect(self._on_notes_changed)
        shown.changed.connect(self._on_rows_changed)
        document.boxes_changed.connect(self._on_boxes_changed)
        session.visibility_changed.connect(self._on_row_changed)
        self._on_rows_changed()

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
            return translated(TITLES[Column(section)])
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's own QVariant
        track, column = self.track(index.row()), Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole if column == Column.LABEL and not track.label:
                return translated(NO_LABEL)
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return self._text(track, column)
            case Qt.ItemDataRole.DecorationRole if column == Column.VISIBLE:
                return icon("eye-off" if self._session.is_hidden(track.id) else "eye")
            case Qt.ItemDataRole.DecorationRole if column == Column.LOCKED:
                return icon("lock" if self._document.is_locked(track.id) else "unlock")
            case Qt.ItemDataRole.DecorationRole if column == Column.LABEL and self._notes_of(track):
                return icon("note")
            case Qt.ItemDataRole.AccessibleTextRole if column == Column.LOCKED:
                return tr("locked") if self._document.is_locked(track.id) else tr("not locked")
            case Qt.ItemDataRole.ForegroundRole if column != Column.LABEL or self._is_dim(track):
                return QBrush(QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText))
            case Qt.ItemDataRole.TextAlignmentRole if column in (Column.ID, Column.DOUBTS):
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.ToolTipRole:
                return self._tool_tip(track, column)
            case Qt.ItemDataRole.AccessibleTextRole if column == Column.VISIBLE:
                return tr("hidden") if self._session.is_hidden(track.id) else tr("visible")
            case _ if role == SHORT_TEXT and column == Column.SUMMARY:
                return self._count(track).short
            case _ if role == IS_ACTIVE:
                return track.id == self._session.active_track_id
        return None

    def setData(self, index: AnyIndex, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Request another label. The table only changes when the document does."""
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
            case Column.DOUBTS:
                doubts = self._doubts_of(track.id)
                return f"{doubts:,} !" if doubts else ""
            case _:
                return ""

    def _tool_tip(self, track: Track, column: Column) -> str:
        name = track.name
        match column:
            case Column.VISIBLE:
                return (
                    tr("Show {name}", name=name) if self._session.is_hidden(track.id) else tr("Hide {name}", name=name)
                )
            case Column.LOCKED:
                return (
                    tr("Unlock {name}", name=name)
                    if self._document.is_locked(track.id)
                    else tr("Lock {name}: nothing changes it", name=name)
                )
            case Column.DOUBTS:
                return tr("{name}: {doubts} left", name=name, doubts=tr_counted(self._doubts_of(track.id), "doubt"))
            case Column.COLOUR:
                return tr("Double-click for another colour of {name}", name=name)
            case _:
                lines = [f"{name}: {self._count(track)}", tr("F2 renames"), *self._notes_of(track)]
                return "\n".join(lines)

    def _notes_of(self, track: Track) -> list[str]:
        """The notes on a track, by frame; a long list is cut."""
        project = self._document.project
        places = sorted(place for place in project.notes if place.track_id == track.id) if project else []
        said = (
            [tr("Note on frame {frame}: {notes}", frame=place.frame, notes=project.notes[place]) for place in places]
            if project
            else []
        )
        more = len(said) - MOST_NOTES
        return (
            [*said[:MOST_NOTES], tr("and {more_notes}", more_notes=tr_counted(more, "more note"))] if more > 0 else said
        )

    def _is_dim(self, track: Track) -> bool:
        return not track.label or self._session.is_hidden(track.id)

    def _count(self, track: Track) -> Count:
        if track.id not in self._counts:
            self._counts[track.id] = RecordCounts(track)
        return self._counts[track.id].total

    def _place_of(self, track_id: int) -> int:
        return bisect_left(self._tracks, track_id, key=lambda track: track.id)

    # changes

    @Slot()
    def _on_rows_changed(self) -> None:
        """Add and remove a few rows one by one, so that an open editor and the scroll position survive."""
        wanted = self._shown.tracks
        kept = {id(track) for track in wanted}
        there = {id(track) for track in self._tracks}
        self.is_changing = True
        if len(kept ^ there) > MOST_ONE_BY_ONE:
            self.beginResetModel()
            self._tracks = list(wanted)
            self.endResetModel()
        else:
            for row in reversed(range(len(self._tracks))):
                if id(self._tracks[row]) not in kept:
                    self.beginRemoveRows(NOWHERE, row, row)
                    del self._tracks[row]
                    self.endRemoveRows()
            for row, track in enumerate(wanted):
                if row >= len(self._tracks) or self._tracks[row] is not track:
                    self.beginInsertRows(NOWHERE, row, row)
                    self._tracks.insert(row, track)
                    self.endInsertRows()
        self.is_changing = False

    @Slot(int)
    def _on_track_removed(self, track_id: int) -> None:
        self._counts.pop(track_id, None)

    @Slot()
    def show_doubts(self) -> None:
        """The numbers of doubts changed."""
        if self._tracks:
            self.dataChanged.emit(self.index(0, Column.DOUBTS), self.index(len(self._tracks) - 1, Column.DOUBTS))

    @Slot()
    def _on_notes_changed(self) -> None:
        if self._tracks:
            self.dataChanged.emit(self.index(0, Column.LABEL), self.index(len(self._tracks) - 1, Column.LABEL))

    @Slot(int, int, int)
    def _on_boxes_changed(self, track_id: int, first: int, last: int) -> None:
        row = self.row_of(track_id)
        if row is None or track_id not in self._counts:  # never shown, so never counted
            return
        self._counts[track_id].refresh(self._tracks[row], first, last)
        changed = self.index(row, Column.SUMMARY)
        self.dataChanged.emit(changed, changed)

    @Slot(int)
    def _on_row_changed(self, track_id: int) -> None:
        row = self.row_of(track_id)
        if row is not None:
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))
