from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.views.score_map.unit_slider import STEPS, UnitSlider


@pytest.fixture
def slider(qtbot: QtBot) -> UnitSlider:
    slider = UnitSlider()
    qtbot.addWidget(slider)
    return slider


def test_a_number_set_by_the_program_stays_exact_and_is_not_announced(slider: UnitSlider, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(slider.unit_changed):
        slider.set_unit(0.29123)
    assert slider.unit == 0.29123
    assert slider.value() == 291


def test_a_moved_slider_announces_its_number(slider: UnitSlider, qtbot: QtBot) -> None:
    with qtbot.waitSignal(slider.unit_changed) as moved:
        slider.setValue(STEPS // 4)
    assert moved.args == [0.25]
    assert slider.unit == 0.25
