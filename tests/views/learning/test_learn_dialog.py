from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.assist.learning import LearningTask
from app.views.learning.learn_dialog import EFFORTS, LearnDialog
from tests.support.learning import square_task


@pytest.fixture
def task(square_video: Path, untaught: Path) -> LearningTask:
    return square_task(square_video, untaught)


@pytest.fixture
def dialog(qtbot: QtBot, task: LearningTask) -> LearnDialog:
    dialog = LearnDialog(task)
    qtbot.addWidget(dialog)
    return dialog


def test_it_says_in_words_what_will_happen(dialog: LearnDialog) -> None:
    text = dialog.text.text()
    assert "A copy of untaught learns" in text
    assert "from 9 boxes of 1 track that you drew or corrected." in text
    assert "4 more of your boxes are held back" in text
    assert "nothing of the video leaves it" in text


@pytest.mark.parametrize("points", [8, 10, 14, 20])
def test_no_line_of_its_text_is_cut(dialog: LearnDialog, points: int) -> None:
    font = dialog.font()
    font.setPointSize(points)
    dialog.setFont(font)
    dialog.show()
    dialog.grab()
    assert dialog.text.height() >= dialog.text.heightForWidth(dialog.text.width())
    assert dialog.start_button.geometry().bottom() < dialog.height()


@pytest.mark.parametrize(("number", "minutes"), list(enumerate(minutes for _, minutes in EFFORTS)))
def test_the_effort_is_minutes(dialog: LearnDialog, qtbot: QtBot, number: int, minutes: float) -> None:
    dialog.efforts.button(number).click()
    assert dialog.expectation.text().startswith(f"About {minutes:.0f} min")
    with qtbot.waitSignal(dialog.start_requested) as heard:
        dialog.start_button.click()
    assert heard.args is not None
    assert heard.args[0].minutes == minutes
    assert not dialog.isVisible()
