"""Which tracker follows, and on which device."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget


class TrackerBar(QWidget):
    """
    Signals:
        tracker_chosen(str), device_chosen(str): for the next run.
    """

    tracker_chosen = Signal(str)
    device_chosen = Signal(str)

    def __init__(
        self,
        *,
        trackers: Sequence[str],
        devices: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
    ) -> None:
        """``devices``: name and what a person reads."""
        super().__init__(parent)
        self.tracker_box = _chooser([(name, name) for name in trackers], "The network that follows what you have boxed")
        self.device_box = _chooser(devices, "What the network runs on; Automatic takes the fastest there is")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 4, 0)
        row.setSpacing(4)
        for text, box in (("Tracker", self.tracker_box), ("Device", self.device_box)):
            label = QLabel(text)
            label.setToolTip(box.toolTip())
            row.addWidget(label)
            row.addWidget(box)
            row.addSpacing(4)
        self.tracker_box.activated.connect(lambda: self.tracker_chosen.emit(self.tracker_box.currentData()))
        self.device_box.activated.connect(lambda: self.device_chosen.emit(self.device_box.currentData()))

    def set_choice(self, *, tracker: str, device: str) -> None:
        """Show what is chosen, also a tracker that is not in the list: a run will say what is wrong with it."""
        if self.tracker_box.findData(tracker) < 0:
            self.tracker_box.addItem(tracker, tracker)
        self.tracker_box.setCurrentIndex(self.tracker_box.findData(tracker))
        self.device_box.setCurrentIndex(self.device_box.findData(device))


def _chooser(choices: Sequence[tuple[str, str]], tooltip: str) -> QComboBox:
    box = QComboBox()
    # The letters of the keyboard belong to the shortcuts.
    box.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    box.setToolTip(tooltip)
    for name, label in choices:
        box.addItem(label, name)
    return box
