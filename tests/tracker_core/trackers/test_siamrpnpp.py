from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import nn

from tests.support.moving_square import moving_square
from tests.support.networks import CONSTANTS, SMALL, random_network, random_tracker
from tracker_core.decision.score_map import Response, TrackingConstants
from tracker_core.runtime.placement import place
from tracker_core.tracker import Place
from tracker_core.trackers.siamrpnpp import NetworkConfig, SiamRPNPP, SiamRPNPPEngine, SiamRPNPPNetwork
from tracker_core.trackers.siamrpnpp_network import foreground

PUBLISHED_ALEXNET = NetworkConfig(backbone="alexnet", head_channels=256, instance_size=287)


def published_shapes() -> dict[str, tuple[int, ...]]:
    """What the published ``siamrpn_alex_dwxcorr`` holds, layer by layer, without the prefix of its heads."""
    shapes: dict[str, tuple[int, ...]] = {}

    def norm(name: str, channels: int) -> None:
        for part in ("weight", "bias", "running_mean", "running_var"):
            shapes[f"{name}.{part}"] = (channels,)
        shapes[f"{name}.num_batches_tracked"] = ()

    layers = [(3, 96, 11), (96, 256, 5), (256, 384, 3), (384, 384, 3), (384, 256, 3)]
    for number, (inputs, outputs, kernel) in enumerate(layers, 1):
        shapes[f"backbone.layer{number}.0.weight"] = (outputs, inputs, kernel, kernel)
        shapes[f"backbone.layer{number}.0.bias"] = (outputs,)
        norm(f"backbone.layer{number}.1", outputs)
    for branch, outputs in (("cls", 10), ("loc", 20)):
        for part in ("conv_kernel", "conv_search"):
            shapes[f"{branch}.{part}.0.weight"] = (256, 256, 3, 3)
            norm(f"{branch}.{part}.1", 256)
        shapes[f"{branch}.head.0.weight"] = (256, 256, 1, 1)
        norm(f"{branch}.head.1", 256)
        shapes[f"{branch}.head.3.weight"] = (outputs, 256, 1, 1)
        shapes[f"{branch}.head.3.bias"] = (outputs,)
    return shapes


def test_the_alexnet_network_has_the_published_layers() -> None:
    network = SiamRPNPPNetwork(PUBLISHED_ALEXNET)
    assert {name: tuple(value.shape) for name, value in network.state_dict().items()} == published_shapes()
    assert len(network.state_dict()) == 75
    assert sum(p.numel() for p in network.parameters()) == 6_251_102
    assert sum(p.numel() for p in network.backbone.parameters()) == pytest.approx(3.75e6, rel=1e-3)


@pytest.mark.parametrize(
    ("config", "kernel", "cells"),
    [
        (SMALL, 5, 25),
        (replace(SMALL, instance_size=287), 5, 29),
        (NetworkConfig(backbone="alexnet", width=0.05, head_channels=8, instance_size=287), 4, 21),
        (NetworkConfig(backbone="alexnet", width=0.05, head_channels=8, instance_size=255), 4, 17),
    ],
)
def test_a_batch_gives_logits_and_deltas_of_every_anchor(config: NetworkConfig, kernel: int, cells: int) -> None:
    network = random_network(config)
    with torch.no_grad():
        kernels = network.template(torch.rand(2, 3, 127, 127) * 255)
        logits, deltas = network(kernels, torch.rand(2, 3, config.instance_size, config.instance_size) * 255)
    assert all(k.shape == (2, config.head_channels, kernel, kernel) for k in kernels)
    assert config.score_size == network.anchors.size == cells
    assert logits.shape == (2, 2, 5, cells, cells)
    assert deltas.shape == (2, 4, 5, cells, cells)


def test_a_coarser_target_has_anchors_of_its_size() -> None:
    config = replace(SMALL, instance_size=159, target_cells=6)
    network = random_network(config)
    assert config.window == pytest.approx(127 * 6 / 8)
    assert network.anchors.sides[2].tolist() == [48, 48]
    engine = SiamRPNPPEngine(network, place("cpu", "float32"))
    rng = np.random.default_rng(1)
    exemplar, region = (rng.integers(0, 256, (side, side, 3), np.uint8) for side in (127, 159))
    (response,) = engine.respond([engine.template(exemplar)], [region])
    assert engine.window == config.window
    with torch.no_grad():
        pixels = [torch.from_numpy(image).permute(2, 0, 1)[None].float() for image in (exemplar, region)]
        _, deltas = network(network.template(pixels[0]), pixels[1])
    np.testing.assert_allclose(response.boxes, network.anchors.decode(deltas[0].numpy()), rtol=1e-3, atol=1e-2)


