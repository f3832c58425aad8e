"""SiamFC against a second one: slow, in double precision, from a flat state_dict and the published formulae alone."""

from __future__ import annotations

import math
from collections.abc import Mapping

import cv2
import numpy as np
import pytest
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from tests.support.siamfc_networks import random_siamfc, random_siamfc_network
from tracker_core.decision.scale_pyramid import ScaleConstants
from tracker_core.geometry import Box
from tracker_core.images import Image
from tracker_core.trackers.siamfc import NetworkConfig

State = Mapping[str, Tensor]
Map = NDArray[np.float64]

PUBLISHED = NetworkConfig(backbone="alexnet_v1")
SMALL = NetworkConfig(backbone="alexnet", width=0.05)
CONSTANTS = ScaleConstants(window_influence=0.3, scale_penalty=0.9999)  # random weights like no scale much better
STEP, RATE, PENALTY, INFLUENCE = 1.0375, 0.59, 0.9999, 0.3


def norm(state: State, name: str, x: Tensor, *, eps: float) -> Tensor:
    weight, bias, mean, variance = (
        state[f"{name}.{part}"][:, None, None] for part in ("weight", "bias", "running_mean", "running_var")
    )
    return (x - mean) / torch.sqrt(variance + eps) * weight + bias


def grouped(state: State, name: str, x: Tensor, *, stride: int = 1) -> Tensor:
    """A grouped convolution is one for each part of the channels."""
    weight, bias = state[f"{name}.weight"], state[f"{name}.bias"]
    groups = x.shape[1] // weight.shape[1]
    parts = zip(x.chunk(groups, dim=1), weight.chunk(groups), bias.chunk(groups), strict=True)
    return torch.cat([F.conv2d(part, w, b, stride) for part, w, b in parts], dim=1)


def published_features(state: State, x: Tensor) -> Tensor:
    """AlexNetV1 under its published names."""
    for number in (1, 2, 3, 4, 5):
        x = grouped(state, f"backbone.conv{number}.0", x, stride=2 if number == 1 else 1)
        if number < 5:
            x = norm(state, f"backbone.conv{number}.1", x, eps=1e-6).clamp(min=0)
        if number < 3:
            x = F.max_pool2d(x, 3, 2)
    return x


def small_features(state: State, x: Tensor) -> Tensor:
    """SiamRPN's AlexNet, here with few channels: cheap enough for fifty frames in double precision."""
    for number in (1, 2, 3, 4, 5):
        x = grouped(state, f"backbone.layer{number}.0", x, stride=2 if number == 1 else 1)
        x = norm(state, f"backbone.layer{number}.1", x, eps=1e-5)
        if number < 5:
            x = x.clamp(min=0)
        if number < 3:
            x = F.max_pool2d(x, 3, 2)
    return x


def correlate(exemplar: Tensor, search: Tensor) -> Map:
    """(C, h, w), (C, H, W) -> response, times the published 0.001: row by row of places, for all columns at once."""
    (_, h, w), (_, height, width) = exemplar.shape, search.shape
    rows = [search[:, row : row + h].unfold(2, w, 1) for row in range(height - h + 1)]  # (C, h, columns, w)
    response = [(0.001 * row * exemplar[:, :, None]).sum(dim=(0, 1, 3)) for row in rows]
    assert len(response[0]) == width - w + 1
    return torch.stack(response).numpy()


def double(state: State) -> dict[str, Tensor]:
    return {name: value.double() for name, value in state.items()}


def pixels(image: Image) -> Tensor:
    return torch.from_numpy(image.astype(np.float64)).permute(2, 0, 1)[None].contiguous()


def bicubic(size: int, by: int) -> Map:
    """(U, S) weights of cells for the upsampled pixels, Keys' kernel with a = -0.75; the outer cells go on outside."""
    weights = np.zeros((size * by, size))
    for u in range(size * by):
        place = (u + 0.5) / by - 0.5
        for tap in range(math.floor(place) - 1, math.floor(place) + 3):
            t = abs(place - tap)
            near = 1.25 * t**3 - 2.25 * t**2 + 1
            far = -0.75 * t**3 + 3.75 * t**2 - 6 * t + 3
            weights[u, min(max(tap, 0), size - 1)] += near if t <= 1 else far
    return weights


