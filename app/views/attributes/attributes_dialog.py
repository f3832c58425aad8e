"""The dialog for the attributes of the project: add, change, order, delete, and copy from other videos."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.controllers.attributes import AttributeUse
from app.language import marked, tr, tr_counted, translated
from app.model.attributes import AttributeDefinition, AttributeKind
from app.views.attributes.definition_dialog import KINDS, DefinitionDialog
from app.views.style.button_box import button_box

NAME, KIND, HOLDS, VALUES, USED = range(5)
TITLES = (marked("Name"), marked("Type"), marked("Holds"), marked("Values"), marked("Used"))
HINT = marked(
    "COCO, CVAT, CSV, VIAME and LabelMe can store attributes; the reports of other exports say that they cannot."
)


class AttributesDialog(QDialog):
    """Every change is requested at once and is one step of undo. The rows change when the project does.

    Signals:
        add_requested(AttributeDefinition), change_requested(name, AttributeDefinition).
        move_requested(name, by): up is negative. delete_requested(name).
    """

    add_requested = Signal(object)
    change_requested = Signal(str, object)
    move_requested = Signal(str, int)
    delete_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Attributes"))
        self.definition_dialog: DefinitionDialog | None = None
        self._uses: tuple[AttributeUse, ...] = ()
        self._shared: tuple[AttributeDefinition, ...] = ()
        self.table = QTableWidget(0, len(TITLES))
        self.table.setHorizontalHeaderLabels([translated(title) for title in TITLES])
        self.table.setAccessibleName(tr("Attributes of the project"))
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setAlternatingRowColors(True)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(VALUES, QHeaderView.ResizeMode.Stretch)
        self.add_button, self.change_button = QPushButton(tr("Add…")), QPushButton(tr("Change…"))
        self.up_button, self.down_button = QPushButton(tr("Up")), QPushButton(tr("Down"))
        self.delete_button = QPushButton(tr("Delete"))
        self.shared_box = QComboBox()
        self.shared_box.setAccessibleName(tr("Attributes of other videos of the workspace"))
        self.shared_button = QPushButton(tr("Take over"))
        hint = QLabel(translated(HINT), wordWrap=True)
        hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        buttons = button_box(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        line = QHBoxLayout()
        line.setSpacing(8)
        for button in (self.add_button, self.change_button, self.up_button, self.down_button, None, self.delete_button):
            if button is None:
                line.addStretch(1)
                continue
            button.setAutoDefault(False)
            line.addWidget(button)
        self._shared_line = QWidget()
        shared = QHBoxLayout(self._shared_line)
        shared.setContentsMargins(0, 0, 0, 0)
        shared.addWidget(QLabel(tr("From other videos of the workspace:")))
        shared.addWidget(self.shared_box, 1)
        shared.addWidget(self.shared_button)
        self.shared_button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(hint)
        layout.addWidget(self.table, 1)
        layout.addLayout(line)
        layout.addWidget(self._shared_line)
        layout.addWidget(buttons)
        self.resize(560, 380)
        self.table.itemSelectionChanged.connect(self._refresh_buttons)
        self.table.cellDoubleClicked.connect(self._on_change)
        self.table.itemActivated.connect(self._on_change)
        self.add_button.clicked.connect(self._on_add)
        self.change_button.clicked.connect(self._on_change)
        self.up_button.clicked.connect(lambda: self._move(-1))
        self.down_button.clicked.connect(lambda: self._move(1))
        self.delete_button.clicked.connect(self._on_delete)
        self.shared_button.clicked.connect(self._on_take_over)
        self.show_uses((), ())

    def show_uses(self, uses: Sequence[AttributeUse], shared: Sequence[AttributeDefinition]) -> None:
        """Show the current attributes; the selected one stays selected. ``shared``: those of other videos."""
        selected = self.selected_name
        self._uses, self._shared = tuple(uses), tuple(shared)
        with QSignalBlocker(self.table):
            self.table.setRowCount(len(uses))
            for place, use in enumerate(uses):
                for column, text in enumerate(_texts(use)):
                    item = QTableWidgetItem(text)
                    item.setToolTip(text)
                    self.table.setItem(place, column, item)
            self.table.clearSelection()
            self.table.setCurrentCell(-1, -1)
            for place, use in enumerate(uses):
                if use.definition.name == selected:
                    self.table.selectRow(place)
        self.shared_box.clear()
        for one in shared:
            self.shared_box.addItem(one.name, one)
        self._shared_line.setVisible(bool(shared))
        self._refresh_buttons()

    @property
    def selected_name(self) -> str:
        """Empty if none is selected."""
        use = self._selected
        return "" if use is None else use.definition.name

    @property
    def _selected(self) -> AttributeUse | None:
        rows = {index.row() for index in self.table.selectedIndexes()}
        return next((self._uses[row] for row in rows if row < len(self._uses)), None)

    @Slot()
    def _refresh_buttons(self) -> None:
        use = self._selected
        for button in (self.change_button, self.up_button, self.down_button, self.delete_button):
            button.setEnabled(use is not None)
        values = 0 if use is None else use.values
        text = tr("Delete with {values}", values=tr_counted(values, "value")) if values else tr("Delete")
        self.delete_button.setText(text)

    @Slot()
    def _on_add(self) -> None:
        self._ask(DefinitionDialog(parent=self), self.add_requested.emit)

    @Slot()
    def _on_change(self) -> None:
        use = self._selected
        if use is not None:
            name = use.definition.name
            self._ask(DefinitionDialog(use.definition, self), lambda new: self.change_requested.emit(name, new))

    def _ask(self, dialog: DefinitionDialog, on_chosen: object) -> None:
        if self.definition_dialog is not None:  # both Enter and a double click activate an item
            dialog.deleteLater()
            return
        self.definition_dialog = dialog
        dialog.chosen.connect(on_chosen)
        dialog.finished.connect(self._on_asked)
        dialog.open()

    @Slot()
    def _on_asked(self) -> None:
        if self.definition_dialog is not None:
            self.definition_dialog.deleteLater()
        self.definition_dialog = None

    def _move(self, by: int) -> None:
        if self.selected_name:
            self.move_requested.emit(self.selected_name, by)

    @Slot()
    def _on_delete(self) -> None:
        if self.selected_name:
            self.delete_requested.emit(self.selected_name)

    @Slot()
    def _on_take_over(self) -> None:
        one = self.shared_box.currentData(Qt.ItemDataRole.UserRole)
        if one is not None:
            self.add_requested.emit(one)


def _texts(use: AttributeUse) -> tuple[str, ...]:
    one = use.definition
    is_open = one.kind in (AttributeKind.TEXT, AttributeKind.YES_NO)
    values = "" if is_open else ", ".join(one.choices) or one.bounds_text
    used = tr_counted(use.tracks, "track") if use.tracks else tr("unused")
    holds = tr("from a frame on") if one.per_frame else tr("whole track")
    return one.name, translated(KINDS[one.kind]), holds, values, used
