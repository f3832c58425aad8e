"""A grid of crops with marks for keyframes, doubts and reviewed boxes; a click goes to the frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QMouseEvent, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.assist.contact_sheet import SheetCell
from app.language import tr
from app.views.style.colours import DOUBT, REVIEWED
from app.views.style.pictures import pixmap_of
from tracker_core.geometry import Box
from tracker_core.tracker import Image

CROP_SIDE = 80
GAP, FRAME = 4, 3

Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    CELL = Qt.ItemDataRole.UserRole
    PICTURE = Qt.ItemDataRole.UserRole + 1


@dataclass(slots=True)
class _Shown:
    cell: SheetCell
    picture: QPixmap | None = field(default=None)


class SheetModel(QAbstractListModel):
    """The cells in frame order. A cell whose box is unchanged keeps its picture."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown: list[_Shown] = []

    def set_cells(self, cells: Sequence[SheetCell], *, keep_pictures: bool) -> None:
        """Show these cells. With ``keep_pictures`` (the same track as before) pictures of unchanged boxes are kept."""
        known = {(s.cell.frame, s.cell.box): s.picture for s in self._shown} if keep_pictures else {}
        self.beginResetModel()
        self._shown = [_Shown(cell, known.get((cell.frame, cell.box))) for cell in cells]
        self.endResetModel()

    def cell(self, row: int) -> SheetCell:
        return self._shown[row].cell

    def without_picture(self) -> list[SheetCell]:
        return [shown.cell for shown in self._shown if shown.picture is None]

    def row_nearest(self, frame: int) -> int | None:
        """The row whose frame is the closest."""
        if not self._shown:
            return None
        return min(range(len(self._shown)), key=lambda row: abs(self._shown[row].cell.frame - frame))

    def set_picture(self, frame: int, box: Box, picture: Image) -> None:
        """``picture`` is (side, side, 3) RGB uint8. It is dropped if its box is no longer on the sheet."""
        for row, shown in enumerate(self._shown):
            if (shown.cell.frame, shown.cell.box) == (frame, box):
                shown.picture = pixmap_of(picture)
                self.dataChanged.emit(self.index(row), self.index(row))
                return

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        shown = self._shown[index.row()]
        match role:
            case Role.CELL:
                return shown.cell
            case Role.PICTURE:
                return shown.picture
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return _words(shown.cell)
        return None


class _SheetCellDelegate(QStyledItemDelegate):
    """Paints a picture with a border that shows the kind of box, and the frame's number below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        side = CROP_SIDE + 2 * FRAME
        return QSize(side + GAP, side + option.fontMetrics.height() + GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell: SheetCell = index.data(Role.CELL)
        picture: QPixmap | None = index.data(Role.PICTURE)
        palette = option.palette
        painter.save()
        side = CROP_SIDE + 2 * FRAME
        frame = QRect(option.rect.topLeft() + QPoint(GAP // 2, GAP // 2), QSize(side, side))
        inner = frame.adjusted(FRAME, FRAME, -FRAME, -FRAME)
        if picture is None:
            painter.fillRect(inner, palette.color(QPalette.ColorRole.AlternateBase))
        else:
            painter.drawPixmap(inner, picture)
        painter.setPen(_edge(cell, palette))
        painter.drawRect(frame.adjusted(1, 1, -2, -2))
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setPen(palette.color(QPalette.ColorRole.Link if is_selected else QPalette.ColorRole.Text))
        below = QRect(frame.left(), frame.bottom(), side, option.fontMetrics.height() + 2)
        text = f"{cell.frame}" if cell.doubt is None else f"{cell.frame}  {cell.doubt:.0%}"
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()


class SheetView(QListView):
    """
    Signals:
        frame_clicked: show this frame. span_chosen: Shift+click; the first and last frame from the previously clicked
            cell to this one.
    """

    frame_clicked = Signal(int)
    span_chosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells = SheetModel(self)
        self._from: int | None = None
        self.setModel(self.cells)
        self.setItemDelegate(_SheetCellDelegate(self))
        self.setAccessibleName(tr("Contact sheet"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the picture keeps the focus

    def mark(self, frame: int) -> None:
        """Mark the cell nearest to the current frame, without scrolling."""
        row = self.cells.row_nearest(frame)
        if row is not None and len(self.selectionModel().selectedIndexes()) <= 1:
            self.setCurrentIndex(self.cells.index(row))

    @Slot(QMouseEvent)
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        frame = self.cells.cell(index.row()).frame
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self._from is not None:
            self.span_chosen.emit(min(self._from, frame), max(self._from, frame))
        else:
            self._from = frame
            self.frame_clicked.emit(frame)


def _edge(cell: SheetCell, palette: QPalette) -> QPen:
    if cell.doubt is not None:
        return QPen(DOUBT, FRAME)
    if cell.is_keyframe:
        return QPen(palette.color(QPalette.ColorRole.Accent), FRAME)
    if cell.is_reviewed:
        return QPen(REVIEWED, FRAME, Qt.PenStyle.DashLine)
    return QPen(palette.color(QPalette.ColorRole.Mid), 1)


def _words(cell: SheetCell) -> str:
    if cell.doubt is not None:
        if cell.is_guess:
            return tr(
                "Frame {frame}: wrong with a probability of {doubt:.0%}, at a guess", frame=cell.frame, doubt=cell.doubt
            )
        return tr("Frame {frame}: wrong with a probability of {doubt:.0%}", frame=cell.frame, doubt=cell.doubt)
    if cell.is_keyframe:
        return tr("Frame {frame}: drawn by a person", frame=cell.frame)
    return (
        tr("Frame {frame}: reviewed", frame=cell.frame) if cell.is_reviewed else tr("Frame {frame}", frame=cell.frame)
    )
