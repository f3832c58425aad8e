from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import nn

from tests.support.moving_square import moving_square
from tests.support.networks import CONSTANTS, PUBLISHED_CONSTANTS
from tests.support.siamrpn_networks import TINY, TINY_RESIDUAL, published_state, random_siamrpn
from tests.support.siamrpn_oracle import Oracle, ReferenceTracker, as_tensor
from tracker_core.decision.scale_pyramid import ScaleConstants
from tracker_core.decision.score_map import TrackingConstants
from tracker_core.group import update_all
from tracker_core.images import Image
from tracker_core.runtime.placement import place
from tracker_core.trackers.families import FAMILIES, network_of
from tracker_core.trackers.siamrpn import NetworkConfig, SiamRPN, SiamRPNEngine, SiamRPNNetwork
from tracker_core.trackers.siamrpnpp import NetworkConfig as DepthwiseConfig
from tracker_core.trackers.siamrpnpp import SiamRPNPPNetwork

CPU = place("cpu", "float32")
LAYERS = [(3, 96, 11), (96, 256, 5), (256, 384, 3), (384, 384, 3), (384, 256, 3)]


def random_tracker(config: NetworkConfig = TINY) -> SiamRPN:
    return SiamRPN("random", SiamRPNEngine(random_siamrpn(config), CPU), CONSTANTS)


def noise(size: int, *, seed: int) -> Image:
    return np.random.default_rng(seed).integers(0, 256, (size, size, 3), np.uint8)


@pytest.mark.parametrize(("width", "parameters"), [(1, 22_632_932), (2, 90_436_132)])
def test_the_network_has_the_published_tensors(width: int, parameters: int) -> None:
    shapes: dict[str, tuple[int, ...]] = {}
    for place_of, (inputs, outputs, kernel) in zip((0, 4, 8, 11, 14), LAYERS, strict=True):
        first = inputs if inputs == 3 else inputs * width
        shapes[f"featureExtract.{place_of}.weight"] = (outputs * width, first, kernel, kernel)
        names = [f"{place_of}.bias"]
        names += [f"{place_of + 1}.{part}" for part in ("weight", "bias", "running_mean", "running_var")]
        shapes |= {f"featureExtract.{name}": (outputs * width,) for name in names}
    f = 256 * width
    for name, outputs in (("r1", 20 * f), ("r2", f), ("cls1", 10 * f), ("cls2", f)):
        shapes |= {f"conv_{name}.weight": (outputs, f, 3, 3), f"conv_{name}.bias": (outputs,)}
    shapes |= {"regress_adjust.weight": (20, 20, 1, 1), "regress_adjust.bias": (20,)}
    with torch.device("meta"):
        network = SiamRPNNetwork(NetworkConfig(width=width, head_channels=f))
    assert {name: tuple(value.shape) for name, value in published_state(network).items()} == shapes
    assert sum(parameter.numel() for parameter in network.parameters()) == parameters


@pytest.mark.parametrize(
    ("config", "kernel", "cells"),
    [
        (TINY, 4, 19),
        (replace(TINY, instance_size=287), 4, 21),
        (TINY_RESIDUAL, 5, 25),
        (replace(TINY_RESIDUAL, instance_size=223), 5, 21),
        (replace(TINY_RESIDUAL, backbone="lite0", instance_size=223), 5, 21),
    ],
)
def test_a_batch_gives_logits_and_deltas_of_every_anchor(config: NetworkConfig, kernel: int, cells: int) -> None:
    network = random_siamrpn(config)
    with torch.no_grad():
        kernels = network.template(torch.rand(2, 3, 127, 127) * 255)
        logits, deltas = network(kernels, torch.rand(2, 3, config.instance_size, config.instance_size) * 255)
    assert [k.shape for k in kernels] == [(2, 10, 8, kernel, kernel), (2, 20, 8, kernel, kernel)]
    assert config.score_size == network.anchors.size == cells
    assert logits.shape == (2, 2, 5, cells, cells)
    assert deltas.shape == (2, 4, 5, cells, cells)


def test_an_untrained_network_is_sure_of_nothing() -> None:
    torch.manual_seed(0)
    for config in (NetworkConfig(width=0.25, head_channels=64), replace(TINY_RESIDUAL, channels=64, head_channels=64)):
        network = SiamRPNNetwork(config)
        search = torch.rand(2, 3, config.instance_size, config.instance_size) * 255
        with torch.no_grad():
            logits, deltas = network(network.template(torch.rand(2, 3, 127, 127) * 255), search)
        assert 0.05 < float(logits.std()) < 2
        assert float(deltas.std()) < 2


def test_the_residual_backbone_takes_what_siamrpnpp_has_learnt() -> None:
    shared = {"stem": 8, "middle": 8, "channels": 16, "blocks": 1}
    learnt = SiamRPNPPNetwork(DepthwiseConfig(backbone="residual", **shared)).state_dict()  # type: ignore[arg-type]
    taken = {name: value for name, value in learnt.items() if name.startswith(("backbone.", "neck."))}
    missing, unexpected = SiamRPNNetwork(TINY_RESIDUAL).load_state_dict(taken, strict=False)
    assert unexpected == []
    assert {name.split(".")[0] for name in missing} == {
        "conv_r1", "conv_r2", "conv_cls1", "conv_cls2", "regress_adjust"
    }  # fmt: skip


