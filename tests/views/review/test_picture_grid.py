"""Pictures side by side: as many as can be judged, as large as there is room for."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, QSize

from app.controllers.doubt_page import LEAST
from app.views.review.picture_grid import LEAST_SIDE, READABLE_SIDE, PictureGrid, least_size

LINE = 15


@pytest.mark.parametrize("size", [QSize(350, 480), QSize(280, 420), QSize(900, 700), QSize(300, 1000)])
def test_a_page_as_large_as_the_room_has_pictures_that_can_be_judged(size: QSize) -> None:
    grid = PictureGrid(size, LINE)
    cells = grid.cells(grid.room)
    assert len(cells) == grid.room
    assert all(cell.width() >= READABLE_SIDE for cell in cells)


@pytest.mark.parametrize("count", [1, 2, 5, 12, 40])
def test_no_two_pictures_overlap_and_all_are_inside(count: int) -> None:
    size = QSize(900, 700)
    cells = PictureGrid(size, LINE).cells(count)
    assert all(QRect(0, 0, size.width(), size.height()).contains(cell) for cell in cells)
    assert not any(one.intersects(other) for number, one in enumerate(cells) for other in cells[:number])


def test_fewer_pictures_are_larger() -> None:
    grid = PictureGrid(QSize(350, 480), LINE)
    assert grid.cells(2)[0].width() > grid.cells(12)[0].width()


def test_pictures_never_vanish() -> None:
    assert PictureGrid(QSize(20, 20), LINE).cells(3)[0].width() == LEAST_SIDE
    assert PictureGrid(QSize(20, 20), LINE).room == 1


def test_the_smallest_sheet_shows_a_page_whole() -> None:
    size = least_size(LINE)
    cells = PictureGrid(size, LINE).cells(LEAST)
    assert all(QRect(0, 0, size.width(), size.height()).contains(cell) for cell in cells)
