from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.views.score_map.number_slider import STEPS, NumberSlider


@pytest.fixture
def slider(qtbot: QtBot) -> NumberSlider:
    slider = NumberSlider()
    qtbot.addWidget(slider)
    return slider


def test_a_number_set_by_the_program_stays_exact_and_is_not_announced(slider: NumberSlider, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(slider.number_changed):
        slider.set_number(0.29123)
    assert slider.number == 0.29123
    assert slider.value() == 291


def test_a_moved_slider_announces_its_number(slider: NumberSlider, qtbot: QtBot) -> None:
    with qtbot.waitSignal(slider.number_changed) as moved:
        slider.setValue(STEPS // 4)
    assert moved.args == [0.25]
    assert slider.number == 0.25


def test_a_slider_may_go_farther_than_1(qtbot: QtBot) -> None:
    slider = NumberSlider(maximum=4.0)
    qtbot.addWidget(slider)
    slider.set_number(1.7)
    assert slider.number == 1.7
    assert slider.value() == 425
    with qtbot.waitSignal(slider.number_changed) as moved:
        slider.setValue(STEPS)
    assert moved.args == [4.0]
