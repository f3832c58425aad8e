"""Settings that hold at once, keys of one's own, and the command palette."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QDoubleSpinBox

from app.settings.schema import DOUBT_SCORE, KEYS, SETTINGS, TARGET_IOU, THEME, Kind
from app.views.dialogs.palette import CommandPalette, rank
from app.views.dialogs.shortcuts import ShortcutsDialog
from app.views.settings.key_dialog import KeyDialog
from app.views.settings.presenter import TITLES, shown_settings
from app.views.settings.settings_dialog import SettingsDialog
from tests.stories.conftest import Begin
from tests.support.stories import CTRL, Story


def settings_dialog(story: Story) -> SettingsDialog:
    story.press(Qt.Key.Key_Comma, CTRL)
    return story.window.findChildren(SettingsDialog)[-1]


def test_every_setting_has_a_title_and_a_field(begin: Begin) -> None:
    assert {setting.key.partition(".")[0] for setting in SETTINGS} == set(TITLES)
    dialog = settings_dialog(begin())
    shown = [setting for group in shown_settings().values() for setting in group]
    assert set(dialog.fields) == {setting.key for setting in shown}
    for setting in shown:
        kind = {Kind.SWITCH: QCheckBox, Kind.CHOICE: QComboBox, Kind.NUMBER: QDoubleSpinBox}.get(setting.kind)
        assert kind is None or isinstance(dialog.fields[setting.key], kind)


def test_a_theme_is_applied_while_the_dialog_is_open(begin: Begin, qapp: QApplication) -> None:
    story = begin()
    dialog = settings_dialog(story)
    field = dialog.fields[THEME.key]
    assert isinstance(field, QComboBox)
    field.setCurrentIndex(field.findData("dark"))
    assert qapp.palette().color(QPalette.ColorRole.Window).lightness() < 128
    field.setCurrentIndex(field.findData("light"))
    assert qapp.palette().color(QPalette.ColorRole.Window).lightness() > 128
    assert [action.text() for action in story.application.theme_menu.actions() if action.isChecked()] == ["Light"]


def test_what_counts_as_doubtful_changes_everywhere_at_once(begin: Begin) -> None:
    story = begin()
    dialog = settings_dialog(story)
    score, overlap = dialog.fields[DOUBT_SCORE.key], dialog.fields[TARGET_IOU.key]
    assert isinstance(score, QDoubleSpinBox)
    assert isinstance(overlap, QComboBox)
    score.setValue(0.8)
    overlap.setCurrentIndex(overlap.findData("0.7"))
    rules = story.application.session.doubt_rules
    assert (rules.least_right, rules.target_iou) == (0.8, 0.7)
    assert story.application.settings.get(DOUBT_SCORE) == 0.8


def ask_for_key(story: Story, action_id: str) -> tuple[ShortcutsDialog, KeyDialog]:
    story.press(Qt.Key.Key_F1)
    page = story.window.findChildren(ShortcutsDialog)[-1]
    page.key_requested.emit(action_id)
    return page, page.findChildren(KeyDialog)[-1]


def test_an_action_gets_another_key_which_holds_after_a_restart(begin: Begin, clip: Path) -> None:
    story = begin(clip)
    page, dialog = ask_for_key(story, "step_forward")
    dialog.field.setKeySequence(QKeySequence("F9"))
    assert dialog.note.text() == ""
    dialog._on_accepted()
    page.close()
    story.press(Qt.Key.Key_F9)
    story.wait_for_frame(1)
    again = begin()
    assert again.application.actions.key_of("step_forward") == "F9"
    assert again.application.actions.by_id["step_forward"].toolTip().endswith("(F9)")


def test_a_key_that_another_action_has_is_said_and_taken_from_it(begin: Begin) -> None:
    story = begin()
    page, dialog = ask_for_key(story, "step_forward")
    dialog.field.setKeySequence(QKeySequence("N"))
    assert dialog.note.text() == "“Next doubt” has this key and will lose it."
    dialog._on_accepted()
    actions = story.application.actions
    assert actions.key_of("step_forward") == "N"
    assert actions.key_of("next_doubt") == ""
    assert set(story.application.settings.get(KEYS)) == {"step_forward=N", "next_doubt="}
    assert page.list.topLevelItemCount() > 0


def test_a_key_can_be_given_back(begin: Begin) -> None:
    story = begin()
    _, dialog = ask_for_key(story, "step_forward")
    dialog.field.setKeySequence(QKeySequence("F9"))
    dialog._on_accepted()
    _, dialog = ask_for_key(story, "step_forward")
    dialog.default_button.click()
    assert dialog.key == "D"
    dialog._on_accepted()
    assert story.application.settings.get(KEYS) == ()


@pytest.mark.parametrize("entries", [("step_forward=N",), ("no_such=J", "nonsense", "play=not a key at all")])
def test_keys_in_a_file_that_clash_or_mean_nothing_leave_no_key_twice(begin: Begin, entries: tuple[str, ...]) -> None:
    begin().application.settings_controller.set(KEYS, entries)
    actions = begin().application.actions
    keys = [actions.key_of(row.id) for row in actions.rows]
    assert len([key for key in keys if key]) == len({key for key in keys if key})


def test_the_palette_does_what_was_typed(begin: Begin, clip: Path) -> None:
    story = begin(clip)
    story.press(Qt.Key.Key_K, CTRL)
    palette = story.window.findChildren(CommandPalette)[-1]
    QTest.keyClicks(palette.search, "last fr")
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    story.wait_for_frame(59)


def test_the_palette_leaves_out_what_cannot_be_done(begin: Begin) -> None:
    story = begin()
    story.press(Qt.Key.Key_K, CTRL)
    palette = story.window.findChildren(CommandPalette)[-1]
    QTest.keyClicks(palette.search, "track forward")
    assert not palette.list.findItems("Track: Track forward", Qt.MatchFlag.MatchStartsWith)
    QTest.keyClick(palette.search, Qt.Key.Key_Return)  # nothing to do, nothing happens


def test_letters_in_order_match_and_whole_words_come_first() -> None:
    assert rank("Track: Track forward", "trf") is not None
    assert rank("Track: Track forward", "zz") is None
    forward, label = rank("Track: Track forward", "forw"), rank("Edit: Label for what", "forw")
    assert forward is not None
    assert label is not None
    assert forward < label
