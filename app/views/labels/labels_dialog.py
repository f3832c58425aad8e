"""The dialog for the labels of the project: rename, recolour, order, merge, and delete unused ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QColor, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QColorDialog,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.language import marked, tr, tr_counted, translated
from app.model.names import LONGEST_NAME
from app.views.style.button_box import button_box
from app.views.style.wrapped import WrappedLabel

KEY, COLOUR, NAME, TRACKS, CLASS = range(5)
TITLES = (marked("Key"), "", marked("Label"), marked("Tracks"), marked("Class"))
SWATCH = 16
HINT = marked(
    "The key gives the label to the selected tracks. The class is its number in exports, which it keeps once it was "
    "exported; Up and Down number the classes anew."
)


@dataclass(frozen=True, slots=True)
class LabelRow:
    name: str
    colour: str  # "#rrggbb"
    track_count: int
    class_number: int | None = None  # none before its first box


class LabelsDialog(QDialog):
    """Every change is requested at once and is one step of undo. The rows change when the project does.

    Signals:
        add_requested(name), rename_requested(name, new name), recolour_requested(name, "#rrggbb").
        move_requested(name, by): up is negative.
        merge_requested(names, into): a list and the label that stays.
        delete_unused_requested.
    """

    add_requested = Signal(str)
    rename_requested = Signal(str, str)
    recolour_requested = Signal(str, str)
    move_requested = Signal(str, int)
    merge_requested = Signal(list, str)
    delete_unused_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Labels"))
        self._rows: tuple[LabelRow, ...] = ()
        self.table = QTableWidget(0, len(TITLES))
        self.table.setHorizontalHeaderLabels([translated(title) for title in TITLES])
        self.table.setAccessibleName(tr("Labels of the project"))
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setAlternatingRowColors(True)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        self.new_name = QLineEdit(maxLength=LONGEST_NAME)
        self.new_name.setPlaceholderText(tr("New label"))
        self.add_button = QPushButton(tr("Add"))
        self.up_button, self.down_button = QPushButton(tr("Up")), QPushButton(tr("Down"))
        self.colour_button = QPushButton(tr("Colour…"))
        self.goal = QComboBox()
        self.goal.setMinimumContentsLength(12)
        self.merge_button = QPushButton(tr("Merge selected into"))
        self.unused_button = QPushButton(tr("Delete unused"))
        hint = WrappedLabel(translated(HINT))
        hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        buttons = button_box(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        for button in (self.add_button, self.up_button, self.down_button, self.colour_button, self.merge_button,
                       self.unused_button):  # fmt: skip
            button.setAutoDefault(False)
        adding = _row(self.new_name, self.add_button)
        arranging = _row(self.up_button, self.down_button, self.colour_button, None, self.unused_button)
        merging = _row(self.merge_button, self.goal, None)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(hint)
        layout.addWidget(self.table, 1)
        for line in (adding, arranging, merging):
            layout.addLayout(line)
        layout.addWidget(buttons)
        self.resize(460, 460)
        self.table.itemChanged.connect(self._on_item_changed)
        self.table.itemSelectionChanged.connect(self._refresh_buttons)
        self.table.cellDoubleClicked.connect(self._on_double_clicked)
        self.new_name.returnPressed.connect(self._on_add)
        self.new_name.textChanged.connect(self._refresh_buttons)
        self.add_button.clicked.connect(self._on_add)
        self.up_button.clicked.connect(lambda: self._move(-1))
        self.down_button.clicked.connect(lambda: self._move(1))
        self.colour_button.clicked.connect(self._choose_colour)
        self.merge_button.clicked.connect(self._on_merge)
        self.unused_button.clicked.connect(self.delete_unused_requested)
        self.show_rows(())

    def show_rows(self, rows: Sequence[LabelRow]) -> None:
        """Show the current labels; selected ones stay selected."""
        selected, goal = set(self.selected_names), self.goal.currentText()
        self._rows = tuple(rows)
        with QSignalBlocker(self.table), QSignalBlocker(self.goal):
            self.table.setRowCount(len(rows))
            for place, row in enumerate(rows):
                self._fill(place, row)
            self.goal.clear()
            self.goal.addItems([row.name for row in rows])
            self.goal.setCurrentText(goal)
            self.table.clearSelection()
            for place, row in enumerate(rows):
                if row.name in selected:
                    self.table.selectionModel().select(
                        self.table.model().index(place, NAME),
                        self.table.selectionModel().SelectionFlag.Select
                        | self.table.selectionModel().SelectionFlag.Rows,
                    )
        self._refresh_buttons()

    @property
    def selected_names(self) -> list[str]:
        places = sorted({index.row() for index in self.table.selectedIndexes()})
        return [self._rows[place].name for place in places if place < len(self._rows)]

    def _fill(self, place: int, row: LabelRow) -> None:
        square = QPixmap(SWATCH, SWATCH)
        square.fill(QColor(row.colour))
        texts = (
            str(place + 1) if place < 9 else "",
            "",
            row.name,
            tr_counted(row.track_count, "track") if row.track_count else tr("unused"),
            "–" if row.class_number is None else str(row.class_number),
        )
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            if column == COLOUR:
                item.setIcon(QIcon(square))
                item.setToolTip(tr("{colour}; double-click for another colour", colour=row.colour))
            if column != NAME:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
            self.table.setItem(place, column, item)

    @Slot()
    def _refresh_buttons(self) -> None:
        names = self.selected_names
        self.up_button.setEnabled(len(names) == 1)
        self.down_button.setEnabled(len(names) == 1)
        self.colour_button.setEnabled(len(names) == 1)
        self.merge_button.setEnabled(bool(names) and len(self._rows) > 1)
        self.unused_button.setEnabled(any(not row.track_count for row in self._rows))
        self.add_button.setEnabled(bool(self.new_name.text().strip()))

    @Slot(QTableWidgetItem)
    def _on_item_changed(self, item: QTableWidgetItem) -> None:
        row = self._rows[item.row()]
        if item.column() == NAME and item.text() != row.name:
            new = item.text().strip()
            with QSignalBlocker(self.table):
                item.setText(row.name)  # until the project changes
            if new:
                self.rename_requested.emit(row.name, new)

    @Slot(int, int)
    def _on_double_clicked(self, place: int, column: int) -> None:
        if column == COLOUR:
            self._choose_colour()

    @Slot()
    def _on_add(self) -> None:
        name = self.new_name.text().strip()
        if name:
            self.new_name.clear()
            self.add_requested.emit(name)

    def _move(self, by: int) -> None:
        names = self.selected_names
        if len(names) == 1:
            self.move_requested.emit(names[0], by)

    @Slot()
    def _choose_colour(self) -> None:
        names = self.selected_names
        if len(names) != 1:
            return
        colour = next(row.colour for row in self._rows if row.name == names[0])
        chooser = QColorDialog(QColor(colour), self)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.colorSelected.connect(lambda chosen: self.recolour_requested.emit(names[0], chosen.name()))
        chooser.open()

    @Slot()
    def _on_merge(self) -> None:
        self.merge_requested.emit(self.selected_names, self.goal.currentText())


def _row(*widgets: QWidget | None) -> QHBoxLayout:
    """Widgets side by side; None is a stretch."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        if widget is None:
            row.addStretch(1)
        else:
            row.addWidget(widget, 1 if isinstance(widget, QLineEdit) else 0)
    return row