def test_the_kernels_are_made_of_the_seven_middle_cells_of_the_exemplar() -> None:
    network = random_network()
    features = torch.rand(1, 16, 15, 15)
    changed = torch.rand(1, 16, 15, 15)
    changed[:, :, 4:11, 4:11] = features[:, :, 4:11, 4:11]
    with torch.no_grad():
        kernels = network.kernels(features)
        assert all(torch.equal(one, other) for one, other in zip(kernels, network.kernels(changed), strict=True))
        for corner in ((4, 4), (10, 10)):
            touched = features.clone()
            touched[:, :, corner[0], corner[1]] += 5
            assert not torch.equal(network.kernels(touched)[0], kernels[0])


def test_a_pair_does_not_see_the_other_pairs_of_its_batch() -> None:
    network = random_network()
    exemplar, search = torch.rand(3, 3, 127, 127) * 255, torch.rand(3, 3, 255, 255) * 255
    with torch.no_grad():
        together = network(network.template(exemplar), search)
        alone = network(network.template(exemplar[1:2]), search[1:2])
    for whole, single in zip(together, alone, strict=True):
        np.testing.assert_allclose(whole[1:2], single, rtol=1e-3, atol=1e-4)


def test_the_middle_cell_looks_at_the_middle_of_the_search_region() -> None:
    """Over several pictures, the pixels that the middle cell depends on lie evenly around pixel 127 of 255."""
    network = random_network()
    seen = torch.zeros(255, 255, dtype=torch.bool)
    for seed in range(8):
        generator = torch.Generator().manual_seed(seed)
        search = (torch.rand(1, 3, 255, 255, generator=generator) * 255).requires_grad_()
        logits, _ = network(network.template(torch.rand(1, 3, 127, 127, generator=generator) * 255), search)
        (gradient,) = torch.autograd.grad(logits[..., 12, 12].sum(), search)
        seen |= (gradient[0] != 0).any(dim=0)
    for axis in (0, 1):
        touched = torch.nonzero(seen.any(dim=axis)).ravel()
        first, last = int(touched[0]), int(touched[-1])
        assert (first + last) / 2 == pytest.approx(127, abs=1)
        assert last - first < 120


def test_foreground_is_the_second_class() -> None:
    logits = torch.zeros(1, 2, 5, 3, 3)
    logits[0, 1, 2, 1, 1] = 5
    probability = foreground(logits)
    assert probability.shape == (1, 5, 3, 3)
    assert float(probability[0, 0, 0, 0]) == 0.5
    assert float(probability[0, 2, 1, 1]) == pytest.approx(1 / (1 + np.exp(-5)))


def test_the_engine_says_what_the_network_says() -> None:
    tracker, network = random_tracker(), random_network()
    rng = np.random.default_rng(0)
    exemplar, search = (rng.integers(0, 256, (size, size, 3), np.uint8) for size in (127, 255))
    (response,) = tracker.engine.respond([tracker.engine.template(exemplar)], [search])
    with torch.no_grad():
        z, x = (torch.from_numpy(image).permute(2, 0, 1)[None].float() for image in (exemplar, search))
        logits, deltas = network(network.template(z), x)
    assert isinstance(response, Response)
    np.testing.assert_allclose(response.scores, foreground(logits)[0].numpy(), atol=1e-4)
    np.testing.assert_allclose(response.boxes, network.anchors.decode(deltas[0].numpy()), rtol=1e-3, atol=1e-2)
    assert response.scores.std() > 0.01


def test_two_targets_share_a_network_and_nothing_else() -> None:
    images, truth = moving_square(12)
    tracker = random_tracker()
    alone = tracker.init(images[0], truth[0])
    expected = [alone.update(image).box for image in images[1:]]
    one, other = tracker.init(images[0], truth[0]), tracker.init(images[3], truth[6])
    found = []
    for image in images[1:]:
        found.append(one.update(image).box)
        other.update(image)
    assert found == expected


def test_other_constants_make_another_tracker_of_the_same_network() -> None:
    tracker = random_tracker()
    others = TrackingConstants(penalty_k=0.2, window_influence=0.1, size_lr=0.9)
    changed = tracker.with_constants(others)
    assert (changed.constants, tracker.constants) == (others, CONSTANTS)
    assert changed.engine is tracker.engine
    assert (changed.name, changed.place) == ("random", Place("cpu", "float32"))


