"""A dialog for brightness and contrast of the shown picture. Trackers still see the original frames."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QSlider, QWidget

from app.language import tr
from app.views.style.button_box import button_box

MOST = 100


class LookDialog(QDialog):
    """The picture follows the sliders; Cancel restores the old look.

    Signals:
        look_changed(brightness, contrast): each from -100 to 100; 0 is the frame as it is.
    """

    look_changed = Signal(int, int)

    def __init__(self, *, brightness: int, contrast: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Brightness and contrast"))
        self._before = brightness, contrast
        self.brightness, self.contrast = _slider(brightness), _slider(contrast)
        note = QLabel(tr("Only what you see changes; trackers get the frames as they are."))
        note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        kinds = QDialogButtonBox.StandardButton
        buttons = button_box(kinds.Ok | kinds.Cancel | kinds.Reset)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        buttons.button(kinds.Reset).clicked.connect(self._reset)
        form = QFormLayout(self)
        form.addRow(tr("&Brightness"), self.brightness)
        form.addRow(tr("&Contrast"), self.contrast)
        form.addRow(note)
        form.addRow(buttons)
        self.resize(380, self.sizeHint().height())
        for slider in (self.brightness, self.contrast):
            slider.valueChanged.connect(self._tell)
        self.rejected.connect(lambda: self.look_changed.emit(*self._before))

    @Slot()
    def _reset(self) -> None:
        self.brightness.setValue(0)
        self.contrast.setValue(0)

    @Slot()
    def _tell(self) -> None:
        self.look_changed.emit(self.brightness.value(), self.contrast.value())


def _slider(value: int) -> QSlider:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setRange(-MOST, MOST)
    slider.setValue(value)
    return slider
