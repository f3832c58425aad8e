"""Menus and toolbar, laid out from the table of actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMainWindow, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from app.settings.schema import THEME
from app.views.window.actions import ACTIONS, FILE, SECTIONS, TRACK, VIEW

TOOLBAR = (
    "open_video", "export", "", "undo", "redo", "", "draw_box", "delete_box", "", "track_backward", "track_forward",
)  # fmt: skip
WITH_TEXT = ("track_backward", "track_forward")


def fill_menu_bar(
    window: QMainWindow, actions: Mapping[str, QAction], *, recent: QMenu, theme: QMenu
) -> dict[str, QMenu]:
    """A menu for each section. Returns them by section."""
    menus = {section: window.menuBar().addMenu(f"&{section}") for section in SECTIONS}
    for spec in ACTIONS:
        menu = menus[spec.section]
        if spec.separated:
            menu.addSeparator()
        menu.addAction(actions[spec.id])
    menus[TRACK].setToolTipsVisible(True)  # one of its entries is disabled for a reason that nobody would guess
    menus[FILE].insertMenu(actions["save_as"], recent)
    menus[VIEW].addSeparator()
    menus[VIEW].addMenu(theme)
    return menus


def make_toolbar(actions: Mapping[str, QAction], *, at_the_right: QWidget) -> QToolBar:
    bar = QToolBar("Toolbar")
    bar.setObjectName("toolbar")
    bar.setMovable(False)
    bar.setIconSize(QSize(20, 20))
    for name in TOOLBAR:
        if not name:
            bar.addSeparator()
            continue
        bar.addAction(actions[name])
        button = bar.widgetForAction(actions[name])
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if isinstance(button, QToolButton) and name in WITH_TEXT:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    space = QWidget()
    space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    bar.addWidget(space)
    bar.addWidget(at_the_right)
    return bar


class RecentMenu(QMenu):
    """
    Signals:
        path_chosen(Path).
    """

    path_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Open recent", parent)
        self.set_paths(())

    def set_paths(self, paths: Sequence[Path]) -> None:
        self.clear()
        for path in paths:
            # "&&", because a single one would underline what follows it.
            action = self.addAction(f"{path.name}  –  {path.parent}".replace("&", "&&"))
            action.setData(path)
            action.triggered.connect(lambda _, chosen=path: self.path_chosen.emit(chosen))
        self.setEnabled(bool(paths))


class ThemeMenu(QMenu):
    """
    Signals:
        theme_chosen(str): a name of the setting.
    """

    theme_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Theme", parent)
        self._group = QActionGroup(self)
        for name, label in THEME.choices:
            action = self.addAction(label)
            action.setCheckable(True)
            action.setData(name)
            self._group.addAction(action)
        self._group.triggered.connect(lambda action: self.theme_chosen.emit(action.data()))

    def set_theme(self, name: str) -> None:
        for action in self._group.actions():
            action.setChecked(action.data() == name)
