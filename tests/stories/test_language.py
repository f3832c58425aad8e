"""The window in another language: chosen in the settings, it holds from the next start, and leaves nothing English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)
from shiboken6 import isValid

from app.settings.schema import LANGUAGE
from app.views.exporting.export_dialog import ExportDialog
from app.views.settings.settings_dialog import SettingsDialog
from app.views.style.languages import use_language
from tests.stories.conftest import Begin
from tests.support.stories import CTRL, LONGEST_OPENING, Story
from tracker_core.geometry import Box

CHINESE = re.compile("[\u4e00-\u9fff]")
WORD = re.compile("[A-Za-z]{2,}")
SAME_IN_CHINESE = re.compile(
    "|".join(
        (
            r".*(\.siamark|\.mp4|\.png|/).*",  # files
            r"(.* – )?Siamark|English|(.* )?float32|bf16|px|CPU|CUDA|Apple GPU|JPEG|PNG|sha256",
            r"(\d+: )?target.*|F\d+|#\w+",
            r"COCO|CVAT.*|GOT-10k|LaSOT|LabelMe|MOTChallenge|OTB|Pascal VOC|VIAME CSV|VOT|YOLO|YouTube-VIS|fn,id,x.*",
            r"Export(\.\.\.)?",  # pyqtgraph's own menu of a plot, which no click opens
            r"Python|PySide6|PyTorch|PyAV|NumPy|OpenCV|pyqtgraph|Linux.*|Windows.*|macOS.*|v?\d+\.\d+.*",
            r"((Ctrl|Shift|Alt|Meta|Return|Space|Esc|Del|Ins|Home|End|PgUp|PgDown)([+;,]|$).*)",
            r"(siam|dasiam|nano)\w+.*",  # trackers
        )
    ),
    re.IGNORECASE,
)
"""Names, units and keys."""

ENGLISH_WORDS = re.compile(r"[a-z]{2,} [a-z]{2,}")


@pytest.fixture
def english_afterwards(qapp: QApplication) -> Iterator[None]:
    yield
    use_language(qapp, "en")


def texts(thing: QObject) -> Iterator[str]:
    """Every text that a person can read on a widget or an action."""
    if isinstance(thing, QAction):
        yield from (thing.text(), thing.toolTip())
        return
    if not isinstance(thing, QWidget):
        return
    yield from (thing.windowTitle(), thing.toolTip(), thing.accessibleName())
    match thing:
        case QLabel() | QAbstractButton():
            yield thing.text()
        case QComboBox():
            yield from (thing.itemText(index) for index in range(thing.count()))
        case QLineEdit() | QPlainTextEdit():
            yield thing.placeholderText()
        case QGroupBox() | QMenu():
            yield thing.title()
        case QAbstractSpinBox():
            yield thing.specialValueText()
            if isinstance(thing, QSpinBox | QDoubleSpinBox):
                yield from (thing.prefix(), thing.suffix())
        case QHeaderView() if thing.model() is not None:
            for section in range(thing.count()):
                yield str(thing.model().headerData(section, thing.orientation()) or "")


def left_in_english(top: QWidget) -> list[str]:
    """Texts in a window that have no Chinese character and are not names."""
    things = [top, *top.findChildren(QWidget), *top.findChildren(QAction)]
    found = {text.replace("&", "") for thing in things if isValid(thing) for text in texts(thing)}
    return sorted(
        text
        for text in found
        if WORD.search(text) and not CHINESE.search(text) and not SAME_IN_CHINESE.fullmatch(text.strip())
    )


def in_chinese(begin: Begin, clip: Path | None) -> Story:
    """A new window after Chinese was chosen in an earlier one."""
    first = begin()
    first.press(Qt.Key.Key_Comma, CTRL)
    dialog = first.window.findChildren(SettingsDialog)[-1]
    field = dialog.fields[LANGUAGE.key]
    assert isinstance(field, QComboBox)
    field.setCurrentIndex(field.findData("zh_CN"))
    assert first.application.actions.by_id["undo"].text() == "Undo"  # from the next start on, as the setting says
    first.window.close()
    return begin(clip)


def test_a_language_holds_from_the_next_start_on(begin: Begin, english_afterwards: None) -> None:
    story = in_chinese(begin, None)
    assert story.application.actions.by_id["play"].text() == "播放或暂停"
    assert [action.text() for action in story.window.menuBar().actions()][:2] == ["文件(&F)", "编辑(&E)"]
    story.application.settings.set(LANGUAGE, "en")
    story.window.close()
    again = begin()
    assert again.application.actions.by_id["play"].text() == "Play or pause"


def test_nothing_in_the_window_stays_english(begin: Begin, clip: Path, english_afterwards: None) -> None:
    story = in_chinese(begin, clip)
    story.draw(Box(20, 20, 20, 16))
    story.track_with()
    assert left_in_english(story.window) == []


DIALOGS = (
    "settings", "shortcuts", "commands", "about", "models", "labels", "edit_label", "define_attributes",
    "leave_note", "box_by_numbers", "look", "go_to_frame", "import", "export", "learn",
)  # fmt: skip
"""Actions that open a dialog."""


def test_no_dialog_stays_english(begin: Begin, clip: Path, english_afterwards: None) -> None:
    story = in_chinese(begin, clip)
    story.draw(Box(20, 20, 20, 16))
    left = {}
    for name in DIALOGS:
        before = set(story.window.findChildren(QDialog))
        action = story.application.actions.by_id[name]
        if not action.isEnabled():
            assert name == "learn"  # this project has too few boxes for that
            continue
        action.trigger()
        opened = [dialog for dialog in story.window.findChildren(QDialog) if dialog not in before]
        assert opened, name
        if english := left_in_english(opened[-1]):
            left[name] = english
        opened[-1].close()
    assert left == {}


def test_no_report_of_an_export_stays_english(
    begin: Begin, clip: Path, tmp_path: Path, english_afterwards: None
) -> None:
    story = in_chinese(begin, clip)
    story.draw(Box(20.5, 20.5, 20, 16))
    story.track_with()
    story.application.actions.by_id["export"].trigger()
    (dialog,) = story.window.findChildren(ExportDialog)
    told: dict[str, list[str]] = {}
    for number in range(dialog.format_box.count()):
        name = dialog.format_box.itemData(number)
        if name is None:
            continue  # a line between the formats
        dialog.format_box.setCurrentIndex(number)
        dialog.path_field.setText(str(tmp_path / f"{name}{dialog.choice.suffix}"))
        with story.qtbot.waitSignal(story.application.exporting.exported, timeout=LONGEST_OPENING):
            dialog.export_button.click()
        lines = dialog.outcome.text().split("\n")
        told[name] = [line for line in lines if not CHINESE.search(line) or ENGLISH_WORDS.search(line)]
    assert {name: lines for name, lines in told.items() if lines} == {}


def test_what_other_rooms_refuse_is_told_in_chinese(begin: Begin, tmp_path: Path, english_afterwards: None) -> None:
    empty = tmp_path / "empty.mp4"
    empty.write_bytes(b"")
    story = in_chinese(begin, None)
    story.application.project.open(empty)
    assert story.error() == f"{empty} 是空的\uff1b请重新复制或录制。"
