from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from tests.support.moving_square import moving_square
from tracker_core.decision.calibration import Calibration
from tracker_core.decision.score_map import TrackingConstants
from tracker_core.geometry import Box
from tracker_core.images import FloatArray, Image
from tracker_core.runtime.placement import place
from tracker_core.tracker import Place
from tracker_core.trackers.verifier import (
    PARTS,
    NetworkConfig,
    Verifier,
    VerifierNetwork,
    distance_between,
    verifier_from,
)
from tracker_core.weights.files import read_weights, save_weights

SMALL = NetworkConfig(stem=8, middle=8, channels=16, blocks=1, embedding=12)
CALIBRATION = Calibration(slope=-5.0, intercept=4.0)
BOXES = [Box(20, 30, 24, 24), Box(60.4, 41.7, 50, 20), Box(-10, 90, 40, 60)]


def random_network(config: NetworkConfig = SMALL, *, seed: int = 1) -> VerifierNetwork:
    """In evaluation mode, with statistics in its batch norms, as after training."""
    torch.manual_seed(seed)
    network = VerifierNetwork(config).eval()
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.running_mean = torch.randn(module.num_features) * 0.2
            module.running_var = torch.rand(module.num_features) + 0.5
    with torch.no_grad():
        next(network.parameters()).mul_(1 / 64)
    return network


def random_verifier(config: NetworkConfig = SMALL) -> Verifier:
    return Verifier("random", random_network(config), place("cpu", "float32"), CALIBRATION)


def noise(seed: int = 0) -> Image:
    return np.random.default_rng(seed).integers(0, 256, (120, 160, 3), np.uint8)


def test_the_default_network_has_1_1_million_weights_and_128_numbers_for_a_crop() -> None:
    network = VerifierNetwork(NetworkConfig()).eval()
    assert sum(p.numel() for p in network.parameters()) == 1_055_136
    with torch.no_grad():
        assert network(torch.rand(2, 3, 127, 127) * 255).shape == (2, 128)


def test_on_the_default_trackers_backbone_a_placed_verifier_says_what_the_network_says() -> None:
    config = NetworkConfig(backbone="lite0", channels=16, embedding=12)
    crop = noise()[:120, :120]
    scaled = torch.from_numpy(crop).permute(2, 0, 1)[None].float()
    scaled = nn.functional.interpolate(scaled, 127, mode="bilinear", align_corners=False).round()
    with torch.no_grad():
        expected = random_network(config)(scaled)[0]
    found = random_verifier(config).embed(noise(), Box(30, 30, 60, 60))  # whose window is the left 120 x 120 pixels
    np.testing.assert_allclose(found, expected, atol=5e-3)


def test_a_verifier_with_an_unknown_backbone_is_refused() -> None:
    with pytest.raises(ValueError, match="no backbone 'vgg'; known are residual, lite0"):
        NetworkConfig(backbone="vgg")  # type: ignore[arg-type]


def test_embeddings_have_length_one_if_they_shall() -> None:
    crops = torch.rand(3, 3, 127, 127) * 255
    with torch.no_grad():
        np.testing.assert_allclose(random_network()(crops).norm(dim=1), 1, atol=1e-5)
        free = random_network(replace(SMALL, normalised=False))(crops)
    assert (free.norm(dim=1) - 1).abs().min() > 0.01
    np.testing.assert_allclose(nn.functional.normalize(free), random_network()(crops).detach(), atol=1e-5)


def test_a_grid_sees_where_in_the_crop_something_is_and_an_average_does_not() -> None:
    """On features of a map whose content moves by a third, beyond the borders' reach."""
    for grid, is_same in ((1, True), (3, False)):
        network = random_network(replace(SMALL, grid=grid))
        features = torch.rand(1, 16, 9, 9)
        here, there = network.pool(features), network.pool(features.roll(3, dims=3))
        assert torch.allclose(here, there, atol=1e-5) is is_same


def test_the_embedding_is_what_the_network_says_of_the_exemplar_crop() -> None:
    image, box = noise(), Box(40, 30, 40, 40)  # a window of 80 pixels from (20, 10), inside the picture
    crop = torch.from_numpy(image[10:90, 20:100]).permute(2, 0, 1)[None].float()
    crop = nn.functional.interpolate(crop, 127, mode="bilinear", align_corners=False).round()
    with torch.no_grad():
        expected = random_network()(crop)[0]
    found = random_verifier().embed(image, box)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, expected, atol=2e-3)


@pytest.mark.parametrize("config", [SMALL, replace(SMALL, normalised=False), replace(SMALL, distance="cosine")])
def test_swapping_the_pair_changes_nothing(config: NetworkConfig) -> None:
    """Shared weights: neither crop is the exemplar by its place."""
    verifier = random_verifier(config)
    one, other = verifier.embed(noise(1), BOXES[0]), verifier.embed(noise(2), BOXES[1])
    assert verifier.distance(one, other) == verifier.distance(other, one) > 0
    assert verifier.distance(one, one) == pytest.approx(0, abs=2e-6)
    there, back = verifier.probability(one, noise(2), BOXES[1]), verifier.probability(other, noise(1), BOXES[0])
    assert there == pytest.approx(back, abs=1e-6)


def test_many_boxes_at_once_are_the_same_as_one_by_one() -> None:
    verifier, image = random_verifier(), noise()
    together = verifier.embed_many(image, BOXES)
    assert together.shape == (3, 12)
    for box, embedding in zip(BOXES, together, strict=True):
        np.testing.assert_allclose(verifier.embed(image, box), embedding, atol=1e-5)
    assert verifier.embed_many(image, []).shape == (0, 12)


