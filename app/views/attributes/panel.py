"""The attributes panel: a field for each attribute, with its value for the active track at the current frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.controllers.attributes import AttributeValue
from app.language import marked, tr, translated
from app.model.attributes import AttributeDefinition
from app.views.attributes.value_fields import ValueField
from app.views.style.icons import icon

NO_TRACK = marked("Select a track: click on its box.")
NO_ATTRIBUTE = marked("This project has no attributes yet.")


@dataclass(frozen=True, slots=True)
class _Row:
    definition: AttributeDefinition
    name: QLabel
    field: ValueField
    since: QLabel
    buttons: QWidget


class AttributesPanel(QWidget):
    """
    Signals:
        value_chosen(name, value). forget_requested(name): delete the change that holds here.
        go_requested(name, step): go to the next change, or with -1 to the previous one.
        define_requested: open the attributes of the project. shown: the panel became visible.
    """

    value_chosen = Signal(str, str)
    forget_requested = Signal(str)
    go_requested = Signal(str, int)
    define_requested = Signal()
    shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[str, _Row] = {}
        self.heading = QLabel(wordWrap=True)
        font = self.heading.font()
        font.setBold(True)
        self.heading.setFont(font)
        self.hint = QLabel(wordWrap=True)
        self.hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.define_button = QPushButton(tr("Attributes of the project…"))
        self.define_button.clicked.connect(self.define_requested)
        self._inner = QWidget()
        self._grid = QGridLayout(self._inner)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        column = QVBoxLayout()
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addWidget(self.hint)
        column.addWidget(self._inner)
        column.addWidget(self.define_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        content = QWidget()
        content.setLayout(column)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        self.show_values("", ())

    def show_values(self, name: str, values: Sequence[AttributeValue]) -> None:
        """``name``: the track's; empty if no track is active."""
        definitions = [one.definition for one in values] if name else []
        if definitions != [row.definition for row in self.rows.values()]:
            self._build(definitions)
        self.heading.setText(name)
        self.heading.setVisible(bool(name))
        self.hint.setText("" if definitions else translated(NO_ATTRIBUTE if name else NO_TRACK))
        self.hint.setVisible(not definitions)
        self._inner.setVisible(bool(definitions))
        for value in values if name else ():
            row = self.rows[value.definition.name]
            row.field.show_value(value)
            row.since.setText(_since(value))
            row.since.setVisible(bool(row.since.text()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()

    def focus_first(self) -> None:
        """Focus the first field; without fields, the button that opens the attributes of the project."""
        first = next(iter(self.rows.values()), None)
        (self.define_button if first is None else first.field).setFocus()

    def _build(self, definitions: Sequence[AttributeDefinition]) -> None:
        for row in self.rows.values():
            for part in (row.name, row.field, row.since, row.buttons):
                self._grid.removeWidget(part)
                part.deleteLater()
        self.rows = {}
        for place, one in enumerate(definitions):
            row = self.rows[one.name] = self._row(one)
            self._grid.addWidget(row.name, 2 * place, 0)
            self._grid.addWidget(row.field, 2 * place, 1)
            self._grid.addWidget(row.buttons, 2 * place, 2)
            self._grid.addWidget(row.since, 2 * place + 1, 1, 1, 2)

    def _row(self, definition: AttributeDefinition) -> _Row:
        name = definition.name
        field = ValueField(definition)
        field.chosen.connect(partial(self.value_chosen.emit, name))
        label = QLabel(name)
        label.setBuddy(field)
        since = QLabel()
        since.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        buttons = QWidget()
        line = QHBoxLayout(buttons)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        if definition.per_frame:
            for sign, text, ask in (
                (
                    "key-prev",
                    tr("To the previous change of {name}", name=name),
                    partial(self.go_requested.emit, name, -1),
                ),
                ("key-next", tr("To the next change of {name}", name=name), partial(self.go_requested.emit, name, 1)),
                (
                    "undo",
                    tr("Remove the change of {name} that holds here", name=name),
                    partial(self.forget_requested.emit, name),
                ),
            ):
                button = QToolButton()
                button.setAutoRaise(True)
                button.setToolTip(text)
                button.setAccessibleName(text)
                button.setIcon(icon(sign))
                button.clicked.connect(ask)
                line.addWidget(button)
        return _Row(definition, label, field, since, buttons)


def _since(value: AttributeValue) -> str:
    """From which frame to which the value holds, if it can change; and why, if it does not fit."""
    if value.differs:
        return tr("the selected tracks differ")
    said = [] if value.fits else [tr("does not fit: {demand}", demand=value.definition.demand)]
    if value.definition.per_frame and (value.value or value.since is not None):
        begins = tr("from the beginning") if value.since is None else tr("from frame {frame}", frame=value.since)
        ends = "" if value.next_change is None else tr("to frame {frame}", frame=value.next_change - 1)
        said.append(f"{begins} {ends}".strip())
    return "; ".join(said)
