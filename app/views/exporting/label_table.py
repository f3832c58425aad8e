"""The table of labels in an export: the name under which each is written, and its class number."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from app.exchange.rows import NO_NAME
from app.language import tr

CLASS, LABEL, WRITTEN = range(3)
MOST_ROWS = 5  # visible without scrolling
ROW_HEIGHT = 24


class LabelTable(QTableWidget):
    """One row for each label of the project, and one for tracks without a label. The last column can be edited; an
    empty name leaves out the label's tracks.

    Signals:
        changed: a name was changed.
    """

    changed = Signal()

    def __init__(self, labels: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(len(labels), 3, parent)
        self._labels = tuple(labels)
        self._first_class: int | None = 1
        self.setHorizontalHeaderLabels([tr("Class"), tr("Label"), tr("Written as")])
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setSectionResizeMode(CLASS, QHeaderView.ResizeMode.ResizeToContents)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        for row, label in enumerate(self._labels):
            for column, text in (
                (CLASS, ""),
                (LABEL, label or tr("no label")),
                (WRITTEN, label or NO_NAME),
            ):
                item = QTableWidgetItem(text)
                if column != WRITTEN:
                    item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
                self.setItem(row, column, item)
        rows = min(len(self._labels), MOST_ROWS)
        height = self.horizontalHeader().sizeHint().height() + rows * ROW_HEIGHT
        self.setFixedHeight(height + 2 * self.frameWidth())
        self.itemChanged.connect(self._on_item_changed)
        self._number()

    def show_classes(self, first_class: int | None) -> None:
        """Number the classes from ``first_class`` on; None for a format that does not number them."""
        self._first_class = first_class
        self.setColumnHidden(CLASS, first_class is None)
        self._number()

    @property
    def label_map(self) -> dict[str, str]:
        """The new name of each label that is not written under its own; empty if the label is left out."""
        written = {label: self._written(row) for row, label in enumerate(self._labels)}
        return {label: name for label, name in written.items() if name != (label or NO_NAME)}

    def _written(self, row: int) -> str:
        item = self.item(row, WRITTEN)
        return "" if item is None else item.text().strip()

    def _on_item_changed(self, item: QTableWidgetItem) -> None:
        if item.column() == WRITTEN:
            self._number()
            self.changed.emit()

    def _number(self) -> None:
        names = list(dict.fromkeys(filter(None, (self._written(row) for row in range(len(self._labels))))))
        for row in range(len(self._labels)):
            name, item = self._written(row), self.item(row, CLASS)
            if item is not None:
                first = self._first_class or 0
                item.setText(str(names.index(name) + first) if name else "–")
