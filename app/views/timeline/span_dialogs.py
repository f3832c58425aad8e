"""The dialogs before a span is simplified or copied."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QDoubleSpinBox, QFormLayout, QLabel, QWidget

from app.language import marked, tr, translated
from app.views.style.button_box import button_box
from app.views.style.wrapped import WrappedLabel

NEW_TRACK = marked("a new track")


class SimplifyDialog(QDialog):
    """Asks how well lines must overlap the boxes that they replace, and says how many boxes remain.

    Signals:
        chosen(float): the least IoU.
    """

    chosen = Signal(float)

    def __init__(self, *, least_iou: float, outcome: Callable[[float], str], parent: QWidget | None = None) -> None:
        """``outcome``: describes the result for an overlap."""
        super().__init__(parent)
        self.setWindowTitle(tr("Simplify span to keyframes"))
        self._outcome = outcome
        self.overlap = QDoubleSpinBox()
        self.overlap.setRange(0.5, 0.99)
        self.overlap.setSingleStep(0.01)
        self.overlap.setDecimals(2)
        self.overlap.setKeyboardTracking(False)
        self.overlap.setValue(least_iou)
        self.answer = QLabel()
        self.answer.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.answer.setMinimumWidth(self.fontMetrics().horizontalAdvance("0") * 48)
        buttons = button_box(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        form = QFormLayout(self)
        form.setVerticalSpacing(8)
        form.addRow(tr("&Least overlap of lines with the boxes (IoU)"), self.overlap)
        form.addRow(self.answer)
        form.addRow(buttons)
        self.overlap.valueChanged.connect(self._show_outcome)
        self._show_outcome()

    @Slot()
    def _show_outcome(self) -> None:
        self.answer.setText(self._outcome(self.overlap.value()))

    @Slot()
    def _on_accepted(self) -> None:
        self.chosen.emit(self.overlap.value())
        self.accept()


class CopyDialog(QDialog):
    """Asks which track to copy a span to.

    Signals:
        chosen(int or None): the track, or None for a new one.
    """

    chosen = Signal(object)

    def __init__(self, *, what: str, tracks: Sequence[tuple[int, str]], parent: QWidget | None = None) -> None:
        """``tracks``: ids and names to choose from; the first is preselected."""
        super().__init__(parent)
        self.setWindowTitle(tr("Copy span"))
        self.goal = QComboBox()
        for track_id, name in tracks:
            self.goal.addItem(name, track_id)
        self.goal.addItem(translated(NEW_TRACK), None)
        note = WrappedLabel(tr("What the other track has in these frames is replaced where something is copied."))
        note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        buttons = button_box(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        form = QFormLayout(self)
        form.setVerticalSpacing(8)
        form.addRow(QLabel(what))
        form.addRow(tr("&To"), self.goal)
        form.addRow(note)
        form.addRow(buttons)

    @Slot()
    def _on_accepted(self) -> None:
        self.chosen.emit(self.goal.currentData())
        self.accept()
