"""A bar that lies over a picture and asks one thing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

DISTANCE_TO_EDGE = 16


class PictureBar(QFrame):
    """Hidden at first. It is a bar, because a dialog would interrupt the person. Give it no focus, so that the picture
    keeps it. Subclasses say in ``place`` where it lies.
    """

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.over = over
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        over.installEventFilter(self)
        self.hide()

    def place(self) -> None:
        """Move and resize the bar to fit the current size of ``over``."""
        raise NotImplementedError

    def appear(self) -> None:
        """Show the bar above everything else on the picture."""
        self.place()
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent) and self.isVisible():
            self.place()
        return False
