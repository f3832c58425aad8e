"""One table of actions: each key once, each action in a menu and doing something, and each key doing what it says."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from app.views.dialogs.shortcuts import ShortcutsDialog
from app.views.window.actions import ACTIONS, SECTIONS
from tests.stories.conftest import Begin
from tests.support.stories import SHIFT
from tracker_core.geometry import Box


def test_every_id_and_every_shortcut_is_used_once(begin: Begin) -> None:
    rows = begin().application.actions.rows
    ids = Counter(row.id for row in rows)
    keys = Counter(QKeySequence(row.key).toString() for row in rows if row.key)
    assert [name for name, count in (ids + keys).items() if count > 1] == []
    assert "" not in keys, "a shortcut that Qt does not understand"
    assert {row.menu for row in ACTIONS} == set(SECTIONS)


def test_every_action_is_in_a_menu_and_does_something(begin: Begin) -> None:
    story = begin()
    window = story.window
    reachable = {action for menu in window.menuBar().findChildren(QMenu) for action in menu.actions()}
    for name, action in story.application.actions.by_id.items():
        assert action in reachable, f"{name} is in no menu"
        assert action.receivers("2triggered(bool)") > 0, f"nothing happens on {name}"
        assert action.toolTip()


def test_tooltips_end_with_the_shortcut(begin: Begin) -> None:
    actions = begin().application.actions
    for row in actions.rows:
        if row.key:
            action = actions.by_id[row.id]
            assert action.toolTip().endswith(f"({action.shortcut().toString()})"), row.id


def test_f1_shows_every_shortcut(begin: Begin) -> None:
    story = begin()
    story.press(Qt.Key.Key_F1)
    (dialog,) = story.window.findChildren(ShortcutsDialog)
    sections = [dialog.list.topLevelItem(row) for row in range(dialog.list.topLevelItemCount())]
    rows = sum(section.childCount() for section in sections if section)
    assert rows == len(story.application.actions.shortcut_rows())


@pytest.mark.parametrize(
    ("key", "shift", "frame"),
    [
        (Qt.Key.Key_D, False, 31),
        (Qt.Key.Key_A, False, 29),
        (Qt.Key.Key_D, True, 40),
        (Qt.Key.Key_A, True, 20),
        (Qt.Key.Key_W, False, 10),
        (Qt.Key.Key_S, False, 50),
        (Qt.Key.Key_Home, False, 0),
        (Qt.Key.Key_End, False, 59),
    ],
)
def test_the_keys_that_move_through_the_video(begin: Begin, clip: Path, key: Qt.Key, shift: bool, frame: int) -> None:
    story = begin(clip)
    story.application.editing.draw_box(10, Box(20, 10, 40, 30))
    story.application.editing.draw_box(50, Box(20, 10, 40, 30))
    story.go_to(30)
    story.press(key, SHIFT if shift else Qt.KeyboardModifier.NoModifier)
    story.wait_for_frame(frame)
    assert story.application.transport_presenter.view.frame_field.value() == frame


def test_space_plays_in_the_time_of_the_video_and_pauses(begin: Begin, clip: Path) -> None:
    story = begin(clip)
    playback = story.application.playback
    story.press(Qt.Key.Key_BracketRight)
    assert playback.speed == 2.0
    with story.qtbot.waitSignal(playback.playing_changed):
        story.press(Qt.Key.Key_Space)
    story.qtbot.waitUntil(lambda: story.application.session.current_frame > 5)
    story.press(Qt.Key.Key_Space)
    assert not playback.is_playing


def test_playing_ends_on_the_last_frame(begin: Begin, clip: Path) -> None:
    story = begin(clip)
    story.application.playback.set_speed(4.0)
    story.application.playback.play()
    story.qtbot.waitUntil(lambda: not story.application.playback.is_playing, timeout=20_000)
    assert story.application.session.current_frame == 59
