"""The target, with an engine of a few lines instead of a network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from tests.support.moving_square import moving_square
from tracker_core.decision.anchors import AnchorGrid
from tracker_core.decision.evidence import redecide
from tracker_core.decision.score_map import Response, TrackingConstants
from tracker_core.geometry import Box
from tracker_core.images import Image
from tracker_core.tracker import Place
from tracker_core.trackers.region_proposal import RPNTarget

GRID = AnchorGrid(25)
FREE = TrackingConstants(penalty_k=0, window_influence=0, size_lr=1)


class ColourEngine:
    """Sees the red of the square: says with full score at every anchor near it where it is in the crop."""

    instance_size = 255
    place = Place("cpu", "float32")

    def __init__(self, *, window: float = 127.0) -> None:
        self.window = window
        self.exemplars: list[Image] = []

    def template(self, exemplar: Image) -> str:
        self.exemplars.append(exemplar)
        return "kernels"

    def respond(self, kernels: Sequence[str], regions: Sequence[Image]) -> list[Response]:
        assert list(kernels) == ["kernels"]
        (search_region,) = regions
        rows, columns = np.nonzero(search_region.max(axis=2) > 180)
        left, top, right, bottom = columns.min(), rows.min(), columns.max() + 1, rows.max() + 1
        cx, cy = (left + right) / 2 - 127.5, (top + bottom) / 2 - 127.5
        distance = np.hypot(GRID.boxes[0] - cx, GRID.boxes[1] - cy)
        scores = (distance == distance.min()).astype(np.float32)
        truth = np.array([cx, cy, right - left, bottom - top], np.float32)
        boxes = np.where(scores > 0, truth[:, None, None, None], GRID.boxes)
        return [Response(scores, boxes.astype(np.float32))]


def test_the_target_is_followed_where_it_is_seen() -> None:
    images, truth = moving_square(30)
    target = RPNTarget(ColourEngine(), FREE, images[0], truth[0])
    for image, box in zip(images[1:], truth[1:], strict=True):
        prediction = target.update(image)
        assert prediction.box.as_tuple() == pytest.approx(box.as_tuple(), abs=0.6)
        assert prediction.score == 1
        assert target.box == prediction.box


def test_the_exemplar_is_taken_once_and_shows_the_target_in_its_middle() -> None:
    images, truth = moving_square(5)
    engine = ColourEngine()
    target = RPNTarget(engine, FREE, images[0], truth[0])
    target.update(images[1])
    target.move_to(truth[2])
    target.update(images[3])
    (exemplar,) = engine.exemplars
    assert exemplar.shape == (127, 127, 3)
    rows, columns = np.nonzero(exemplar.max(axis=2) > 180)
    # a square of 24 pixels in a window of 48
    assert (columns.min(), columns.max() + 1, rows.min(), rows.max() + 1) == pytest.approx((32, 95, 32, 95), abs=2)


def test_a_network_for_coarser_targets_sees_more_of_the_picture_around_them() -> None:
    images, truth = moving_square(30)
    engine = ColourEngine(window=127 * 6 / 8)
    target = RPNTarget(engine, FREE, images[0], truth[0])
    (exemplar,) = engine.exemplars
    rows, columns = np.nonzero(exemplar.max(axis=2) > 180)
    # a square of 24 pixels in a window of 64
    edges = (columns.min(), columns.max() + 1, rows.min(), rows.max() + 1)
    assert edges == pytest.approx((39.7, 87.3, 39.7, 87.3), abs=2)
    (square,) = target.squares()
    assert square.window.width == pytest.approx(64 * 255 / 127, abs=1)
    for image, box in zip(images[1:], truth[1:], strict=True):
        assert target.update(image).box.as_tuple() == pytest.approx(box.as_tuple(), abs=0.8)


def test_a_moved_target_is_looked_for_from_there() -> None:
    images, truth = moving_square(40)
    target = RPNTarget(ColourEngine(), FREE, images[0], truth[0])
    target.move_to(truth[20])  # at the other side, out of the reach of the first search region
    assert target.box == truth[20]
    evidence = target.update(images[21], with_evidence=True).evidence
    assert evidence is not None
    assert evidence.last_box == truth[20]
    assert evidence.search_region_box.cx == pytest.approx(truth[20].cx, abs=0.5)
    assert evidence.search_region_box.width == round(48 * 255 / 127)


def test_evidence_changes_nothing_and_comes_only_when_asked_for() -> None:
    images, truth = moving_square(10)
    plain, explained = (RPNTarget(ColourEngine(), FREE, images[0], truth[0]) for _ in range(2))
    for image in images[1:]:
        one, other = plain.update(image), explained.update(image, with_evidence=True)
        assert one.evidence is None
        assert other.evidence is not None
        assert (one.box, one.score) == (other.box, other.score)


@pytest.mark.parametrize(
    "box", [Box(10, 10, 0, 20), Box(10, 10, 20, 0), Box(160, 10, 20, 20), Box(-20, 10, 20, 20), Box(10, 121, 9, 9)]
)
def test_a_box_that_shows_nothing_is_refused(box: Box) -> None:
    with pytest.raises(ValueError, match="does not lie in the picture of 160 x 120 pixels"):
        RPNTarget(ColourEngine(), FREE, moving_square(1)[0][0], box)


@pytest.mark.parametrize(
    "box", [Box(0, 0, 100_000, 100_000), Box(10, 10, 700, 20), Box(10, 10, 20, 500), Box(0, 0, 1e30, 9)]
)
def test_a_box_far_larger_than_the_picture_is_refused(box: Box) -> None:
    with pytest.raises(ValueError, match="cannot be tracked in a picture of 160 x 120 pixels"):
        RPNTarget(ColourEngine(), FREE, moving_square(1)[0][0], box)


@pytest.mark.parametrize(
    "box", [Box(10, 10, 0, 0), Box(10, 10, 0, 20), Box(170, 10, 9, 9), Box(0, 0, 100_000, 100_000)]
)
def test_a_second_look_refuses_what_a_first_one_refuses(box: Box) -> None:
    images, truth = moving_square(1)
    target = RPNTarget(ColourEngine(), FREE, images[0], truth[0])
    with pytest.raises(ValueError, match="picture of 160 x 120 pixels"):
        target.refine(images[0], box)
    assert target.box == truth[0]


TEXTURE = np.random.default_rng(0).integers(60, 100, (200, 900, 3)).astype(np.uint8)
"""So that everybody sees that the camera stands still."""


def runner(frame: int) -> tuple[Image, Box]:
    """A red square that runs faster and faster, up to 45 pixels a frame: 60 are half a search region."""
    image, x = TEXTURE.copy(), 20 + round(1.2 * frame**2)
    image[90:120, x : x + 30] = (230, 20, 20)
    return image, Box(x, 90, 30, 30)


def test_a_search_region_that_goes_ahead_keeps_a_fast_target_in_its_middle() -> None:
    def farthest(lead: float) -> float:
        target = RPNTarget(ColourEngine(), replace(FREE, lead=lead), *runner(0))
        offsets = []
        for frame in range(1, 20):
            (square,) = target.squares()
            image, box = runner(frame)
            offsets.append(abs(box.cx - square.window.cx) / square.window.width * 2)
            assert target.update(image).box.iou(box) > 0.9
        return max(offsets)

    assert farthest(0) > 0.7
    assert farthest(0.8) < 0.4


def test_the_search_region_stays_around_a_slow_target() -> None:
    """At most three pixels a frame, and 60 are half a search region."""
    target = RPNTarget(ColourEngine(), replace(FREE, lead=0.8), *runner(0))
    for frame in range(3):
        (square,) = target.squares()
        assert (square.window.cx, square.window.cy) == pytest.approx((target.box.cx, target.box.cy), abs=0.6)
        target.update(runner(frame)[0])


def drawn_loosely(truth: Box) -> Box:
    """With a margin of a fifth at the right and at the bottom."""
    return Box(truth.x, truth.y, truth.width * 1.2, truth.height * 1.2)


def test_boxes_are_made_like_the_one_that_was_drawn() -> None:
    images, truth = moving_square(12)

    def overlap_with_loose(fitting: float) -> float:
        target = RPNTarget(ColourEngine(), replace(FREE, fitting=fitting), images[0], drawn_loosely(truth[0]))
        for image in images[1:]:
            found = target.update(image).box
        return found.iou(drawn_loosely(truth[11]))

    assert overlap_with_loose(0) < 0.75
    assert overlap_with_loose(0.5) > 0.8
    assert overlap_with_loose(1) > 0.97


def test_a_frame_decided_anew_keeps_how_the_person_draws() -> None:
    images, truth = moving_square(3)
    constants = replace(FREE, fitting=0.5)
    target = RPNTarget(ColourEngine(), constants, images[0], drawn_loosely(truth[0]))
    prediction = target.update(images[1], with_evidence=True)
    assert prediction.evidence is not None
    assert redecide(prediction.evidence, constants).box == prediction.box
    assert prediction.evidence.candidates[0].box.iou(prediction.box) > 0.99


def pole(frame: int) -> tuple[Image, Box]:
    """A red pole of 4 x 112 pixels that goes three pixels a frame."""
    image, x = np.tile(TEXTURE, (1, 1, 1)), 300 + 3 * frame
    image[40:152, x : x + 4] = (230, 20, 20)
    return image, Box(x, 40, 4, 112)


def test_a_pole_is_seen_thicker_than_it_is_and_followed_as_thin_as_it_is() -> None:
    constants = replace(FREE, slender=4, lead=0.8)
    engine = ColourEngine()
    target = RPNTarget(engine, constants, *pole(0))
    rows, columns = np.nonzero(engine.exemplars[0].max(axis=2) > 180)
    assert np.ptp(rows) / np.ptp(columns) == pytest.approx(4, rel=0.1)
    for frame in range(1, 12):
        image, box = pole(frame)
        assert target.update(image).box.iou(box) > 0.75


def test_a_stretched_decision_made_anew_is_the_same() -> None:
    constants = replace(FREE, slender=4)
    target = RPNTarget(ColourEngine(), constants, *pole(0))
    prediction = target.update(pole(1)[0], with_evidence=True)
    assert prediction.evidence is not None
    assert redecide(prediction.evidence, constants).box == prediction.box


def test_no_score_says_right_where_the_first_box_was_not() -> None:
    """Drawn: a square and twice or once as much beside it. Once is fitted, twice is another thing."""
    images, truth = moving_square(3)
    for times, overlap in ((3, 1 / 3), (2, 0.71)):
        drawn = Box(truth[0].x, truth[0].y, truth[0].width * times, truth[0].height)
        prediction = RPNTarget(ColourEngine(), replace(FREE, fitting=0.5), images[0], drawn).update(images[1])
        assert prediction.signs is not None
        assert prediction.signs.first_overlap == pytest.approx(overlap, abs=0.03)
        assert prediction.score == (prediction.signs.first_overlap if overlap < 0.5 else 1)
