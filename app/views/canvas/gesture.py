"""One drag with the mouse, from press to release: draw a new box, move one, resize one. Image pixels; knows no screen.

A gesture is an immutable value: each mouse move makes a new one, and cancelling drops it. A person drags what is
visible, so a box that reaches over the border of the picture is cut to it first, and the result never leaves the
picture.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final, Self

from app.views.canvas.hit_test import Handle
from tracker_core.geometry import Box

SMALLEST_SIDE: Final = 2.0


class GestureKind(Enum):
    DRAW = auto()
    MOVE = auto()
    RESIZE = auto()


@dataclass(frozen=True, slots=True)
class Gesture:
    """``box`` is the result so far; ``dragged`` is False until the first move, so that releasing the button is a
    click.
    """

    kind: GestureKind
    press: tuple[float, float]
    picture: tuple[float, float]  # width, height
    origin: Box
    box: Box
    track_id: int | None = None
    handle: Handle | None = None
    dragged: bool = False

    @classmethod
    def draw(cls, x: float, y: float, *, picture: tuple[float, float]) -> Self:
        press = _clamped(x, 0.0, picture[0]), _clamped(y, 0.0, picture[1])
        origin = _inside(Box(*press, 0.0, 0.0), picture)
        return cls(GestureKind.DRAW, press, picture, origin, origin)

    @classmethod
    def move(cls, track_id: int, box: Box, *, x: float, y: float, picture: tuple[float, float]) -> Self:
        origin = _inside(box, picture)
        return cls(GestureKind.MOVE, (x, y), picture, origin, origin, track_id)

    @classmethod
    def resize(
        cls, track_id: int, box: Box, handle: Handle, *, x: float, y: float, picture: tuple[float, float]
    ) -> Self:
        origin = _inside(box, picture)
        return cls(GestureKind.RESIZE, (x, y), picture, origin, origin, track_id, handle)

    def dragged_to(self, x: float, y: float, *, keep_aspect: bool = False) -> Gesture:
        """With the mouse at (x, y). ``keep_aspect``: a resized box keeps its shape, a drawn one is a square."""
        if self.kind is GestureKind.DRAW:
            box = self._drawn(x, y, square=keep_aspect)
        elif self.handle is None:
            box = self._moved(x - self.press[0], y - self.press[1])
        elif keep_aspect:
            box = self._scaled(self.handle, x - self.press[0], y - self.press[1])
        else:
            box = self._resized(self.handle, x - self.press[0], y - self.press[1])
        return replace(self, box=box, dragged=True)

    def _drawn(self, x: float, y: float, *, square: bool) -> Box:
        (from_x, from_y), (width, height) = self.press, self.picture
        if square:
            room_x = from_x if x < from_x else width - from_x
            room_y = from_y if y < from_y else height - from_y
            side = min(max(abs(x - from_x), abs(y - from_y)), room_x, room_y)
            x = from_x - side if x < from_x else from_x + side
            y = from_y - side if y < from_y else from_y + side
        to_x, to_y = _clamped(x, 0.0, width), _clamped(y, 0.0, height)
        return _inside(Box.from_corners(from_x, from_y, to_x, to_y), self.picture)

    def _moved(self, dx: float, dy: float) -> Box:
        width, height = self.picture
        return self.origin.translated(
            dx=_clamped(dx, -self.origin.x, width - self.origin.right),
            dy=_clamped(dy, -self.origin.y, height - self.origin.bottom),
        )

    def _resized(self, handle: Handle, dx: float, dy: float) -> Box:
        left, right = _dragged_side(self.origin.x, self.origin.right, handle.fx, dx, limit=self.picture[0])
        top, bottom = _dragged_side(self.origin.y, self.origin.bottom, handle.fy, dy, limit=self.picture[1])
        return Box.from_corners(left, top, right, bottom)

    def _scaled(self, handle: Handle, dx: float, dy: float) -> Box:
        origin, (width, height) = self.origin, self.picture
        fixed_x, fixed_y = origin.x + (1 - handle.fx) * origin.width, origin.y + (1 - handle.fy) * origin.height
        wanted_x = 1 + (2 * handle.fx - 1) * dx / origin.width if handle.fx != 0.5 else 0.0
        wanted_y = 1 + (2 * handle.fy - 1) * dy / origin.height if handle.fy != 0.5 else 0.0
        smallest = max(_smallest_side(width) / origin.width, _smallest_side(height) / origin.height)
        largest = min(
            _largest_factor(fixed_x, origin.width, 1 - handle.fx, limit=width),
            _largest_factor(fixed_y, origin.height, 1 - handle.fy, limit=height),
        )
        factor = _clamped(max(wanted_x, wanted_y), min(smallest, 1.0), max(largest, 1.0))
        new_width, new_height = factor * origin.width, factor * origin.height
        return Box(fixed_x - (1 - handle.fx) * new_width, fixed_y - (1 - handle.fy) * new_height, new_width, new_height)


def nudged(box: Box, *, dx: float, dy: float, picture: tuple[float, float]) -> Box:
    """The box moved by a key, within the picture."""
    return Gesture.move(0, box, x=0.0, y=0.0, picture=picture).dragged_to(dx, dy).box


def resized(box: Box, *, dx: float, dy: float, picture: tuple[float, float]) -> Box:
    """The box made wider and taller by a key, at its right and bottom, within the picture."""
    corner = Handle.BOTTOM_RIGHT
    return Gesture.resize(0, box, corner, x=0.0, y=0.0, picture=picture).dragged_to(dx, dy).box


def _inside(box: Box, picture: tuple[float, float]) -> Box:
    """The part of the box in the picture, enlarged to the smallest allowed box if necessary."""
    width, height = picture
    visible = box.clipped(width=width, height=height)
    new_width, new_height = max(visible.width, _smallest_side(width)), max(visible.height, _smallest_side(height))
    return Box(min(visible.x, width - new_width), min(visible.y, height - new_height), new_width, new_height)


def _dragged_side(low: float, high: float, fraction: float, by: float, *, limit: float) -> tuple[float, float]:
    shortest = min(_smallest_side(limit), high - low)
    if fraction == 0.0:
        return _clamped(low + by, 0.0, high - shortest), high
    if fraction == 1.0:
        return low, _clamped(high + by, low + shortest, limit)
    return low, high


def _largest_factor(fixed: float, size: float, fraction_before: float, *, limit: float) -> float:
    """The largest factor for a size around a fixed point, with this fraction before the point and the rest after it."""
    before = fixed / (fraction_before * size) if fraction_before > 0 else float("inf")
    behind = (limit - fixed) / ((1 - fraction_before) * size) if fraction_before < 1 else float("inf")
    return min(before, behind)


def _smallest_side(limit: float) -> float:
    return min(SMALLEST_SIDE, limit)


def _clamped(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)
