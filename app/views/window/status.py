"""The line at the bottom: what is running and how long it will take, else the last thing worth telling."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QStatusBar, QToolButton, QWidget

MESSAGE_MILLISECONDS = 12_000
GIGABYTE = 1e9


class RunStatus(QWidget):
    """'tracking #1 forward 312/659, 104 frames/s, 3 s left [pause] [stop]'. Hidden while nothing runs."""

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = QLabel()
        self.bar = _bar()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.bar)
        row.addWidget(self.label)
        for name in ("pause_run", "stop_run"):
            row.addWidget(_button(actions[name]))
        self._name = ""
        self._progress = ""
        self._paused = False
        self.hide()

    def start(self, name: str) -> None:
        """``name``: what runs, such as "tracking #1 forward"."""
        self._name, self._progress, self._paused = name, "starting", False
        self.bar.setRange(0, 0)
        self._write()
        self.show()

    def set_progress(
        self, *, done: int, total: int, frames_per_second: float | None, seconds_left: float | None
    ) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self._progress = f"{done}/{total}"
        if frames_per_second is not None and seconds_left is not None:
            self._progress += f", {frames_per_second:.0f} frames/s, {_duration(seconds_left)} left"
        self._write()

    def set_paused(self, paused: bool) -> None:
        self._paused = paused
        self._write()

    def end(self) -> None:
        self.hide()

    def _write(self) -> None:
        state = "paused, " if self._paused else ""
        self.label.setText(f"{state}{self._name} {self._progress}")


class LearningStatus(QWidget):
    """'learning from 34 boxes: 2 min left [stop]'. Hidden while nothing is learnt."""

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = QLabel()
        self.label.setMinimumWidth(1)  # beside a run it is cut off rather than that the window grows
        self.bar = _bar()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.bar)
        row.addWidget(self.label)
        row.addWidget(_button(actions["stop_learning"]))
        self._progress = ""
        self._waits = False
        self.hide()

    def start(self) -> None:
        self._progress, self._waits = "learning begins", False
        self.bar.setRange(0, 0)
        self._write()
        self.show()

    def set_progress(self, *, what: str, done: float, seconds_left: float | None) -> None:
        """``done``: of 1; nothing is known of it yet where it is 0."""
        self.bar.setRange(0, 1000 if done else 0)
        self.bar.setValue(round(1000 * done))
        self._progress = what if seconds_left is None else f"{what}: {_duration(seconds_left)} left"
        self._write()

    def set_waiting(self, waits: bool) -> None:
        """For a run of the tracker, which needs the machine."""
        self._waits = waits
        self._write()

    def end(self) -> None:
        self.hide()

    def _write(self) -> None:
        self.bar.setVisible(not self._waits)  # beside a run there is little room
        self.label.setText("learning waits" if self._waits else self._progress)


class StatusBar(QStatusBar):
    """The run, the learning, or else a message, at the left; cursor, zoom, device and cache at the right."""

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.run = RunStatus(actions)
        self.learning = LearningStatus(actions)
        self.message = QLabel()
        # A long sentence is cut off instead of widening the window; its whole is in the tooltip.
        self.message.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.place, self.zoom, self.device, self.cache = (_fact() for _ in range(4))
        self.addWidget(self.run)
        self.addWidget(self.learning)
        self.addWidget(self.message, 1)
        for fact in (self.place, self.zoom, self.device, self.cache):
            self.addPermanentWidget(fact)
        self._forgetting = QTimer(self, singleShot=True, interval=MESSAGE_MILLISECONDS)
        self._forgetting.timeout.connect(self.forget)
        self.setContentsMargins(8, 0, 4, 0)

    @Slot(str)
    def tell(self, sentence: str) -> None:
        """Say something that needs no answer; it goes away by itself."""
        self.message.setText(sentence)
        self.message.setToolTip(sentence)
        self._forgetting.start()

    def tell_until_done(self, sentence: str) -> None:
        """Say what is being done; ``forget`` ends it."""
        self.tell(sentence)
        self._forgetting.stop()

    @Slot()
    def forget(self) -> None:
        self.message.clear()
        self.message.setToolTip("")

    @Slot(float, float)
    def set_place(self, x: float, y: float) -> None:
        """In image pixels; nan off the picture."""
        self.place.setText("" if x != x else f"{int(x)}, {int(y)}")

    @Slot(float)
    def set_zoom(self, percent: float) -> None:
        self.zoom.setText(f"{percent:.0f} %")

    def set_device(self, text: str) -> None:
        self.device.setText(text)

    @Slot(object, object)
    def set_cache(self, used: int, allowed: int) -> None:
        """Bytes."""
        self.cache.setText(f"cache {used / GIGABYTE:.1f} of {allowed / GIGABYTE:.1f} GB")


def _bar() -> QProgressBar:
    bar = QProgressBar()
    bar.setTextVisible(False)
    bar.setFixedSize(120, 8)
    return bar


def _fact() -> QLabel:
    label = QLabel()
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    label.setContentsMargins(4, 0, 4, 0)
    return label


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setIconSize(QSize(16, 16))
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return button


def _duration(seconds: float) -> str:
    if seconds < 60:
        return f"{max(round(seconds), 1)} s"
    return f"{seconds / 60:.0f} min" if seconds < 3600 else f"{seconds / 3600:.1f} h"
