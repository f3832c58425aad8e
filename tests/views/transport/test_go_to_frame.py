from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.model.words import time_text
from app.views.transport.go_to_frame import GoToFrameDialog, frame_of

TIMES = np.arange(3000) / 25


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("0", 0),
        (" 123 ", 123),
        ("2999", 2999),
        ("0:00", 0),
        ("0:01.00", 25),
        ("0:01.03", 25),
        ("0:01,04", 26),
        ("1:05", 65 * 25),
        ("01:05.5", 1637),
        ("0:01:05", 65 * 25),
        ("1:59.96", 2999),
        ("2:00", 2999),
    ],
)
def test_a_number_or_a_time_names_a_frame(text: str, frame: int) -> None:
    assert frame_of(text, TIMES) == frame


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Type a frame number"),
        ("-1", "Type a frame number"),
        ("12.5", "Type a frame number"),
        ("1e3", "Type a frame number"),
        ("²", "Type a frame number"),
        ("abc", "Type a frame number"),
        ("1:2:3:4", "Type a frame number"),
        ("3000", "The video has frames 0 to 2999."),
        ("0:61", "Minutes and seconds go up to 59."),
        ("1:75:00", "Minutes and seconds go up to 59."),
        ("2:01", "The video ends at 1:59.96."),
        ("1:00:00", "The video ends at 1:59.96."),
    ],
)
def test_anything_else_is_answered_with_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=f"^{sentence}"):
        frame_of(text, TIMES)


def test_a_video_of_one_frame_has_frame_0() -> None:
    assert frame_of("0", np.zeros(1)) == 0
    assert frame_of("0:00", np.zeros(1)) == 0


def test_uneven_times_are_answered_with_the_frame_on_the_screen() -> None:
    times = np.array([0.0, 0.5, 4.0, 4.1])
    assert [frame_of(text, times) for text in ("0:00.4", "0:03.9", "0:04", "0:04.2")] == [0, 1, 2, 3]


@given(frame=st.integers(0, 200_000), rate=st.sampled_from([23.976, 24.0, 25.0, 29.97, 30.0, 60.0]))
def test_the_time_that_is_shown_for_a_frame_leads_back_to_it(frame: int, rate: float) -> None:
    times = np.arange(200_001) / rate
    assert frame_of(time_text(float(times[frame])), times) == frame


@pytest.fixture
def dialog(qtbot: QtBot) -> GoToFrameDialog:
    dialog = GoToFrameDialog(times=TIMES, current=123)
    qtbot.addWidget(dialog)
    return dialog


def test_the_dialog_begins_at_the_current_frame(dialog: GoToFrameDialog) -> None:
    assert dialog.field.selectedText() == "123"
    assert dialog.answer.text() == "Frame 123, at 0:04.92"


def test_the_dialog_says_at_once_what_is_wrong(dialog: GoToFrameDialog) -> None:
    dialog.field.setText("9999")
    assert dialog.answer.text() == "The video has frames 0 to 2999."
    assert not dialog.go_button.isEnabled()
    dialog.field.setText("0:01")
    assert dialog.answer.text() == "Frame 25, at 0:01.00"
    assert dialog.go_button.isEnabled()


def test_enter_asks_to_go_there_and_closes(dialog: GoToFrameDialog, qtbot: QtBot) -> None:
    dialog.show()
    dialog.field.setText("1:05")
    with qtbot.waitSignal(dialog.go_to_requested) as requested:
        QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert requested.args == [1625]
    assert not dialog.isVisible()


def test_enter_does_nothing_while_the_text_is_wrong(dialog: GoToFrameDialog, qtbot: QtBot) -> None:
    dialog.show()
    dialog.field.setText("9999")
    with qtbot.assertNotEmitted(dialog.go_to_requested):
        QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.isVisible()
