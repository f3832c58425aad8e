"""Augmentation by light, lens and compression: the pixels change, the box stays. ``pictures/views.py`` moves the
target.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from tracker_core.images import Image


@dataclass(frozen=True, slots=True)
class Photometry:
    """Probabilities and strengths of the effects; 0 switches one off."""

    light: float = 0.25  # log standard deviation of brightness
    contrast: float = 0.2
    tint: float = 0.08  # log standard deviation of each channel
    fade: float = 0.3  # chance of losing part of the colour
    blur: float = 0.2  # chance of motion blur
    soften: float = 0.15  # chance of a lower resolution
    noise: float = 0.1
    far: float = 0.0  # chance that the target is far away, so that both crops of a pair have few real pixels


def recolour(image: Image, photometry: Photometry, rng: np.random.Generator) -> Image:
    """Change light, contrast, tint and saturation of a crop at random. Look-up tables make it fast enough that training
    never waits for its samples.
    """
    if rng.random() < photometry.fade:
        keep = rng.random()
        mixing = keep * np.eye(3) + (1 - keep) / 3
        image = np.asarray(cv2.transform(image, mixing), np.uint8)
    gain = np.exp(rng.normal(0, photometry.light) + rng.normal(0, photometry.tint, 3))
    contrast = max(0.3, 1 + rng.normal(0, photometry.contrast))
    mean = float(np.mean(cv2.mean(image)[:3]))
    levels = ((np.arange(256.0)[:, None] - mean) * contrast + mean) * gain
    table = np.clip(levels, 0, 255).astype(np.uint8)[None]
    return np.asarray(cv2.LUT(image, table), np.uint8)


def from_afar(exemplar: Image, search: Image, rng: np.random.Generator) -> tuple[Image, Image]:
    """Both crops as they would look if the target were up to six times smaller in its video. Crops of small targets are
    enlarged a lot; a tracker must see that blur in training.
    """
    reduction = np.exp(rng.uniform(np.log(1.5), np.log(6)))
    return _at_resolution(exemplar, reduction), _at_resolution(search, reduction * rng.uniform(0.8, 1.25))


def degrade(image: Image, photometry: Photometry, rng: np.random.Generator) -> Image:
    """Add motion blur, low resolution and sensor noise at random."""
    if rng.random() < photometry.blur:
        image = np.asarray(cv2.filter2D(image, -1, _motion_kernel(rng)), np.uint8)
    if rng.random() < photometry.soften:
        image = _at_resolution(image, rng.uniform(1.5, 4))
    if rng.random() < photometry.noise:
        grain = rng.standard_normal(image.shape, dtype=np.float32) * np.float32(rng.uniform(2, 12))
        image = np.clip(image + grain, 0, 255).astype(np.uint8)
    return image


def _at_resolution(image: Image, reduction: float) -> Image:
    size = image.shape[0]
    smaller = max(8, round(size / max(1.0, reduction)))
    low = cv2.resize(image, (smaller, smaller), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(low, (size, size), interpolation=cv2.INTER_LINEAR), np.uint8)


def grey(image: Image) -> Image:
    return np.asarray(cv2.cvtColor(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB), np.uint8)


def _motion_kernel(rng: np.random.Generator) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    length = int(rng.integers(1, 6)) * 2 + 1  # up to 11 pixels; longer kernels cost more than the rest of a pair
    kernel = np.zeros((length, length), np.float32)
    angle = rng.uniform(0, np.pi)
    middle = length // 2
    reach = np.array([np.cos(angle), np.sin(angle)]) * middle
    start, stop = np.round(middle - reach).astype(int), np.round(middle + reach).astype(int)
    cv2.line(kernel, tuple(map(int, start)), tuple(map(int, stop)), 1.0)
    return np.asarray(kernel / kernel.sum(), np.float32)
