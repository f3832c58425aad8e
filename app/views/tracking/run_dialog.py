"""The dialog that asks which tracks to track, in which direction and how far."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.assist.run_plan import Until
from app.assist.wished_run import BOTH_WAYS, Directions, RunWish
from app.language import tr, tr_counted
from app.model.direction import BACKWARD, FORWARD
from app.views.style.button_box import button_box
from app.views.style.wrapped import WrappedLabel

DIRECTIONS: Final[tuple[Directions, ...]] = ((FORWARD,), (BACKWARD,), BOTH_WAYS)


class RunDialog(QDialog):
    """
    Signals:
        chosen(RunWish): what to track.
    """

    chosen = Signal(object)

    def __init__(
        self,
        *,
        selected: Sequence[int],
        selected_text: str,
        free: Sequence[int],
        frame: int,
        frame_count: int,
        last: RunWish | None,
        outcome: Callable[[RunWish], str],
        parent: QWidget | None = None,
    ) -> None:
        """
        Args:
            selected: the selected tracks; ``selected_text`` names them. Empty: only all tracks can be chosen.
            free: all tracks that are not locked.
            frame: the shown frame, where the run starts.
            last: the last answer, which is offered again.
            outcome: describes what a wish would do.
        """
        super().__init__(parent)
        self.setWindowTitle(tr("Track"))
        self._frame = frame
        self._outcome = outcome

        self.who = QComboBox()
        if selected:
            self.who.addItem(selected_text, tuple(selected))
        self.who.addItem(tr("all {tracks} that are not locked", tracks=tr_counted(len(free), "track")), tuple(free))
        self.direction = QComboBox()
        self.direction.addItems([tr("forward"), tr("backward"), tr("both ways")])  # as DIRECTIONS

        self.to_keyframe = QRadioButton(tr("the next &keyframe of each track"))
        self.to_end = QRadioButton(tr("the &end of the video, through all keyframes"))
        self.so_many = QRadioButton(tr("so &many frames:"))
        self.to_frame = QRadioButton(tr("the &frame:"))
        self.frames = _number(1, max(frame_count - 1, 1), 50)
        self.last_frame = _number(0, max(frame_count - 1, 0), frame_count - 1)
        self._far = QButtonGroup(self)
        far = QVBoxLayout()
        for button, field in (
            (self.to_keyframe, None),
            (self.to_end, None),
            (self.so_many, self.frames),
            (self.to_frame, self.last_frame),
        ):
            self._far.addButton(button)
            line = QHBoxLayout()
            line.addWidget(button)
            if field is not None:
                line.addWidget(field)
                field.valueChanged.connect(button.click)
            line.addStretch()
            far.addLayout(line)

        self.answer = WrappedLabel("")
        self.answer.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.answer.setMinimumWidth(self.fontMetrics().horizontalAdvance("0") * 48)
        self.buttons = button_box(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(tr("Track"))
        self.buttons.accepted.connect(self._on_accepted)
        self.buttons.rejected.connect(self.reject)
        form = QFormLayout(self)
        form.setVerticalSpacing(8)
        form.addRow(tr("&Tracks"), self.who)
        form.addRow(tr("&Direction"), self.direction)
        form.addRow(QLabel(tr("As far as")), far)
        form.addRow(self.answer)
        form.addRow(self.buttons)

        self._offer(last)
        self.who.currentIndexChanged.connect(self._show_outcome)
        self.direction.currentIndexChanged.connect(self._show_outcome)
        self._far.buttonToggled.connect(self._show_outcome)
        self.frames.valueChanged.connect(self._show_outcome)
        self.last_frame.valueChanged.connect(self._show_outcome)
        self._show_outcome()

    @property
    def wish(self) -> RunWish:
        """The chosen wish. A run to a frame goes in the direction of that frame."""
        directions = DIRECTIONS[self.direction.currentIndex()]
        until: Until | int = Until.NEXT_KEYFRAME
        if self.to_end.isChecked():
            until = Until.END
        elif self.so_many.isChecked():
            until = self.frames.value()
        elif self.to_frame.isChecked():
            ahead = self.last_frame.value() - self._frame
            directions, until = (FORWARD,) if ahead >= 0 else (BACKWARD,), abs(ahead)
        return RunWish(self.who.currentData(), self._frame, directions, until)

    def _offer(self, last: RunWish | None) -> None:
        self.to_keyframe.setChecked(True)
        if last is None:
            return
        self.direction.setCurrentIndex(DIRECTIONS.index(last.directions))
        if last.until is Until.END:
            self.to_end.setChecked(True)
        elif isinstance(last.until, int):
            self.frames.setValue(last.until)
            self.so_many.setChecked(True)

    @Slot()
    def _show_outcome(self) -> None:
        self.direction.setEnabled(not self.to_frame.isChecked())
        self.answer.setText(self._outcome(self.wish))

    @Slot()
    def _on_accepted(self) -> None:
        self.chosen.emit(self.wish)
        self.accept()


def _number(least: int, most: int, value: int) -> QSpinBox:
    field = QSpinBox()
    field.setRange(least, most)
    field.setValue(value)
    return field
