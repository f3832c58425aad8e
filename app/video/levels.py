"""The levels (black and white values) with which pictures of more than 8 bits are shown and tracked. A thermal camera
uses a few hundred of 65536 values: without levels its pictures are black. All frames of a video and all readers use the
same levels. Otherwise the video would flicker, and the tracker would see other pictures than the person.
"""

from __future__ import annotations

import json
import math
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import platformdirs
from numpy.typing import NDArray

from app.small_files import make_folder, make_way, read_small_file
from tracker_core.tracker import Image

LOW_PERCENTILE, HIGH_PERCENTILE = 0.5, 99.5
MOST_SAMPLES = 200_000  # pixels sampled in each picture
LEAST_USED = 0.5  # share of a type's range; pictures that reach this far use the whole range
FRAMES_SAMPLED = 5
LARGEST_FILE = 10_000  # bytes


@dataclass(frozen=True, slots=True)
class Levels:
    """Values up to ``low`` are black, values from ``high`` on are white."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low < self.high):
            raise ValueError(f"the window of values {self.low} to {self.high} is empty")

    def applied(self, values: NDArray[Any]) -> Image:
        """``values`` (height, width) or (height, width, 3) as an 8-bit image; NaN is black."""
        if values.dtype == np.uint16:
            pixels = self._scaled(np.arange(65536, dtype=np.float32))[values]
        else:
            pixels = self._scaled(values.astype(np.float32))
        if pixels.ndim == 2:
            pixels = np.repeat(pixels[:, :, np.newaxis], 3, axis=2)
        return np.ascontiguousarray(pixels)

    def _scaled(self, values: NDArray[np.float32]) -> NDArray[np.uint8]:
        with np.errstate(over="ignore", invalid="ignore"):
            share = (values - np.float32(self.low)) * np.float32(255 / (self.high - self.low))
        return np.asarray(np.nan_to_num(share, nan=0.0).clip(0, 255).round(), dtype=np.uint8)


def levels_for(pictures: Iterable[NDArray[Any]]) -> Levels:
    """Levels that span nearly all values of some pictures of a video."""
    samples, whole = [], 0.0
    for picture in pictures:
        step = max(picture.size // MOST_SAMPLES, 1)
        values = picture.ravel()[::step].astype(np.float64)
        samples.append(values[np.isfinite(values)])
        whole = float(np.iinfo(picture.dtype).max) if np.issubdtype(picture.dtype, np.integer) else 1.0
    known = np.concatenate([np.zeros(0), *samples])
    if not known.size:
        return Levels(0.0, whole or 1.0)
    low, high = (float(value) for value in np.percentile(known, (LOW_PERCENTILE, HIGH_PERCENTILE)))
    if 0 <= low <= whole * (1 - LEAST_USED) and whole * LEAST_USED <= high <= whole:
        return Levels(0.0, whole)
    if low < high:
        return Levels(low, high)
    return Levels(low, low + max(abs(low) * 1e-6, 1e-6))


def chosen_levels(fingerprint: str) -> Levels | None:
    """The levels that a person chose for a video; None if nobody did, or if they cannot be read."""
    try:
        stored = json.loads(read_small_file(_place(fingerprint), LARGEST_FILE).decode("utf-8"))
        return Levels(float(stored["low"]), float(stored["high"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError, OverflowError):
        return None


def choose_levels(fingerprint: str, levels: Levels | None) -> None:
    """Save the levels of a video for later openings; None returns to the automatic ones.

    Raises:
        OSError: if it cannot be kept.
    """
    place = _place(fingerprint)
    if levels is None:
        place.unlink(missing_ok=True)
        return
    make_folder(place.parent)
    make_way(place)
    descriptor, unfinished = tempfile.mkstemp(dir=place.parent, suffix=".unfinished")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump({"low": levels.low, "high": levels.high}, file)
        os.replace(unfinished, place)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise


def _place(fingerprint: str) -> Path:
    return Path(platformdirs.user_data_dir("Siamark"), "levels", f"{fingerprint}.json")
