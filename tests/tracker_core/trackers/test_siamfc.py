from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
import torch

from tests.support.moving_square import moving_square
from tests.support.networks import CONSTANTS as RPN_CONSTANTS
from tests.support.networks import random_network
from tests.support.siamfc_networks import CONSTANTS, FIVE_SCALES, SMALL, random_siamfc, random_siamfc_network
from tracker_core.camera import View
from tracker_core.decision.evidence import redecide
from tracker_core.decision.scale_pyramid import ScaleConstants
from tracker_core.decision.score_map import logistic
from tracker_core.geometry import Box
from tracker_core.group import update_all
from tracker_core.images import FloatArray, Image
from tracker_core.runtime.placement import place
from tracker_core.tracker import Place
from tracker_core.trackers.families import FAMILIES, tracker_of
from tracker_core.trackers.siamfc import LARGEST, SMALLEST, NetworkConfig, SiamFC, SiamFCTarget
from tracker_core.weights.files import WeightsFile, read_weights, save_weights

THIN_ALEXNET = NetworkConfig(backbone="alexnet", width=0.05)
PUBLISHED = NetworkConfig(backbone="alexnet_v1")
LITE = NetworkConfig(backbone="lite0", channels=16)


def test_the_published_network_has_the_published_layers_and_two_numbers_more() -> None:
    network = random_siamfc_network(PUBLISHED)
    assert sum(p.numel() for p in network.backbone.parameters()) == 2_336_320
    names = set(network.state_dict())
    assert {name for name in names if not name.startswith("backbone.conv")} == {"gain", "bias"}
    assert (network.gain.item(), network.bias.item()) == (1, 0)


@pytest.mark.parametrize(
    ("config", "kernel", "cells"), [(SMALL, 7, 25), (THIN_ALEXNET, 6, 17), (PUBLISHED, 6, 17), (LITE, 7, 25)]
)
def test_a_batch_gives_a_map_of_logits_each(config: NetworkConfig, kernel: int, cells: int) -> None:
    network = random_siamfc_network(config)
    with torch.no_grad():
        kernels = network.template(torch.rand(2, 3, 127, 127) * 255)
        logits = network(kernels, torch.rand(2, 3, 255, 255) * 255)
    assert kernels.shape == (2, network.backbone.channels, kernel, kernel)
    assert logits.shape == (2, cells, cells)
    assert logits.dtype == torch.float32
    assert config.score_size == cells


def test_an_unknown_backbone_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="known are alexnet_v1, alexnet, residual, lite0"):
        NetworkConfig(backbone="vgg")  # type: ignore[arg-type]


def test_a_pair_does_not_see_the_other_pairs_of_its_batch() -> None:
    network = random_siamfc_network()
    exemplar, search = torch.rand(3, 3, 127, 127) * 255, torch.rand(3, 3, 255, 255) * 255
    with torch.no_grad():
        together = network(network.template(exemplar), search)
        alone = network(network.template(exemplar[1:2]), search[1:2])
    np.testing.assert_allclose(together[1:2], alone, rtol=1e-3, atol=1e-5)


def test_gain_and_bias_are_those_of_the_published_adjust_layer() -> None:
    network = random_siamfc_network()
    exemplar, search = torch.rand(1, 3, 127, 127) * 255, torch.rand(1, 3, 255, 255) * 255
    with torch.no_grad():
        plain = network(network.template(exemplar), search)
        network.gain.fill_(2.5)
        network.bias.fill_(-3)
        adjusted = network(network.template(exemplar), search)
    np.testing.assert_allclose(adjusted, 2.5 * plain - 3, rtol=1e-5)


def test_the_trained_backbone_of_siamrpnpp_fits() -> None:
    tensors = random_network().state_dict()
    taken = {name: value for name, value in tensors.items() if name.startswith(("backbone.", "neck."))}
    missing, unexpected = random_siamfc_network().load_state_dict(taken, strict=False)
    assert set(missing) == {"gain", "bias"}
    assert unexpected == []


