"""Sliders for the tracker's tunable constants."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from app.language import tr, translated
from app.views.score_map.number_slider import NumberSlider
from tracker_core.decision.score_map import Constants, Tunable


class ConstantsEditor(QWidget):
    """A slider for each of the tracker's ``tunables``, a button to use them for later runs, and a reset button.

    Signals:
        constants_changed(Constants): the person moved a slider or pressed reset; sent while dragging. use_requested:
        use the sliders' constants for later runs.
    """

    constants_changed = Signal(object)
    use_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._own: Constants | None = None
        self._rows: dict[str, _Row] = {}
        self.use_button = QPushButton(tr("Use for later runs"))
        self.use_button.setToolTip(tr("What you try here only changes this frame's maps, until you press this"))
        self.use_button.clicked.connect(self.use_requested)
        self.reset_button = QPushButton(tr("Reset"))
        self.reset_button.setToolTip(tr("Reset the sliders to this tracker's own values"))
        self.reset_button.clicked.connect(self._on_reset)
        self._buttons = QWidget()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.use_button, 1)
        row.addWidget(self.reset_button)
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self._layout.setHorizontalSpacing(8)
        self._layout.setColumnStretch(1, 1)
        self.setVisible(False)

    @property
    def sliders(self) -> dict[str, NumberSlider]:
        """By name, in the order of the tunables."""
        return {name: row.slider for name, row in self._rows.items()}

    @property
    def constants(self) -> Constants | None:
        """The constants of the sliders; None if there is no tracker."""
        if self._own is None:
            return None
        return replace(self._own, **{name: row.slider.number for name, row in self._rows.items()})

    @property
    def are_own(self) -> bool:
        """Whether the sliders show the tracker's own constants."""
        return self.constants == self._own

    def set_constants(self, own: Constants | None, shown: Constants | None = None) -> None:
        """Set a tracker's own constants, and other values for the sliders if given, without emitting
        ``constants_changed``. None: there is no tracker.
        """
        if type(own) is not type(self._own):
            self._lay_out(own.tunables if own is not None else ())
        self._own = own
        if (shown or own) != self.constants:  # otherwise a slider would move while being dragged
            self._take(shown or own)
        self._write_numbers()
        self.setVisible(own is not None)

    def set_is_trial(self, is_trial: bool) -> None:
        """Say whether the sliders differ from the constants of later runs."""
        self.use_button.setEnabled(is_trial)

    def _lay_out(self, tunables: tuple[Tunable, ...]) -> None:
        for row in self._rows.values():
            row.remove()
        self._layout.removeWidget(self._buttons)
        self._rows = {tunable.name: _Row(tunable) for tunable in tunables}
        for number, row in enumerate(self._rows.values()):
            row.add_to(self._layout, number)
            row.slider.number_changed.connect(self._on_slider_moved)
        self._layout.addWidget(self._buttons, len(self._rows), 0, 1, 3)

    def _take(self, constants: Constants | None) -> None:
        values = {} if constants is None else constants.as_mapping()
        for name, row in self._rows.items():
            row.slider.set_number(values[name])
        self._write_numbers()

    def _write_numbers(self) -> None:
        for row in self._rows.values():
            row.write_number()
        self.reset_button.setEnabled(not self.are_own)

    def _on_slider_moved(self) -> None:
        self._write_numbers()
        self.constants_changed.emit(self.constants)

    def _on_reset(self) -> None:
        self._take(self._own)
        self.constants_changed.emit(self._own)


class _Row:
    """Name, slider and value of one constant."""

    def __init__(self, tunable: Tunable) -> None:
        self.slider = NumberSlider(maximum=tunable.maximum)
        self._title = QLabel(translated(tunable.title))
        self._title.setBuddy(self.slider)
        self._number = QLabel()
        self._number.setMinimumWidth(self._number.fontMetrics().horizontalAdvance("0.000"))
        for widget in self._widgets:
            widget.setToolTip(translated(tunable.explanation))

    @property
    def _widgets(self) -> tuple[QWidget, ...]:
        return self._title, self.slider, self._number

    def add_to(self, layout: QGridLayout, row: int) -> None:
        for column, widget in enumerate(self._widgets):
            layout.addWidget(widget, row, column)

    def remove(self) -> None:
        for widget in self._widgets:
            widget.setParent(None)
            widget.deleteLater()

    def write_number(self) -> None:
        self._number.setText(f"{self.slider.number:.3f}")
