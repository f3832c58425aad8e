"""Which tracker follows, where it computes, and how exactly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from app.settings.schema import DEVICE, PRECISION
from app.settings.tracker_choice import TrackerChoice


class TrackerEntry(NamedTuple):
    """A tracker that can be chosen, as a person sees it."""

    name: str
    family: str  # its title
    explanation: str


class TrackerBar(QWidget):
    """
    Signals:
        tracker_chosen(str), device_chosen(str), precision_chosen(str): for the next run.
    """

    tracker_chosen = Signal(str)
    device_chosen = Signal(str)
    precision_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._missing: str | None = None  # what is chosen and not there
        self.tracker_box = _chooser("The network that follows what you have boxed; Track > Models… has more")
        self.device_box = _chooser("What the network computes on; Automatic takes the fastest there is", DEVICE.choices)
        self.precision_box = _chooser(
            "How exactly the network computes: float32 is exact, bf16 is faster where the hardware has it;\n"
            "Automatic takes bf16 there and float32 elsewhere",
            PRECISION.choices,
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 4, 0)
        row.setSpacing(4)
        for text, box, chosen in (
            ("Tracker", self.tracker_box, self.tracker_chosen),
            ("Device", self.device_box, self.device_chosen),
            ("Precision", self.precision_box, self.precision_chosen),
        ):
            label = QLabel(text)
            label.setToolTip(box.toolTip())
            box.setAccessibleName(text)
            row.addWidget(label)
            row.addWidget(box)
            row.addSpacing(4)
            box.activated.connect(lambda _, box=box, chosen=chosen: chosen.emit(box.currentData()))

    def set_trackers(self, entries: Iterable[TrackerEntry]) -> None:
        """List these under the titles of their families; what is chosen stays chosen."""
        chosen = self.tracker_box.currentData()
        model = QStandardItemModel(self.tracker_box)
        family = ""
        for entry in sorted(entries, key=lambda entry: entry.family):
            if entry.family != family:
                family = entry.family
                model.appendRow(_heading(family))
            model.appendRow(_item(entry))
        self.tracker_box.setModel(model)
        self._missing = None
        if chosen is not None:
            self._show_tracker(chosen)

    def set_choice(self, choice: TrackerChoice) -> None:
        """Show what is chosen, also a tracker that is not in the list: a run will say what is wrong with it."""
        self._show_tracker(choice.name)
        self.device_box.setCurrentIndex(self.device_box.findData(choice.device))
        self.precision_box.setCurrentIndex(self.precision_box.findData(choice.precision))

    def _show_tracker(self, name: str) -> None:
        if self._missing is not None and self._missing != name:
            self.tracker_box.removeItem(self.tracker_box.findData(self._missing))
            self._missing = None
        if self.tracker_box.findData(name) < 0:
            self.tracker_box.addItem(name, name)
            self._missing = name
        self.tracker_box.setCurrentIndex(self.tracker_box.findData(name))


def _chooser(tooltip: str, choices: Sequence[tuple[str, str]] = ()) -> QComboBox:
    box = QComboBox()
    # The letters of the keyboard belong to the shortcuts.
    box.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    box.setToolTip(tooltip)
    for name, label in choices:
        box.addItem(label, name)
    return box


def _heading(title: str) -> QStandardItem:
    item = QStandardItem(title)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    return item


def _item(entry: TrackerEntry) -> QStandardItem:
    item = QStandardItem(entry.name)
    item.setData(entry.name, Qt.ItemDataRole.UserRole)
    item.setToolTip(entry.explanation)
    return item