def test_without_padding_a_shift_by_the_stride_shifts_the_map_by_a_cell() -> None:
    """Strict translation invariance (SiamRPN++, section 3.1): exact, and lost where a backbone pads."""
    scene = torch.from_numpy(np.random.default_rng(4).integers(0, 256, (1, 3, 279, 279), np.uint8)).double()
    exemplar = scene[:, :, 70:197, 60:187]
    here, there = scene[:, :, :255, :255], scene[:, :, 16:271, 8:263]
    lost = {}
    for config in (THIN_ALEXNET, SMALL):
        network = random_siamfc_network(config).double()
        with torch.no_grad():
            kernels = network.template(exemplar)
            first, second = network(kernels, here)[0], network(kernels, there)[0]
        lost[config.backbone] = float((first[2:, 1:] - second[:-2, :-1]).abs().max() / first.std())
    assert lost["alexnet"] < 1e-4
    assert lost["residual"] > 1e-2


def test_the_engine_says_what_the_network_says() -> None:
    tracker, network = random_siamfc(), random_siamfc_network()
    rng = np.random.default_rng(0)
    exemplar, *regions = (rng.integers(0, 256, (size, size, 3), np.uint8) for size in (127, 255, 255))
    kernel = tracker.engine.template(exemplar)
    answers = tracker.engine.respond([kernel, kernel], regions)
    with torch.no_grad():
        z, *xs = (torch.from_numpy(image).permute(2, 0, 1)[None].float() for image in (exemplar, *regions))
        for answer, x in zip(answers, xs, strict=True):
            np.testing.assert_allclose(answer, network(network.template(z), x)[0], rtol=1e-3, atol=1e-5)
    assert answers[0].std() > 1e-4


class ScriptedEngine:
    """Answers each look with what it is told to say of it, by how wide the look is."""

    instance_size = 255
    window = 127.0
    place = Place("nowhere", "float32")

    def __init__(self, *heights: float) -> None:
        self.heights = heights
        self.seen: list[tuple[int, ...]] = []

    def template(self, exemplar: Image) -> torch.Tensor:
        return torch.zeros(1)

    def respond(self, kernels: Sequence[torch.Tensor], regions: Sequence[Image]) -> list[FloatArray]:
        self.seen.append(tuple(region.shape[0] for region in regions))
        rows, columns = np.mgrid[:17, :17]
        hill = np.exp(-((rows - 8) ** 2 + (columns - 8) ** 2) / 8).astype(np.float32)
        return [hill * np.float32(height) for height in self.heights]


def scripted(*heights: float, constants: ScaleConstants = CONSTANTS) -> tuple[SiamFCTarget, Image]:
    image = np.random.default_rng(0).integers(0, 256, (400, 600, 3), np.uint8)
    tracker = SiamFC("scripted", ScriptedEngine(*heights), constants)
    return tracker.init(image, Box(280, 190, 40, 20)), image


def test_a_target_looks_at_every_scale_round_its_place() -> None:
    target, image = scripted(1, 1, 1)
    looks = target.look(image)
    side = ((40 + 30) * (20 + 30)) ** 0.5 * 255 / 127
    assert [look.window.width for look in looks] == [round(side / 1.0375), round(side), round(side * 1.0375)]
    for look in looks:
        assert look.image.shape == (255, 255, 3)
        assert (look.window.cx, look.window.cy) == pytest.approx((300, 200), abs=0.5)


def test_the_box_takes_on_the_best_scale_by_its_rate_and_keeps_its_shape() -> None:
    for heights, factor in (((1, 1, 2), 1.0375), ((2, 1, 1), 1 / 1.0375), ((1, 1, 1), 1.0)):
        target, image = scripted(*heights)
        box = target.update(image).box
        assert box.width == pytest.approx(40 * (0.41 + 0.59 * factor))
        assert box.width / box.height == pytest.approx(2)
        assert (box.cx, box.cy) == pytest.approx((300, 200), abs=1)


def test_all_scales_go_where_the_camera_leads() -> None:
    target, image = scripted(1, 1, 1, constants=replace(CONSTANTS, lead=0.8))
    target.notice(View.of(np.roll(image, 45, axis=1)))
    stayed, _ = scripted(1, 1, 1)
    moved = [square.window.cx for square in target.squares()]
    assert min(moved) > max(square.window.cx for square in stayed.squares()) + 20
    assert max(moved) - min(moved) <= 1


def test_five_scales_reach_farther_at_once() -> None:
    target, image = scripted(1, 1, 1, 1, 2, constants=FIVE_SCALES)
    assert target.update(image).box.width == pytest.approx(40 * (0.66 + 0.34 * 1.0255**2))


