from __future__ import annotations

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.views.style.progress import SlimBar


class Counting(QWidget):
    paintings = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.paintings += 1


def test_progress_waits_to_be_painted_with_all_else(qtbot: QtBot) -> None:
    window, picture, bar = QWidget(), Counting(), SlimBar()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(picture)
    column.addWidget(bar)
    window.resize(200, 200)
    with qtbot.waitExposed(window):
        window.show()
    bar.set_done(1, 100)
    qtbot.waitUntil(lambda: picture.paintings > 0)
    qtbot.wait(50)
    before = picture.paintings
    for done in (20, 40, 60):
        picture.update()
        bar.set_done(done, 100)
    assert picture.paintings == before
    qtbot.waitUntil(lambda: picture.paintings > before)
    assert (bar.value(), bar.maximum()) == (60, 100)


def test_a_total_of_nothing_is_shown_as_work_without_end(qtbot: QtBot) -> None:
    bar = SlimBar()
    qtbot.addWidget(bar)
    bar.set_done(0, 0)
    assert (bar.minimum(), bar.maximum()) == (0, 0)
