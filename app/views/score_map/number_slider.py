"""A slider for a number from 0 to a maximum."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSlider, QWidget

STEPS = 1000


class NumberSlider(QSlider):
    """A number from 0 to ``maximum``. Numbers set by the program stay exact; a person's move in steps of a thousandth
    of ``maximum``.

    Signals:
        number_changed(float): the person moved the slider; sent while dragging.
    """

    number_changed = Signal(float)

    def __init__(self, *, maximum: float = 1.0, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(0, STEPS)
        self.setSingleStep(STEPS // 100)
        self.setPageStep(STEPS // 20)
        # A click must not take the focus from the picture, and the wheel must still scroll the panel.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._most = maximum
        self._number = 0.0
        self.valueChanged.connect(self._on_value_changed)

    @property
    def number(self) -> float:
        return self._number

    def set_number(self, number: float) -> None:
        """Move the slider without emitting ``number_changed``."""
        self.blockSignals(True)
        self.setValue(round(number / self._most * STEPS))
        self.blockSignals(False)
        self._number = number

    def _on_value_changed(self, value: int) -> None:
        self._number = value * self._most / STEPS
        self.number_changed.emit(self._number)
