"""Where a bubble of the tour goes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, QSize

from app.views.tour.places import MARGIN, Side, place_bubble

ROOM = QRect(0, 0, 1280, 720)
SIZE = QSize(340, 130)


@pytest.mark.parametrize(
    ("anchor", "side"),
    [
        (QRect(400, 25, 120, 26), Side.BELOW),  # a button of the toolbar
        (QRect(0, 25, 30, 26), Side.BELOW),  # the first one, at the border
        (QRect(1240, 0, 40, 20), Side.BELOW),
        (QRect(0, 480, 1280, 220), Side.ABOVE),  # a panel at the bottom
        (QRect(980, 50, 300, 660), Side.LEFT),  # a panel at the right
        (QRect(0, 50, 300, 660), Side.RIGHT),
    ],
)
def test_it_lies_beside_its_control_and_within_the_window(anchor: QRect, side: Side) -> None:
    place = place_bubble(SIZE, anchor, ROOM)
    bubble = QRect(place.corner, SIZE)
    assert place.side is side
    assert not bubble.intersects(anchor)
    assert ROOM.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN).contains(bubble)
    assert bubble.adjusted(-1, -1, 1, 1).contains(place.tip) or anchor.adjusted(-1, -1, 1, 1).contains(place.tip)


def test_a_side_that_is_preferred_is_taken_where_it_has_room() -> None:
    field = QRect(200, 300, 160, 24)
    assert place_bubble(SIZE, field, ROOM).side is Side.BELOW
    assert place_bubble(SIZE, field, ROOM, prefers=Side.RIGHT).side is Side.RIGHT
    assert place_bubble(SIZE, field.translated(900, 0), ROOM, prefers=Side.RIGHT).side is Side.BELOW


def test_it_lies_within_what_is_to_take_it_in_and_where_no_side_has_room() -> None:
    picture = QRect(0, 50, 940, 380)
    assert place_bubble(SIZE, picture, ROOM, within=True).side is Side.WITHIN
    assert picture.contains(QRect(place_bubble(SIZE, picture, ROOM, within=True).corner, SIZE))
    assert place_bubble(SIZE, ROOM, ROOM).side is Side.WITHIN


def test_it_begins_at_the_corner_of_a_window_that_is_too_small() -> None:
    place = place_bubble(SIZE, QRect(10, 10, 20, 20), QRect(0, 0, 200, 100))
    assert (place.corner.x(), place.corner.y()) == (MARGIN, MARGIN)
