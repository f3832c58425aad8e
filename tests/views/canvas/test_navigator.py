from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QShortcut, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.views.canvas.canvas_view import CanvasView
from app.views.canvas.picture_transform import PictureTransform
from tests.views.canvas.canvas_samples import at

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
places = st.floats(-5000, 5000)
scales = st.floats(0.05, 64)


def turn_wheel(canvas: CanvasView, point: QPointF, *, notches: int) -> None:
    wheel = QWheelEvent(
        point,
        canvas.mapToGlobal(point),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, wheel)


@given(scale=scales, dx=places, dy=places, x=places, y=places)
def test_to_the_view_and_back(scale: float, dx: float, dy: float, x: float, y: float) -> None:
    transform = PictureTransform(scale, dx, dy)
    assert transform.to_image(*transform.to_view(x, y)) == pytest.approx((x, y), abs=1e-6)


@given(scale=scales, to_scale=scales, x=places, y=places)
def test_what_is_under_the_point_of_zooming_stays_there(scale: float, to_scale: float, x: float, y: float) -> None:
    before = PictureTransform(scale, 13.0, -70.0)
    after = before.scaled_to(to_scale, x=x, y=y)
    assert after.to_view(*before.to_image(x, y)) == pytest.approx((x, y), abs=1e-6)


def test_the_picture_is_fitted_at_first(canvas: CanvasView) -> None:
    assert canvas.widget_point(0, 0) == QPointF(8, 8)
    assert canvas.widget_point(320, 200) == QPointF(648, 408)


def test_the_wheel_zooms_at_the_cursor(qtbot: QtBot, canvas: CanvasView) -> None:
    point = QPointF(400, 130)
    under_cursor = canvas.image_point(point)
    for notches, percent in [(1, 240.0), (3, 414.72), (-4, 200.0)]:
        with qtbot.waitSignal(canvas.zoom_changed) as zoomed:
            turn_wheel(canvas, point, notches=notches)
        assert zoomed.args == [pytest.approx(percent)]
        assert canvas.image_point(point) == pytest.approx(under_cursor)


def test_zooming_has_an_end_both_ways(canvas: CanvasView) -> None:
    turn_wheel(canvas, QPointF(400, 130), notches=100)
    assert canvas.widget_point(1, 0).x() - canvas.widget_point(0, 0).x() == pytest.approx(64)
    turn_wheel(canvas, QPointF(400, 130), notches=-100)
    assert canvas.widget_point(320, 0).x() - canvas.widget_point(0, 0).x() == pytest.approx(80)


def test_the_next_frame_keeps_zoom_and_place(canvas: CanvasView, picture: NDArray[np.uint8]) -> None:
    turn_wheel(canvas, QPointF(400, 130), notches=3)
    before = canvas.image_point(QPointF(0, 0))
    canvas.show_frame(1, picture[::-1])
    assert canvas.image_point(QPointF(0, 0)) == before


def test_a_picture_of_another_size_is_fitted(canvas: CanvasView) -> None:
    turn_wheel(canvas, QPointF(400, 130), notches=3)
    canvas.show_frame(0, np.zeros((400, 640, 3), np.uint8))
    assert canvas.widget_point(640, 400) == QPointF(648, 408)


def test_the_middle_button_pans(qtbot: QtBot, canvas: CanvasView) -> None:
    grabbed = canvas.image_point(QPointF(300, 200))
    QTest.mousePress(canvas, MIDDLE, pos=QPoint(300, 200))
    QTest.mouseMove(canvas, QPoint(330, 190))
    assert canvas.cursor().shape() == Qt.CursorShape.ClosedHandCursor
    QTest.mouseRelease(canvas, MIDDLE, pos=QPoint(330, 190))
    assert canvas.image_point(QPointF(330, 190)) == pytest.approx(grabbed)
    assert canvas.cursor().shape() == Qt.CursorShape.CrossCursor


def test_space_and_drag_pans_and_draws_nothing(qtbot: QtBot, canvas: CanvasView) -> None:
    grabbed = canvas.image_point(QPointF(300, 200))
    with qtbot.assertNotEmitted(canvas.space_tapped), qtbot.assertNotEmitted(canvas.box_drawn):
        QTest.keyPress(canvas, Qt.Key.Key_Space)
        assert canvas.cursor().shape() == Qt.CursorShape.OpenHandCursor
        QTest.mousePress(canvas, LEFT, pos=QPoint(300, 200))
        QTest.mouseMove(canvas, QPoint(250, 260))
        QTest.mouseRelease(canvas, LEFT, pos=QPoint(250, 260))
        QTest.keyRelease(canvas, Qt.Key.Key_Space)
    assert canvas.image_point(QPointF(250, 260)) == pytest.approx(grabbed)


def test_a_tap_on_space_is_told_and_kept_from_shortcuts(qtbot: QtBot, canvas: CanvasView) -> None:
    play = QShortcut(Qt.Key.Key_Space, canvas)
    with qtbot.assertNotEmitted(play.activated), qtbot.waitSignal(canvas.space_tapped):
        QTest.keyClick(canvas, Qt.Key.Key_Space)


def test_the_picture_cannot_be_panned_out_of_sight(qtbot: QtBot, canvas: CanvasView) -> None:
    QTest.mousePress(canvas, MIDDLE, pos=QPoint(300, 200))
    QTest.mouseMove(canvas, QPoint(5000, -5000))
    QTest.mouseRelease(canvas, MIDDLE, pos=QPoint(5000, -5000))
    assert canvas.widget_point(0, 0).x() == 656 - 48
    assert canvas.widget_point(0, 200).y() == 48


@pytest.mark.parametrize("way", ["key", "double click"])
def test_fit_comes_back(qtbot: QtBot, canvas: CanvasView, way: str) -> None:
    turn_wheel(canvas, QPointF(400, 130), notches=5)
    if way == "key":
        QTest.keyClick(canvas, Qt.Key.Key_F)
    else:
        QTest.mouseDClick(canvas, LEFT, pos=at(canvas, 160, 100))
    assert canvas.widget_point(0, 0) == QPointF(8, 8)


def test_a_fitted_picture_stays_fitted_when_the_window_grows(canvas: CanvasView) -> None:
    canvas.resize(336, 216)
    assert canvas.widget_point(320, 200) == QPointF(328, 208)


def test_a_zoomed_picture_keeps_its_middle_when_the_window_grows(canvas: CanvasView) -> None:
    turn_wheel(canvas, QPointF(400, 130), notches=5)
    middle = canvas.image_point(QPointF(canvas.rect().center()))
    canvas.resize(900, 600)
    assert canvas.image_point(QPointF(canvas.rect().center())) == pytest.approx(middle)
