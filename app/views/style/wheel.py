"""Keeps the mouse wheel from changing widgets without focus: scrolling past a slider must not move it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QAbstractSpinBox, QApplication, QComboBox, QScrollBar, QWidget


class WheelNeedsFocus(QObject):
    """An event filter of the application, so that it works in every window and dialog."""

    def __init__(self, qt: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        qt.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QWheelEvent):  # cheaper than the type, and every event comes through here
            return False
        if not _has_value(watched) or _has_focus(watched):
            return False
        event.ignore()  # so that the surrounding area scrolls
        return True


def _has_value(watched: QObject) -> bool:
    is_slider = isinstance(watched, QAbstractSlider) and not isinstance(watched, QScrollBar)
    return is_slider or isinstance(watched, QAbstractSpinBox | QComboBox)


def _has_focus(watched: QObject) -> bool:
    focused = QApplication.focusWidget()
    if focused is None or not isinstance(watched, QWidget):
        return False
    return focused is watched or watched.isAncestorOf(focused)
