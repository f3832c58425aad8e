"""The main window: the picture in the middle, panels around it, bars above and below. It only lays them out."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QRect, QSettings, QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDockWidget,
    QLineEdit,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)

from app.language import translated
from app.small_files import make_way
from app.views.dialogs.error_dialog import show_error
from app.views.style.icons import app_icon, icon
from app.views.window.focus_ring import FocusRing

FIELDS = (QLineEdit, QAbstractSpinBox, QComboBox)
GEOMETRY, LAYOUT = "window/geometry", "window/layout"
FIRST_SIZE = QSize(1280, 720)

LEFT = Qt.DockWidgetArea.LeftDockWidgetArea
RIGHT = Qt.DockWidgetArea.RightDockWidgetArea
BOTTOM = Qt.DockWidgetArea.BottomDockWidgetArea
GRIP_HEIGHT, LEAST_GRIP = 20, 60  # pixels of a floating panel's title that must be visible so that it can be moved
FIRST_EXTENT = {LEFT: 240, RIGHT: 356, BOTTOM: 210}
"""Width of a panel at a side, height of one at the bottom, when the program is started for the first time. At the right
the names of four tabs have room side by side.
"""


def window_places(file: Path) -> QSettings:
    """Where the window remembers its geometry."""
    with suppress(OSError):  # if a pipe lies there, Qt would wait for ever
        make_way(file)
    return QSettings(str(file), QSettings.Format.IniFormat)


class MainWindow(QMainWindow):
    """
    Signals:
        closing: the window closes. Owners of threads end them in their slots.
        panels_changed: a panel was shown or hidden.
    """

    closing = Signal()
    panels_changed = Signal()

    def __init__(self, places: QSettings) -> None:
        """``places``: remembers the geometry of window and panels."""
        super().__init__()
        self._places = places
        self.docks: dict[str, QDockWidget] = {}
        self.focus_ring = FocusRing(self)
        self.setWindowIcon(app_icon())
        self.resize(FIRST_SIZE)
        # The score map is tall and gets the whole height; at 720 pixels it needs all of it.
        self.setCorner(Qt.Corner.BottomRightCorner, RIGHT)
        self.set_title("")

    def set_middle(self, picture: QWidget, bar: QWidget) -> None:
        """Set the picture, which gets as much room as possible, and the bar beneath it."""
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(picture, 1)
        column.addWidget(bar)
        self.setCentralWidget(middle)
        self._picture = picture
        self.focus_ring.add(picture)
        picture.setFocus()

    def add_panel(self, title: str, content: QWidget, area: Qt.DockWidgetArea, *, shown: bool = True) -> None:
        """Add a panel that can be moved, floated and closed. Panels on the same side become tabs, the first one on top.
        ``shown``: whether it is open by default.
        """
        before = [dock for dock in self.docks.values() if self.dockWidgetArea(dock) == area]
        dock = QDockWidget(translated(title), self)
        dock.setObjectName(title)  # Qt restores its place by this name
        dock.setWidget(content)
        self.addDockWidget(area, dock)
        if area != BOTTOM and before and shown:
            self.tabifyDockWidget(before[-1], dock)
            before[0].raise_()
        # Unlike visibility, Qt's toggle action does not change when a dock goes behind another tab.
        dock.toggleViewAction().toggled.connect(self.panels_changed)
        dock.topLevelChanged.connect(lambda: _dress_buttons(dock))
        dock.visibilityChanged.connect(lambda is_seen: self._take_keys_from(dock, is_seen=is_seen))
        _dress_buttons(dock)
        self.docks[title] = dock
        if not shown:
            dock.hide()
            if before:
                self._tabify_when_shown(dock, before[0])
        self.focus_ring.add(content)

    def _take_keys_from(self, dock: QDockWidget, *, is_seen: bool) -> None:
        """Move the focus away from a panel behind another tab: the arrow keys would move a slider that nobody sees."""
        focused = QApplication.focusWidget()
        if not is_seen and focused is not None and dock.isAncestorOf(focused):
            self._picture.setFocus()

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Make Tab skip panels behind another tab, because Qt considers them visible."""
        passed: set[QWidget] = set()
        while super().focusNextPrevChild(forwards):
            focused = QApplication.focusWidget()
            if focused is None or focused in passed or not self._is_behind(focused):
                return True
            passed.add(focused)
        return False

    def _is_behind(self, widget: QWidget) -> bool:
        return any(dock.isAncestorOf(widget) and dock.visibleRegion().isEmpty() for dock in self.docks.values())

    def _tabify_when_shown(self, dock: QDockWidget, beside: QDockWidget) -> None:
        """Add a dock to the tabs when it is first shown. If it were hidden among them, Qt would leave a stray tab bar
        over the window.
        """

        def tabify(is_shown: bool) -> None:
            if is_shown:
                dock.toggleViewAction().toggled.disconnect(tabify)
                if not self.tabifiedDockWidgets(dock) and not dock.isFloating():
                    self.tabifyDockWidget(beside, dock)
                    dock.raise_()

        dock.toggleViewAction().toggled.connect(tabify)

    def is_panel_shown(self, title: str) -> bool:
        return self.docks[title].toggleViewAction().isChecked()

    def show_panel(self, title: str, shown: bool) -> None:
        """Show or close a panel."""
        if shown != self.is_panel_shown(title):
            self.docks[title].toggleViewAction().trigger()
        _bring_into_sight(self.docks[title], self)

    def bring_forward(self, title: str) -> None:
        """Show a panel, even if it is closed or behind another tab."""
        self.show_panel(title, True)
        self.docks[title].raise_()

    def restore_places(self) -> None:
        """Restore the window and its panels to where they were last, or to their default places."""
        geometry, layout = self._places.value(GEOMETRY), self._places.value(LAYOUT)
        if isinstance(geometry, QByteArray) and isinstance(layout, QByteArray):
            self.restoreGeometry(geometry)
            self.restoreState(layout)
            for dock in self.docks.values():
                _bring_into_sight(dock, self)
            return
        for orientation, areas in ((Qt.Orientation.Horizontal, (LEFT, RIGHT)), (Qt.Orientation.Vertical, (BOTTOM,))):
            docks = [dock for dock in self.docks.values() if self.dockWidgetArea(dock) in areas]
            self.resizeDocks(docks, [FIRST_EXTENT[self.dockWidgetArea(dock)] for dock in docks], orientation)

    def set_title(self, name: str) -> None:
        self.setWindowTitle(f"{name} – Siamark" if name else "Siamark")

    @Slot(str)
    def show_error(self, sentence: str) -> None:
        """Show what went wrong, and return at once."""
        show_error(self, sentence)

    def event(self, event: QEvent) -> bool:
        """Let a focused field have Return, although the window has a shortcut on that key: fields do not claim it
        themselves.
        """
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if is_return and isinstance(QApplication.focusWidget(), FIELDS):
                event.accept()
                return True
        return super().event(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._places.setValue(GEOMETRY, self.saveGeometry())
        self._places.setValue(LAYOUT, self.saveState())
        for dock in self.docks.values():
            if dock.isFloating():
                dock.hide()  # otherwise it would outlive the window
        self.closing.emit()
        super().closeEvent(event)


def _dress_buttons(dock: QDockWidget) -> None:
    """Replace the style's icons on a panel's buttons, because they are drawn for a light background."""
    for name, sign in (("qt_dockwidget_floatbutton", "float"), ("qt_dockwidget_closebutton", "close")):
        button = dock.findChild(QAbstractButton, name)
        if button is not None:
            button.setIcon(icon(sign))


def _bring_into_sight(dock: QDockWidget, window: QMainWindow) -> None:
    """Move a floating panel to the window if it is outside all screens, for example after one was unplugged."""
    if not dock.isFloating():
        return
    rooms = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    frame = dock.frameGeometry()
    grip = QRect(frame.left(), frame.top(), frame.width(), GRIP_HEIGHT)  # the part to drag it by
    if any(_fits(grip.intersected(room)) for room in rooms):
        return
    room = window.screen().availableGeometry()
    dock.resize(dock.size().boundedTo(room.size()))
    place = window.geometry().intersected(room).center() - dock.rect().center()
    dock.move(max(place.x(), room.left()), max(place.y(), room.top()))


def _fits(seen: QRect) -> bool:
    return seen.width() >= LEAST_GRIP and seen.height() >= GRIP_HEIGHT