def test_a_network_in_evaluation_keeps_no_trace_of_what_it_saw() -> None:
    engine = SiamRPNPPEngine(random_network(), place("cpu", "float32"))
    norms = [module for module in engine._network.modules() if isinstance(module, nn.BatchNorm2d)]
    assert norms == []
    exemplar = np.zeros((127, 127, 3), np.uint8)
    assert not any(kernel.requires_grad for kernel in engine.template(exemplar))


def test_a_target_can_be_shown_once_more() -> None:
    """With a gate that is wide open the second exemplar alone decides; showing replaces the second, not the first."""
    network = random_network(replace(SMALL, exemplars=2))
    for level in network.levels:
        for head in (level.cls, level.loc):
            nn.init.constant_(head.fusion.gate.bias, 50.0)  # type: ignore[arg-type]  # there is one
    tracker = SiamRPNPP("two", SiamRPNPPEngine(network, place("cpu", "float32")), CONSTANTS)
    frames, boxes = moving_square(count=3)
    plain, shown, other = (tracker.init(frames[0], boxes[0]) for _ in range(3))
    elsewhere = boxes[0].translated(dx=-40, dy=25)
    assert shown.show(frames[1], boxes[1])
    assert shown.show(frames[0], elsewhere)
    assert other.show(frames[0], elsewhere)
    assert shown.box == boxes[0]
    region = plain.look(frames[2])[0].image
    alone = tracker.init(frames[0], elsewhere)
    kernels = [plain.kernels, shown.kernels, other.kernels]
    together, single = tracker.engine.respond(kernels, [region] * 3), tracker.engine.respond([alone.kernels], [region])
    told = [answer.scores for answer in (*together, *single) if isinstance(answer, Response)]
    assert not np.allclose(told[0], told[1], atol=1e-3)
    np.testing.assert_allclose(told[1], told[2], atol=1e-5)
    np.testing.assert_allclose(told[1], told[3], atol=1e-4)


def test_a_network_with_one_exemplar_cannot_use_another() -> None:
    frames, boxes = moving_square(count=2)
    target = random_tracker().init(frames[0], boxes[0])
    before = target.kernels
    assert not target.show(frames[1], boxes[1])
    assert target.kernels is before


def test_refining_looks_from_the_box_and_leaves_the_target_where_it_was() -> None:
    frames, boxes = moving_square(count=4)
    tracker = random_tracker()
    target, other = tracker.init(frames[0], boxes[0]), tracker.init(frames[0], boxes[0])
    near = boxes[1].translated(dx=3, dy=-2)
    refined = target.refine(frames[1], near)
    assert target.box == boxes[0]
    other.move_to(near)
    plain = other.update(frames[1])
    assert (refined.box.cx, refined.box.cy) == (plain.box.cx, plain.box.cy)
    assert refined.score == plain.score
    # the same winner, whose size is taken at once
    assert abs(refined.box.width - near.width) >= abs(plain.box.width - near.width)
    assert target.update(frames[1]).box == tracker.init(frames[0], boxes[0]).update(frames[1]).box


def test_a_sure_frame_becomes_the_second_exemplar_until_a_person_shows_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker_core.target.REFRESH_SCORE", 0.0)
    network = random_network(replace(SMALL, exemplars=2))
    tracker = SiamRPNPP("two", SiamRPNPPEngine(network, place("cpu", "float32")), CONSTANTS)
    frames, boxes = moving_square(count=24)
    target = tracker.init(frames[0], boxes[0])
    alone = len(target.kernels)
    lengths = []
    for frame in frames[1:12]:
        target.update(frame)
        lengths.append(len(target.kernels))
    assert lengths == [alone] * 9 + [2 * alone] * 2
    assert target.show(frames[5], boxes[5])
    shown = target.kernels
    for frame in frames[12:]:
        target.update(frame)
    assert target.kernels is shown


def test_an_unsure_frame_never_becomes_an_exemplar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker_core.target.REFRESH_SCORE", 1.1)
    network = random_network(replace(SMALL, exemplars=2))
    tracker = SiamRPNPP("two", SiamRPNPPEngine(network, place("cpu", "float32")), CONSTANTS)
    frames, boxes = moving_square(count=24)
    target = tracker.init(frames[0], boxes[0])
    before = target.kernels
    for frame in frames[1:]:
        target.update(frame)
    assert target.kernels is before