class ReferenceSiamFC:
    """The published loop. Its crop window is the one of whole pixels that was cut."""

    def __init__(self, state: State, image: Image, box: Box) -> None:
        self.state = double(state)
        self.mean = image.reshape(-1, 3).astype(np.float64).mean(axis=0).round()
        self.x, self.y = box.x + box.width / 2, box.y + box.height / 2
        self.w, self.h = box.width, box.height
        exemplar, *_ = self.crop(image, self.z_size(), 127)
        self.exemplar = small_features(self.state, exemplar)[0]
        self.upsampling = bicubic(17, 16)

    def z_size(self) -> float:
        context = 0.5 * (self.w + self.h)
        return math.sqrt((self.w + context) * (self.h + context))

    def crop(self, image: Image, side: float, size: int) -> tuple[Tensor, float, float, float]:
        count = round(side)
        left, top = math.floor(self.x - count / 2 + 0.5), math.floor(self.y - count / 2 + 0.5)
        border, (height, width) = 200, image.shape[:2]
        wide = np.tile(self.mean.astype(np.uint8), (height + 2 * border, width + 2 * border, 1))
        wide[border : border + height, border : border + width] = image
        patch = wide[border + top : border + top + count, border + left : border + left + count]
        resized = np.asarray(cv2.resize(patch, (size, size), interpolation=cv2.INTER_LINEAR), np.uint8)
        return pixels(resized), left + count / 2, top + count / 2, size / count

    def step(self, image: Image) -> Box:
        best_peak, chosen = -math.inf, (np.zeros((272, 272)), 1.0, 0.0, 0.0, 1.0)
        for factor in (1 / STEP, 1.0, STEP):
            search, middle_x, middle_y, scale = self.crop(image, self.z_size() * 255 / 127 * factor, 255)
            response = correlate(self.exemplar, small_features(self.state, search)[0])
            upsampled = self.upsampling @ response @ self.upsampling.T
            if factor != 1:
                upsampled = upsampled * PENALTY
            if upsampled.max() > best_peak:
                best_peak, chosen = upsampled.max(), (upsampled, factor, middle_x, middle_y, scale)
        response, factor, middle_x, middle_y, scale = chosen
        response = response - response.min()
        response = response / (response.sum() + 1e-16)
        hann = np.array([0.5 - 0.5 * math.cos(2 * math.pi * n / 271) for n in range(272)])
        window = hann[:, None] * hann[None, :]
        blended = (1 - INFLUENCE) * response + INFLUENCE * window / window.sum()
        best = int(blended.argmax())
        place = best // 272, best % 272
        self.x = middle_x + (place[1] - 135.5) * 8 / 16 / scale
        self.y = middle_y + (place[0] - 135.5) * 8 / 16 / scale
        damped = (1 - RATE) + RATE * factor
        self.w, self.h = self.w * damped, self.h * damped
        return Box(self.x - self.w / 2, self.y - self.h / 2, self.w, self.h)


def breathing_patch(count: int) -> tuple[list[Image], list[Box]]:
    """Pictures of 200 x 160 in which a patch goes round while it grows and shrinks, and where it is."""
    rng = np.random.default_rng(5)
    ground = np.asarray(cv2.resize(rng.integers(60, 130, (20, 25, 3), np.uint8), (200, 160)), np.uint8)
    patch = rng.integers(0, 256, (6, 8, 3), np.uint8)
    images, boxes = [], []
    for number in range(count):
        angle = 2 * math.pi * number / count
        width = round(36 + 10 * math.sin(angle))
        height = round(width * 0.75)
        x, y = round(82 + 40 * math.cos(angle)), round(66 + 30 * math.sin(angle))
        image = ground.copy()
        image[y : y + height, x : x + width] = cv2.resize(patch, (width, height), interpolation=cv2.INTER_NEAREST)
        images.append(image)
        boxes.append(Box(x, y, width, height))
    return images, boxes


def test_the_published_network_answers_as_its_formula() -> None:
    network = random_siamfc_network(PUBLISHED)
    rng = np.random.default_rng(0)
    exemplar, search = (rng.integers(0, 256, (size, size, 3), np.uint8) for size in (127, 143))
    state = double(network.state_dict())
    expected = correlate(published_features(state, pixels(exemplar))[0], published_features(state, pixels(search))[0])
    with torch.no_grad():
        logits = network(network.template(pixels(exemplar).float()), pixels(search).float())[0]
    assert logits.shape == (3, 3)
    np.testing.assert_allclose(logits, expected, rtol=1e-4)
    assert np.ptp(expected) > 1e-3 * np.abs(expected).max()


@pytest.mark.slow
def test_fifty_frames_are_those_of_the_reference() -> None:
    images, truth = breathing_patch(51)
    target = random_siamfc(SMALL, CONSTANTS).init(images[0], truth[0])
    reference = ReferenceSiamFC(random_siamfc_network(SMALL).state_dict(), images[0], truth[0])
    centres, sides = [], []
    for image in images[1:]:
        box, expected = target.update(image).box, reference.step(image)
        assert np.abs(np.subtract(box.as_tuple(), expected.as_tuple())).max() < 0.01
        centres.append((box.cx, box.cy))
        sides.append(box.width)
    # else the two agree on nothing that happened
    assert np.ptp(centres, axis=0).min() > 5
    assert np.ptp(sides) > 1
    assert len(set(np.sign(np.diff(sides)))) > 1
