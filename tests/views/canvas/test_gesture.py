from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.views.canvas.gesture import SMALLEST_SIDE, Gesture, nudged
from app.views.canvas.hit_test import Handle
from tracker_core.geometry import Box

PICTURE = (320.0, 200.0)
anywhere = st.floats(-1000, 1000)
handles = st.sampled_from(Handle)
inner_boxes = st.builds(
    lambda x, y, width, height: Box(x, y, min(width, 320 - x), min(height, 200 - y)),
    st.floats(0, 318),
    st.floats(0, 198),
    st.floats(2, 320),
    st.floats(2, 200),
)
any_boxes = st.builds(Box, anywhere, anywhere, st.floats(0, 900), st.floats(0, 900))


def assert_inside(box: Box) -> None:
    assert box.x >= -1e-9
    assert box.y >= -1e-9
    assert box.right <= PICTURE[0] + 1e-9
    assert box.bottom <= PICTURE[1] + 1e-9
    assert min(box.width, box.height) >= SMALLEST_SIDE - 1e-9


@given(from_x=anywhere, from_y=anywhere, to_x=anywhere, to_y=anywhere, square=st.booleans())
def test_a_drawn_box_lies_in_the_picture(from_x: float, from_y: float, to_x: float, to_y: float, square: bool) -> None:
    drawn = Gesture.draw(from_x, from_y, picture=PICTURE).dragged_to(to_x, to_y, keep_aspect=square).box
    assert_inside(drawn)
    if square:
        assert drawn.width == pytest.approx(drawn.height, abs=1e-6)


@given(box=any_boxes, handle=st.none() | handles, dx=anywhere, dy=anywhere, keep_aspect=st.booleans())
def test_a_dragged_box_lies_in_the_picture_wherever_it_came_from(
    box: Box, handle: Handle | None, dx: float, dy: float, keep_aspect: bool
) -> None:
    if handle is None:
        gesture = Gesture.move(1, box, x=0, y=0, picture=PICTURE)
    else:
        gesture = Gesture.resize(1, box, handle, x=0, y=0, picture=PICTURE)
    assert_inside(gesture.dragged_to(dx, dy, keep_aspect=keep_aspect).box)


@given(box=inner_boxes, dx=anywhere, dy=anywhere)
def test_moving_keeps_the_size(box: Box, dx: float, dy: float) -> None:
    moved = Gesture.move(1, box, x=50, y=60, picture=PICTURE).dragged_to(50 + dx, 60 + dy).box
    assert (moved.width, moved.height) == pytest.approx((box.width, box.height))


@given(box=inner_boxes, handle=handles, dx=anywhere, dy=anywhere)
def test_resizing_moves_only_the_sides_of_the_handle(box: Box, handle: Handle, dx: float, dy: float) -> None:
    resized = Gesture.resize(1, box, handle, x=0, y=0, picture=PICTURE).dragged_to(dx, dy).box
    sides = [
        (handle.fx == 0.0, resized.x, box.x),
        (handle.fx == 1.0, resized.right, box.right),
        (handle.fy == 0.0, resized.y, box.y),
        (handle.fy == 1.0, resized.bottom, box.bottom),
    ]
    for is_dragged, now, before in sides:
        assert is_dragged or now == pytest.approx(before)


@given(box=inner_boxes, handle=handles, dx=anywhere, dy=anywhere)
def test_keeping_the_shape_keeps_it_and_the_opposite_side(box: Box, handle: Handle, dx: float, dy: float) -> None:
    scaled = Gesture.resize(1, box, handle, x=0, y=0, picture=PICTURE).dragged_to(dx, dy, keep_aspect=True).box
    assert scaled.width * box.height == pytest.approx(scaled.height * box.width, rel=1e-6)

    def opposite(of: Box) -> tuple[float, float]:
        return of.x + (1 - handle.fx) * of.width, of.y + (1 - handle.fy) * of.height

    assert opposite(scaled) == pytest.approx(opposite(box), abs=1e-6)


@given(box=inner_boxes, handle=handles, x=anywhere, y=anywhere, aside_x=anywhere, aside_y=anywhere)
def test_coming_back_to_where_the_drag_began_changes_nothing(
    box: Box, handle: Handle, x: float, y: float, aside_x: float, aside_y: float
) -> None:
    gesture = Gesture.resize(1, box, handle, x=x, y=y, picture=PICTURE)
    returned = gesture.dragged_to(aside_x, aside_y).dragged_to(x, y)
    assert returned.box.as_tuple() == pytest.approx(gesture.origin.as_tuple())


@given(from_x=st.floats(0, 320), from_y=st.floats(0, 200), to_x=st.floats(0, 320), to_y=st.floats(0, 200))
def test_a_box_is_drawn_between_two_corners_in_any_order(
    from_x: float, from_y: float, to_x: float, to_y: float
) -> None:
    assume(abs(from_x - to_x) >= 2 and abs(from_y - to_y) >= 2)
    drawn = Gesture.draw(from_x, from_y, picture=PICTURE).dragged_to(to_x, to_y).box
    assert drawn.as_tuple() == pytest.approx(Box.from_corners(from_x, from_y, to_x, to_y).as_tuple())


def test_a_drag_is_exact_in_the_free() -> None:
    box = Box(100, 50, 40, 30)
    resized = Gesture.resize(1, box, Handle.TOP_LEFT, x=101, y=52, picture=PICTURE).dragged_to(91, 57)
    assert resized.box == Box(90, 55, 50, 25)
    moved = Gesture.move(1, box, x=110, y=60, picture=PICTURE).dragged_to(115, 40)
    assert moved.box == Box(105, 30, 40, 30)


def test_a_corner_with_shift_follows_the_wider_way() -> None:
    gesture = Gesture.resize(1, Box(100, 50, 40, 20), Handle.BOTTOM_RIGHT, x=140, y=70, picture=PICTURE)
    assert gesture.dragged_to(160, 71, keep_aspect=True).box == Box(100, 50, 60, 30)


def test_a_side_with_shift_grows_both_ways_across() -> None:
    gesture = Gesture.resize(1, Box(100, 50, 40, 20), Handle.RIGHT, x=140, y=60, picture=PICTURE)
    assert gesture.dragged_to(180, 60, keep_aspect=True).box == Box(100, 40, 80, 40)


def test_a_press_alone_is_not_a_drag() -> None:
    gesture = Gesture.move(3, Box(10, 10, 20, 20), x=15, y=15, picture=PICTURE)
    assert not gesture.dragged
    assert gesture.dragged_to(15, 15).dragged


def test_what_reaches_over_the_border_is_cut_before_it_is_moved() -> None:
    gesture = Gesture.move(1, Box(-20, 50, 60, 20), x=10, y=60, picture=PICTURE)
    assert gesture.dragged_to(13, 60).box == Box(3, 50, 40, 20)


@pytest.mark.parametrize(
    ("dx", "dy", "expected"),
    [(1, 0, Box(281, 50, 30, 20)), (10, 0, Box(290, 50, 30, 20)), (0, -100, Box(280, 0, 30, 20))],
)
def test_a_nudge_stops_at_the_border(dx: float, dy: float, expected: Box) -> None:
    assert nudged(Box(280, 50, 30, 20), dx=dx, dy=dy, picture=PICTURE) == expected


def test_a_picture_smaller_than_the_smallest_box_is_filled_by_it() -> None:
    drawn = Gesture.draw(0, 0, picture=(1.0, 50.0)).dragged_to(5, 20).box
    assert drawn == Box(0, 0, 1, 20)
