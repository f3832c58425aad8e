"""Every shortcut on one page (F1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.language import tr
from app.views.style.button_box import button_box


class ShortcutRow(NamedTuple):
    """One line of the page: ``shortcut`` as QKeySequence reads it ("Ctrl+Z"), or in words ("Mouse wheel").
    ``action_id`` is empty if its key cannot be changed.
    """

    section: str
    text: str
    shortcut: str
    action_id: str = ""


ROW_SIZE = QSize(0, 24)


class ShortcutsDialog(QDialog):
    """A searchable list of shortcuts by section.

    Signals:
        key_requested: the id of the action whose key the person wants to change.
    """

    key_requested = Signal(str)

    def __init__(self, rows: Sequence[ShortcutRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search, by name or by key"))
        self.search.setClearButtonEnabled(True)
        self.list = QTreeWidget()
        self.list.setColumnCount(2)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setItemsExpandable(False)
        self.list.setIndentation(12)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setUniformRowHeights(True)
        self._sections: dict[str, tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = {}
        self._fill(rows)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)

        buttons = button_box(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self.change_button = QPushButton(tr("Change key…"))
        self.change_button.setAutoDefault(False)
        self.change_button.clicked.connect(self._on_change_clicked)
        buttons.addButton(self.change_button, QDialogButtonBox.ButtonRole.ActionRole)
        self.list.itemActivated.connect(self._on_change_clicked)
        self.list.currentItemChanged.connect(self._on_current_changed)
        self._on_current_changed()
        layout = QVBoxLayout(self)
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)
        layout.addWidget(buttons)
        self.search.textChanged.connect(self._on_search_changed)

    def sizeHint(self) -> QSize:
        return QSize(480, 560)

    def set_rows(self, rows: Sequence[ShortcutRow]) -> None:
        """Replace the shortcuts and keep the search."""
        self.list.clear()
        self._sections.clear()
        self._fill(rows)
        self._on_search_changed(self.search.text())

    def _fill(self, rows: Sequence[ShortcutRow]) -> None:
        for section, text, shortcut, action_id in rows:
            if section not in self._sections:
                self._sections[section] = (_section_item(section, self.list), [])
            item, items = self._sections[section]
            items.append(QTreeWidgetItem(item, [text, _as_written_here(shortcut) if action_id else shortcut]))
            items[-1].setSizeHint(0, ROW_SIZE)
            items[-1].setData(0, Qt.ItemDataRole.UserRole, action_id)
        self.list.expandAll()

    def _chosen(self) -> str:
        item = self.list.currentItem()
        return "" if item is None else item.data(0, Qt.ItemDataRole.UserRole) or ""

    @Slot()
    def _on_current_changed(self) -> None:
        self.change_button.setEnabled(bool(self._chosen()))

    @Slot()
    def _on_change_clicked(self) -> None:
        if self._chosen():
            self.key_requested.emit(self._chosen())

    def _on_search_changed(self, text: str) -> None:
        wanted = text.casefold()
        for section, rows in self._sections.values():
            for row in rows:
                row.setHidden(wanted not in f"{row.text(0)} {row.text(1)}".casefold())
            section.setHidden(all(row.isHidden() for row in rows))


def _section_item(title: str, parent: QTreeWidget) -> QTreeWidgetItem:
    item = QTreeWidgetItem(parent, [title])
    bold = item.font(0)
    bold.setBold(True)
    item.setFont(0, bold)
    item.setSizeHint(0, ROW_SIZE)
    item.setFirstColumnSpanned(True)
    return item


def _as_written_here(shortcut: str) -> str:
    """The key as this desktop writes it, for example ⌘ for Ctrl on a Mac."""
    return QKeySequence.fromString(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
