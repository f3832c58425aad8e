"""A slider from 0 to 1."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSlider, QWidget

STEPS = 1000


class UnitSlider(QSlider):
    """A number from 0 to 1; one set by the program stays exact, one set by hand is a whole thousandth.

    Signals:
        unit_changed(float): a person moved the slider; sent all the while it is dragged.
    """

    unit_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(0, STEPS)
        self.setSingleStep(STEPS // 100)
        self.setPageStep(STEPS // 20)
        # A click must not take the arrow keys away from the picture, nor the wheel from the scroll area.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._unit = 0.0
        self.valueChanged.connect(self._on_value_changed)

    @property
    def unit(self) -> float:
        return self._unit

    def set_unit(self, unit: float) -> None:
        """Move the slider without ``unit_changed``."""
        self.blockSignals(True)
        self.setValue(round(unit * STEPS))
        self.blockSignals(False)
        self._unit = unit

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def _on_value_changed(self, value: int) -> None:
        self._unit = value / STEPS
        self.unit_changed.emit(self._unit)
