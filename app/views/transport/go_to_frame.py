"""The dialog that goes to a frame by its number or time."""

from __future__ import annotations

import math
import re

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.language import message, tr
from app.model.words import time_text
from app.views.style.button_box import button_box

TIME = re.compile(r"(?:(\d+):)?(\d+):(\d{1,2}(?:[.,]\d+)?)")
"""h:mm:ss.ss or mm:ss.ss"""

HALF_A_HUNDREDTH = 0.005


def frame_of(text: str, times: NDArray[np.float64]) -> int:
    """The 0-based frame for a text such as "123", "1:05", "1:05.2" or "0:01:05.2". A time means the frame shown at that
    time.

    Args:
        times: seconds at which each frame begins, ascending from 0.

    Raises:
        ValueError: with a sentence for the person.
    """
    text = text.strip()
    last = len(times) - 1
    if text.isascii() and text.isdigit():
        frame = int(text)
        if frame > last:
            raise ValueError(tr("The video has frames 0 to {last}.", last=last))
        return frame
    match = TIME.fullmatch(text)
    if match is None:
        raise ValueError(tr("Type a frame number such as 123, or a time such as 1:05.20."))
    hours, minutes, seconds = match.groups()
    if float(seconds.replace(",", ".")) >= 60 or (hours and int(minutes) >= 60):
        raise ValueError(tr("Minutes and seconds go up to 59."))
    time = int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds.replace(",", "."))
    frame_time = float(times[-1] - times[-2]) if last else math.inf
    if time > times[-1] + frame_time + HALF_A_HUNDREDTH:
        raise ValueError(tr("The video ends at {time}.", time=time_text(float(times[-1]))))
    # Times are shown with two decimals, so a typed time may be slightly before its frame begins.
    return int(np.searchsorted(times, time + HALF_A_HUNDREDTH, side="right")) - 1


class GoToFrameDialog(QDialog):
    """Asks for a frame number or a time, and says at once what is wrong.

    Signals:
        go_to_requested(int): show this frame.
    """

    go_to_requested = Signal(int)

    def __init__(self, *, times: NDArray[np.float64], current: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Go to frame"))
        self._times = times
        last = len(times) - 1
        self.field = QLineEdit(str(current))
        self.field.selectAll()
        self.answer = QLabel()
        self.answer.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.answer.setMinimumWidth(self.fontMetrics().horizontalAdvance("0") * 52)
        buttons = button_box(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.go_button = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.go_button.setText(tr("Go"))
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        question = QLabel(
            tr("&Frame (0 to {last}) or time (0:00 to {time_text})", last=last, time_text=time_text(float(times[-1])))
        )
        question.setBuddy(self.field)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(question)
        layout.addWidget(self.field)
        layout.addWidget(self.answer)
        layout.addWidget(buttons)
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        self.field.textChanged.connect(self._on_text_changed)
        self._on_text_changed()

    def _on_text_changed(self) -> None:
        try:
            frame = frame_of(self.field.text(), self._times)
        except ValueError as error:
            self.answer.setText(message(str(error)))
            self.go_button.setEnabled(False)
        else:
            self.answer.setText(
                tr("Frame {frame}, at {time_text}", frame=frame, time_text=time_text(float(self._times[frame])))
            )
            self.go_button.setEnabled(True)

    def _on_accepted(self) -> None:
        self.go_to_requested.emit(frame_of(self.field.text(), self._times))
        self.accept()
