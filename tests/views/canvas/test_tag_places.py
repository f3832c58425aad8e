from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.views.canvas.tag_places import WantedTag, tag_places
from tracker_core.geometry import Box

VIEW = Box(0, 0, 800, 600)
sides = st.integers(10, 200).map(float)
boxes = st.builds(Box, st.integers(0, 700).map(float), st.integers(0, 500).map(float), width=sides, height=sides)


def overlap(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) - max(one.x, other.x)
    down = min(one.bottom, other.bottom) - max(one.y, other.y)
    return across > 0 and down > 0


@given(st.lists(boxes, max_size=12), st.sets(st.integers(0, 11), max_size=2))
def test_no_tag_covers_a_target_or_another_tag_unless_it_must_show(targets: list[Box], chosen: set[int]) -> None:
    tags = [WantedTag(box, 60, 16, must_show=place in chosen) for place, box in enumerate(targets)]
    places = tag_places(tags, targets, VIEW)
    shown = [(Box(*place, 60, 16), tag) for place, tag in zip(places, tags, strict=True) if place is not None]
    assert all(place is not None for place, tag in zip(places, tags, strict=True) if tag.must_show)
    for index, (rect, tag) in enumerate(shown):
        if tag.must_show:
            continue
        assert not any(overlap(rect, target) for target in targets)
        assert not any(overlap(rect, other) for place, (other, _) in enumerate(shown) if place != index)


def test_a_tag_is_tried_above_below_and_beside_its_box() -> None:
    box = Box(100, 100, 80, 60)
    blocked: list[Box] = []
    found = []
    for _ in range(5):
        place = tag_places([WantedTag(box, 40, 16)], [box, *blocked], VIEW)[0]
        found.append(place)
        if place is not None:
            blocked.append(Box(*place, 40, 16))
    assert found == [(100, 83), (100, 161), (181, 100), (59, 100), None]
