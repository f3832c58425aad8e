"""A ring around the part of the window with the keyboard focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

WIDTH = 2  # pixels


class FocusRing(QWidget):
    """Lies over the part that has the focus or contains the focused widget. The mouse passes through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parts: list[QWidget] = []
        self._part: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        qt = QApplication.instance()
        assert isinstance(qt, QApplication)
        qt.focusChanged.connect(self._on_focus_changed)

    def add(self, part: QWidget) -> None:
        """Show the ring when this part has the focus."""
        self._parts.append(part)

    @property
    def part(self) -> QWidget | None:
        """The part with the ring; None while something else has the focus."""
        return self._part

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, old: QWidget | None, now: QWidget | None) -> None:
        if now is None:  # another window has it, such as a menu or dialog
            return
        found = next((part for part in self._parts if part is now or part.isAncestorOf(now)), None)
        if found is self._part:
            return
        if self._part is not None:
            self._part.removeEventFilter(self)
        self._part = found
        if found is None:
            self.hide()
            return
        self.setParent(found)
        found.installEventFilter(self)
        self._cover()
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent) and watched is self._part:
            self._cover()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            pen = QPen(self.palette().color(QPalette.ColorRole.Accent), WIDTH)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            half = WIDTH // 2
            painter.drawRect(self.rect().adjusted(half, half, -half, -half))

    def _cover(self) -> None:
        if self._part is not None:
            self.setGeometry(self._part.rect())
