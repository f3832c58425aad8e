from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from app.views.score_map.pictures import PictureView, SearchRegionView
from tracker_core.tracker import Evidence

GROUND = QColor(0, 0, 200)


@pytest.fixture
def region(qtbot: QtBot, evidence: Evidence) -> SearchRegionView:
    """At one pixel of the screen for each pixel of the image, which begins at (100, 50)."""
    view = SearchRegionView()
    qtbot.addWidget(view)
    view.resize(255, 255)
    view.show_evidence(evidence)
    return view


def drawn(image: QImage, x: int, y: int) -> bool:
    """Whether something is drawn over the ground within a pixel of this place of the image."""
    near = [image.pixelColor(x - 100 + dx, y - 50 + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
    return any(colour != GROUND for colour in near)


def test_the_picture_keeps_its_shape_and_its_colours(qtbot: QtBot) -> None:
    picture = np.zeros((20, 40, 3), np.uint8)
    picture[:, :20] = (250, 10, 20)
    view = PictureView()
    qtbot.addWidget(view)
    view.resize(80, 80)
    view.show_picture(picture)
    picture[:] = 0
    image = view.grab().toImage()
    assert image.pixelColor(10, 20) == QColor(250, 10, 20)
    assert image.pixelColor(70, 20) == QColor(0, 0, 0)
    empty = image.pixelColor(10, 70)
    assert empty == view.palette().window().color()
    view.show_picture(None)
    assert view.grab().toImage().pixelColor(10, 20) == empty


@pytest.mark.parametrize(
    ("x", "y"),
    [(150, 130), (190, 130), (170, 100), (170, 160), (200, 80), (220, 60)],
    ids=["winner left", "winner right", "winner top", "winner bottom", "second left", "second top"],
)
def test_the_candidates_boxes_lie_at_their_place_in_the_image(region: SearchRegionView, x: int, y: int) -> None:
    assert drawn(region.grab().toImage(), x, y)


def test_nothing_is_drawn_inside_the_boxes(region: SearchRegionView) -> None:
    image = region.grab().toImage()
    assert not drawn(image, 170, 130)
    assert not drawn(image, 300, 250)


def test_the_extent_of_the_score_map_is_a_dashed_line(region: SearchRegionView) -> None:
    image = region.grab().toImage()
    along_the_top = [image.pixelColor(x - 100, 70 - 50) for x in range(125, 330)]
    assert QColor(GROUND) not in along_the_top  # the dark line beneath has no gaps
    assert len({colour.name() for colour in along_the_top}) > 1
    assert not drawn(image, 110, 60)


def test_a_cell_of_the_map_is_marked_at_its_place(region: SearchRegionView) -> None:
    side = 215 / 5
    centre_x, centre_y = round(120 + 4.5 * side), round(70 + 2.5 * side)
    assert not drawn(region.grab().toImage(), centre_x, centre_y)
    region.set_hovered_cell((2, 4))
    assert drawn(region.grab().toImage(), centre_x, centre_y)
    region.set_hovered_cell(None)
    assert not drawn(region.grab().toImage(), centre_x, centre_y)
