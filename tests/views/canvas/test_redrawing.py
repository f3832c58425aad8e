"""Where the selected box is to be drawn again: a drag draws, except one that resizes the box by a handle."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.views.canvas.canvas_view import CanvasView
from tests.views.canvas.canvas_samples import at, shown
from tests.views.canvas.test_canvas_view import CAR, LEFT, Heard, drag
from tracker_core.geometry import Box

OTHER = Box(150, 100, 60, 40)


@pytest.fixture
def heard(canvas: CanvasView) -> Heard:
    canvas.set_boxes([shown(OTHER, track_id=2), shown(CAR, selected=True)])
    canvas.set_redraws(True)
    return Heard(canvas)


def test_a_drag_inside_the_box_draws(qtbot: QtBot, canvas: CanvasView, heard: Heard) -> None:
    drag(canvas, (130, 80), (150, 90), (170, 110))
    assert heard.news == [("drawn", Box(130, 80, 40, 30))]


def test_a_drag_that_begins_on_another_box_draws_and_selects_nothing(
    qtbot: QtBot, canvas: CanvasView, heard: Heard
) -> None:
    drag(canvas, (200, 130), (180, 100), (120, 70))
    assert heard.news == [("drawn", Box(120, 70, 80, 60))]


def test_a_click_still_selects(qtbot: QtBot, canvas: CanvasView, heard: Heard) -> None:
    QTest.mouseClick(canvas, LEFT, pos=at(canvas, 200, 130))
    assert heard.news == [("clicked", 2, False)]


@pytest.mark.parametrize(
    ("start", "end", "box"),
    [
        ((100, 60), (110, 66), Box(110, 66, 70, 54)),
        ((100, 60), (90, 50), Box(90, 50, 90, 70)),
        ((180, 120), (175, 112), Box(100, 60, 75, 52)),
        ((140, 60), (140, 70), Box(100, 70, 80, 50)),
    ],
    ids=["smaller", "larger", "from the other corner", "from a side"],
)
def test_a_short_drag_at_a_handle_resizes(
    qtbot: QtBot, canvas: CanvasView, heard: Heard, start: tuple[int, int], end: tuple[int, int], box: Box
) -> None:
    drag(canvas, start, end)
    assert heard.news == [("edited", 1, box)]


@pytest.mark.parametrize(
    ("start", "end", "box"),
    [((100, 60), (170, 112), Box(100, 60, 70, 52)), ((180, 60), (108, 115), Box(108, 60, 72, 55))],
    ids=["from the left", "from the right"],
)
def test_a_long_drag_from_a_corner_across_the_box_draws(
    qtbot: QtBot, canvas: CanvasView, heard: Heard, start: tuple[int, int], end: tuple[int, int], box: Box
) -> None:
    drag(canvas, start, end)
    assert heard.news == [("drawn", box)]


def test_what_will_come_of_a_drag_is_shown_all_the_while(qtbot: QtBot, canvas: CanvasView, heard: Heard) -> None:
    drag(canvas, (100, 60), (110, 66), release=False)
    assert [shown.box for shown in canvas.boxes if shown.track_id == 1] == [Box(110, 66, 70, 54)]
    QTest.mouseMove(canvas, at(canvas, 170, 112))
    assert [shown.box for shown in canvas.boxes if shown.track_id == 1] == [CAR]
    QTest.mouseRelease(canvas, LEFT, Qt.KeyboardModifier.NoModifier, at(canvas, 170, 112))
    assert heard.news == [("drawn", Box(100, 60, 70, 52))]


def test_a_drag_moves_the_box_where_it_is_not_to_be_drawn_again(qtbot: QtBot, canvas: CanvasView, heard: Heard) -> None:
    canvas.set_redraws(False)
    drag(canvas, (130, 80), (140, 90))
    assert heard.news == [("edited", 1, Box(110, 70, 80, 60))]


def test_a_drag_from_the_middle_of_the_box_moves_it(qtbot: QtBot, canvas: CanvasView, heard: Heard) -> None:
    """As everywhere else; a cross shows where a drag draws."""
    drag(canvas, (140, 90), (150, 96))
    assert heard.news == [("edited", 1, Box(110, 66, 80, 60))]


def test_the_cursor_tells_where_a_drag_draws_and_where_it_moves(qtbot: QtBot, canvas: CanvasView, heard: Heard) -> None:
    for place, shape in (((140, 90), Qt.CursorShape.SizeAllCursor), ((120, 75), Qt.CursorShape.CrossCursor)):
        QTest.mouseMove(canvas, at(canvas, *place))
        assert canvas.cursor().shape() == shape


def test_the_middle_of_another_box_is_no_handle(qtbot: QtBot, canvas: CanvasView, heard: Heard) -> None:
    drag(canvas, (195, 122), (120, 70))
    assert heard.news == [("drawn", Box(120, 70, 75, 52))]
