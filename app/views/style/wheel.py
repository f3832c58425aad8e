"""Keeps the mouse wheel from changing widgets without focus: scrolling past a slider or tabs must not move them."""

from __future__ import annotations

from typing import TypeGuard

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QPalette, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QProxyStyle,
    QScrollBar,
    QTabBar,
    QWidget,
)


class WheelNeedsFocus(QProxyStyle):
    """A style whose widgets with a value ignore the wheel unless they have the focus.

    A style sees every widget once, before it is shown. (An event filter on the application would work too, but would
    send every event through Python: a fifth of the window's work.)
    """

    def __init__(self, style: str) -> None:
        super().__init__(style)
        self._filter = _Filter(self)

    def polish(self, polished: QWidget | QApplication | QPalette) -> None:  # type: ignore[override]  # three in one
        if _has_value(polished):
            polished.installEventFilter(self._filter)
        super().polish(polished)


class _Filter(QObject):
    """Checks the class of an event, because reading its type creates an enum, which takes ten times as long."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QWheelEvent) or _has_focus(watched):
            return False
        event.ignore()  # so that the surrounding area scrolls
        return True


def _has_value(polished: object) -> TypeGuard[QWidget]:
    is_slider = isinstance(polished, QAbstractSlider) and not isinstance(polished, QScrollBar)
    return is_slider or isinstance(polished, QAbstractSpinBox | QComboBox | QTabBar)


def _has_focus(watched: QObject) -> bool:
    focused = QApplication.focusWidget()
    if focused is None or not isinstance(watched, QWidget):
        return False
    return focused is watched or watched.isAncestorOf(focused)