@pytest.mark.parametrize(("heights", "limit"), [((1, 1, 2), LARGEST), ((2, 1, 1), SMALLEST)])
def test_the_size_stays_within_what_a_person_drew(heights: tuple[float, ...], limit: float) -> None:
    target, image = scripted(*heights)
    widths = [target.update(image).box.width for _ in range(90)]
    assert min(widths) >= SMALLEST * 40 - 1e-6
    assert max(widths) <= LARGEST * 40 + 1e-6
    assert widths[-1] == pytest.approx(limit * 40, rel=1e-3)


def test_a_person_who_moves_the_box_says_anew_how_large_it_is() -> None:
    target, image = scripted(1, 1, 2)
    target.move_to(Box(50, 50, 400, 200))
    assert target.update(image).box.width == pytest.approx(400 * (0.41 + 0.59 * 1.0375))


def test_the_centre_stays_in_the_picture() -> None:
    target, image = scripted(1, 1, 1)
    target.move_to(Box(590, 395, 40, 20))
    box = target.update(image).box
    assert (box.cx, box.cy) == pytest.approx((600, 400), abs=1.5)
    assert box.cx <= 600
    assert box.cy <= 400


def test_targets_of_a_group_go_where_they_go_alone() -> None:
    images, truth = moving_square(5)
    tracker = random_siamfc()
    starts = [truth[0], truth[0].translated(dx=9, dy=-4), truth[2]]
    together, alone = ([tracker.init(images[0], box) for box in starts] for _ in range(2))
    for image in images[1:]:
        for prediction, target in zip(update_all(together, image), alone, strict=True):
            assert prediction.box.as_tuple() == pytest.approx(target.update(image).box.as_tuple(), abs=1e-2)


def test_all_scales_of_all_targets_share_one_call() -> None:
    image = np.zeros((200, 200, 3), np.uint8)
    engine = ScriptedEngine(*[1.0] * 6)
    tracker = SiamFC("scripted", engine, CONSTANTS)
    update_all([tracker.init(image, Box(50, 50, 40, 30)), tracker.init(image, Box(90, 90, 20, 50))], image)
    assert engine.seen == [(255,) * 6]


def test_the_evidence_says_why() -> None:
    images, truth = moving_square(4)
    target = random_siamfc().init(images[0], truth[0])
    prediction = target.update(images[1], with_evidence=True)
    evidence = prediction.evidence
    assert evidence is not None
    assert [level.factor for level in evidence.pyramid] == list(CONSTANTS.factors)
    assert [level.raw.tolist() for level in evidence.pyramid] == [
        logistic(v.response).tolist() for v in evidence.pyramid
    ]
    assert max(evidence.pyramid, key=lambda level: level.peak).chosen
    assert target.update(images[2]).evidence is None
    assert redecide(evidence, CONSTANTS).box == prediction.box


def test_other_constants_make_another_tracker_of_the_same_network() -> None:
    tracker = random_siamfc()
    others = replace(CONSTANTS, window_influence=0.3)
    changed = tracker.with_constants(others)
    assert (changed.constants, tracker.constants) == (others, CONSTANTS)
    assert changed.engine is tracker.engine
    assert (changed.name, changed.place) == ("random", Place("cpu", "float32"))
    with pytest.raises(TypeError, match="ScaleConstants"):
        tracker.with_constants(RPN_CONSTANTS)


def test_a_weights_file_makes_its_tracker(tmp_path: Path) -> None:
    path = tmp_path / "siamfc.safetensors"
    tensors = random_siamfc_network().state_dict()
    save_weights(path, tensors, family="siamfc", network=asdict(SMALL), constants=FIVE_SCALES.as_mapping())
    file: WeightsFile = read_weights(path)
    family = FAMILIES[file.family]
    constants = family.constants(**file.constants)
    assert constants == FIVE_SCALES
    images, truth = moving_square(3)
    made = tracker_of("siamfc", family, file, place("cpu", "float32"), constants).init(images[0], truth[0])
    wanted = random_siamfc(constants=FIVE_SCALES).init(images[0], truth[0])
    assert [made.update(image).box for image in images[1:]] == [wanted.update(image).box for image in images[1:]]
