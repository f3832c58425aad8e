"""From SiamFC's score maps, one a scale, to a decision (section 3.1 "Tracking algorithm"): upsampling, scale penalty,
cosine window, arg-max. Plain numpy, so that the window can decide again while a slider moves, without the network.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import cv2
import numpy as np

from tracker_core.decision.score_map import Constants, Tunable, cosine_window, logistic
from tracker_core.images import FloatArray

STRIDE = 8
"""Pixels of the search region from one cell of the score map to the next."""


@dataclass(frozen=True)
class ScaleConstants(Constants):
    """Constants of SiamFC. The defaults are the published ones for three scales (bertinetto/siamese-fc ``tracker.m``
    and huanglianghua/siamfc-pytorch). The peak of an outer scale is multiplied by ``scale_penalty``; the size
    approaches the best scale at the rate ``scale_lr``.

    The score map is upsampled like a picture, whose pixels are areas: 17 cells become 17 x 16 = 272 pixels, or with an
    ``upsampling`` of 15 the 255 of the search region. With ``corner_aligned`` the centres of the outer cells become the
    outer pixels, 16 x 16 + 1 = 257, as in the authors' second implementation (torrvision/siamfc-tf).

    Raises:
        ValueError: if a number is outside its range.
    """

    tunables: ClassVar[tuple[Tunable, ...]] = (
        Tunable(
            "window_influence",
            "Window influence",
            "How much being near the last place counts against what the network says.",
        ),
        Tunable("scale_penalty", "Scale penalty", "What a smaller or larger scale's peak is multiplied with."),
        Tunable("scale_lr", "Learning rate", "How fast the box takes on the best scale."),
    )

    window_influence: float = 0.176
    scale_penalty: float = 0.9745
    scale_lr: float = 0.59
    scale_step: float = 1.0375
    scale_count: int = 3
    upsampling: int = 16
    corner_aligned: bool = False
    lead: float = 0.0  # see ``TrackingConstants``; 0: as published

    def __post_init__(self) -> None:
        shares = (self.window_influence, self.scale_penalty, self.scale_lr, self.lead)
        if not all(0 <= share <= 1 for share in shares):
            raise ValueError(
                f"window_influence, scale_penalty, scale_lr and lead must be between 0 and 1; got {shares}"
            )
        if self.scale_step <= 1:
            raise ValueError(f"scale_step must be over 1; got {self.scale_step}")
        if self.scale_count not in (1, 3, 5, 7) or self.upsampling not in range(1, 33):
            raise ValueError(
                "scale_count must be 1, 3, 5 or 7 and upsampling a whole number from 1 to 32; "
                f"got {self.scale_count} and {self.upsampling}"
            )
        if self.corner_aligned and 32 % self.upsampling:
            raise ValueError(f"with corner_aligned, upsampling must divide 32 (OpenCV's grid); got {self.upsampling}")

    @property
    def factors(self) -> tuple[float, ...]:
        """Width of each scale's search region, relative to that for the last size; smallest first, 1 in the middle."""
        return tuple(self.scale_step ** (i - self.scale_count // 2) for i in range(self.scale_count))


@dataclass(frozen=True, slots=True)
class Decision:
    """The winner among all places of all scales. The maps, U pixels a side, are those of the chosen scale."""

    chosen: int
    peaks: FloatArray  # (K,) logits, the outer ones penalised: what the scales are compared by
    response: FloatArray  # (U, U) upsampled logits
    normalised: FloatArray  # (U, U) the same with minimum 0 and sum 1
    window: FloatArray  # (U, U) cosine window of sum 1
    decided: FloatArray  # (U, U)
    place: tuple[int, int]  # (row, column) of its maximum
    pitch: float  # pixels of the search region from one place to the next

    def displacement(self, place: tuple[int, int]) -> tuple[float, float]:
        """How far a place (row, column) lies right of and below the middle, in pixels of the search region."""
        middle = (self.decided.shape[0] - 1) / 2
        return (place[1] - middle) * self.pitch, (place[0] - middle) * self.pitch

    @property
    def score(self) -> float:
        """Probability of the target at the winning place."""
        return float(logistic(self.response[self.place]))


def upsample(response: FloatArray, constants: ScaleConstants) -> FloatArray:
    """(S, S) -> (U, U), bicubic. A cell becomes ``upsampling`` pixels wide, and the middle stays the middle."""
    size, by = response.shape[0], constants.upsampling
    if not constants.corner_aligned:
        return np.asarray(cv2.resize(response, (size * by, size * by), interpolation=cv2.INTER_CUBIC), np.float32)
    side = (size - 1) * by + 1
    there = np.array([[1 / by, 0, 0], [0, 1 / by, 0]])
    how = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(response, there, (side, side), flags=how, borderMode=cv2.BORDER_REPLICATE))


def decide(responses: Sequence[FloatArray], constants: ScaleConstants) -> Decision:
    """Choose the scale by its peak, then the place on its map with the cosine window blended in.

    The published code multiplies whole maps by the penalty. That moves no peak, and the map is normalised afterwards,
    so it is enough to multiply the peaks. A logistic network gives peaks below 0 if it finds nothing. Multiplying would
    raise those, so here they are lowered by the same amount.
    """
    maps = [upsample(response, constants) for response in responses]
    peaks = np.array([scale.max() for scale in maps], np.float32)
    lowered = np.asarray(peaks - (1 - constants.scale_penalty) * np.abs(peaks), np.float32)
    middle = len(maps) // 2
    lowered[middle] = peaks[middle]
    chosen = int(np.argmax(lowered))

    response = maps[chosen]
    normalised = response - response.min()
    normalised /= normalised.sum() + 1e-16
    window = cosine_window(response.shape[0])
    window = window / window.sum()
    influence = np.float32(constants.window_influence)
    decided = (1 - influence) * normalised + influence * window
    row, column = (int(i) for i in np.unravel_index(np.argmax(decided), decided.shape))
    return Decision(
        chosen, lowered, response, normalised, window, decided, (row, column), STRIDE / constants.upsampling
    )