def test_the_kernels_are_made_of_the_seven_middle_cells_of_a_padded_exemplar() -> None:
    network = random_siamrpn(TINY_RESIDUAL)
    features, changed = torch.rand(1, 16, 15, 15), torch.rand(1, 16, 15, 15)
    changed[:, :, 4:11, 4:11] = features[:, :, 4:11, 4:11]
    with torch.no_grad():
        for one, other in zip(network.kernels(features), network.kernels(changed), strict=True):
            assert torch.equal(one, other)


@pytest.mark.parametrize("config", [TINY, TINY_RESIDUAL])
def test_the_engine_says_what_the_network_says(config: NetworkConfig) -> None:
    network = random_siamrpn(config)
    exemplar, search = noise(127, seed=1), noise(config.instance_size, seed=2)
    with torch.no_grad():
        logits, deltas = network(network.template(as_tensor(exemplar).float()), as_tensor(search).float())
    scores, boxes = torch.softmax(logits, dim=1)[0, 1].numpy(), network.anchors.decode(deltas[0].numpy())
    engine = SiamRPNEngine(random_siamrpn(config), CPU)
    (response,) = engine.respond([engine.template(exemplar)], [search])
    np.testing.assert_allclose(response.scores, scores, atol=1e-5)
    np.testing.assert_allclose(response.boxes, boxes, rtol=1e-4, atol=1e-3)
    assert response.scores.std() > 0.05


def test_the_published_network_says_what_its_formula_says() -> None:
    """All layers at their full width; few cells, as double precision takes its time."""
    network = random_siamrpn(NetworkConfig())
    oracle = Oracle(published_state(network))
    engine = SiamRPNEngine(network, CPU)
    exemplar, search = noise(127, seed=3), noise(159, seed=4)
    (response,) = engine.respond([engine.template(exemplar)], [search])
    score, deltas = oracle.respond(oracle.template(as_tensor(exemplar)), as_tensor(search))
    assert response.scores.shape == score.shape == (5, 5, 5)
    np.testing.assert_allclose(response.scores, score, atol=1e-4)
    sides = np.array([[104, 88, 64, 40, 32], [32, 40, 64, 80, 96]], np.float64)[:, :, None, None]
    np.testing.assert_allclose(response.boxes[2:], np.exp(deltas[2:]) * sides, rtol=1e-3)
    columns = response.boxes[0] - deltas[0] * sides[0]
    np.testing.assert_allclose(columns, np.broadcast_to([-16, -8, 0, 8, 16], (5, 5, 5)), atol=0.05)


def test_fifty_frames_are_those_of_the_reference() -> None:
    images, truth = moving_square(51)
    network = random_siamrpn()
    reference = ReferenceTracker(
        Oracle(published_state(network)), images[0], truth[0].as_tuple(), instance=271, **PUBLISHED_CONSTANTS
    )
    target = random_tracker().init(images[0], truth[0])
    boxes = []
    for image in images[1:]:
        prediction = target.update(image)
        box, score = reference.step(image)
        assert np.abs(np.subtract(prediction.box.as_tuple(), box)).max() < 0.01
        assert abs(prediction.score - score) < 1e-3
        boxes.append(box)
    # else the two agree on nothing that happened
    assert (np.ptp(boxes, axis=0) > 1).all()


def test_targets_share_one_pass_and_nothing_else() -> None:
    images, truth = moving_square(6)
    tracker = random_tracker()
    starts = [truth[0], truth[0].translated(dx=9, dy=-4), truth[2]]
    together, alone = ([tracker.init(images[0], box) for box in starts] for _ in range(2))
    for image in images[1:]:
        for prediction, target in zip(update_all(together, image), alone, strict=True):
            assert prediction.box.as_tuple() == pytest.approx(target.update(image).box.as_tuple(), abs=1e-2)


def test_half_precision_finds_nearly_the_same_and_no_two_anchors_tie() -> None:
    exemplar, search = noise(127, seed=1), noise(271, seed=2)
    answers = []
    for precision in ("float32", "bf16"):
        engine = SiamRPNEngine(random_siamrpn(), place("cpu", precision))
        answers += engine.respond([engine.template(exemplar)], [search])
    exact, rounded = answers
    assert np.abs(exact.scores - rounded.scores).mean() < 0.02
    assert len(np.unique(rounded.scores)) > 0.95 * rounded.scores.size


def test_a_network_in_its_place_has_no_norms_and_gives_no_gradients() -> None:
    network = random_siamrpn()
    engine = SiamRPNEngine(network, CPU)
    assert not any(isinstance(module, nn.BatchNorm2d) for module in network.modules())
    assert not any(tensor.requires_grad for tensor in engine.template(noise(127, seed=0)))


def test_a_tracker_keeps_to_the_constants_of_its_family() -> None:
    tracker = random_tracker()
    others = TrackingConstants(penalty_k=0.2, window_influence=0.1, size_lr=0.9)
    changed = tracker.with_constants(others)
    assert (changed.constants, changed.engine, changed.name) == (others, tracker.engine, "random")
    with pytest.raises(TypeError, match="random decides with TrackingConstants, not with ScaleConstants"):
        tracker.with_constants(ScaleConstants())


def test_a_description_that_is_none_is_refused() -> None:
    assert isinstance(network_of(FAMILIES["siamrpn"], {"width": 0.1, "head_channels": 8}), SiamRPNNetwork)
    with pytest.raises(ValueError, match="there is no backbone 'vgg'; known are alexnet, residual"):
        network_of(FAMILIES["siamrpn"], {"backbone": "vgg"})
    with pytest.raises(TypeError):
        network_of(FAMILIES["siamrpn"], {"depth": 3})
