"""The dialog for the label and colour of tracks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QColorDialog,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.language import tr
from app.model.names import LONGEST_NAME
from app.model.project import LABEL_COLOURS
from app.views.style.button_box import button_box

SWATCHES_IN_A_ROW = 6


class LabelDialog(QDialog):
    """Asks for a label, known or new, and a colour. Each track keeps what the person does not change.

    Signals:
        label_chosen(str or None, str or None): the label's name and the colour as "#rrggbb"; None for what was not
        changed.
    """

    label_chosen = Signal(object, object)

    def __init__(
        self, *, labels: Sequence[str], names: Sequence[str], colours: Sequence[str], parent: QWidget | None = None
    ) -> None:
        """
        Args:
            labels: to choose from. names, colours: those of the tracks to change; shown if all are the same.
        """
        super().__init__(parent)
        self.setWindowTitle(
            tr("Label and colour") if len(names) == 1 else tr("Label and colour of {names} tracks", names=len(names))
        )
        self._name, self._first_colour = _common(names), _common(colours)
        self._colour = self._first_colour
        self.name_field = QComboBox()
        text_field = QLineEdit(maxLength=LONGEST_NAME)
        self.name_field.setLineEdit(text_field)
        self.name_field.addItems(labels)
        self.name_field.setCurrentIndex(-1)
        self.name_field.setEditText(self._name)
        text_field.setPlaceholderText(tr("as they are") if len(set(names)) > 1 else tr("no label yet"))
        text_field.selectAll()
        self._swatches = QButtonGroup(self)
        swatch_grid = QGridLayout()
        swatch_grid.setSpacing(4)
        for position, swatch_colour in enumerate(LABEL_COLOURS):
            swatch = _swatch(swatch_colour)
            self._swatches.addButton(swatch, position)
            swatch_grid.addWidget(swatch, position // SWATCHES_IN_A_ROW, position % SWATCHES_IN_A_ROW)
        self.other_button = QPushButton(tr("Other colour…"))
        self.other_button.clicked.connect(self._on_other)
        buttons = button_box(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok_button = buttons.button(QDialogButtonBox.StandardButton.Ok)
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)

        name_label = QLabel(tr("&Label"))
        name_label.setBuddy(self.name_field)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(name_label)
        layout.addWidget(self.name_field)
        layout.addWidget(QLabel(tr("Colour")))
        layout.addLayout(swatch_grid)
        layout.addWidget(self.other_button)
        layout.addWidget(buttons)
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        self._swatches.idClicked.connect(self._on_swatch)
        self.name_field.editTextChanged.connect(self._on_name_changed)
        self._on_name_changed()
        self._show_colour()

    @property
    def colour(self) -> str:
        """The shown colour; empty if the tracks differ."""
        return self._colour

    def _show_colour(self) -> None:
        self._swatches.setExclusive(False)
        for position, swatch_colour in enumerate(LABEL_COLOURS):
            self._swatches.button(position).setChecked(swatch_colour == self._colour)
        self._swatches.setExclusive(True)
        self.other_button.setIcon(QIcon(_square(self._colour)) if self._colour else QIcon())

    def _on_name_changed(self) -> None:
        emptied = bool(self._name) and not self.name_field.currentText().strip()
        self.ok_button.setEnabled(not emptied)

    def _on_swatch(self, position: int) -> None:
        self._colour = LABEL_COLOURS[position]
        self._show_colour()

    def _on_other(self) -> None:
        chooser = QColorDialog(QColor(self._colour or "white"), self)
        chooser.colorSelected.connect(self._on_colour_selected)
        chooser.open()

    def _on_colour_selected(self, colour: QColor) -> None:
        self._colour = colour.name()
        self._show_colour()

    def _on_accepted(self) -> None:
        name = self.name_field.currentText().strip()
        self.label_chosen.emit(
            name if name and name != self._name else None,
            self._colour if self._colour != self._first_colour else None,
        )
        self.accept()


def _common(values: Sequence[str]) -> str:
    """The value that all share, or an empty text."""
    return values[0] if len(set(values)) == 1 else ""


def _swatch(colour: str) -> QToolButton:
    button = QToolButton()
    button.setCheckable(True)
    icon = QIcon(_square(colour))
    icon.addPixmap(_ticked(_square(colour)), QIcon.Mode.Normal, QIcon.State.On)
    button.setIcon(icon)
    button.setIconSize(QSize(20, 20))
    button.setToolTip(colour)
    return button


def _square(colour: str) -> QPixmap:
    pixmap = QPixmap(40, 40)
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(QColor(colour))
    return pixmap


def _ticked(square: QPixmap) -> QPixmap:
    painter = QPainter(square)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for pen in (QPen(QColor(0, 0, 0, 120), 5), QPen(QColor("white"), 3)):
        painter.setPen(pen)
        painter.drawPolyline([QPointF(4.5, 10.5), QPointF(8.5, 14.5), QPointF(15.5, 5.5)])
    painter.end()
    return square
