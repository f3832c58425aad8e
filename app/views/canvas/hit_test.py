"""Finds what is under the mouse, in widget pixels, so that a box is equally easy to grab at every zoom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final, NamedTuple

from tracker_core.geometry import Box

HANDLE_REACH: Final = 7.0
EDGE_REACH: Final = 4.0
SMALLEST_HANDLE_FRAME: Final = 28.0
SMALLEST_FRAME_WITH_SIDE_HANDLES: Final = 56.0


class Handle(Enum):
    """A handle on the outline of a box. Its value is its place as fractions of the box's width and height."""

    TOP_LEFT = (0.0, 0.0)
    TOP = (0.5, 0.0)
    TOP_RIGHT = (1.0, 0.0)
    RIGHT = (1.0, 0.5)
    BOTTOM_RIGHT = (1.0, 1.0)
    BOTTOM = (0.5, 1.0)
    BOTTOM_LEFT = (0.0, 1.0)
    LEFT = (0.0, 0.5)

    @property
    def fx(self) -> float:
        return self.value[0]

    @property
    def fy(self) -> float:
        return self.value[1]

    @property
    def is_corner(self) -> bool:
        return self.fx != 0.5 and self.fy != 0.5


CORNER, ACROSS, DOWN = 0, 1, 2  # where a handle is: in a corner, or in the middle of a horizontal or vertical side
_PLACES: Final = tuple(
    (handle, handle.fx, handle.fy, CORNER if handle.is_corner else ACROSS if handle.fx == 0.5 else DOWN)
    for handle in Handle
)
"""Looked up once, because an Enum is slow and every repaint needs the handles of all selected boxes."""


class HitKind(Enum):
    HANDLE = auto()
    EDGE = auto()
    BODY = auto()


@dataclass(frozen=True, slots=True)
class HitTarget:
    kind: HitKind
    track_id: int
    handle: Handle | None = None


class Hittable(NamedTuple):
    track_id: int
    rect: Box  # in widget pixels
    selected: bool


def hit_test(shapes: Sequence[Hittable], *, x: float, y: float) -> HitTarget | None:
    """The thing under the point, in this order: handles, edges and bodies of selected boxes, then edges and bodies of
    the others, so that a drag on the selected box always moves that box. ``shapes`` are in painting order. Of boxes of
    the same rank the smaller one wins, because it could not be reached inside a larger one otherwise; of equal ones the
    upper.
    """
    topmost_first = list(reversed(shapes))
    selected = [shape for shape in topmost_first if shape.selected]
    others = [shape for shape in topmost_first if not shape.selected]
    return _hit_handle(selected, x, y) or _hit_box(selected, x, y) or _hit_box(others, x, y)


def boxes_under(shapes: Sequence[Hittable], *, x: float, y: float) -> list[int]:
    """The tracks whose boxes are under the point, the smallest box first. The order does not depend on the selection,
    so clicks can walk through them.
    """
    by_track = sorted(shapes, key=lambda shape: (shape.rect.area, shape.track_id))
    return [shape.track_id for shape in by_track if _hit_box([shape], x, y) is not None]


def handle_points(rect: Box) -> dict[Handle, tuple[float, float]]:
    """The places of a box's handles, in widget pixels. On small boxes they are moved outwards, so that the body can
    still be grabbed; a box too small for eight has only those of its corners.
    """
    frame = _handle_frame(rect)
    x, y, width, height = frame.x, frame.y, frame.width, frame.height
    has_room = {CORNER: True, ACROSS: _has_room(width), DOWN: _has_room(height)}
    return {handle: (x + fx * width, y + fy * height) for handle, fx, fy, lies in _PLACES if has_room[lies]}


def _handle_frame(rect: Box) -> Box:
    return Box.from_centre(
        rect.cx,
        rect.cy,
        width=max(rect.width, SMALLEST_HANDLE_FRAME),
        height=max(rect.height, SMALLEST_HANDLE_FRAME),
    )


def _has_room(length: float) -> bool:
    return length >= SMALLEST_FRAME_WITH_SIDE_HANDLES


def _hit_box(shapes: Sequence[Hittable], x: float, y: float) -> HitTarget | None:
    return _smallest(HitKind.EDGE, (shape for shape in shapes if _on_edge(shape.rect, x, y))) or _smallest(
        HitKind.BODY, (shape for shape in shapes if _within(shape.rect, x, y, reach=0.0))
    )


def _hit_handle(shapes: Sequence[Hittable], x: float, y: float) -> HitTarget | None:
    for shape in shapes:
        distances = {
            handle: max(abs(x - handle_x), abs(y - handle_y))
            for handle, (handle_x, handle_y) in handle_points(shape.rect).items()
        }
        nearest = min(distances, key=distances.__getitem__)
        if distances[nearest] <= HANDLE_REACH:
            return HitTarget(HitKind.HANDLE, shape.track_id, nearest)
    return None


def _smallest(kind: HitKind, shapes: Iterator[Hittable]) -> HitTarget | None:
    smallest = min(shapes, key=lambda shape: shape.rect.area, default=None)
    return None if smallest is None else HitTarget(kind, smallest.track_id)


def _on_edge(rect: Box, x: float, y: float) -> bool:
    return _within(rect, x, y, reach=EDGE_REACH) and not (
        rect.x + EDGE_REACH < x < rect.right - EDGE_REACH and rect.y + EDGE_REACH < y < rect.bottom - EDGE_REACH
    )


def _within(rect: Box, x: float, y: float, *, reach: float) -> bool:
    return rect.x - reach <= x <= rect.right + reach and rect.y - reach <= y <= rect.bottom + reach
