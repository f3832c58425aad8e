from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.views.learning.learnt_bar import LearntBar

LONG = "On 12 held-back boxes the learnt tracker overlaps 0.71 on average, a_tracker_with_a_long_name 0.52."


@pytest.fixture
def picture(qtbot: QtBot) -> QWidget:
    picture = QWidget()
    qtbot.addWidget(picture)
    return picture


def shown(picture: QWidget, *, width: int, is_offer: bool) -> LearntBar:
    picture.resize(width, 400)
    bar = LearntBar(picture)
    bar.show_verdict(LONG, is_offer=is_offer)
    picture.show()
    return bar


def test_an_offer_can_be_taken_or_discarded(qtbot: QtBot, picture: QWidget) -> None:
    bar = shown(picture, width=900, is_offer=True)
    assert (bar.use_button.isVisible(), bar.discard_button.isVisible(), bar.close_button.isVisible()) == (
        True,
        True,
        False,
    )
    with qtbot.waitSignal(bar.accepted):
        bar.use_button.click()
    with qtbot.waitSignal(bar.discarded):
        bar.discard_button.click()


def test_what_is_no_offer_can_only_be_closed(qtbot: QtBot, picture: QWidget) -> None:
    bar = shown(picture, width=900, is_offer=False)
    assert (bar.use_button.isVisible(), bar.discard_button.isVisible(), bar.close_button.isVisible()) == (
        False,
        False,
        True,
    )
    with qtbot.waitSignal(bar.discarded):
        bar.close_button.click()


@pytest.mark.parametrize("width", [1200, 600, 420])
def test_all_of_the_sentence_is_shown_in_a_narrow_picture_too(picture: QWidget, width: int) -> None:
    bar = shown(picture, width=width, is_offer=True)
    for now in (width, 700):
        picture.resize(now, 400)
        assert picture.rect().contains(bar.geometry())
        assert bar.label.height() >= bar.label.heightForWidth(bar.label.width())
