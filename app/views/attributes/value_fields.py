"""Fields for the values of an attribute, one widget for each kind."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from app.controllers.attributes import AttributeValue
from app.language import marked, tr, translated
from app.model.attributes import NO, YES, AttributeDefinition, AttributeKind
from app.model.names import LONGEST_VALUE

UNSAID = "–"
TEXT_OF = {YES: marked("yes"), NO: marked("no")}


class ValueField(QWidget):
    """
    Signals:
        chosen(str): the value that the person entered; empty for none.
    """

    chosen = Signal(str)

    def __init__(self, definition: AttributeDefinition, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._definition = definition
        self._shown: str | None = ""  # None: the selected tracks differ
        self.line: QLineEdit | None = None
        self.box: QComboBox | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        if definition.kind in (AttributeKind.CHOICE, AttributeKind.YES_NO):
            box = self.box = QComboBox()
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(6)
            box.activated.connect(self._on_activated)
            row.addWidget(box)
            self.setFocusProxy(box)
        else:
            line = self.line = QLineEdit()
            line.setMaxLength(LONGEST_VALUE)
            line.editingFinished.connect(self._on_edited)
            row.addWidget(line)
            self.setFocusProxy(line)
        for part in filter(None, (self.box, self.line)):
            part.setAccessibleName(definition.name)
            part.setToolTip(f"{definition.name}: {definition.demand}")
        self.show_value(AttributeValue(definition, "", None, None, fits=True))

    def show_value(self, value: AttributeValue) -> None:
        """Show a value. One that does not fit is kept and marked. If the selected tracks differ, the field is empty,
        and nothing changes until a value is entered.
        """
        self._shown = None if value.differs else value.value
        if self.line is not None:
            demand = "" if self._definition.kind is AttributeKind.TEXT else self._definition.demand
            self.line.setPlaceholderText(tr("as they are") if value.differs else demand)
            if self.line.text() != value.value:
                self.line.setText(value.value)
        if self.box is not None:
            self.box.setPlaceholderText(tr("as they are") if value.differs else "")
            values = ["", *(self._definition.choices or (YES, NO))]
            if value.value not in values:
                values.append(value.value)
            with QSignalBlocker(self.box):
                if [self.box.itemData(place) for place in range(self.box.count())] != values:
                    self.box.clear()
                    for one in values:
                        self.box.addItem(self._text_of(one), one)
                self.box.setCurrentIndex(-1 if value.differs else values.index(value.value))

    def _text_of(self, value: str) -> str:
        is_yes_no = self._definition.kind is AttributeKind.YES_NO and value in TEXT_OF
        return translated(TEXT_OF[value]) if is_yes_no else value or UNSAID

    @Slot()
    def _on_edited(self) -> None:
        assert self.line is not None
        if self.line.text() != (self._shown or ""):
            self.chosen.emit(self.line.text())
            self.line.setText(self._shown or "")  # what the project has

    @Slot(int)
    def _on_activated(self, place: int) -> None:
        assert self.box is not None
        if self.box.itemData(place) != self._shown:
            self.chosen.emit(self.box.itemData(place))
