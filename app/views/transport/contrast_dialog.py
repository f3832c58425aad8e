"""The dialog for the levels of deep pictures: which values are shown as black and as white."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QDoubleSpinBox, QFormLayout, QVBoxLayout, QWidget

from app.language import tr
from app.video.levels import Levels
from app.views.style.button_box import button_box
from app.views.style.wrapped import WrappedLabel

STEPS = 100  # of the arrow keys, from black to white
LARGEST = 1e12


class ContrastDialog(QDialog):
    """Shows each trial in the picture at once, and keeps it only if the person accepts.

    Signals:
        tried(Levels): show these for now. taken(Levels or None): keep these for showing and tracking; None for
        automatic ones. given_up: forget the trial.
    """

    tried = Signal(object)
    taken = Signal(object)
    given_up = Signal()

    def __init__(self, *, levels: Levels, automatic: Levels, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Contrast"))
        self._automatic = automatic
        span = automatic.high - automatic.low
        self.low, self.high = (_field(value, step=span / STEPS) for value in (levels.low, levels.high))
        explanation = WrappedLabel(
            tr("The pictures of this video have more than 8 bits. The tracker sees them as shown here.")
        )
        form = QFormLayout()
        form.addRow(tr("&Black up to"), self.low)
        form.addRow(tr("&White from"), self.high)
        buttons = button_box(
            QDialogButtonBox.StandardButton.Ok
            | QDialogButtonBox.StandardButton.Cancel
            | QDialogButtonBox.StandardButton.RestoreDefaults
        )
        self.use_button = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.use_button.setText(tr("Use"))
        self.automatic_button = buttons.button(QDialogButtonBox.StandardButton.RestoreDefaults)
        self.automatic_button.setText(tr("Automatic"))
        self.automatic_button.clicked.connect(self._show_automatic)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(explanation)
        layout.addLayout(form)
        layout.addWidget(buttons)
        for field in (self.low, self.high):
            field.valueChanged.connect(self._on_changed)
        self.accepted.connect(self._on_accepted)
        self.rejected.connect(self.given_up)

    @property
    def levels(self) -> Levels | None:
        """The levels in the fields; None if white is not above black."""
        low, high = self.low.value(), self.high.value()
        return Levels(low, high) if low < high else None

    def _show_automatic(self) -> None:
        self.low.setValue(self._automatic.low)
        self.high.setValue(self._automatic.high)

    def _on_changed(self) -> None:
        levels = self.levels
        self.use_button.setEnabled(levels is not None)
        if levels is not None:
            self.tried.emit(levels)

    def _on_accepted(self) -> None:
        levels = self.levels
        is_automatic = levels is not None and _shown(levels) == _shown(self._automatic)
        self.taken.emit(None if is_automatic else levels)


def _field(value: float, *, step: float) -> QDoubleSpinBox:
    field = QDoubleSpinBox()
    field.setRange(-LARGEST, LARGEST)
    field.setDecimals(0 if step >= 1 else 6)
    field.setSingleStep(max(step, 10 ** -field.decimals()))
    field.setValue(value)
    return field


def _shown(levels: Levels) -> tuple[float, float]:
    """The levels, rounded as the fields show them."""
    return round(levels.low, 6), round(levels.high, 6)