def test_distances_are_those_of_the_textbook() -> None:
    one, other = np.random.default_rng(0).normal(size=(2, 4, 7))
    first, second = torch.from_numpy(one), torch.from_numpy(other)
    np.testing.assert_allclose(
        distance_between(first, second, "euclidean"),
        [np.sqrt(np.sum((a - b) ** 2)) for a, b in zip(one, other, strict=True)],
    )
    np.testing.assert_allclose(
        distance_between(first, second, "cosine"),
        [1 - a @ b / np.sqrt((a @ a) * (b @ b)) for a, b in zip(one, other, strict=True)],
    )


@pytest.mark.parametrize("kind", ["euclidean", "cosine"])
def test_the_distance_is_the_one_that_the_file_names(kind: str) -> None:
    verifier = random_verifier(NetworkConfig(**{**asdict(SMALL), "normalised": False, "distance": kind}))
    one = np.array([3, 0], np.float32)
    assert verifier.distance(one, np.array([0, 4], np.float32)) == pytest.approx(5 if kind == "euclidean" else 1)
    assert verifier.distance(one, np.array([6, 0], np.float32)) == pytest.approx(3 if kind == "euclidean" else 0)


def test_equal_embeddings_teach_nothing_instead_of_breaking() -> None:
    embedding = torch.ones(1, 4, requires_grad=True)
    (gradient,) = torch.autograd.grad(distance_between(embedding, torch.ones(1, 4), "euclidean").sum(), embedding)
    assert (gradient == 0).all()


def at_distance(distance: float) -> FloatArray:
    """From (1, 0), on the unit circle."""
    angle = 2 * np.arcsin(distance / 2)
    return np.array([np.cos(angle), np.sin(angle)], np.float32)


def test_the_further_the_less_likely() -> None:
    verifier, exemplar = random_verifier(), np.array([1, 0], np.float32)
    found = [verifier.same_object(exemplar, at_distance(d)) for d in np.linspace(0, 2, 21)]
    np.testing.assert_allclose(found, CALIBRATION.probability(np.linspace(0, 2, 21)), atol=1e-4)
    assert (np.diff(found) < 0).all()
    assert found[8] == pytest.approx(0.5, abs=1e-4)  # 0.8 = 4 / 5


def test_of_several_exemplars_the_nearest_speaks() -> None:
    verifier = random_verifier()
    exemplars = np.stack([at_distance(0.2), at_distance(1.5), at_distance(0.9)])
    embedding = at_distance(1.4)
    expected = max(verifier.same_object(exemplar, embedding) for exemplar in exemplars)
    assert verifier.same_object(exemplars, embedding) == expected == verifier.same_object(exemplars[1], embedding)


def test_an_unchanged_object_is_more_likely_the_same_than_the_ground_beside_it() -> None:
    """Even a random network tells a square that moved from mere noise."""
    images, boxes = moving_square(8)
    verifier = random_verifier()
    exemplar = verifier.embed(images[0], boxes[0])
    for image, box in zip(images[1:], boxes[1:], strict=True):
        beside = box.translated(dx=-40 if box.cx > 80 else 40, dy=0)
        assert verifier.probability(exemplar, image, box) > verifier.probability(exemplar, image, beside)


@pytest.mark.parametrize("box", [Box(200, 10, 20, 20), Box(10, 10, 0, 20), Box(-50, -50, 20, 20)])
def test_a_box_outside_the_picture_is_refused(box: Box) -> None:
    with pytest.raises(ValueError, match="does not lie in the picture of 160 x 120 pixels"):
        random_verifier().embed_many(noise(), [BOXES[0], box])


def test_without_an_exemplar_there_is_nothing_to_say() -> None:
    with pytest.raises(ValueError, match="at least one exemplar"):
        random_verifier().same_object(np.zeros((0, 12), np.float32), np.zeros(12, np.float32))


def test_an_unknown_distance_is_refused() -> None:
    with pytest.raises(ValueError, match="no distance 'manhattan'; known are euclidean, cosine"):
        PARTS.network_of({**asdict(SMALL), "distance": "manhattan"})


def test_a_saved_verifier_says_the_same(tmp_path: Path) -> None:
    path = tmp_path / "verifier.safetensors"
    tensors = random_network().state_dict()
    save_weights(path, tensors, family="verifier", network=asdict(SMALL), constants=CALIBRATION.as_mapping())
    file = read_weights(path)
    read = verifier_from("read", file, place("cpu", "float32"), Calibration(**file.constants))
    made = random_verifier()
    assert (read.name, read.place, read.calibration) == ("read", Place("cpu", "float32"), CALIBRATION)
    exemplar = made.embed(noise(1), BOXES[0])
    np.testing.assert_array_equal(read.embed(noise(1), BOXES[0]), exemplar)
    assert read.probability(exemplar, noise(2), BOXES[1]) == made.probability(exemplar, noise(2), BOXES[1])


def test_tensors_of_other_layers_and_foreign_constants_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "odd.safetensors"
    save_weights(path, random_network().state_dict(), family="verifier", network=asdict(replace(SMALL, channels=24)))
    with pytest.raises(ValueError, match="has the shape"):
        verifier_from("odd", read_weights(path), place("cpu", "float32"), CALIBRATION)
    path = tmp_path / "plain.safetensors"
    save_weights(path, random_network().state_dict(), family="verifier", network=asdict(SMALL))
    with pytest.raises(TypeError, match="Calibration"):
        verifier_from("odd", read_weights(path), place("cpu", "float32"), TrackingConstants(0.1, 0.4, 0.3))
