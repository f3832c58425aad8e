"""Places a bubble beside its control, within the window, with an arrow to the control."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize

ARROW = 10  # pixels from the bubble to the control
MARGIN = 8  # pixels to the border of the window


class Side(Enum):
    """On which side of its control a bubble lies."""

    BELOW = "below"
    ABOVE = "above"
    LEFT = "left"
    RIGHT = "right"
    WITHIN = "within"  # without an arrow


class Place(NamedTuple):
    """The bubble's rectangle, with the margin for its arrow, and the arrow's tip, both in window coordinates."""

    corner: QPoint
    side: Side
    tip: QPoint


def place_bubble(size: QSize, anchor: QRect, room: QRect, *, within: bool = False, prefers: Side = Side.BELOW) -> Place:
    """The first side of the anchor with enough room. If no side has, the upper left of the anchor; with ``within``, its
    upper right. ``prefers``: the side to try first. Over a wide anchor the bubble lies at the right, where it covers
    less of what a person begins with.

    ``size``: the bubble's, including a margin of ``ARROW`` pixels on all sides for the arrow.
    """
    room = room.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
    width, height = size.width(), size.height()
    if within:
        corner = QPoint(anchor.right() - width, anchor.top() + MARGIN)
        return Place(_kept_in(corner, size, room), Side.WITHIN, anchor.center())
    middle = anchor.center()
    if anchor.width() > 2 * width:
        middle.setX(anchor.left() + anchor.width() * 3 // 4)
    choices = (
        (Side.BELOW, QPoint(middle.x() - width // 2, anchor.bottom() + 1), QPoint(middle.x(), anchor.bottom() + 1)),
        (Side.ABOVE, QPoint(middle.x() - width // 2, anchor.top() - height), QPoint(middle.x(), anchor.top() - 1)),
        (Side.LEFT, QPoint(anchor.left() - width, middle.y() - height // 2), QPoint(anchor.left() - 1, middle.y())),
        (Side.RIGHT, QPoint(anchor.right() + 1, middle.y() - height // 2), QPoint(anchor.right() + 1, middle.y())),
    )
    for side, corner, tip in sorted(choices, key=lambda choice: choice[0] is not prefers):
        kept = _kept_in(corner, size, room)
        if not QRect(kept, size).intersects(anchor):
            return Place(kept, side, tip)
    return Place(_kept_in(anchor.topLeft(), size, room), Side.WITHIN, middle)


def _kept_in(corner: QPoint, size: QSize, room: QRect) -> QPoint:
    x = max(min(corner.x(), room.right() + 1 - size.width()), room.left())
    y = max(min(corner.y(), room.bottom() + 1 - size.height()), room.top())
    return QPoint(x, y)
