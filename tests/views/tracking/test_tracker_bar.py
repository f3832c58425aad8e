from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.settings.tracker_choice import TrackerChoice
from app.views.tracking.tracker_bar import TrackerBar, TrackerEntry

ENTRIES = (
    TrackerEntry("plus", "SiamRPN++", "SiamRPN++, 5.2 MB, comes with Siamark"),
    TrackerEntry("first", "SiamFC", "SiamFC, 3.0 MB, comes with Siamark"),
    TrackerEntry("mine", "SiamRPN++", "SiamRPN++, 9.0 MB, added by you"),
)


@pytest.fixture
def bar(qtbot: QtBot) -> TrackerBar:
    bar = TrackerBar()
    qtbot.addWidget(bar)
    bar.set_trackers(ENTRIES)
    bar.set_choice(TrackerChoice("plus"))
    return bar


def listed(bar: TrackerBar) -> list[str]:
    return [bar.tracker_box.itemText(row) for row in range(bar.tracker_box.count())]


def test_trackers_stand_under_the_titles_of_their_families(bar: TrackerBar) -> None:
    assert listed(bar) == ["SiamFC", "first", "SiamRPN++", "plus", "mine"]
    assert bar.tracker_box.currentText() == "plus"


def test_a_title_cannot_be_chosen(bar: TrackerBar) -> None:
    model = bar.tracker_box.model()
    selectable = [bool(model.flags(model.index(row, 0)) & model.flags(model.index(1, 0))) for row in range(5)]
    assert selectable == [False, True, False, True, True]


def test_each_choice_is_told_by_its_own_signal(bar: TrackerBar, qtbot: QtBot) -> None:
    for box, row, signal, expected in (
        (bar.tracker_box, 4, bar.tracker_chosen, "mine"),
        (bar.device_box, 1, bar.device_chosen, "cpu"),
        (bar.precision_box, 2, bar.precision_chosen, "bf16"),
    ):
        with qtbot.waitSignal(signal) as chosen:
            box.setCurrentIndex(row)
            box.activated.emit(row)
        assert chosen.args == [expected]


def test_the_choice_outlives_another_list(bar: TrackerBar, qtbot: QtBot) -> None:
    bar.set_choice(TrackerChoice("mine", "cpu", "float32"))
    with qtbot.assertNotEmitted(bar.tracker_chosen):
        bar.set_trackers(ENTRIES[:2])
    assert listed(bar) == ["SiamFC", "first", "SiamRPN++", "plus", "mine"]  # it is gone, but it is what is chosen
    assert bar.tracker_box.currentData() == "mine"
    assert (bar.device_box.currentData(), bar.precision_box.currentData()) == ("cpu", "float32")
    bar.set_choice(TrackerChoice("first"))
    assert listed(bar) == ["SiamFC", "first", "SiamRPN++", "plus"]
