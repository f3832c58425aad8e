"""The three constants of the decision as sliders."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from app.views.score_map.unit_slider import UnitSlider

ROWS = (
    ("Window influence", "How much being near the last place counts against what the network says."),
    ("Penalty", "How much a change of size or shape counts against a box."),
    ("Learning rate", "How fast the box takes on the size that the network sees."),
)


class ConstantsEditor(QWidget):
    """Window influence, penalty and learning rate, each 0 to 1, and a button back to the tracker's own.

    Signals:
        constants_changed(float, float, float): a person moved a slider or pressed the button; sent all the while.
    """

    constants_changed = Signal(float, float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._own = (0.0, 0.0, 0.0)
        self.sliders = tuple(UnitSlider() for _ in ROWS)
        self._numbers = tuple(QLabel() for _ in ROWS)
        self.reset_button = QPushButton("Reset to the tracker's own")
        self.reset_button.setToolTip("Set all three back to the values that this tracker comes with")
        self.reset_button.clicked.connect(self._on_reset)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.setHorizontalSpacing(8)
        layout.setColumnStretch(1, 1)
        for row, (name, explanation) in enumerate(ROWS):
            label = QLabel(name)
            label.setBuddy(self.sliders[row])
            for widget in (label, self.sliders[row], self._numbers[row]):
                widget.setToolTip(explanation)
            self._numbers[row].setMinimumWidth(self.fontMetrics().horizontalAdvance("0.000"))
            layout.addWidget(label, row, 0)
            layout.addWidget(self.sliders[row], row, 1)
            layout.addWidget(self._numbers[row], row, 2)
            self.sliders[row].unit_changed.connect(self._on_slider_moved)
        layout.addWidget(self.reset_button, len(ROWS), 0, 1, 3)
        self._write_numbers()

    @property
    def constants(self) -> tuple[float, float, float]:
        """Window influence, penalty, learning rate."""
        influence, penalty, rate = (slider.unit for slider in self.sliders)
        return influence, penalty, rate

    def set_constants(self, *, window_influence: float, penalty_k: float, size_lr: float) -> None:
        """Take a tracker's own constants, without ``constants_changed``."""
        self._own = (window_influence, penalty_k, size_lr)
        self._take(self._own)

    def _take(self, constants: tuple[float, float, float]) -> None:
        for slider, constant in zip(self.sliders, constants, strict=True):
            slider.set_unit(constant)
        self._write_numbers()

    def _write_numbers(self) -> None:
        for slider, number in zip(self.sliders, self._numbers, strict=True):
            number.setText(f"{slider.unit:.3f}")
        self.reset_button.setEnabled(self.constants != self._own)

    def _on_slider_moved(self) -> None:
        self._write_numbers()
        self.constants_changed.emit(*self.constants)

    def _on_reset(self) -> None:
        self._take(self._own)
        self.constants_changed.emit(*self._own)
