"""The status bar: what is running and how long it will take, or else the last message."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QStatusBar, QWidget

from app.language import message, tr

MESSAGE_MILLISECONDS = 12_000
GIGABYTE = 1e9


class StatusBar(QStatusBar):
    """Left: the run, the learning or a message. Right: cursor, zoom, device and cache."""

    def __init__(self, progress: Sequence[QWidget], parent: QWidget | None = None) -> None:
        """``progress``: the widgets that show what runs, at the left."""
        super().__init__(parent)
        self.message = QLabel()
        # A long sentence is cut off instead of widening the window; the tooltip shows all of it.
        self.message.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.place, self.zoom, self.device, self.cache = (_fact() for _ in range(4))
        for widget in progress:
            self.addWidget(widget)
        self.addWidget(self.message, 1)
        for fact in (self.place, self.zoom, self.device, self.cache):
            self.addPermanentWidget(fact)
        self._forgetting = QTimer(self, singleShot=True, interval=MESSAGE_MILLISECONDS)
        self._forgetting.timeout.connect(self.forget)
        self.setContentsMargins(8, 0, 4, 0)

    @Slot(str)
    def tell(self, sentence: str) -> None:
        """Show a message that disappears by itself."""
        sentence = message(sentence)
        self.message.setText(sentence)
        self.message.setToolTip(sentence)
        self._forgetting.start()

    @Slot(str)
    def take_back(self, sentence: str) -> None:
        """Remove this message if it still stands."""
        if self.message.text() == message(sentence):
            self.forget()

    def tell_until_done(self, sentence: str) -> None:
        """Show what is being done, until ``forget``."""
        self.tell(sentence)
        self._forgetting.stop()

    @Slot()
    def forget(self) -> None:
        self.message.clear()
        self.message.setToolTip("")

    @Slot(float, float)
    def set_place(self, x: float, y: float) -> None:
        """Show the cursor's place in image pixels; NaN outside the picture."""
        self.place.setText("" if x != x else f"{int(x)}, {int(y)}")

    @Slot(float)
    def set_zoom(self, percent: float) -> None:
        self.zoom.setText(f"{percent:.0f} %")

    def set_device(self, text: str) -> None:
        self.device.setText(text)

    @Slot(object, object)
    def set_cache(self, used: int, allowed: int) -> None:
        """Show the size of the cache and its limit, both in bytes."""
        self.cache.setText(tr("cache {used:.1f} of {allowed:.1f} GB", used=used / GIGABYTE, allowed=allowed / GIGABYTE))


def _fact() -> QLabel:
    label = QLabel()
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    label.setContentsMargins(4, 0, 4, 0)
    return label
