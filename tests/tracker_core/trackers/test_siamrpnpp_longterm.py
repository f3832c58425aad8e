from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
import torch

from tests.support.moving_square import moving_square
from tests.support.networks import CONSTANTS, random_network
from tests.support.siamrpnpp_oracle import Oracle, published_names
from tests.support.siamrpnpp_published import RESNET_LONG_TERM, thin
from tracker_core.decision.anchors import anchor_grid
from tracker_core.decision.evidence import redecide
from tracker_core.decision.score_map import Response, TrackingConstants
from tracker_core.decision.search_growth import LOST_WINDOW_INFLUENCE, LongTermConstants
from tracker_core.group import update_all
from tracker_core.images import Image
from tracker_core.runtime.placement import place
from tracker_core.tracker import Place
from tracker_core.trackers.families import FAMILIES
from tracker_core.trackers.siamrpnpp import Kernels, SiamRPNPPEngine
from tracker_core.trackers.siamrpnpp_longterm import SiamRPNPPLongTerm

LONG_TERM = LongTermConstants(penalty_k=0.05, window_influence=0.28, size_lr=0.22)


class TellingEngine:
    """Says the next score of a list at one place of an else empty map, and remembers how large the regions were."""

    instance_size = 255
    window = 127.0
    place = Place("cpu", "float32")

    def __init__(self, scores: Sequence[float], *, at: tuple[int, int] = (0, 0)) -> None:
        self.scores = list(scores)
        self.at = at
        self.calls: list[tuple[int, int]] = []  # regions, their size

    def template(self, exemplar: Image) -> Kernels:
        return ()

    def respond(self, kernels: Sequence[Kernels], regions: Sequence[Image]) -> list[Response]:
        size = regions[0].shape[0]
        self.calls.append((len(regions), size))
        grid = anchor_grid((size - 127) // 8 + 9)
        scores = np.zeros((5, grid.size, grid.size), np.float32)
        return [Response(self._with_score(scores), grid.boxes) for _ in regions]

    def _with_score(self, scores: np.ndarray) -> np.ndarray:
        told = scores.copy()
        told[2, *self.at] = self.scores.pop(0)
        return told


def tracker(scores: Sequence[float], *, at: tuple[int, int] = (0, 0)) -> tuple[SiamRPNPPLongTerm, TellingEngine]:
    engine = TellingEngine(scores, at=at)
    return SiamRPNPPLongTerm("lt", engine, LONG_TERM), engine


def test_a_lost_target_stays_and_is_looked_for_far_around_until_it_is_surely_there() -> None:
    images, truth = moving_square(8)
    made, engine = tracker([0.9, 0.79, 0.3, 0.9, 0.997, 0.999, 0.9], at=(12, 12))
    target = made.init(images[0], truth[0])
    boxes = [truth[0], *(target.update(image).box for image in images[1:])]
    assert [size for _, size in engine.calls] == [255, 255, 831, 831, 831, 831, 255]
    moved = [one != other for one, other in pairwise(boxes)]
    assert moved == [True, False, False, True, True, True, True]


def test_while_searching_a_far_place_is_as_good_as_a_near_one() -> None:
    images, truth = moving_square(4)
    # in the corner, where the cosine window is 0: while the target is followed the empty middle beats 0.3 there
    made, _ = tracker([0.1, 0.3], at=(0, 0))
    target = made.init(images[0], truth[0])
    assert target.update(images[1]).score == 0
    found = target.update(images[2], with_evidence=True)
    assert found.score == pytest.approx(0.3)
    assert found.evidence is not None
    assert found.evidence.is_searching
    assert found.evidence.cell == (0, 0)
    assert found.evidence.search_region.shape == (831, 831, 3)
    assert LOST_WINDOW_INFLUENCE == 0.001  # the published one


def test_being_lost_belongs_to_the_target_alone() -> None:
    """In the published code the next video begins lost when the one before ended so."""
    images, truth = moving_square(3)
    made, engine = tracker([0.1, 0.9, 0.9, 0.1, 0.9])
    lost = made.init(images[0], truth[0])
    lost.update(images[1])
    made.init(images[0], truth[0]).update(images[1])
    lost.update(images[2])
    lost.update(images[2])
    lost.move_to(truth[2])  # a person says where it is
    lost.update(images[2])
    assert [size for _, size in engine.calls] == [255, 255, 831, 831, 255]


def test_a_lost_target_among_others_waits_for_nobody_and_disturbs_nobody() -> None:
    images, truth = moving_square(3)
    made, engine = tracker([0.1, 0.9, 0.9, 0.9, 0.9, 0.9], at=(12, 12))
    targets = [made.init(images[0], truth[0]) for _ in range(3)]
    update_all(targets, images[1])
    update_all(targets, images[2])
    assert engine.calls == [(3, 255), (1, 831), (2, 255)]


@pytest.mark.parametrize("scores", [[0.9, 0.9], [0.1, 0.9], [0.1, 0.2]], ids=["followed", "found", "lost"])
def test_a_frame_decided_anew_with_the_same_constants_is_the_same(scores: list[float]) -> None:
    images, truth = moving_square(3)
    made, _ = tracker(scores, at=(12, 13))
    target = made.init(images[0], truth[0])
    target.update(images[1])
    prediction = target.update(images[2], with_evidence=True)
    assert prediction.evidence is not None
    again = redecide(prediction.evidence, LONG_TERM)
    assert (again.box, again.score) == (prediction.box, prediction.score)


def test_it_is_a_family_with_constants_of_its_own() -> None:
    family = FAMILIES["siamrpnpp_lt"]
    assert family.constants(**LONG_TERM.as_mapping()) == LONG_TERM
    assert (LONG_TERM.lost_below, LONG_TERM.found_above) == (0.8, 0.998)
    made, _ = tracker([])
    changed = made.with_constants(LongTermConstants(lost_below=0.5, found_above=0.6))
    assert isinstance(changed, SiamRPNPPLongTerm)
    assert changed.engine is made.engine
    with pytest.raises(TypeError, match="lt decides with LongTermConstants, not with TrackingConstants"):
        made.with_constants(CONSTANTS)
    with pytest.raises(ValueError, match="impossible"):
        LongTermConstants(lost_below=0.9, found_above=0.8)
    assert isinstance(LONG_TERM, TrackingConstants)


@pytest.mark.parametrize(("size", "cells"), [(255, 25), (383, 41)])
def test_one_engine_answers_search_regions_of_any_size(size: int, cells: int) -> None:
    network = random_network(thin(RESNET_LONG_TERM))
    engine = SiamRPNPPEngine(network, place("cpu", "float32"))
    oracle = Oracle(published_names(network.state_dict()), "resnet50")
    rng = np.random.default_rng(0)
    exemplar, region = (rng.integers(0, 256, (side, side, 3), np.uint8) for side in (127, size))
    (response,) = engine.respond([engine.template(exemplar)], [region])
    z, x = (torch.from_numpy(image).permute(2, 0, 1)[None].double() for image in (exemplar, region))
    with torch.no_grad():
        logits, deltas = (answer[0].numpy() for answer in oracle.respond(oracle.template(z), x))
    assert response.scores.shape == (5, cells, cells)
    np.testing.assert_allclose(response.scores, 1 / (1 + np.exp(logits[0] - logits[1])), atol=1e-4)
    # decoded by hand: anchor 2 is 64 x 64, its cells are 8 pixels apart around the middle
    middle = np.arange(cells) * 8 - 8 * (cells // 2)
    np.testing.assert_allclose(response.boxes[0, 2], deltas[0, 2] * 64 + middle[None, :], atol=1e-2)
    np.testing.assert_allclose(response.boxes[1, 2], deltas[1, 2] * 64 + middle[:, None], atol=1e-2)


def test_the_score_map_of_a_lost_target_has_97_cells_a_side() -> None:
    engine = SiamRPNPPEngine(random_network(), place("cpu", "float32"))
    exemplar, region = np.zeros((127, 127, 3), np.uint8), np.zeros((831, 831, 3), np.uint8)
    (response,) = engine.respond([engine.template(exemplar)], [region])
    assert response.scores.size == 47_045
    assert anchor_grid(97) is anchor_grid(97)
