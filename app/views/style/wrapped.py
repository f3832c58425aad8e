"""Text on as many lines as it needs."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QWidget


class WrappedLabel(QLabel):
    """A QLabel asks the layout for the height of its text at a width that it may not get; then the text is cut at top
    and bottom. This one asks for the lines that it needs at its actual width.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setWordWrap(True)

    def sizeHint(self) -> QSize:
        return self._with_all_lines(super().sizeHint())

    def minimumSizeHint(self) -> QSize:
        return self._with_all_lines(super().minimumSizeHint())

    def _with_all_lines(self, hint: QSize) -> QSize:
        if not self.isVisible():  # it has no real width yet
            return hint
        return QSize(hint.width(), self.heightForWidth(self.width()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
