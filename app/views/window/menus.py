"""Menus and toolbar, made from the table of actions."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from PySide6.QtCore import QRect, QSize, Slot
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QSizePolicy, QToolBar, QWidget

from app.controllers.settings import SettingsController
from app.language import tr, translated
from app.settings.schema import THEME, Setting
from app.views.style.buttons import style_on_toolbar
from app.views.style.theme import apply_theme
from app.views.window.action_set import Actions
from app.views.window.actions import EDIT, FILE, SECTIONS, SPAN, TRACK, VIEW


def fill_menu_bar(window: QMainWindow, actions: Actions, *, recent: QMenu, theme: QMenu) -> None:
    """Add a menu for each section."""
    menus = {section: window.menuBar().addMenu(_with_letter(section)) for section in SECTIONS}
    for row in actions.rows:
        menu = menus[row.menu]
        if row.separated:
            menu.addSeparator()
        menu.addAction(actions.by_id[row.id])
    menus[TRACK].setToolTipsVisible(True)  # tooltips say why an entry is disabled
    for menu in (menus[EDIT], menus[SPAN]):
        actions.count_in(menu)
    menus[FILE].insertMenu(actions.by_id["save_as"], recent)
    menus[VIEW].addSeparator()
    menus[VIEW].addMenu(theme)


def place_of_menu(window: QMainWindow, section: str) -> QRect:
    """The rectangle of a section's name in the menu bar."""
    bar = window.menuBar()
    return bar.actionGeometry(bar.actions()[SECTIONS.index(section)])


def _with_letter(section: str) -> str:
    """The section's name with the letter that opens its menu. In a script without letters the letter follows the name,
    as is usual.
    """
    name = translated(section)
    return f"&{name}" if name == section else f"{name}(&{section[0]})"


def make_toolbar(actions: Actions, *, at_the_right: QWidget) -> QToolBar:
    bar = QToolBar(tr("Toolbar"))
    bar.setObjectName("toolbar")
    bar.setMovable(False)
    bar.setIconSize(QSize(20, 20))
    rows = sorted((row for row in actions.rows if row.toolbar), key=lambda row: row.toolbar)
    last_of_group = {before.id for before, after in pairwise(rows) if before.toolbar // 10 != after.toolbar // 10}
    for row in rows:
        action = actions.by_id[row.id]
        bar.addAction(action)
        style_on_toolbar(bar, action, with_text=row.toolbar_text)
        if row.id in last_of_group:
            bar.addSeparator()
    space = QWidget()
    space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    bar.addWidget(space)
    bar.addWidget(at_the_right)
    return bar


class ThemeMenu(QMenu):
    """The menu of themes. Applies the theme whenever it changes, here or in the settings dialog."""

    def __init__(self, qt: QApplication, settings: SettingsController, parent: QWidget | None = None) -> None:
        super().__init__(tr("Theme"), parent)
        self._qt = qt
        self._settings = settings
        self._group = QActionGroup(self)
        for name, label in THEME.choices:
            action = self.addAction(translated(label))
            action.setCheckable(True)
            action.setChecked(name == settings.get(THEME))
            action.setData(name)
            self._group.addAction(action)
        self._group.triggered.connect(lambda action: settings.set(THEME, action.data()))
        settings.changed.connect(self._on_setting_changed)

    @Slot(object)
    def _on_setting_changed(self, setting: Setting[Any]) -> None:
        if setting == THEME:
            name = self._settings.get(THEME)
            for action in self._group.actions():
                action.setChecked(action.data() == name)
            apply_theme(self._qt, name)
