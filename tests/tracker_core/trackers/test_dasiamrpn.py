"""The distractor-aware tracker with SiamRPN's network: what is added, and that nothing else changes."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from tests.support.moving_square import moving_square
from tests.support.networks import CONSTANTS, PUBLISHED_CONSTANTS
from tests.support.siamrpn_networks import TINY, published_state, random_siamrpn
from tests.support.siamrpn_oracle import Oracle, ReferenceTracker
from tracker_core.decision.distractors import DistractorConstants, DistractorResponse
from tracker_core.decision.evidence import redecide
from tracker_core.decision.score_map import TrackingConstants
from tracker_core.geometry import Box
from tracker_core.group import update_all
from tracker_core.images import FloatArray, Image
from tracker_core.runtime.placement import place
from tracker_core.tracker import Place
from tracker_core.trackers.dasiamrpn import DaSiamRPN, DaSiamRPNEngine
from tracker_core.trackers.siamrpn import Detector
from tracker_core.weights.catalog import load_tracker
from tracker_core.weights.files import save_weights
from tracker_core.weights.layouts.recognise import LAYOUTS

CPU = place("cpu", "float32")
SHORT_TERM = DistractorConstants(**CONSTANTS.as_mapping(), distractor_threshold=1, lost_below=0, found_above=0)
"""What the published code does: nothing scores over 1, nothing under 0."""
EAGER = replace(SHORT_TERM, distractor_threshold=0.6)


class RememberingEngine(DaSiamRPNEngine):
    """Keeps every detector that it makes."""

    def __init__(self) -> None:
        super().__init__(random_siamrpn(), CPU)
        self.made: list[Detector] = []

    def template(self, exemplar: Image) -> Detector:
        self.made.append(super().template(exemplar))
        return self.made[-1]


def random_tracker(constants: DistractorConstants) -> DaSiamRPN:
    return DaSiamRPN("random", DaSiamRPNEngine(random_siamrpn(), CPU), constants)


def noise(size: int, *, seed: int) -> Image:
    return np.random.default_rng(seed).integers(0, 256, (size, size, 3), np.uint8)


def logits_of(engine: DaSiamRPNEngine, detector: Detector, region: Image) -> FloatArray:
    """What one detector says by itself."""
    alone = Detector(torch.cat([detector.classes, torch.zeros_like(detector.classes)]), detector.boxes)
    (response,) = engine.respond([alone], [region])
    assert isinstance(response, DistractorResponse)
    assert response.distraction is None
    return response.similarity


def test_the_folded_correlation_is_the_sum_of_separate_ones() -> None:
    """Of the exemplar and every distractor, weighed as the incremental form weighs them."""
    engine = RememberingEngine()
    constants = replace(EAGER, learning_rate=0.4)
    images, truth = moving_square(6)
    target = DaSiamRPN("x", engine, constants).init(images[0], truth[0])
    for number in (2, 3, 4):
        target.add_distractor(images[number], truth[number].translated(dx=-30, dy=5))
    region = noise(271, seed=5)
    (response,) = engine.respond([target.kernels], [region])
    assert isinstance(response, DistractorResponse)
    assert response.distraction is not None

    similarity, *distractors = (logits_of(engine, detector, region) for detector in engine.made)
    ratio = 0.4 / 0.6
    betas = [1, 1 + ratio, 1 + ratio + ratio**2]
    distraction = sum(beta * logits for beta, logits in zip(betas, distractors, strict=True)) / sum(betas)
    np.testing.assert_allclose(response.similarity, similarity, rtol=1e-3, atol=1e-3)
    np.testing.assert_allclose(response.distraction, distraction, rtol=1e-3, atol=1e-3)
    # and as the one kernel of the paper, at some weight
    mean, others = target.kernels.classes.chunk(2)
    objective = logits_of(engine, Detector(mean - 0.5 * others, target.kernels.boxes), region)
    np.testing.assert_allclose(objective, response.similarity - 0.5 * response.distraction, rtol=1e-3, atol=1e-3)


def test_the_mean_of_kernels_is_the_kernel_of_the_mean_features() -> None:
    network = random_siamrpn()
    one, other = torch.rand(2, 1, network.backbone.channels, 6, 6)
    with torch.no_grad():
        mean = network.kernels(0.3 * one + 0.7 * other)
        for both, first, second in zip(mean, network.kernels(one), network.kernels(other), strict=True):
            np.testing.assert_allclose(both, 0.3 * first + 0.7 * second, rtol=1e-3, atol=1e-5)


def test_frames_without_distractors_are_those_of_the_published_code() -> None:
    images, truth = moving_square(16)
    reference = ReferenceTracker(
        Oracle(published_state(random_siamrpn())),
        images[0],
        truth[0].as_tuple(),
        instance=271,
        **PUBLISHED_CONSTANTS,
    )
    target = random_tracker(SHORT_TERM).init(images[0], truth[0])
    for image in images[1:]:
        prediction = target.update(image)
        box, score = reference.step(image)
        assert np.abs(np.subtract(prediction.box.as_tuple(), box)).max() < 0.01
        assert abs(prediction.score - score) < 1e-3


def test_a_distractor_is_learned_a_frame_and_remembered_as_the_formula_says() -> None:
    images, truth = moving_square(12)
    engine = RememberingEngine()
    target = DaSiamRPN("x", engine, EAGER).init(images[0], truth[0])
    learned: list[Tensor] = []
    for image in images[1:]:
        evidence = target.update(image, with_evidence=True).evidence
        assert evidence is not None
        new = [detector.classes for detector in engine.made[1 + len(learned) :]]
        assert len(new) == min(1, len(evidence.distractors))
        learned += new
    assert len(learned) > 3
    betas = [sum((0.01 / 0.99) ** i for i in range(t)) for t in range(1, len(learned) + 1)]
    weighted = [beta * classes.double() for beta, classes in zip(betas, learned, strict=True)]
    target_part, distractor_part = target.kernels.classes.chunk(2)
    np.testing.assert_allclose(distractor_part, torch.stack(weighted).sum(dim=0) / sum(betas), rtol=1e-4, atol=1e-6)
    assert torch.equal(target_part, engine.made[0].classes)  # no frame teaches it: errors would teach themselves


def test_nothing_is_learned_from_a_frame_that_may_not_show_the_target() -> None:
    images, truth = moving_square(12)
    engine = RememberingEngine()
    target = DaSiamRPN("x", engine, replace(EAGER, lost_below=0.9999, found_above=1)).init(images[0], truth[0])
    for image in images[1:4]:
        assert target.update(image).box == truth[0]  # nor is what was found believed
    assert len(engine.made) == 1


def test_a_distractor_must_lie_in_the_picture() -> None:
    images, truth = moving_square(2)
    target = random_tracker(SHORT_TERM).init(images[0], truth[0])
    before = target.kernels
    with pytest.raises(ValueError, match="does not lie in the picture of 160 x 120 pixels"):
        target.add_distractor(images[1], Box(400, 10, 20, 20))
    assert target.kernels is before
    target.add_distractor(images[1], truth[1])
    assert target.kernels is not before
    assert target.box == truth[0]


def test_the_same_constants_decide_the_same_again() -> None:
    images, truth = moving_square(5)
    target = random_tracker(EAGER).init(images[0], truth[0])
    target.add_distractor(images[1], truth[1])
    for image in images[1:]:
        prediction = target.update(image, with_evidence=True)
        evidence = prediction.evidence
        assert evidence is not None
        again = redecide(evidence, EAGER)
        assert (again.box, again.score) == (prediction.box, prediction.score)
        assert again.evidence is not None
        assert again.evidence.distractors == evidence.distractors
    # the panel can show what the distractors did
    assert evidence is not None
    assert evidence.ranked is not None
    assert evidence.ranked.shape == evidence.raw.shape == (19, 19)
    assert not np.allclose(evidence.ranked, evidence.raw)
    with pytest.raises(TypeError, match="with DistractorConstants and cannot be with TrackingConstants"):
        redecide(evidence, CONSTANTS)


@pytest.mark.parametrize(("side", "size"), [(30, 271), (8, 287)])
def test_a_target_that_is_small_in_its_picture_is_looked_for_farther_around(side: int, size: int) -> None:
    """160 x 120 pixels: 0.004 of them are a square of 8.8."""
    image = moving_square(1)[0][0]
    adaptive = random_tracker(replace(SHORT_TERM, small_target=0.004)).init(image, Box(60, 50, side, side))
    assert adaptive.look(image)[0].image.shape == (size, size, 3)
    always = random_tracker(SHORT_TERM).init(image, Box(60, 50, side, side))
    assert always.look(image)[0].image.shape == (271, 271, 3)


def test_targets_with_search_regions_of_different_sizes_share_a_network() -> None:
    images, truth = moving_square(5)
    tracker = random_tracker(replace(EAGER, small_target=0.02))
    boxes = [truth[0], Box(60, 50, 8, 8), truth[0].translated(dx=-10, dy=3)]
    together, alone = ([tracker.init(images[0], box) for box in boxes] for _ in range(2))
    for image in images[1:]:
        found = update_all(together, image)
        for prediction, target in zip(found, alone, strict=True):
            assert prediction.box.as_tuple() == pytest.approx(target.update(image).box.as_tuple(), abs=1e-2)


def test_a_tracker_keeps_to_the_constants_of_its_family() -> None:
    tracker = random_tracker(SHORT_TERM)
    changed = tracker.with_constants(EAGER)
    assert (changed.constants, changed.engine, changed.place) == (EAGER, tracker.engine, Place("cpu", "float32"))
    with pytest.raises(TypeError, match="random decides with DistractorConstants, not with TrackingConstants"):
        tracker.with_constants(TrackingConstants())


def test_a_weights_file_makes_the_tracker(tmp_path: Path) -> None:
    images, truth = moving_square(3)
    path = tmp_path / "mine.safetensors"
    save_weights(
        path, random_siamrpn().state_dict(), family="dasiamrpn", network=asdict(TINY), constants=EAGER.as_mapping()
    )
    made = load_tracker(str(path), device="cpu", precision="float32")
    assert (made.name, made.constants) == ("mine", EAGER)
    expected = random_tracker(EAGER).init(images[0], truth[0])
    target = made.init(images[0], truth[0])
    for image in images[1:]:
        assert target.update(image) == expected.update(image)


def test_the_published_configurations() -> None:
    published = {
        layout.title: DistractorConstants(**layout.constants) for layout in LAYOUTS if layout.family == "dasiamrpn"
    }
    assert {
        title.split("SiamRPN")[-1]: (c.size_lr, c.window_influence, c.penalty_k, c.small_target)
        for title, c in published.items()
    } == {"BIG": (0.295, 0.42, 0.055, 0.004), "vot": (0.45, 0.44, 0.04, 0), "otb": (0.30, 0.40, 0.22, 0)}


def test_a_second_look_teaches_nothing() -> None:
    engine = RememberingEngine()
    images, truth = moving_square(2)
    target = DaSiamRPN("x", engine, replace(EAGER, distractor_threshold=0.0, fitting=0.5)).init(images[0], truth[0])
    before, known = target.kernels.classes.clone(), len(engine.made)
    target.refine(images[1], truth[1])
    assert len(engine.made) == known == 1
    assert torch.equal(target.kernels.classes, before)
