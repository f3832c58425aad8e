"""The table widget of the track list: its columns, and the keys and clicks that differ from Qt's."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QStyleOptionViewItem, QTableView, QWidget

from app.language import tr
from app.views.timeline.colours import SELECTION_OPACITY, faded
from app.views.timeline.layout import ROW_HEIGHT
from app.views.track_list.cells import TEXT_MARGIN, Cell, ColourCell, DoubtsCell, LabelCell, SummaryCell
from app.views.track_list.record_counts import Count
from app.views.track_list.track_table_model import Column, TrackTableModel

SIGNS = (Column.VISIBLE, Column.LOCKED)
SIGN_WIDTH, COLOUR_WIDTH = 28, 20
WIDEST_DOUBTS = "999 !"
LABEL_WIDTH = 96  # pixels; the summary is written in words only if labels keep this width
WIDEST_ID = "#999"
WIDEST_COUNT = Count(keyframes=999, tracked=99999)
KEYS_OF_THE_WINDOW = {Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Space}


class TrackTable(QTableView):
    """Selects whole rows. A click on an eye or a lock leaves the selection alone.

    Delete and Space are passed on to the window. As everywhere, Delete removes the box of the current frame, never a
    whole track, and Space plays.
    """

    sign_clicked = Signal(int, Column)  # track, and the column of its eye or lock

    def __init__(self, model: TrackTableModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._pressed: tuple[int, Column] | None = None
        self.setModel(model)
        self.setAccessibleName(tr("Tracks"))
        self.setItemDelegate(Cell(self))
        self.setItemDelegateForColumn(Column.COLOUR, ColourCell(self))
        self.setItemDelegateForColumn(Column.LABEL, LabelCell(model.known_labels, self))
        self.setItemDelegateForColumn(Column.DOUBTS, DoubtsCell(self))
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
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # the timeline beside it has one
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(ROW_HEIGHT)
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
        """Give the summary room for words, for signs or none at all, so that labels stay readable."""
        metrics = self.fontMetrics()
        id_width = metrics.horizontalAdvance(WIDEST_ID) + TEXT_MARGIN
        words = metrics.horizontalAdvance(str(WIDEST_COUNT)) + TEXT_MARGIN
        signs = metrics.horizontalAdvance(WIDEST_COUNT.short) + TEXT_MARGIN
        doubts_width = metrics.horizontalAdvance(WIDEST_DOUBTS) + TEXT_MARGIN
        left = self.viewport().width() - 2 * SIGN_WIDTH - COLOUR_WIDTH - id_width
        has_room = left - doubts_width >= LABEL_WIDTH / 2
        self.setColumnHidden(Column.DOUBTS, not has_room)
        left -= doubts_width if has_room else 0
        for sign in SIGNS:
            self.setColumnWidth(sign, SIGN_WIDTH)
        self.setColumnWidth(Column.DOUBTS, doubts_width)
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
        self._pressed = self._sign_at(event)
        if self._pressed is None:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pressed = self._sign_at(event)
        if self._pressed is None:
            super().mouseDoubleClickEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            super().mouseReleaseEvent(event)
        elif pressed == self._sign_at(event):
            self.sign_clicked.emit(*pressed)

    def _sign_at(self, event: QMouseEvent) -> tuple[int, Column] | None:
        """The track whose eye or lock is under a left click."""
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or index.column() not in SIGNS or event.button() != Qt.MouseButton.LeftButton:
            return None
        return self._model.track(index.row()).id, Column(index.column())
