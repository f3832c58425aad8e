"""The table widget of the track list: its columns, and keys and clicks that differ from Qt's."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QStyleOptionViewItem, QTableView, QWidget

from app.views.timeline.colours import SELECTION_OPACITY, faded
from app.views.track_list.cells import TEXT_MARGIN, Cell, ColourCell, LabelCell, SummaryCell
from app.views.track_list.record_counts import Count
from app.views.track_list.track_table_model import Column, TrackTableModel

ROW_HEIGHT = 24
VISIBLE_WIDTH, COLOUR_WIDTH = 32, 20
LABEL_WIDTH = 96  # least width of a label, in pixels, before the summary uses words
WIDEST_ID = "#999"
WIDEST_COUNT = Count(keyframes=999, tracked=99999)
KEYS_OF_THE_WINDOW = {Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Space}


class TrackTable(QTableView):
    """Selects whole rows. A click on an eye keeps the selection. Delete and Space go to the window: as everywhere,
    Delete removes the box of the current frame, never a whole track, and Space plays.
    """

    eye_clicked = Signal(int)  # track

    def __init__(self, model: TrackTableModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._pressed_eye: int | None = None
        self.setModel(model)
        self.setAccessibleName("Tracks")
        self.setItemDelegate(Cell(self))
        self.setItemDelegateForColumn(Column.COLOUR, ColourCell(self))
        self.setItemDelegateForColumn(Column.LABEL, LabelCell(model.known_labels, self))
        self.setItemDelegateForColumn(Column.SUMMARY, SummaryCell(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(ROW_HEIGHT)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.hide()
        header.setMinimumSectionSize(COLOUR_WIDTH)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(Column.LABEL, QHeaderView.ResizeMode.Stretch)
        self._share_width()

    def _share_width(self) -> None:
        """Give the summary room for its words, or for its signs, or none, so that labels stay readable."""
        metrics = self.fontMetrics()
        id_width = metrics.horizontalAdvance(WIDEST_ID) + TEXT_MARGIN
        words = metrics.horizontalAdvance(str(WIDEST_COUNT)) + TEXT_MARGIN
        signs = metrics.horizontalAdvance(WIDEST_COUNT.short) + TEXT_MARGIN
        left = self.viewport().width() - VISIBLE_WIDTH - COLOUR_WIDTH - id_width
        self.setColumnWidth(Column.VISIBLE, VISIBLE_WIDTH)
        self.setColumnWidth(Column.COLOUR, COLOUR_WIDTH)
        self.setColumnWidth(Column.ID, id_width)
        self.setColumnWidth(Column.SUMMARY, words if left - words >= LABEL_WIDTH else signs)
        self.setColumnHidden(Column.SUMMARY, left - signs < LABEL_WIDTH / 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._share_width()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._share_width()

    def initViewItemOption(self, option: QStyleOptionViewItem) -> None:
        """Tint selected rows as on the timeline, so that chips of every colour stay visible."""
        super().initViewItemOption(option)
        palette = option.palette
        tint = faded(palette.color(QPalette.ColorRole.Accent), SELECTION_OPACITY)
        palette.setColor(QPalette.ColorRole.Highlight, tint)
        option.palette = palette

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in KEYS_OF_THE_WINDOW:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_eye = self._eye_at(event)
        if self._pressed_eye is None:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pressed_eye = self._eye_at(event)
        if self._pressed_eye is None:
            super().mouseDoubleClickEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed_eye is None:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed_eye = self._pressed_eye, None
        if pressed is None:
            super().mouseReleaseEvent(event)
        elif pressed == self._eye_at(event):
            self.eye_clicked.emit(pressed)

    def _eye_at(self, event: QMouseEvent) -> int | None:
        """The track whose eye was left-clicked."""
        index = self.indexAt(event.position().toPoint())
        is_eye = index.isValid() and index.column() == Column.VISIBLE
        return self._model.track(index.row()).id if is_eye and event.button() == Qt.MouseButton.LeftButton else None
