"""One box, and everything in the picture that looks like it."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

import cv2
import numpy as np
import pytest

from tests.support.trackers import IdentityTracker
from tracker_core import find_look_alikes, load_tracker
from tracker_core.decision.look_alikes import found_in, suppressed, tiles
from tracker_core.decision.prediction import LookAlike
from tracker_core.decision.score_map import Response
from tracker_core.geometry import Box
from tracker_core.images import Image

SIZE = Box(0, 0, 40, 40)
COPIES = (Box(20, 24, 40, 40), Box(150, 30, 40, 40), Box(236, 110, 40, 40))


def tiles_of(*, width: int, height: int, scale: float = 1.0) -> list[Box]:
    squares = tiles(SIZE, width=width, height=height, instance_size=255, context_side=127, covered=128, scale=scale)
    return [square.window for square in squares]


@pytest.mark.parametrize(("width", "height"), [(640, 360), (1920, 1080), (50, 30), (81, 400)])
@pytest.mark.parametrize("scale", [0.7, 1.0, 1.4])
def test_every_place_lies_in_the_score_map_of_a_tile(width: int, height: int, scale: float) -> None:
    reach = 80 * scale * 128 / 127  # what a score map covers, in image pixels
    windows = tiles_of(width=width, height=height, scale=scale)
    for x in np.linspace(0, width, 23):
        for y in np.linspace(0, height, 19):
            nearest = min(max(abs(window.cx - x), abs(window.cy - y)) for window in windows)
            assert nearest <= reach / 2 + 1.5, (x, y)  # a window lies on whole pixels


def test_a_find_of_another_shape_counts_less() -> None:
    (square,) = tiles(SIZE, width=40, height=40, instance_size=255, context_side=127, covered=128, scale=1.0)
    scores = np.array([0.9, 0.9, 0.2], np.float32).reshape(3, 1, 1)
    side = 40 * square.scales[0]
    boxes = np.array([[0, 0, 0], [0, 0, 0], [side, side * 3, side], [side, side, side]], np.float32).reshape(4, 3, 1, 1)
    found = sorted(found_in(Response(scores, boxes), square, SIZE, scale=1.0, least_score=0.3), key=lambda f: -f.score)
    assert len(found) == 2
    assert found[0].score == pytest.approx(0.9)
    assert found[0].box.iou(Box(0, 0, 40, 40)) > 0.95
    assert found[1].score < 0.8


def test_of_finds_that_overlap_the_best_stays_and_what_is_known_is_left_out() -> None:
    near, far, part = Box(2, 0, 40, 40), Box(100, 0, 40, 40), Box(110, 10, 20, 20)
    found = [LookAlike(SIZE, 0.7), LookAlike(near, 0.9), LookAlike(far, 0.8), LookAlike(part, 0.6)]
    assert [one.box for one in suppressed(found)] == [near, far]
    assert [one.box for one in suppressed(found, known=[SIZE])] == [far]
    assert [one.box for one in suppressed(found, most=1)] == [near]


@pytest.fixture(scope="module")
def street() -> Image:
    """Three copies of one sign on a ground of soft blotches."""
    blotches = np.random.default_rng(3).integers(70, 140, (12, 20, 3), np.uint8)
    image = np.asarray(cv2.resize(blotches, (320, 180), interpolation=cv2.INTER_CUBIC), np.uint8)
    for box in COPIES:
        x, y = int(box.x), int(box.y)
        image[y : y + 40, x : x + 40] = (200, 40, 40)
        cv2.circle(image, (x + 20, y + 20), 13, (250, 240, 60), -1)
        cv2.rectangle(image, (x + 5, y + 5), (x + 14, y + 14), (20, 20, 60), -1)
    return image


def test_the_shipped_tracker_finds_the_copies_first(street: Image) -> None:
    heard: list[tuple[int, int]] = []
    found = find_look_alikes(
        street, COPIES[0], tracker=load_tracker("siamrpnpp_tiny"), scales=(1.0,),
        on_tile=lambda done, total: heard.append((done, total)),
    )  # fmt: skip
    for copy in COPIES[1:]:
        assert max(one.box.iou(copy) for one in found[:2]) > 0.7
    assert all(one.box.iou(COPIES[0]) < 0.5 for one in found), "the example itself is no find"
    assert all(first.score >= second.score for first, second in pairwise(found))
    assert heard[0][0] == 0
    assert heard[-1][0] == heard[-1][1]


def test_a_network_that_shows_its_target_coarser_searches_about_as_many_regions(street: Image) -> None:
    heard: dict[str, list[tuple[int, int]]] = {"siamrpnpp_small": [], "siamrpnpp_tiny": []}
    for name, calls in heard.items():
        tracker = load_tracker(name)
        find_look_alikes(street, COPIES[0], tracker=tracker, scales=(1.0,), on_tile=partial(_note, calls))
    counts = [calls[-1][1] for calls in heard.values()]
    assert counts[1] <= 1.6 * counts[0], "both regions reach about as far, counted in targets"


def _note(calls: list[tuple[int, int]], done: int, total: int) -> None:
    calls.append((done, total))


def test_another_picture_is_searched_for_the_example_too(street: Image) -> None:
    found = find_look_alikes(
        street, COPIES[0], among=street.copy(), tracker=load_tracker("siamfc"), scales=(1.0,), most=3
    )
    assert max(one.box.iou(COPIES[0]) for one in found) > 0.7
    assert len(found) == 3


def test_a_search_ends_when_it_is_told_to(street: Image) -> None:
    def enough(done: int, total: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        find_look_alikes(street, COPIES[0], tracker=load_tracker("siamrpnpp_tiny"), on_tile=enough)


def test_a_tracker_that_cannot_search_says_so(street: Image) -> None:
    with pytest.raises(TypeError, match="identity"):
        find_look_alikes(street, COPIES[0], tracker=IdentityTracker())
