"""The choice of tracker, device and precision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QToolButton, QWidget

from app.language import tr, tr_counted, translated
from app.settings.schema import DEVICE, PRECISION
from app.settings.tracker_choice import TrackerChoice


class TrackerEntry(NamedTuple):
    """A tracker as an entry of the list."""

    name: str
    family: str  # its title
    explanation: str


class ConstantChange(NamedTuple):
    """A constant for later runs that differs from the tracker's own."""

    title: str
    value: float
    own: float


class TrackerBar(QWidget):
    """
    Signals:
        tracker_chosen(str), device_chosen(str), precision_chosen(str): for the next run.
        take_back_requested: use the tracker's own constants again for later runs.
    """

    tracker_chosen = Signal(str)
    device_chosen = Signal(str)
    precision_chosen = Signal(str)
    take_back_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._missing: str | None = None  # a chosen tracker that does not exist
        self.tracker_box = _chooser(tr("The network that follows your boxes; Track > Models… has more"))
        self.device_box = _chooser(
            tr("The device that runs the network; Automatic takes the fastest one"), DEVICE.choices
        )
        self.precision_box = _chooser(
            tr(
                "How exactly the network computes: float32 is exact, bf16 is faster on some processors;\n"
                "Automatic takes bf16 where it is measured to be faster"
            ),
            PRECISION.choices,
        )
        self.constants_chip = QToolButton()
        self.constants_chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.constants_chip.clicked.connect(self.take_back_requested)
        self.constants_chip.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 4, 0)
        row.setSpacing(4)
        for text, box, chosen in (
            (tr("Tracker"), self.tracker_box, self.tracker_chosen),
            (tr("Device"), self.device_box, self.device_chosen),
            (tr("Precision"), self.precision_box, self.precision_chosen),
        ):
            label = QLabel(text)
            label.setToolTip(box.toolTip())
            box.setAccessibleName(text)
            row.addWidget(label)
            row.addWidget(box)
            if box is self.tracker_box:
                row.addWidget(self.constants_chip)
            row.addSpacing(4)
            box.activated.connect(lambda _, box=box, chosen=chosen: chosen.emit(box.currentData()))

    def set_trackers(self, entries: Iterable[TrackerEntry]) -> None:
        """List these trackers under the titles of their families. The choice stays."""
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
        """Show the choice, even if its tracker is not in the list; a run will report the problem."""
        self._show_tracker(choice.name)
        self.device_box.setCurrentIndex(self.device_box.findData(choice.device))
        self.precision_box.setCurrentIndex(self.precision_box.findData(choice.precision))

    def set_changed_constants(self, changes: Sequence[ConstantChange]) -> None:
        """Show which constants of later runs differ from the tracker's own; nothing if none do."""
        values = [f"{change.title} {change.value:.2f}" for change in changes]
        self.constants_chip.setText(
            f"{values[0] if len(values) == 1 else tr_counted(len(values), 'changed constant')}  ×"
        )
        lines = [
            tr("{title} {value:.3f} (its own: {own:.3f})", title=change.title, value=change.value, own=change.own)
            for change in changes
        ]
        self.constants_chip.setToolTip(
            tr("Later runs do not use the tracker's own constants, with which its scores were measured:\n")
            + "\n".join(lines)
            + tr("\nClick to use its own again")
        )
        self.constants_chip.setVisible(bool(changes))

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
    # No click focus: letters are shortcuts.
    box.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    box.setToolTip(tooltip)
    for name, label in choices:
        box.addItem(translated(label), name)
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
