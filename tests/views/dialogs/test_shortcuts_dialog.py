from __future__ import annotations

import pytest
from PySide6.QtWidgets import QTreeWidgetItem, QTreeWidgetItemIterator
from pytestqt.qtbot import QtBot

from app.views.dialogs.shortcuts import ShortcutRow, ShortcutsDialog

ROWS = [
    ShortcutRow("File", "Open…", "Ctrl+O"),
    ShortcutRow("Track", "Track forward", "T"),
    ShortcutRow("File", "Save as…", "Ctrl+Shift+S"),
    ShortcutRow("Picture", "Zoom", "Mouse wheel"),
]


@pytest.fixture
def dialog(qtbot: QtBot) -> ShortcutsDialog:
    dialog = ShortcutsDialog(ROWS)
    qtbot.addWidget(dialog)
    return dialog


def shown(dialog: ShortcutsDialog) -> list[tuple[str, str]]:
    iterator = QTreeWidgetItemIterator(dialog.list, QTreeWidgetItemIterator.IteratorFlag.NotHidden)
    items: list[tuple[str, str]] = []
    while isinstance(iterator.value(), QTreeWidgetItem):
        items.append((iterator.value().text(0), iterator.value().text(1)))
        iterator += 1
    return items


def test_every_row_stands_in_its_section_in_the_order_given(dialog: ShortcutsDialog) -> None:
    assert shown(dialog) == [
        ("File", ""),
        ("Open…", "Ctrl+O"),
        ("Save as…", "Ctrl+Shift+S"),
        ("Track", ""),
        ("Track forward", "T"),
        ("Picture", ""),
        ("Zoom", "Mouse wheel"),
    ]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("ctrl+o", [("File", ""), ("Open…", "Ctrl+O")]),
        ("ZOOM", [("Picture", ""), ("Zoom", "Mouse wheel")]),
        ("nothing", []),
    ],
)
def test_the_search_leaves_what_fits_by_name_or_key(
    dialog: ShortcutsDialog, text: str, left: list[tuple[str, str]]
) -> None:
    everything = shown(dialog)
    dialog.search.setText(text)
    assert shown(dialog) == left
    dialog.search.clear()
    assert shown(dialog) == everything
