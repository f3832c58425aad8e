"""Makes QActions from the table of actions, with the person's own keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from app.language import tr_counted, translated
from app.views.dialogs.palette import Command
from app.views.dialogs.shortcuts import ShortcutRow
from app.views.style.icons import icon
from app.views.window.actions import ACTIONS, ActionRow
from app.views.window.doers import Doers
from app.views.window.fixed_keys import MOUSE_AND_FIXED_KEYS
from app.views.window.looking_actions import LOOKING_ACTIONS
from app.workers.turns import Soon

When = Callable[[Doers], bool]


class Actions(QObject):
    """The actions. They are made first, because bars and panels need them for buttons; ``join`` connects them to their
    doers at the end.
    """

    def __init__(self, parent: QObject, keys: Mapping[str, str] | None = None) -> None:
        """``keys``: the person's own keys by action id; empty for none."""
        super().__init__(parent)
        self.rows: list[ActionRow] = []
        self.by_id: dict[str, QAction] = {}
        self._keys = dict(keys or {})
        self._owners: dict[str, str] = {}  # from a key to the id of its action
        self._told: dict[str, tuple[str, str]] = {}  # current text and tooltip by id; setting them is slow
        self._doers: Doers | None = None
        self._by_when: dict[When, list[QAction]] = {}
        self._usable: dict[When, bool] = {}  # as last applied
        self._changing: list[ActionRow] = []  # rows with a tick or a changing text
        self._steps: tuple[object, ...] = ()  # the undo and redo steps as last shown
        self._refreshing = Soon(self)
        self._refreshing.due.connect(self._refresh)
        for row in (*ACTIONS, *LOOKING_ACTIONS):
            self.add(row)

    def add(self, row: ActionRow) -> None:
        """Add a row at the end of its menu. Call this before ``join``."""
        self.rows.append(row)
        action = self.by_id[row.id] = _made(row, self)
        sequence = QKeySequence(self._keys.get(row.id, row.key))
        name = sequence.toString()
        if name and name not in self._owners:  # if the settings give a key twice, the first action gets it
            action.setShortcut(sequence)
            self._owners[name] = row.id
        _set_tooltip(action, _hint(row))

    def join(self, doers: Doers) -> None:
        """Connect every action to its doer, and enable it when its row says so."""
        self._doers = doers
        for row in self.rows:
            self.by_id[row.id].triggered.connect(row.calls(doers))
            self._by_when.setdefault(row.when, []).append(self.by_id[row.id])
            if (row.ticked, row.text_now, row.tooltip_now) != (None, None, None):
                self._changing.append(row)
        for news in doers.news():
            news.connect(self._refresh)
        doers.document.boxes_changed.connect(self._refresh_soon)  # once for a batch of many tracks
        stack = doers.document.undo_stack
        for news in (stack.canUndoChanged, stack.canRedoChanged, stack.undoTextChanged, stack.redoTextChanged):
            news.connect(self._on_stack_changed)
        self._refresh()

    def shortcut_rows(self) -> list[ShortcutRow]:
        """The page of shortcuts: every action by menu, the fixed keys and the mouse."""
        rows = [ShortcutRow(row.menu, row.text.rstrip("…"), self.key_of(row.id), row.id) for row in self.rows]
        fixed = [row._replace(shortcut=translated(row.shortcut)) for row in MOUSE_AND_FIXED_KEYS]
        return [row._replace(section=translated(row.section), text=translated(row.text)) for row in (*rows, *fixed)]

    def commands(self) -> list[Command]:
        """The command palette: every action with its menu."""
        return [Command(translated(row.menu), self.by_id[row.id]) for row in self.rows]

    def row(self, action_id: str) -> ActionRow:
        return next(row for row in self.rows if row.id == action_id)

    def key_of(self, action_id: str) -> str:
        """The key of an action in QKeySequence's notation; empty for none."""
        return self.by_id[action_id].shortcut().toString()

    def key_shown(self, action_id: str) -> str:
        """The key of an action as this desktop writes it, or its place in the menus if it has none."""
        action = self.by_id[action_id]
        key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        return key or f"{translated(self.row(action_id).menu)} > {action.text()}"

    def owner_of(self, key: str) -> str | None:
        """The id of the action that has a key."""
        return self._owners.get(QKeySequence(key).toString())

    def give_key(self, action_id: str, key: str) -> dict[str, str]:
        """Give an action a key, taking it from another one if necessary. Returns the person's own keys by action id."""
        owner = self.owner_of(key)
        for changed, new in (((owner, ""),) if owner not in (None, action_id) else ()) + ((action_id, key),):
            assert changed is not None
            self._set_key(self.row(changed), new)
        self._refresh()
        return {
            row.id: self.key_of(row.id) for row in self.rows if self.key_of(row.id) != QKeySequence(row.key).toString()
        }

    def _set_key(self, row: ActionRow, key: str) -> None:
        action, sequence = self.by_id[row.id], QKeySequence(key)
        self._owners.pop(self.key_of(row.id), None)
        action.setShortcut(sequence)
        if name := sequence.toString():
            self._owners[name] = row.id
        _set_tooltip(action, _hint(row))
        self._told.pop(row.id, None)

    def menu_of(self, ids: Sequence[str], parent: QWidget, title: str = "") -> QMenu:
        """A menu of these actions, to be popped up once. "-" is a separator. While it is open, texts show how many
        boxes they concern.
        """
        menu = QMenu(parent)
        menu.setToolTipsVisible(True)
        if title:
            menu.addSection(title)
        for action_id in ids:
            if action_id == "-":
                menu.addSeparator()
            else:
                menu.addAction(self.by_id[action_id])
        self.count_in(menu)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def count_in(self, menu: QMenu) -> None:
        """While a menu is open, show in each action how many boxes it concerns."""
        rows = [row for row in self.rows if row.count_in_menu is not None and self.by_id[row.id] in menu.actions()]

        def show() -> None:
            for row in rows:
                assert row.count_in_menu is not None
                if self._doers is not None and self.by_id[row.id].isEnabled():
                    count = tr_counted(row.count_in_menu(self._doers), "box", "boxes")
                    self.by_id[row.id].setText(f"{translated(row.text)} ({count})")

        def forget() -> None:
            for row in rows:
                self.by_id[row.id].setText(translated(row.text))
                self._told.pop(row.id, None)

        menu.aboutToShow.connect(show)
        menu.aboutToHide.connect(forget)

    @Slot()
    def _on_stack_changed(self) -> None:
        """Qt sends all four signals after each edit, whether or not anything changed. A change is shown at once, as
        the key may come next.
        """
        assert self._doers is not None
        stack = self._doers.document.undo_stack
        steps = stack.canUndo(), stack.canRedo(), stack.undoText(), stack.redoText()
        if steps == self._steps:
            self._refresh_soon()
        else:
            self._steps = steps
            self._refresh()

    @Slot()
    def _refresh_soon(self) -> None:
        self._refreshing.start()

    @Slot()
    def _refresh(self) -> None:
        """This runs many times a second during a run, so it checks each condition once and tells Qt only what
        changed.
        """
        self._refreshing.stop()
        doers = self._doers
        if doers is None:
            return
        for when, actions in self._by_when.items():
            can_be_used = when(doers)
            if self._usable.get(when) != can_be_used:
                self._usable[when] = can_be_used
                for action in actions:
                    action.setEnabled(can_be_used)
        for row in self._changing:
            action = self.by_id[row.id]
            if row.ticked is not None:
                action.setChecked(row.ticked(doers))
            text = "" if row.text_now is None else row.text_now(doers)
            tooltip = text if row.tooltip_now is None else row.tooltip_now(doers)
            if tooltip and self._told.get(row.id) != (text, tooltip):
                self._told[row.id] = text, tooltip
                if text:
                    action.setText(text)
                _set_tooltip(action, tooltip)


def _made(row: ActionRow, parent: QObject) -> QAction:
    """A new QAction, still without key and tooltip."""
    action = QAction(translated(row.text), parent)
    action.setObjectName(row.id)
    action.setCheckable(row.ticked is not None)
    action.setAutoRepeat(row.repeats)
    if row.icon:
        action.setIcon(icon(row.icon))
    return action


def _hint(row: ActionRow) -> str:
    return translated(row.tooltip) if row.tooltip else translated(row.text).rstrip("…")


def _set_tooltip(action: QAction, text: str) -> None:
    """Set the text, with the key as this desktop writes it."""
    key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    action.setToolTip(f"{text} ({key})" if key else text)
