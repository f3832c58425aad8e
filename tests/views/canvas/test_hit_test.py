from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.views.canvas.hit_test import (
    EDGE_REACH,
    HANDLE_REACH,
    Handle,
    HitKind,
    Hittable,
    HitTarget,
    boxes_under,
    handle_points,
    hit_test,
)
from tracker_core.geometry import Box

coordinates = st.floats(-500, 500)
sides = st.floats(0, 600)
boxes = st.builds(Box, coordinates, coordinates, sides, sides)
LARGE, SMALL = Box(100, 100, 200, 160), Box(150, 150, 40, 30)


def test_nothing_is_hit_beside_every_box() -> None:
    assert hit_test([Hittable(1, LARGE, selected=True)], x=50, y=50) is None
    assert hit_test([], x=0, y=0) is None


@given(rect=boxes, handle=st.sampled_from(Handle))
def test_each_handle_shown_is_hit_where_it_is_shown(rect: Box, handle: Handle) -> None:
    points = handle_points(rect)
    if handle in points:
        x, y = points[handle]
        assert hit_test([Hittable(7, rect, selected=True)], x=x, y=y) == HitTarget(HitKind.HANDLE, 7, handle)


@given(rect=boxes)
def test_handles_never_overlap_and_leave_the_body_to_be_grabbed(rect: Box) -> None:
    points = list(handle_points(rect).values())
    for i, (x, y) in enumerate(points):
        for other_x, other_y in points[i + 1 :]:
            assert max(abs(x - other_x), abs(y - other_y)) > 2 * HANDLE_REACH - 1e-6
    target = hit_test([Hittable(1, rect, selected=True)], x=rect.cx, y=rect.cy)
    assert target is not None
    assert target.kind is not HitKind.HANDLE


@given(rect=boxes, x=coordinates, y=coordinates)
def test_a_box_that_is_not_selected_shows_no_handle(rect: Box, x: float, y: float) -> None:
    target = hit_test([Hittable(1, rect, selected=False)], x=x, y=y)
    assert target is None or target.kind is not HitKind.HANDLE


@pytest.mark.parametrize(
    ("x", "y", "kind"),
    [
        (200, 100 - EDGE_REACH, HitKind.EDGE),
        (200, 100 - EDGE_REACH - 0.1, None),
        (200, 100 + EDGE_REACH + 0.1, HitKind.BODY),
        (100, 180, HitKind.EDGE),
        (300 + EDGE_REACH, 260, HitKind.EDGE),
        (200, 180, HitKind.BODY),
    ],
)
def test_the_edge_reaches_a_little_to_both_sides(x: float, y: float, kind: HitKind | None) -> None:
    target = hit_test([Hittable(1, LARGE, selected=False)], x=x, y=y)
    assert (target and target.kind) == kind


def test_a_small_box_is_reached_inside_a_large_one_whichever_is_painted_first() -> None:
    large, small = Hittable(1, LARGE, selected=False), Hittable(2, SMALL, selected=False)
    for shapes in ([large, small], [small, large]):
        assert hit_test(shapes, x=170, y=165) == HitTarget(HitKind.BODY, 2)
        assert hit_test(shapes, x=250, y=165) == HitTarget(HitKind.BODY, 1)


def test_of_two_equal_boxes_the_upper_is_hit() -> None:
    shapes = [Hittable(1, LARGE, selected=False), Hittable(2, LARGE, selected=False)]
    assert hit_test(shapes, x=200, y=180) == HitTarget(HitKind.BODY, 2)


def test_an_edge_goes_before_the_body_that_lies_over_it() -> None:
    crossing = Box(290, 150, 60, 60)
    shapes = [Hittable(1, LARGE, selected=False), Hittable(2, crossing, selected=False)]
    assert hit_test(shapes, x=300, y=180) == HitTarget(HitKind.EDGE, 1)


@given(rect=boxes, others=st.lists(boxes, max_size=4), x=coordinates, y=coordinates)
def test_the_selected_box_wins_wherever_it_is_hit(rect: Box, others: list[Box], x: float, y: float) -> None:
    selected = Hittable(1, rect, selected=True)
    alone = hit_test([selected], x=x, y=y)
    crowd = [Hittable(number, box, selected=False) for number, box in enumerate(others, start=2)]
    if alone is not None:
        for shapes in ([selected, *crowd], [*crowd, selected]):
            assert hit_test(shapes, x=x, y=y) == alone


@given(rects=st.lists(boxes, max_size=5), chosen=st.integers(0, 5), x=coordinates, y=coordinates)
def test_the_boxes_under_a_point_do_not_depend_on_the_selection(
    rects: list[Box], chosen: int, x: float, y: float
) -> None:
    plain = [Hittable(number, rect, selected=False) for number, rect in enumerate(rects)]
    one_selected = [shape._replace(selected=shape.track_id == chosen) for shape in plain]
    under = boxes_under(plain, x=x, y=y)
    assert under == boxes_under(one_selected, x=x, y=y)
    hit = hit_test(plain, x=x, y=y)
    assert (hit is None) == (under == [])
    assert hit is None or hit.track_id in under


def test_a_handle_goes_before_everything() -> None:
    over = Box(90, 90, 20, 20)
    shapes = [Hittable(1, LARGE, selected=True), Hittable(2, over, selected=False)]
    assert hit_test(shapes, x=100, y=100) == HitTarget(HitKind.HANDLE, 1, Handle.TOP_LEFT)


def test_a_box_of_few_pixels_has_its_four_corners_only() -> None:
    assert set(handle_points(Box(0, 0, 10, 10))) == {handle for handle in Handle if handle.is_corner}
    assert set(handle_points(LARGE)) == set(Handle)
