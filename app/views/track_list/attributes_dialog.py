"""The attributes of a track: names and values, as exports that can hold them write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.language import marked, tr, translated
from app.views.style.button_box import button_box
from app.views.style.wrapped import WrappedLabel

NAME, VALUE = range(2)
HINT = marked("COCO, CVAT, CSV and VIAME write them; other formats say in their report that they cannot.")


class AttributesDialog(QDialog):
    """A line an attribute, and an empty one for a new one; a line without a name or a value is left out.

    Signals:
        chosen(dict): the attributes of the track from now on.
    """

    chosen = Signal(dict)

    def __init__(
        self, *, track: str, attributes: Mapping[str, str], known: Sequence[str], parent: QWidget | None = None
    ) -> None:
        """``known``: names that other tracks of the project use; they are offered as empty lines."""
        super().__init__(parent)
        self.setWindowTitle(tr("Attributes of {track}", track=track))
        names = [*attributes, *(name for name in known if name not in attributes), ""]
        self.table = QTableWidget(len(names), 2)
        self.table.setHorizontalHeaderLabels([tr("Name"), tr("Value")])
        self.table.setAccessibleName(tr("Attributes"))
        self.table.verticalHeader().hide()
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for row, name in enumerate(names):
            self.table.setItem(row, NAME, QTableWidgetItem(name))
            self.table.setItem(row, VALUE, QTableWidgetItem(attributes.get(name, "")))
        self.remove_button = QPushButton(tr("Remove"))
        self.remove_button.setAutoDefault(False)
        self.remove_button.clicked.connect(self._remove)
        hint = WrappedLabel(translated(HINT))
        hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        buttons = button_box(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        line = QHBoxLayout()
        line.addWidget(self.remove_button)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(self.table, 1)
        column.addLayout(line)
        column.addWidget(hint)
        column.addWidget(buttons)
        self.resize(420, 320)
        self.table.itemChanged.connect(self._keep_an_empty_line)

    @property
    def attributes(self) -> dict[str, str]:
        """What is written in the lines now."""
        lines = ((self._text(row, NAME), self._text(row, VALUE)) for row in range(self.table.rowCount()))
        return {name: value for name, value in lines if name and value}

    def _text(self, row: int, column: int) -> str:
        item = self.table.item(row, column)
        return "" if item is None else item.text().strip()

    @Slot()
    def _keep_an_empty_line(self) -> None:
        last = self.table.rowCount() - 1
        if last < 0 or self._text(last, NAME):
            self.table.insertRow(last + 1)

    @Slot()
    def _remove(self) -> None:
        for row in sorted({index.row() for index in self.table.selectedIndexes()}, reverse=True):
            self.table.removeRow(row)
        self._keep_an_empty_line()

    @Slot()
    def _on_accepted(self) -> None:
        self.chosen.emit(self.attributes)
        self.accept()
