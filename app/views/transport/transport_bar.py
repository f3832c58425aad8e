"""The bar under the picture: moves through the video and shows the current frame and time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QFont
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QHBoxLayout, QLabel, QSpinBox, QWidget

from app.language import tr
from app.model.words import time_text
from app.views.style.buttons import action_button
from app.views.style.icons import icon

BUTTONS = (
    "first_frame", "previous_keyframe", "step_back", "play", "step_forward", "next_keyframe", "last_frame",
)  # fmt: skip


class TransportBar(QWidget):
    """
    Signals:
        frame_requested(int): typed into the frame field.
        speed_requested(float).
    """

    frame_requested = Signal(int)
    speed_requested = Signal(float)

    def __init__(
        self, actions: Mapping[str, QAction], *, speeds: Sequence[float], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._play = actions["play"]
        self._frame = 0
        self._times: NDArray[np.float64] = np.zeros(1)
        self.frame_field = QSpinBox()
        self.frame_field.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.frame_field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.frame_field.setKeyboardTracking(False)
        self.frame_field.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.frame_field.setAccessibleName(tr("Frame"))
        self.last_frame = QLabel()
        self.time = QLabel()
        self.speed_box = QComboBox()
        self.speed_box.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.speed_box.setToolTip(tr("How fast it plays; [ and ] change it"))
        for speed in speeds:
            self.speed_box.addItem(f"{speed:g}×", speed)
        for label in (self.last_frame, self.time):
            label.setFont(_tabular(label.font()))
        self._lay_out(actions)
        self.set_times(None)
        self.set_speed(1.0)
        self.frame_field.editingFinished.connect(self._on_frame_typed)
        self.speed_box.activated.connect(lambda: self.speed_requested.emit(self.speed_box.currentData()))

    def set_times(self, times: NDArray[np.float64] | None) -> None:
        """The time of every frame of the open video, in seconds; None if no video is open."""
        self.setEnabled(times is not None)
        self._times = np.zeros(1) if times is None else times
        last = len(self._times) - 1
        self.frame_field.setRange(0, last)
        self.last_frame.setText(f"/ {last}")
        self.last_frame.setToolTip(tr("Frames are counted from 0; this video has {last:,}", last=last + 1))
        self.time.setMinimumWidth(self.time.fontMetrics().horizontalAdvance(time_text(float(self._times[-1]))) + 8)
        self.set_frame(0)

    @Slot(int)
    def set_frame(self, frame: int) -> None:
        self._frame = frame
        self.frame_field.blockSignals(True)
        self.frame_field.setValue(frame)
        self.frame_field.blockSignals(False)
        if frame < len(self._times):
            self.time.setText(time_text(float(self._times[frame])))

    @Slot(bool)
    def set_playing(self, playing: bool) -> None:
        self._play.setIcon(icon("pause" if playing else "play"))

    @Slot(float)
    def set_speed(self, speed: float) -> None:
        self.speed_box.setCurrentIndex(self.speed_box.findData(speed))

    def _lay_out(self, actions: Mapping[str, QAction]) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(4)
        for name in BUTTONS:
            row.addWidget(action_button(actions[name], icon_size=20))
        row.addSpacing(12)
        row.addWidget(QLabel(tr("Frame")))
        row.addWidget(self.frame_field)
        row.addWidget(self.last_frame)
        row.addSpacing(12)
        row.addWidget(self.time)
        row.addStretch(1)
        row.addWidget(self.speed_box)

    @Slot()
    def _on_frame_typed(self) -> None:
        if self.frame_field.value() != self._frame:  # otherwise the field only lost the focus
            self.frame_requested.emit(self.frame_field.value())


def _tabular(font: QFont) -> QFont:
    """Digits of the same width, so that a running number does not jitter."""
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
