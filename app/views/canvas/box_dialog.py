"""A dialog to enter a box by numbers."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QDoubleSpinBox, QFormLayout, QWidget

from app.language import tr
from app.views.canvas.gesture import SMALLEST_SIDE
from app.views.style.button_box import button_box
from tracker_core.geometry import Box


class BoxDialog(QDialog):
    """Asks for left, top, width and height in pixels of the picture; the box stays inside it.

    Signals:
        chosen(Box).
    """

    chosen = Signal(object)

    def __init__(self, *, box: Box, picture: tuple[int, int], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Box of {name}", name=name))
        self._picture = picture
        width, height = picture
        self.left_field = _field(0, width - SMALLEST_SIDE)
        self.top_field = _field(0, height - SMALLEST_SIDE)
        self.width_field, self.height_field = _field(SMALLEST_SIDE, width), _field(SMALLEST_SIDE, height)
        values = zip(
            (self.left_field, self.top_field, self.width_field, self.height_field), box.as_tuple(), strict=True
        )
        form = QFormLayout(self)
        for (field, value), text in zip(values, (tr("&Left"), tr("&Top"), tr("&Width"), tr("&Height")), strict=True):
            field.setValue(value)
            form.addRow(text, field)
        buttons = button_box(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)
        self.left_field.selectAll()

    @Slot()
    def _on_accepted(self) -> None:
        width = min(self.width_field.value(), self._picture[0] - self.left_field.value())
        height = min(self.height_field.value(), self._picture[1] - self.top_field.value())
        self.chosen.emit(Box(self.left_field.value(), self.top_field.value(), width, height))
        self.accept()


def _field(least: float, most: float) -> QDoubleSpinBox:
    field = QDoubleSpinBox()
    field.setRange(least, max(most, least))
    field.setDecimals(2)
    field.setSuffix(" px")
    return field
