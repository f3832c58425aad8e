"""The dialog for one attribute: its name, its kind and values, and whether it can change along the track."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from app.language import marked, message, tr, translated
from app.model.attributes import AttributeDefinition, AttributeKind, number_text
from app.model.names import LONGEST_NAME, clean_name
from app.views.style.button_box import button_box

KINDS = {
    AttributeKind.TEXT: marked("Text"), AttributeKind.NUMBER: marked("Number"),
    AttributeKind.CHOICE: marked("Choice"), AttributeKind.YES_NO: marked("Yes or no"),
}  # fmt: skip
HOLDS = {False: marked("For the whole track"), True: marked("From a frame until the next change")}


class DefinitionDialog(QDialog):
    """
    Signals:
        chosen(AttributeDefinition).
    """

    chosen = Signal(object)

    def __init__(self, definition: AttributeDefinition | None = None, parent: QWidget | None = None) -> None:
        """``definition``: the current one; None for a new attribute."""
        super().__init__(parent)
        self.setWindowTitle(tr("New attribute") if definition is None else tr("Attribute {name}", name=definition.name))
        self.name = QLineEdit(maxLength=LONGEST_NAME)
        self.kind = QComboBox()
        for kind, text in KINDS.items():
            self.kind.addItem(translated(text), kind)
        self.holds = QComboBox()
        for per_frame, text in HOLDS.items():
            self.holds.addItem(translated(text), per_frame)
        self.choices = QPlainTextEdit(placeholderText=tr("One per line"), tabChangesFocus=True)
        self.low, self.high = (QLineEdit(placeholderText=tr("no bound")) for _ in range(2))
        self.problem = QLabel(wordWrap=True)
        self.problem.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        kinds = QDialogButtonBox.StandardButton
        buttons = button_box(kinds.Ok | kinds.Cancel)
        self.ok = buttons.button(kinds.Ok)
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        form = self._form = QFormLayout(self)
        for title, field in (
            (tr("&Name"), self.name), (tr("&Type"), self.kind), (tr("Ho&lds"), self.holds),
            (tr("&Choices"), self.choices), (tr("L&east"), self.low), (tr("&Greatest"), self.high),
        ):  # fmt: skip
            form.addRow(title, field)
        form.addRow(self.problem)
        form.addRow(buttons)
        self.resize(360, 240)
        if definition is not None:
            self._show(definition)
        self.kind.currentIndexChanged.connect(self._refresh)
        self.choices.textChanged.connect(self._refresh)
        for line in (self.name, self.low, self.high):
            line.textChanged.connect(self._refresh)
        self._refresh()

    @property
    def definition(self) -> AttributeDefinition:
        """
        Raises:
            ValueError: while the entries are not valid; the text says why.
        """
        kind = AttributeKind(self.kind.currentData())
        choices, bounds = tuple[str, ...](), list[float | None]([None, None])
        if kind is AttributeKind.CHOICE:
            lines = map(clean_name, self.choices.toPlainText().split("\n"))
            choices = tuple(dict.fromkeys(filter(None, lines)))
        elif kind is AttributeKind.NUMBER:
            texts = self.low.text().strip(), self.high.text().strip()
            try:
                bounds = [float(text.replace(",", ".")) if text else None for text in texts]
            except ValueError:
                raise ValueError(tr("A bound is a number, or empty.")) from None
        return AttributeDefinition(clean_name(self.name.text()), kind, bool(self.holds.currentData()), choices, *bounds)

    def _show(self, definition: AttributeDefinition) -> None:
        self.name.setText(definition.name)
        self.kind.setCurrentIndex(list(KINDS).index(definition.kind))
        self.holds.setCurrentIndex(list(HOLDS).index(definition.per_frame))
        self.choices.setPlainText("\n".join(definition.choices))
        for field, bound in ((self.low, definition.low), (self.high, definition.high)):
            field.setText("" if bound is None else number_text(bound))

    @Slot()
    def _refresh(self) -> None:
        kind = self.kind.currentData()
        self._form.setRowVisible(self.choices, kind == AttributeKind.CHOICE)
        for field in (self.low, self.high):
            self._form.setRowVisible(field, kind == AttributeKind.NUMBER)
        problem = ""
        try:
            _ = self.definition
        except ValueError as error:
            problem = message(str(error)) if clean_name(self.name.text()) else tr("Give it a name.")
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.ok.setEnabled(not problem)

    @Slot()
    def _on_accepted(self) -> None:
        self.chosen.emit(self.definition)
        self.accept()
