"""The panels around the picture; each can be moved, floated and closed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

LEFT_WIDTH, RIGHT_WIDTH, BOTTOM_HEIGHT = 240, 300, 190


class Docks(NamedTuple):
    tracks: QDockWidget
    score_map: QDockWidget
    timeline: QDockWidget


def add_docks(
    window: QMainWindow, actions: Mapping[str, QAction], *, tracks: QWidget, score_map: QWidget, timeline: QWidget
) -> Docks:
    """Put the panels where they are at first, and let the View menu show and hide them."""
    docks = Docks(
        _dock(window, "Tracks", tracks, Qt.DockWidgetArea.LeftDockWidgetArea),
        _dock(window, "Score map", score_map, Qt.DockWidgetArea.RightDockWidgetArea),
        _dock(window, "Timeline", timeline, Qt.DockWidgetArea.BottomDockWidgetArea),
    )
    # The score map is tall: it gets the whole height, which at 720 pixels it needs.
    window.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
    window.resizeDocks([docks.tracks, docks.score_map], [LEFT_WIDTH, RIGHT_WIDTH], Qt.Orientation.Horizontal)
    window.resizeDocks([docks.timeline], [BOTTOM_HEIGHT], Qt.Orientation.Vertical)
    for name, dock in zip(("show_tracks", "show_score_map", "show_timeline"), docks, strict=True):
        _let_toggle(actions[name], dock)
    return docks


def _dock(window: QMainWindow, title: str, content: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
    dock = QDockWidget(title, window)
    dock.setObjectName(title)  # by which its place is found again
    dock.setWidget(content)
    window.addDockWidget(area, dock)
    return dock


def _let_toggle(action: QAction, dock: QDockWidget) -> None:
    """Qt's own toggle knows a dock behind another tab from a closed one; ours has the shortcut and the tooltip."""
    toggle = dock.toggleViewAction()
    action.setChecked(toggle.isChecked())
    action.triggered.connect(toggle.trigger)
    toggle.toggled.connect(action.setChecked)
