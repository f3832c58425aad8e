from __future__ import annotations

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.views.score_map.heatmap import HeatmapView
from app.views.style.plotting import HEAT

SIDE = 100
VALUES = np.linspace(0, 1, 25, dtype=np.float32).reshape(5, 5)


@pytest.fixture
def heatmap(qtbot: QtBot) -> HeatmapView:
    view = HeatmapView()
    qtbot.addWidget(view)
    view.resize(SIDE, SIDE)
    view.show()
    view.show_map(VALUES, winner=(4, 4))
    return view


def colour_at(view: HeatmapView, row: int, column: int) -> QColor:
    """The colour drawn in the middle of a cell of a 5 x 5 map."""
    return view.grab().toImage().pixelColor(column * SIDE // 5 + SIDE // 10, row * SIDE // 5 + SIDE // 10)


def expected_colour(value: float) -> QColor:
    red, green, blue = pg.colormap.get(HEAT).map(value, mode="byte")[:3]
    return QColor(int(red), int(green), int(blue))


def difference(one: QColor, other: QColor) -> int:
    return max(abs(one.red() - other.red()), abs(one.green() - other.green()), abs(one.blue() - other.blue()))


@pytest.mark.parametrize(("row", "column"), [(0, 0), (0, 4), (2, 2), (3, 1)])
def test_each_cell_has_the_colour_of_its_value_with_row_0_at_the_top(
    heatmap: HeatmapView, row: int, column: int
) -> None:
    assert difference(colour_at(heatmap, row, column), expected_colour(float(VALUES[row, column]))) <= 6


def test_the_levels_say_which_values_the_ends_of_the_colours_are(heatmap: HeatmapView) -> None:
    heatmap.set_levels(0.0, 0.5)
    assert difference(colour_at(heatmap, 2, 2), expected_colour(1.0)) <= 6


def test_a_map_of_another_size_fills_the_view_too(heatmap: HeatmapView) -> None:
    heatmap.show_map(np.eye(2, dtype=np.float32), winner=(0, 1))
    image = heatmap.grab().toImage()
    assert difference(image.pixelColor(10, 10), expected_colour(1.0)) <= 6
    assert difference(image.pixelColor(90, 90), expected_colour(1.0)) <= 6
    assert difference(image.pixelColor(10, 90), expected_colour(0.0)) <= 6


def move_mouse(view: HeatmapView, x: int, y: int) -> None:
    scene_view = view.findChild(pg.GraphicsView)
    assert scene_view is not None
    viewport = scene_view.viewport()
    point = QPointF(x, y)
    nobody = Qt.MouseButton.NoButton
    event = QMouseEvent(
        QMouseEvent.Type.MouseMove,
        point,
        QPointF(viewport.mapToGlobal(QPoint(x, y))),
        nobody,
        nobody,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(viewport, event)


@pytest.mark.parametrize(("x", "y", "cell"), [(10, 10, (0, 0)), (90, 10, (0, 4)), (50, 70, (3, 2))])
def test_the_cell_under_the_mouse_is_announced(
    heatmap: HeatmapView, qtbot: QtBot, x: int, y: int, cell: tuple[int, int]
) -> None:
    with qtbot.waitSignal(heatmap.cell_hovered) as hovered:
        move_mouse(heatmap, x, y)
    assert hovered.args == [cell]


def test_the_winner_and_the_hovered_cell_are_outlined(heatmap: HeatmapView) -> None:
    plain = heatmap.grab().toImage()
    heatmap.set_hovered_cell((1, 1))
    outlined = heatmap.grab().toImage()
    assert outlined != plain
    assert outlined.pixelColor(20, 30) != plain.pixelColor(20, 30)
    assert outlined.pixelColor(30, 30) == plain.pixelColor(30, 30)
    heatmap.set_hovered_cell(None)
    assert heatmap.grab().toImage() == plain
    heatmap.show_map(VALUES, winner=(1, 1))
    assert heatmap.grab().toImage() != plain
