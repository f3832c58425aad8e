"""Real mouse and key events on the canvas."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.model.box_record import Source
from app.views.canvas.canvas_view import CanvasView
from app.views.canvas.hit_test import Handle, handle_points
from tests.views.canvas.canvas_samples import at, shown
from tracker_core.geometry import Box

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CAR = Box(100, 60, 80, 60)


class Heard:
    """All that a canvas says, in order."""

    def __init__(self, canvas: CanvasView) -> None:
        self.news: list[tuple[object, ...]] = []
        canvas.box_drawn.connect(lambda box: self.news.append(("drawn", box)))
        canvas.box_edited.connect(lambda track, box: self.news.append(("edited", track, box)))
        canvas.track_clicked.connect(lambda track, adds: self.news.append(("clicked", track, adds)))


@pytest.fixture
def heard(canvas: CanvasView) -> Heard:
    return Heard(canvas)


def drag(canvas: CanvasView, *stops: tuple[float, float], release: bool = True) -> None:
    """Press at the first place in the image, go by the others, let go at the last."""
    points = [at(canvas, *stop) for stop in stops]
    QTest.mouseMove(canvas, points[0])
    QTest.mousePress(canvas, LEFT, pos=points[0])
    for point in points[1:]:
        QTest.mouseMove(canvas, point)
    if release:
        QTest.mouseRelease(canvas, LEFT, pos=points[-1])


def test_a_place_in_the_widget_is_the_pixel_that_is_seen_there(canvas: CanvasView, picture: NDArray[np.uint8]) -> None:
    canvas.zoom_to(1000)
    seen = canvas.grab().toImage()
    for column, row in [(145, 90), (160, 100), (173, 110)]:
        for offset in (0.15, 0.5, 0.85):
            point = at(canvas, column + offset, row + offset)
            colour = seen.pixelColor(point)
            assert (colour.red(), colour.green(), colour.blue()) == tuple(picture[row, column])
            assert tuple(map(math.floor, canvas.image_point(QPointF(point)))) == (column, row)


def test_the_picture_covers_exactly_its_rectangle(canvas: CanvasView) -> None:
    canvas.show_frame(1, np.full((200, 320, 3), 255, np.uint8))
    seen = canvas.grab().toImage()
    white = [x for x in range(seen.width()) if seen.pixelColor(x, 208).red() == 255]
    assert (white[0], white[-1]) == (8, 647)


def test_a_drag_beside_every_box_draws_one(qtbot: QtBot, canvas: CanvasView, heard: Heard) -> None:
    drag(canvas, (20, 30), (40, 50), (90, 70))
    assert heard.news == [("drawn", Box(20, 30, 70, 40))]


def test_drawing_over_the_border_stays_in_the_picture(qtbot: QtBot, canvas: CanvasView, heard: Heard) -> None:
    drag(canvas, (300, 180), (310, 190), (323, 203))
    assert heard.news == [("drawn", Box(300, 180, 20, 20))]


def test_shift_draws_a_square(qtbot: QtBot, canvas: CanvasView, heard: Heard) -> None:
    QTest.mousePress(canvas, LEFT, pos=at(canvas, 20, 30))
    QTest.mouseMove(canvas, at(canvas, 40, 35))
    moved_with_shift(canvas, at(canvas, 60, 40))
    QTest.mouseRelease(canvas, LEFT, SHIFT, pos=at(canvas, 60, 40))
    assert heard.news == [("drawn", Box(20, 30, 40, 40))]


def moved_with_shift(canvas: CanvasView, point: QPoint) -> None:
    send_move(canvas, point, LEFT, SHIFT)


def send_move(
    canvas: CanvasView,
    point: QPoint,
    buttons: Qt.MouseButton = Qt.MouseButton.NoButton,
    keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """A move that arrives before this returns. Qt may drop or delay those of QTest when the machine is busy."""
    position = QPointF(point)
    move = QMouseEvent(
        QEvent.Type.MouseMove, position, canvas.mapToGlobal(position), Qt.MouseButton.NoButton, buttons, keys
    )
    QApplication.sendEvent(canvas, move)


def test_a_click_on_a_box_selects_it(qtbot: QtBot, canvas: CanvasView, heard: Heard) -> None:
    canvas.set_boxes([shown(CAR, track_id=4)])
    QTest.mouseClick(canvas, LEFT, pos=at(canvas, 140, 90))
    assert heard.news == [("clicked", 4, False)]


def test_a_ctrl_click_adds_to_the_selection_and_moves_nothing(qtbot: QtBot, canvas: CanvasView, heard: Heard) -> None:
    canvas.set_boxes([shown(CAR, track_id=4)])
    QTest.mousePress(canvas, LEFT, CTRL, pos=at(canvas, 140, 90))
    QTest.mouseMove(canvas, at(canvas, 150, 95))
    QTest.mouseRelease(canvas, LEFT, CTRL, pos=at(canvas, 150, 95))
    assert heard.news == [("clicked", 4, True)]


def test_a_click_beside_every_box_selects_none(qtbot: QtBot, canvas: CanvasView, heard: Heard) -> None:
    canvas.set_boxes([shown(CAR)])
    QTest.mouseClick(canvas, LEFT, pos=at(canvas, 20, 20))
    assert heard.news == [("clicked", -1, False)]


def test_a_ghost_cannot_be_touched(qtbot: QtBot, canvas: CanvasView, heard: Heard) -> None:
    canvas.set_boxes([shown(CAR, ghost=True)])
    QTest.mouseClick(canvas, LEFT, pos=at(canvas, 140, 90))
    assert heard.news == [("clicked", -1, False)]


def test_dragging_a_box_moves_it_once(qtbot: QtBot, canvas: CanvasView, heard: Heard) -> None:
    canvas.set_boxes([shown(CAR, selected=True)])
    drag(canvas, (140, 90), (150, 95), (152, 80))
    assert heard.news == [("edited", 1, Box(112, 50, 80, 60))]


def test_a_box_that_is_not_selected_is_selected_by_the_first_press_and_moved_by_the_second(
    qtbot: QtBot, canvas: CanvasView, heard: Heard
) -> None:
    canvas.set_boxes([shown(CAR, track_id=2)])
    canvas.track_clicked.connect(lambda track, _: canvas.set_boxes([shown(CAR, track_id=2, selected=True)]))
    drag(canvas, (140, 90), (150, 95))
    assert heard.news == [("clicked", 2, False)]
    drag(canvas, (140, 90), (150, 95))
    assert heard.news[1:] == [("edited", 2, Box(110, 65, 80, 60))]


def test_the_edge_of_another_box_does_not_take_the_drag_from_the_selected_one(
    qtbot: QtBot, canvas: CanvasView, heard: Heard
) -> None:
    other = Box(60, 80, 80, 60)  # its right and its top edge run through the selected box
    canvas.set_boxes([shown(CAR, selected=True), shown(other, track_id=2)])
    drag(canvas, (140, 90), (150, 95))
    drag(canvas, (120, 80), (130, 85))
    assert heard.news == [("edited", 1, Box(110, 65, 80, 60))] * 2


def test_clicks_at_one_place_walk_through_the_boxes_there(qtbot: QtBot, canvas: CanvasView, heard: Heard) -> None:
    boxes = {1: CAR, 2: Box(90, 50, 120, 100), 3: Box(130, 80, 30, 30)}

    def select(chosen: int) -> None:
        canvas.set_boxes([shown(box, track_id=track, selected=track == chosen) for track, box in boxes.items()])

    select(0)
    canvas.track_clicked.connect(lambda track, _: select(track))
    for _ in range(5):
        QTest.mouseClick(canvas, LEFT, pos=at(canvas, 140, 90))
    assert heard.news == [("clicked", track, False) for track in (3, 1, 2, 3, 1)]


def test_a_click_on_the_selected_box_selects_the_smaller_one_inside_it(
    qtbot: QtBot, canvas: CanvasView, heard: Heard
) -> None:
    canvas.set_boxes([shown(CAR, selected=True), shown(Box(130, 80, 30, 30), track_id=2)])
    QTest.mouseClick(canvas, LEFT, pos=at(canvas, 140, 90))
    assert heard.news == [("clicked", 2, False)]


def test_a_click_on_the_selected_box_leaves_it_selected(qtbot: QtBot, canvas: CanvasView, heard: Heard) -> None:
    canvas.set_boxes([shown(CAR, selected=True), shown(Box(90, 50, 120, 100), track_id=2)])
    QTest.mouseClick(canvas, LEFT, pos=at(canvas, 140, 90))
    assert heard.news == []


def test_a_click_on_a_handle_changes_no_selection(qtbot: QtBot, canvas: CanvasView, heard: Heard) -> None:
    small = Box(140, 90, 4, 4)  # its handles stand off
    canvas.set_boxes([shown(small, selected=True)])
    x, y = handle_points(Box(0, 0, 8, 8))[Handle.TOP_LEFT]
    QTest.mouseClick(canvas, LEFT, pos=at(canvas, 140 + x / 2, 90 + y / 2))
    assert heard.news == []


def test_a_moved_box_stops_at_the_border(qtbot: QtBot, canvas: CanvasView, heard: Heard) -> None:
    canvas.set_boxes([shown(CAR, selected=True)])
    drag(canvas, (140, 90), (100, 90), (5, 90))
    assert heard.news == [("edited", 1, Box(0, 60, 80, 60))]


@pytest.mark.parametrize("handle", list(Handle))
def test_each_handle_resizes_its_sides(qtbot: QtBot, canvas: CanvasView, heard: Heard, handle: Handle) -> None:
    canvas.set_boxes([shown(CAR, selected=True)])
    grip = (CAR.x + handle.fx * CAR.width, CAR.y + handle.fy * CAR.height)
    drag(canvas, grip, (grip[0] + 6, grip[1] + 4))
    dx, dy = (6 if handle.fx != 0.5 else 0), (4 if handle.fy != 0.5 else 0)
    expected = Box.from_corners(
        CAR.x + dx * (handle.fx == 0),
        CAR.y + dy * (handle.fy == 0),
        CAR.right + dx * (handle.fx == 1),
        CAR.bottom + dy * (handle.fy == 1),
    )
    assert heard.news == [("edited", 1, expected)]


def test_a_drag_that_comes_back_edits_nothing(qtbot: QtBot, canvas: CanvasView, heard: Heard) -> None:
    tracked = shown(Box(100.25, 60.5, 80, 60), selected=True, source=Source.TRACKER)
    canvas.set_boxes([tracked])
    drag(canvas, (140, 90), (150, 95), (140, 90))
    assert heard.news == []


def test_a_hand_that_trembles_while_clicking_moves_nothing(qtbot: QtBot, canvas: CanvasView, heard: Heard) -> None:
    canvas.set_boxes([shown(CAR, selected=True)])
    drag(canvas, (140, 90), (141, 90))
    assert heard.news == []


def test_escape_cancels_a_drag(qtbot: QtBot, canvas: CanvasView, heard: Heard) -> None:
    canvas.set_boxes([shown(CAR, selected=True)])
    for start in [(140, 90), (20, 20), (100, 60)]:
        drag(canvas, start, (start[0] + 20, start[1] + 20), release=False)
        QTest.keyClick(canvas, Qt.Key.Key_Escape)
        QTest.mouseMove(canvas, at(canvas, 200, 150))
        QTest.mouseRelease(canvas, LEFT, pos=at(canvas, 200, 150))
    assert heard.news == []


def test_escape_is_left_to_the_window_when_nothing_is_dragged(qtbot: QtBot, canvas: CanvasView) -> None:
    stop = QShortcut(Qt.Key.Key_Escape, canvas)
    with qtbot.waitSignal(stop.activated):
        QTest.keyClick(canvas, Qt.Key.Key_Escape)


@pytest.mark.parametrize(
    ("key", "modifier", "expected"),
    [
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, Box(99, 60, 80, 60)),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, Box(101, 60, 80, 60)),
        (Qt.Key.Key_Up, SHIFT, Box(100, 50, 80, 60)),
        (Qt.Key.Key_Down, SHIFT, Box(100, 70, 80, 60)),
    ],
)
def test_an_arrow_nudges_the_selected_box_even_if_the_window_steps_frames_by_it(
    qtbot: QtBot, canvas: CanvasView, heard: Heard, key: Qt.Key, modifier: Qt.KeyboardModifier, expected: Box
) -> None:
    step = QShortcut(key, canvas)
    step.activated.connect(lambda: heard.news.append(("stepped",)))
    canvas.set_boxes([shown(CAR, selected=True)])
    QTest.keyClick(canvas, key, modifier)
    assert heard.news == [("edited", 1, expected)]


def test_arrows_are_left_to_the_window_when_nothing_is_selected(qtbot: QtBot, canvas: CanvasView) -> None:
    canvas.set_boxes([shown(CAR)])
    step = QShortcut(Qt.Key.Key_Right, canvas)
    with qtbot.waitSignal(step.activated):
        QTest.keyClick(canvas, Qt.Key.Key_Right)


def test_the_active_box_is_nudged_and_its_friends_stay(qtbot: QtBot, canvas: CanvasView, heard: Heard) -> None:
    canvas.set_boxes([shown(Box(0, 0, 9, 9), track_id=1, selected=True), shown(CAR, track_id=2, selected=True)])
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert heard.news == [("edited", 2, Box(101, 60, 80, 60))]


def test_the_draw_tool_draws_over_a_box_and_still_selects_by_a_click(
    qtbot: QtBot, canvas: CanvasView, heard: Heard
) -> None:
    canvas.set_boxes([shown(CAR, track_id=3)])
    canvas.set_drawing(True)
    drag(canvas, (110, 70), (120, 80), (130, 85))
    QTest.mouseClick(canvas, LEFT, pos=at(canvas, 140, 90))
    assert heard.news == [("drawn", Box(110, 70, 20, 15)), ("clicked", 3, False)]


def test_what_arrives_during_a_drag_does_not_take_the_box_out_of_the_hand(
    qtbot: QtBot, canvas: CanvasView, heard: Heard, picture: NDArray[np.uint8]
) -> None:
    canvas.set_boxes([shown(CAR, selected=True)])
    drag(canvas, (140, 90), (160, 90), release=False)
    canvas.show_frame(1, 255 - picture)
    canvas.set_boxes([shown(Box(5, 5, 20, 20), selected=True, source=Source.TRACKER)])
    border = canvas.grab().toImage().pixelColor(at(canvas, 120, 100))
    assert border.name() == "#3b82f6"
    QTest.mouseRelease(canvas, LEFT, pos=at(canvas, 160, 90))
    assert heard.news == [("edited", 1, Box(120, 60, 80, 60))]


def test_a_gesture_tells_that_it_begins_when_it_is_a_drag(qtbot: QtBot, canvas: CanvasView) -> None:
    canvas.set_boxes([shown(CAR, selected=True)])
    with qtbot.assertNotEmitted(canvas.gesture_started):
        QTest.mouseClick(canvas, LEFT, pos=at(canvas, 140, 90))
    with qtbot.waitSignal(canvas.gesture_started):
        drag(canvas, (140, 90), (150, 95), (155, 95))


def test_the_cursor_tells_what_a_press_would_do(qtbot: QtBot, canvas: CanvasView) -> None:
    canvas.set_boxes([shown(CAR, selected=True), shown(Box(10, 10, 30, 30), track_id=2)])
    for place, shape in [
        ((100, 60), Qt.CursorShape.SizeFDiagCursor),
        ((180, 60), Qt.CursorShape.SizeBDiagCursor),
        ((180, 90), Qt.CursorShape.SizeHorCursor),
        ((140, 120), Qt.CursorShape.SizeVerCursor),
        ((140, 90), Qt.CursorShape.SizeAllCursor),
        ((25, 25), Qt.CursorShape.PointingHandCursor),
        ((250, 150), Qt.CursorShape.CrossCursor),
    ]:
        send_move(canvas, at(canvas, *place))
        assert canvas.cursor().shape() == shape


def test_the_place_of_the_cursor_is_told_in_image_pixels(qtbot: QtBot, canvas: CanvasView) -> None:
    with qtbot.waitSignal(canvas.cursor_moved) as moved:
        QTest.mouseMove(canvas, QPoint(8 + 2 * 31, 8 + 2 * 17))
    assert moved.args == [31, 17]
    with qtbot.waitSignal(canvas.cursor_moved) as left:
        QTest.mouseMove(canvas, QPoint(2, 2))
    assert all(map(math.isnan, left.args))


def test_without_a_video_the_mouse_does_nothing(qtbot: QtBot, canvas: CanvasView, heard: Heard) -> None:
    canvas.set_boxes([shown(CAR, selected=True)])
    canvas.clear()
    QTest.mousePress(canvas, LEFT, pos=QPoint(200, 150))
    QTest.mouseMove(canvas, QPoint(300, 250))
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(300, 250))
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    assert heard.news == []
    assert canvas.frame_index is None
